"""How many there are, as a sentence of a command says it."""


def counted(number: int, one: str, several: str = "") -> str:
    """Return *number* with what it counts: *one* where there is one, else *several* of it."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"
