"""All SQL, sealing and migrations. Knows :mod:`bot.domain` and nothing else of ours."""
