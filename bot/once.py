"""What takes a while to make is made once, when it is first needed."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import TypeVar

T = TypeVar("T")


def once(make: Callable[[], T]) -> Callable[[], T]:
    """Return what gives what *make* makes: made when it is first asked for, by whichever thread.

    Then *make* is let go, and all that it was to be made of. What it raises is remembered as
    well: whoever asks again gets the same error, and nothing is tried again.
    """
    lock, made, makers = Lock(), Future[T](), [make]

    def get() -> T:
        with lock:
            if not made.done():
                try:
                    made.set_result(makers[0]())
                except Exception as error:  # noqa: BLE001 - whatever it is, it is raised below
                    made.set_exception(error)
                makers.clear()
        failure = made.exception()
        if failure is not None:
            raise failure.with_traceback(None)
        return made.result()

    return get
