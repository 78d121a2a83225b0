"""One turn: a session and a reply in, a session and events out. Pure."""
