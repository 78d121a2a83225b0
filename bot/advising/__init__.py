"""Guidance outside of a conversation: asked in a terminal, proved, and kept current."""
