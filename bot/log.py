"""What a Lantern tells about its work: actions, ids, numbers, and never a word that was written.

A line has one ``action`` of a closed list and fields of a closed list, and each value has to look
like an id, a number or a word of our own. Of an error only its class and the places it passed
stay, except for a ``LanternError``, whose text is safe. Of a library's line only the library's
name, the level and the error's class stay, since some libraries log what they carry.
"""

import asyncio
import logging
import sys
import threading
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import suppress
from enum import Enum, StrEnum
from traceback import walk_tb
from types import TracebackType
from typing import TYPE_CHECKING, Any, TextIO

import orjson
import structlog

from bot.domain.errors import LanternError
from bot.domain.expression import expression

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor

FRAMES_KEPT = 12
"""The innermost places of an error that are told."""


class _SafeText(str):
    """Text that may be shown, as a LanternError says it; made by :func:`describe` only."""

    __slots__ = ()


class Action(StrEnum):
    """Everything a line may be about."""

    STARTED = "started"
    STOPPED = "stopped"
    UPDATE_SET_ASIDE = "update_set_aside"
    UPDATES_SPOOLED = "updates_spooled"
    SPOOL_REPLAYED = "spool_replayed"
    SPOOL_WAITS = "spool_waits"
    SPOOL_FAILED = "spool_failed"
    DATABASE_AWAY = "database_away"
    DATABASE_BACK = "database_back"
    TURN_FAILED = "turn_failed"
    BATCH_FAILED = "batch_failed"
    POLL_FAILED = "poll_failed"
    WEBHOOK_REFUSED = "webhook_refused"
    MESSAGE_POSTPONED = "message_postponed"
    MESSAGE_FAILED = "message_failed"
    ADDRESS_DEAD = "address_dead"
    ADDRESS_MOVED = "address_moved"
    CASE_OPENED = "case_opened"
    CASE_RAISED = "case_raised"
    CASE_CLAIMED = "case_claimed"
    CASE_RELEASED = "case_released"
    CASE_HANDED_OVER = "case_handed_over"
    CASE_TAKEN_OVER = "case_taken_over"
    CASE_CLOSED = "case_closed"
    LADDER_CLIMBED = "ladder_climbed"
    ALARM_TESTED = "alarm_tested"
    ALARM_BROKEN = "alarm_broken"
    ALARM_MENDED = "alarm_mended"
    TIMER_FIRED = "timer_fired"
    TIMER_FAILED = "timer_failed"
    LESSON_SENT = "lesson_sent"
    SIGNED_UP = "signed_up"
    RELEASE_UNREADABLE = "release_unreadable"
    TOPIC_LEFT_OUT = "topic_left_out"
    CLOSE_READING_LEFT_OUT = "close_reading_left_out"
    CLOSE_READING_FAILED = "close_reading_failed"
    DATA_ERASED = "data_erased"
    WORKER_SIGNED_IN = "worker_signed_in"
    WORKER_REFUSED = "worker_refused"
    PAGE_FAILED = "page_failed"
    TASK_FAILED = "task_failed"
    CRASHED = "crashed"
    LIBRARY_WARNED = "library_warned"
    UNLISTED = "unlisted"


FIELDS = frozenset(
    {
        *("action", "level", "timestamp", "logger"),
        *("update", "contact", "address", "session", "message", "case", "worker", "timer"),
        *("channel", "kind", "case_level", "queue", "urgency", "flow", "state", "release"),
        *("rung", "ladder", "attempts", "count", "code", "status", "signals", "language"),
        *("duration_ms", "wait_ms", "retry_after", "listen", "version", "revision"),
        *("error", "detail", "frames", "causes", "topic"),
    }
)
"""Every field that a line may have; the rest is dropped."""

_PLAIN = expression(r"[A-Za-z0-9_.:/<>\[\]+-]{1,120}")
_LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40, "critical": 50}


def record(
    action: Action,
    *,
    level: str = "info",
    error: BaseException | None = None,
    **fields: object,
) -> None:
    """Write one line. Fields that are not listed, and values that could be prose, are dropped.

    A line that cannot be written is lost: whatever it tells of must go on all the same.
    """
    known = _listed(fields)
    if error is not None:
        known |= describe(error)
    with suppress(OSError, ValueError):  # the stream is gone, or its disk is full
        structlog.get_logger().log(_LEVELS[level], str(action), **known)


def describe(error: BaseException) -> dict[str, object]:
    """Return what may be told of *error*: its class, its places, its causes' classes.

    Messages, arguments and local variables are left out, as they may hold what a contact wrote.
    """
    told: dict[str, object] = {
        "error": type(error).__name__,
        "frames": list(_frames(error.__traceback__)),
    }
    if causes := [type(cause).__name__ for cause in _causes(error)]:
        told["causes"] = causes
    if isinstance(error, LanternError):
        told["detail"] = _SafeText(error)
    return told


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame, line in list(walk_tb(trace))[-FRAMES_KEPT:]:
        yield f"{frame.f_globals.get('__name__', '')}:{frame.f_code.co_name}:{line}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen = {id(error)}
    following = error.__cause__ or error.__context__
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or following.__context__


def _listed(fields: Mapping[str, object]) -> dict[str, object]:
    told = {name: _plain(value) for name, value in fields.items() if name in FIELDS}
    if not isinstance(told.get("detail"), _SafeText):
        told.pop("detail", None)
    return {name: value for name, value in told.items() if value is not None}


def _plain(value: object) -> object:
    """Return *value* as a line may show it, or None if it could be prose."""
    match value:
        case Enum():
            return value.name.lower()
        case _SafeText() | bool() | int() | float():
            return value
        case str():
            return value if _PLAIN.fullmatch(value) else None
        case list() | tuple() | set() | frozenset():
            return [told for item in value if (told := _plain(item)) is not None]
        case _:
            return None


def start_logging(*, level: str, stream: TextIO | None = None) -> None:
    """Send every line of this process through the rules above, to *stream* (standard error).

    On a terminal a line is made for reading, elsewhere it is JSON. Libraries below a warning
    are not heard at any *level*. Errors that nobody caught go the same way.
    """
    stream = stream or sys.stderr
    structlog.configure(
        processors=_processors(is_terminal=stream.isatty()),
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=False,
    )
    _take_over_libraries()
    sys.excepthook = _on_uncaught
    threading.excepthook = _on_uncaught_in_thread
    sys.unraisablehook = _on_unraisable


def _processors(*, is_terminal: bool) -> "list[Processor]":
    first: list[Processor] = [
        structlog.stdlib.add_log_level,
        _keep_what_is_listed,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if is_terminal:
        return [*first, structlog.dev.ConsoleRenderer(event_key="action", sort_keys=False)]
    return [*first, structlog.processors.JSONRenderer(serializer=_json)]


def _keep_what_is_listed(_logger: object, _method: str, line: "EventDict") -> "EventDict":
    action = line.pop("event", "")
    error = _error_in(line)
    known = action if action in _ACTIONS else Action.UNLISTED
    return {"action": str(known), **_listed(line), **(describe(error) if error else {})}


_ACTIONS = frozenset(str(action) for action in Action)


def _error_in(line: MutableMapping[str, Any]) -> BaseException | None:
    given = line.pop("exc_info", None)
    match given:
        case BaseException():
            return given
        case (_, BaseException() as error, _):
            return error
        case True:
            return sys.exception()
        case _:
            return None


def _json(line: Mapping[str, object], **_: object) -> str:
    return orjson.dumps(line).decode()


class _Library(logging.Handler):
    """Tells that a library logged something, and not what."""

    def emit(self, line: logging.LogRecord) -> None:
        """Pass on the logger's name, the level and the error's class."""
        error = line.exc_info[1] if line.exc_info else None
        level = line.levelname.lower()
        record(
            Action.LIBRARY_WARNED,
            level=level if level in _LEVELS else "warning",
            error=error,
            logger=line.name,
        )


_POOLS = ("QueuePool", "AsyncAdaptedQueuePool", "NullPool", "StaticPool", "SingletonThreadPool")
_PRINT_WITHOUT_A_HANDLER = (
    "sqlalchemy.engine.Engine",
    *(f"sqlalchemy.pool.impl.{pool}" for pool in _POOLS),
)
"""Loggers that SQLAlchemy sends to standard output if echo is on and they have no handler."""


def _take_over_libraries() -> None:
    for name in (None, *logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    for name in _PRINT_WITHOUT_A_HANDLER:
        logging.getLogger(name).addHandler(logging.NullHandler())
    logging.root.addHandler(_Library(logging.WARNING))
    logging.root.setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)


def on_loop_error(_loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """Tell of an error that an event loop caught; for ``loop.set_exception_handler``."""
    record(Action.TASK_FAILED, level="error", error=context.get("exception"))


def _on_uncaught(
    _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    if not isinstance(error, KeyboardInterrupt):
        record(Action.CRASHED, level="critical", error=error)


def _on_uncaught_in_thread(given: threading.ExceptHookArgs) -> None:
    record(Action.CRASHED, level="critical", error=given.exc_value)


def _on_unraisable(given: "sys.UnraisableHookArgs") -> None:
    record(Action.TASK_FAILED, level="error", error=given.exc_value)
