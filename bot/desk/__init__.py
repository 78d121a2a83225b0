"""What workers do: see, claim, answer, note, hand over, close. How it is shown is elsewhere."""
