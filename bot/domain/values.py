"""Values that are made and copied many times a turn: frozen, and cheap to copy."""

from typing import Any, ClassVar

from msgspec import Struct, field
from msgspec.structs import replace

__all__ = ["Value", "field", "replace"]


class Value(Struct, frozen=True):
    """A frozen value, to be copied with :func:`replace`.

    What stands in ``hidden`` holds contents, and is never shown where the value is.
    """

    hidden: ClassVar[frozenset[str]] = frozenset()

    def __repr__(self) -> str:
        """Name the value and its fields, but not what is hidden."""
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"{type(self).__name__}({shown})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Return what may be shown, for those who print values in their own way."""
        names = [name for name in self.__struct_fields__ if name not in self.hidden]
        return [(name, getattr(self, name)) for name in names]
