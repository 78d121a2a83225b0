"""What takes a while to make is made once, when it is first needed."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

T = TypeVar("T")


def once(make: Callable[[], T]) -> Callable[[], T]:
    """Return what gives what *make* makes: made when it is first asked for, by whichever thread.

    Then *make* is let go, and all that it was to be made of. What it raises is remembered as
    well: whoever asks again gets the same error, and nothing is tried again.
    """
    lock, made, making, raised = Lock(), list[T](), [make], list[Exception]()

    def get() -> T:
        with lock:
            if making:
                try:
                    made.append(making[0]())
                except Exception as error:
                    raised.append(error)
                    raise
                finally:
                    if made or raised:
                        making.clear()
            if raised:
                raise raised[0].with_traceback(None)
            return made[0]

    return get
