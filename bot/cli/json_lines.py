"""Answers as lines of JSON: one bad line never ends the run."""

import sys
from collections.abc import Mapping

import orjson

BAD_ID = "an id that cannot be given back as it came"
_LARGEST = 2.0**63
"""From here on a whole number is read as another one."""


def _is_given_back(name: object) -> bool:
    """Whether *name*, which was read from a line, is still what stood there, and can be written."""
    if isinstance(name, float) and abs(name) >= _LARGEST:
        return False
    try:
        orjson.dumps(name)
    except TypeError:
        return False
    return True


def write_line(answer: Mapping[str, object]) -> bool:
    """Write *answer* with its ``id``, which is left out if need be; return whether it is none bad.

    What cannot be given back is said in its stead, unless something else is wrong as well.
    """
    told = dict(answer)
    if not _is_given_back(told["id"]):
        told = {"id": None, "error": told.get("error", BAD_ID)}
    sys.stdout.buffer.write(orjson.dumps(told) + b"\n")
    sys.stdout.buffer.flush()
    return "error" not in told
