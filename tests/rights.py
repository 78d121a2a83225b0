"""Being a user of the machine who may do less than the one who runs the tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

NOBODY = 65534


@contextmanager
def without_rights() -> Iterator[None]:
    """Whoever may read everything is somebody who may not."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)  # and the folders of tests are root's alone
    try:
        yield
    finally:
        os.seteuid(was)
