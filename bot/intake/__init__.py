"""Takes in updates: inbox, turn, session, cases and outbox, all or nothing."""
