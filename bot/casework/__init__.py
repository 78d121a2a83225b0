"""What intake, desk and watch share: cases, alerts, and how Lantern speaks."""
