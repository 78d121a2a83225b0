"""Posters and pocket cards: printed on paper, they say where one can ask, and whom to call."""
