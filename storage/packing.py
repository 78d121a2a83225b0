"""Domain values as plain data for sealing, and back."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from bot.domain.case import CaseBody
from bot.domain.ids import Instant
from bot.domain.level import Level
from bot.domain.message import Button, Buttons
from bot.domain.session import Said, Session
from bot.domain.signal import Signal


def pack_session(session: Session) -> dict[str, Any]:
    """Return *session* as plain data."""
    return {
        **{field.name: getattr(session, field.name) for field in fields(session)},
        "said": [[said.at, said.state, said.text] for said in session.said],
    }


def unpack_session(body: Mapping[str, Any]) -> Session:
    """Return what :func:`pack_session` packed."""
    lists = {name: tuple(body[name]) for name in ("calls", "trail", "offered")}
    said = tuple(Said(at=Instant(at), state=state, text=text) for at, state, text in body["said"])
    levels = {name: Level(body[name]) for name in ("level", "comforted")}
    return Session(**{**body, **lists, **levels, "said": said})


def pack_case(body: CaseBody) -> dict[str, Any]:
    """Return *body* as plain data."""
    return asdict(body)


def unpack_case(body: Mapping[str, Any]) -> CaseBody:
    """Return what :func:`pack_case` packed."""
    signals = tuple(Signal(**{**s, "level": Level(s["level"])}) for s in body["signals"])
    return CaseBody(**{**body, "signals": signals, "code": tuple(body["code"])})


def pack_buttons(buttons: Buttons) -> list[list[list[str]]]:
    """Return *buttons* as plain data."""
    return [[[button.label, button.data, button.url] for button in row] for row in buttons]


def unpack_buttons(rows: list[list[list[str]]]) -> Buttons:
    """Return what :func:`pack_buttons` packed."""
    return tuple(
        tuple(Button(label=label, data=data, url=url) for label, data, url in row) for row in rows
    )
