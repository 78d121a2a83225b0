"""When it is looked for what is gone: rarely, for turns leave no circles behind."""

import ctypes
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_ONE_HEAP, _LARGE, _LEFT_ON_TOP = -8, -3, -1
"""What glibc calls M_ARENA_MAX, M_MMAP_THRESHOLD and M_TRIM_THRESHOLD."""

_OF_ITS_OWN = 4 * 1024 * 1024
"""Above so many bytes something has a place of its own; below that a network works in memory."""

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


def keep_together() -> None:
    """Have what all threads hold in one place, so that less lies idle between it: 30 MB less.

    Without glibc nothing happens; nor where somebody has settled it otherwise.
    """
    if any(name.startswith("MALLOC_") for name in os.environ):
        return
    with suppress(AttributeError, OSError):
        glibc = ctypes.CDLL(None)
        glibc.mallopt(_ONE_HEAP, 1)
        glibc.mallopt(_LARGE, _OF_ITS_OWN)
        glibc.mallopt(_LEFT_ON_TOP, 4 * _OF_ITS_OWN)


def give_back() -> None:
    """Give back to the machine what was let go; without glibc nothing happens."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
