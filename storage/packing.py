"""Domain values as plain data for sealing, and back."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from msgspec import MsgspecError, Raw, to_builtins
from msgspec.json import Decoder, Encoder

from bot.domain.case import CaseBody
from bot.domain.ids import Instant
from bot.domain.message import Buttons
from bot.domain.session import Session
from bot.domain.update import FileReference, Kind, Update
from bot.domain.values import Value

T = TypeVar("T")


class Letter(Value, frozen=True, kw_only=True, array_like=True, gc=False):
    """What a message in the outbox keeps sealed, in this order."""

    hidden: ClassVar[frozenset[str]] = frozenset({"address", "text"})

    address: str
    text: str
    buttons: Buttons
    references: tuple[str, ...]
    is_from_person: bool
    is_question: bool = False
    is_unasked: bool = False


class Wording(Value, frozen=True, kw_only=True):
    """A text and its buttons, packed once for all to whom they are said.

    Nothing of it is anybody's own, so it may be kept. ``STEP`` stands in the buttons.
    """

    text: Raw
    buttons: bytes


STEP = "{step}"
"""Stands for the number of the question that a button is about."""

_STEP = STEP.encode()
_ENCODER = Encoder()
_SESSIONS = Decoder(Session)
_LETTERS = Decoder(Letter)
_CASES = Decoder(CaseBody)


def pack_session(session: Session) -> bytes:
    """Return *session* as bytes to be sealed."""
    return _ENCODER.encode(session)


def unpack_session(packed: bytes) -> Session:
    """Return what :func:`pack_session` packed.

    Raises:
        ValueError: it is no session.

    """
    return _read(_SESSIONS, packed)


def pack_case(body: CaseBody) -> bytes:
    """Return *body* as bytes to be sealed."""
    return _ENCODER.encode(body)


def unpack_case(packed: bytes) -> CaseBody:
    """Return what :func:`pack_case` packed.

    Raises:
        ValueError: it is not what a case keeps.

    """
    return _read(_CASES, packed)


def pack_letter(letter: Letter) -> bytes:
    """Return *letter* as bytes to be sealed."""
    return _ENCODER.encode(letter)


def pack_wording(text: str, buttons: Buttons) -> Wording:
    """Return *text* and *buttons* ready for :func:`pack_for`."""
    return Wording(text=Raw(_ENCODER.encode(text)), buttons=_ENCODER.encode(buttons))


def pack_for(address: str, wording: Wording, *, step: int, is_question: bool) -> bytes:
    """Return *wording* to *address*, at the question *step*, as :func:`pack_letter` packs it."""
    buttons = Raw(wording.buttons.replace(_STEP, b"%d" % step))
    return _ENCODER.encode((address, wording.text, buttons, (), False, is_question))


def unpack_letter(packed: bytes) -> Letter:
    """Return what :func:`pack_letter` packed.

    Raises:
        ValueError: it is no letter.

    """
    return _read(_LETTERS, packed)


def pack_update(update: Update) -> dict[str, Any]:
    """Return *update* as plain data."""
    packed: dict[str, Any] = to_builtins(update)
    return packed


def unpack_update(body: Mapping[str, Any]) -> Update:
    """Return what :func:`pack_update` packed."""
    known = {name: body[name] for name in Update.__struct_fields__ if name in body}
    file = FileReference(**body["file"]) if body.get("file") else None
    kind, at = Kind(body["kind"]), Instant(body["at"])
    return Update(**{**known, "kind": kind, "at": at, "file": file})


def _read(decoder: Decoder[T], packed: bytes) -> T:
    try:
        return decoder.decode(packed)
    except MsgspecError:
        # From nowhere: what could not be read is what somebody wrote.
        text = "what was sealed is not in the form that it had"
        raise ValueError(text) from None
