"""The data keys used last, unwrapped."""

from collections import OrderedDict

_KEPT = 10_000


class KeyCache:
    """The data keys used last, unwrapped."""

    def __init__(self) -> None:
        self._keys: OrderedDict[str, bytes] = OrderedDict()

    def recall(self, owner: str) -> bytes | None:
        """Return the key of *owner* if it is remembered."""
        key = self._keys.get(owner)
        if key:
            self._keys.move_to_end(owner)
        return key

    def remember(self, owner: str, key: bytes) -> None:
        """Keep the key of *owner*, and forget the one used longest ago."""
        self._keys[owner] = key
        if len(self._keys) > _KEPT:
            self._keys.popitem(last=False)

    def forget(self, *owners: str) -> None:
        """Forget the keys of *owners*."""
        for owner in owners:
            self._keys.pop(owner, None)
