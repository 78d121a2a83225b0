"""What time does: silence, ladders, files to fetch, tidying up."""
