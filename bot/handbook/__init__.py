"""The handbook of workers: the desk's page that says how everything works, and what is asked."""
