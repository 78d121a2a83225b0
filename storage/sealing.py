"""Sealing: what was written is unreadable without its own data key.

Every contact and every case has a data key (AES-256-GCM). Data keys are wrapped by a master key
from the key file; destroying a data key makes what it sealed unreadable from then on. (A backup
made before still holds the wrapped key: it is erased when the backup is.)
Addresses and codes are found again by a keyed hash.
"""

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.domain.errors import ConfigError, LanternError
from storage.faults import why
from storage.whole_file import whole_file

NONCE = 12
KEY = 32
MARK = 10
"""How long the mark of a key is."""


class UnsealError(LanternError):
    """What was sealed cannot be opened: another key, or the bytes were changed."""


def seal(key: AESGCM, content: bytes, purpose: str) -> bytes:
    """Return *content* sealed under *key*; *purpose* must be the same when it is opened."""
    nonce = os.urandom(NONCE)
    return nonce + key.encrypt(nonce, content, purpose.encode())


def unseal(key: AESGCM, sealed: bytes, purpose: str) -> bytes:
    """Return what :func:`seal` sealed.

    Raises:
        UnsealError: the key or the purpose is another one, or the bytes were changed.

    """
    try:
        return key.decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode())
    except (InvalidTag, ValueError):
        text = f"what was sealed for {purpose} cannot be opened with this key file"
        raise UnsealError(text) from None


@lru_cache(maxsize=8)
def _cipher(master: bytes) -> AESGCM:
    """Return *master* ready for use; there are few, and each wraps many."""
    return AESGCM(master)


@lru_cache(maxsize=8)
def _begun(lookup: bytes) -> hmac.HMAC:
    return hmac.new(lookup, digestmod=hashlib.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The key file: master keys by id, the id used for new data keys, and the lookup key.

    ``file`` is where they were read, if anywhere; it may have been changed since.
    """

    active: str
    masters: Mapping[str, bytes] = field(repr=False)
    lookup: bytes = field(repr=False)
    file: Path | None = field(default=None, repr=False, compare=False)

    def wrap(self, data_key: bytes) -> tuple[str, bytes]:
        """Return the id of the master key used, and *data_key* wrapped by it.

        That is the active one; or, if the file has that no more, the one that is active there.
        """
        return self._that_are_kept().wrap_by_active(data_key)

    def wrap_by_active(self, data_key: bytes) -> tuple[str, bytes]:
        """Return the id of the active master key, and *data_key* wrapped by it."""
        return self.active, seal(_cipher(self.masters[self.active]), data_key, "data key")

    def _that_are_kept(self) -> "Keys":
        """Return these keys, or those in the file if the active one was dropped from it since.

        Nobody else could open what that seals. A file that cannot be read now, or is another
        Lantern's, says nothing of it.
        """
        now = _keys_now(self.file)
        if now is None or now.lookup != self.lookup or self.active in now.masters:
            return self
        return now if now.active in now.masters else self

    def unwrap(self, master: str, wrapped: bytes) -> bytes:
        """Return the data key that :meth:`wrap` wrapped.

        Raises:
            UnsealError: the key file lacks that master key, or holds another one.

        """
        key = self.masters.get(master) or self.added(master)
        if key is None:
            text = f"the key file has no master key {master}; put the old key back beside the new"
            raise UnsealError(text)
        return unseal(_cipher(key), wrapped, "data key")

    def added(self, master: str) -> bytes | None:
        """Return the master key called *master*, if it stands in the file by now."""
        now = _keys_now(self.file)
        return now.masters.get(master) if now else None

    def find(self, kind: str, value: str) -> bytes:
        """Return the keyed hash by which *value* of *kind* is found, without storing it."""
        digest = _begun(self.lookup).copy()
        digest.update(f"{kind}:{value}".encode())
        return digest.digest()

    @property
    def mark(self) -> str:
        """What tells the active master key from all others: hexadecimal digits, and no secret."""
        return self.find("master", f"{self.active}:{self.masters[self.active].hex()}").hex()[:MARK]

    def derive(self, purpose: str) -> str:
        """Return a secret of 64 hexadecimal digits that follows from the key file."""
        return HKDF(SHA256(), KEY, None, purpose.encode()).derive(self.lookup).hex()


def new_keys() -> Keys:
    """Return fresh random keys."""
    return Keys(active="k1", masters={"k1": os.urandom(KEY)}, lookup=os.urandom(KEY))


def write_keys(keys: Keys, path: Path) -> None:
    """Write *keys* to a new file that only its owner may read; it is there when all of it is.

    Raises:
        FileExistsError: there is a file already; keys are never overwritten.
        ConfigError: it cannot be written; nothing is left of it.

    """
    try:
        with whole_file(path) as part:
            part.write_bytes(content_of(keys))
    except FileExistsError:
        raise
    except OSError as error:
        says = f"key file {path} cannot be written ({why(error)}), and nothing is left"
        text = f"{says}; make room, or choose a folder where Lantern's user may write"
        raise ConfigError([text]) from None


def content_of(keys: Keys) -> bytes:
    """Return what a key file with *keys* holds."""
    body = {
        "about": "Lantern's keys. Without this file nothing that was written can be read again.",
        "active": keys.active,
        "keys": {name: b64encode(key).decode() for name, key in keys.masters.items()},
        "lookup": b64encode(keys.lookup).decode(),
    }
    return orjson.dumps(body, option=orjson.OPT_INDENT_2)


def read_keys(path: Path) -> Keys:
    """Return the keys in *path*; they also know of those that are added there from now on.

    Raises:
        ConfigError: the file is missing, open to others, or not a key file; says what to do.

    """
    keys = read_copy(path)
    if path.stat().st_mode & 0o077:
        raise ConfigError([f"key file {path} may be read by others; run: chmod 600 {path}"])
    return keys


def read_copy(path: Path) -> Keys:
    """Return the keys in *path*, whoever else may read it: a stick may know no rights.

    Raises:
        ConfigError: the file is missing, or not a key file; says what to do.

    """
    try:
        content = path.read_bytes()
        if not content:
            says = f"key file {path} is empty; restore it from its backup"
            raise ConfigError([f"{says}, or delete it if there never was another"])
        keys = _keys_in(content)
    except FileNotFoundError:
        says = f"key file {path} is missing; put its copy back"
        advice = 'or, if there never was one, make it with "lantern init"'
        raise ConfigError([f"{says}, {advice}"]) from None
    except PermissionError:
        says = f"key file {path} may not be read by the user who runs this"
        advice = "run every command as Lantern's user, and make that one its owner (chown)"
        raise ConfigError([f"{says}; {advice}"]) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        text = f"key file {path} cannot be read as a key file; restore it from its backup"
        raise ConfigError([text]) from None
    if keys.active not in keys.masters:
        raise ConfigError([f'key file {path}: "active" names a key that is not there'])
    return replace(keys, file=path.absolute())


def _keys_now(path: Path | None) -> Keys | None:
    """Return the keys that are in *path* by now, None if it cannot be read as a key file."""
    if path is None:
        return None
    try:
        was = path.stat()
        return _keys_at(path, was.st_ino, was.st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


@lru_cache(maxsize=2)
def _keys_at(path: Path, _file: int, _changed_at: int) -> Keys:
    """Return the keys in *path*, read once for as long as it is the same file."""
    return _keys_in(path.read_bytes())


def _keys_in(content: bytes) -> Keys:
    body = orjson.loads(content)
    if not isinstance(body["active"], str):
        raise TypeError
    masters = {name: _key(text) for name, text in body["keys"].items()}
    return Keys(active=body["active"], masters=masters, lookup=_key(body["lookup"]))


def _key(text: str) -> bytes:
    key = b64decode(text, validate=True)
    if len(key) != KEY:
        raise ValueError
    return key
