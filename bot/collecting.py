"""When it is looked for what is gone: rarely, for turns leave no circles behind."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_LOOKS = (50_000, 20, 20)
"""After how many new things there is a look; of what turns under way hold, all is still needed."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """For the block, take all that is made to stay: not to look for what is gone saves a fifth.

    From then on there are looks again, at what was made later. Only the first block of a process
    stays for good: what a later one freezes would hold what was let go since, and never be freed.
    """
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
        gc.set_threshold(*_LOOKS)
        gc.enable()


def give_back() -> None:
    """Give back to the machine what was let go; without glibc nothing happens."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
