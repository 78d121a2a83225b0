"""The data keys used last, unwrapped."""

from collections import OrderedDict

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEPT = 5_000


class KeyCache:
    """The data keys used last, unwrapped."""

    def __init__(self) -> None:
        self._keys: OrderedDict[str, AESGCM] = OrderedDict()

    @property
    def is_empty(self) -> bool:
        """Whether no key is remembered."""
        return not self._keys

    def recall(self, owner: str) -> AESGCM | None:
        """Return the key of *owner* if it is remembered."""
        key = self._keys.get(owner)
        if key:
            self._keys.move_to_end(owner)
        return key

    def remember(self, owner: str, key: bytes) -> AESGCM:
        """Keep the key of *owner*, ready for use, and forget the one used longest ago."""
        ready = self._keys[owner] = AESGCM(key)
        if len(self._keys) > _KEPT:
            self._keys.popitem(last=False)
        return ready

    def forget(self, *owners: str) -> None:
        """Forget the keys of *owners*."""
        for owner in owners:
            self._keys.pop(owner, None)
