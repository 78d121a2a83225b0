"""What takes a while to make is made once, when it is first needed."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

T = TypeVar("T")


def once(make: Callable[[], T]) -> Callable[[], T]:
    """Return what gives what *make* makes: made when it is first asked for, by whichever thread.

    Then *make* is let go, and all that it was to be made of.
    """
    lock, made, making = Lock(), list[T](), [make]

    def get() -> T:
        with lock:
            if not made:
                made.append(making[0]())
                making.clear()
            return made[0]

    return get
