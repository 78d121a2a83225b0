"""Whether anybody can be reached, as this process knows it."""


class Reach:
    """Looked up anew about every second, so that a turn need not ask the database.

    ``is_lost`` says that contacts must be told that nobody can be reached: alerts arrive nowhere,
    and nobody has the desk open.
    """

    def __init__(self) -> None:
        self.is_lost = False
