"""The kinds of secrets that staff are given; storage keeps only their keyed hashes."""

LINK = "link"
"""Links a Telegram account, or a group, to the staff."""

SIGN_IN = "sign_in"
"""Signs a worker in at the desk, once."""

SESSION = "session"
"""Stands in the cookie of a worker who is signed in."""
