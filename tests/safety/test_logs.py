"""Nothing that a contact wrote reaches a log, whichever way it might get there.

Each program runs in a process of its own, and everything it prints is looked at.
"""

import json
import subprocess
import sys
from textwrap import dedent

import pytest

pytestmark = pytest.mark.long

CANARY = "爸爸又喝酒了 canary"
TOKEN = "123456789:AACanaryTokenCanaryTokenCanaryToken"

LIBRARIES = [
    "aiohttp.access",
    "aiohttp.server",
    "aiosqlite",
    "alembic.runtime.migration",
    "asyncio",
    "httpcore.http11",
    "httpx",
    "py.warnings",
    "root",
    "sqlalchemy.engine.Engine",
    "telegram.Bot",
    "telegram.ext.Updater",
    "transitions.core",
]

START = f"""
import asyncio, logging, sys, threading, warnings
from bot.domain.errors import LanternError, TemporarySendError
from bot.log import Action, on_loop_error, record, start_logging
import structlog
CANARY = {CANARY!r}
TOKEN = {TOKEN!r}
"""


def printed_by(program: str, *, level: str = "debug", start: bool = True) -> str:
    """Run *program*, and return everything that it printed."""
    started = f"start_logging(level={level!r})\n" if start else ""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-X", "dev", "-W", "always", "-c", START + started + dedent(program)],
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    return done.stdout + done.stderr


def lines_of(program: str, *, level: str = "debug") -> list[dict[str, object]]:
    """Run *program*; everything that it printed must be JSON lines without the canary."""
    printed = printed_by(program, level=level)
    assert "canary" not in printed.lower()
    assert "喝酒" not in printed
    return [json.loads(line) for line in printed.splitlines()]


def test_a_line_has_an_action_a_level_a_time_and_its_fields():
    (line,) = lines_of('record(Action.CASE_OPENED, case="c1", queue="intake", duration_ms=1.5)')

    assert line.pop("timestamp", "").endswith("Z")
    assert line == {
        "action": "case_opened",
        "level": "info",
        "case": "c1",
        "queue": "intake",
        "duration_ms": 1.5,
    }


@pytest.mark.parametrize(
    "field",
    ["text=CANARY", "name='canary'", "queue=CANARY", "worker=[CANARY]", "code={'a': CANARY}"],
)
def test_a_field_that_is_not_listed_or_could_be_prose_is_dropped(field):
    (line,) = lines_of(f"record(Action.UPDATE_SET_ASIDE, channel='telegram', {field})")

    assert line["channel"] == "telegram"


def test_an_update_that_is_handed_in_whole_is_dropped():
    lines_of(
        """
        from bot.domain.update import Kind, Update
        update = Update(id="canary", channel="web", address=CANARY, sender=CANARY,
                        kind=Kind.TEXT, at=0, text=CANARY)
        record(Action.UPDATE_SET_ASIDE, update=update, message=[update], kind=update.kind)
        """
    )


def test_whoever_goes_past_record_meets_the_same_rules():
    told, called, failed = lines_of(
        """
        log = structlog.get_logger()
        log.info(Action.STARTED, text=CANARY, detail="canary", queue=CANARY)
        log.info("hello " + CANARY)
        try:
            raise ValueError(CANARY)
        except ValueError:
            log.exception(Action.TURN_FAILED)
        """
    )

    assert told["action"] == "started"
    assert "detail" not in told
    assert called["action"] == "unlisted"
    assert failed["error"] == "ValueError"


def test_of_an_error_its_class_its_places_and_its_causes_stay():
    (line,) = lines_of(
        """
        def fail(text):
            try:
                raise KeyError(text)
            except KeyError as error:
                raise ValueError(f"cannot read {text}") from error
        try:
            fail(CANARY)
        except ValueError as error:
            error.add_note(CANARY)
            record(Action.TURN_FAILED, level="error", error=error)
        """
    )

    assert (line["error"], line["causes"], line["level"]) == ("ValueError", ["KeyError"], "error")
    assert [place.rpartition(":")[0] for place in line["frames"]] == [
        "__main__:<module>",
        "__main__:fail",
    ]


def test_what_lantern_itself_says_of_an_error_is_told():
    (line,) = lines_of(
        """
        try:
            raise TemporarySendError("the channel is busy", retry_after=3) from OSError(CANARY)
        except LanternError as error:
            record(Action.MESSAGE_POSTPONED, error=error)
        """
    )

    assert (line["detail"], line["causes"]) == ("the channel is busy", ["OSError"])


@pytest.mark.parametrize("name", LIBRARIES)
def test_of_a_library_only_its_name_and_the_class_of_its_error_stay(name):
    lines = lines_of(
        f"""
        log = logging.getLogger({name!r})
        log.setLevel(logging.DEBUG)
        log.debug(CANARY)
        log.info("%s", CANARY)
        log.warning(CANARY, extra={{"text": CANARY}})
        log.log(35, CANARY)
        try:
            raise RuntimeError(CANARY)
        except RuntimeError:
            log.exception("%s", CANARY, stack_info=True)
        log.error("%d", CANARY)
        """
    )

    assert [line["level"] for line in lines] == ["warning", "warning", "error", "error"]
    assert {line["action"] for line in lines} == {"library_warned"}
    assert {line["logger"] for line in lines} == {name}
    assert lines[2]["error"] == "RuntimeError"


def test_a_handler_that_a_library_brought_is_taken_away():
    lines = lines_of(
        """
        log = logging.getLogger("chatty")
        log.addHandler(logging.StreamHandler(sys.stdout))
        log.propagate = False
        start_logging(level="info")
        log.warning(CANARY)
        """
    )

    assert [line["logger"] for line in lines] == ["chatty"]


def test_the_database_tells_neither_statements_nor_values():
    lines = lines_of(
        """
        import aiosqlite, sqlalchemy
        logging.getLogger("aiosqlite").setLevel(logging.DEBUG)

        async def work():
            async with aiosqlite.connect(":memory:") as db:
                await db.execute("create table t (x text)")
                await db.execute("insert into t values (?)", (CANARY,))
                await db.execute("insert into u values (?)", (CANARY,))

        engine = sqlalchemy.create_engine("sqlite://", echo="debug", echo_pool="debug")
        with engine.connect() as db:
            db.execute(sqlalchemy.text("select :x"), {"x": CANARY}).all()
            try:
                db.execute(sqlalchemy.text("select :x from u"), {"x": CANARY})
            except sqlalchemy.exc.OperationalError as error:
                record(Action.TURN_FAILED, error=error)
        engine.dispose()
        asyncio.run(work())
        """
    )

    assert [line["error"] for line in lines if "error" in line] == ["OperationalError"] * 2


def test_the_state_machine_and_the_telegram_client_tell_nothing():
    lines = lines_of(
        """
        import transitions
        from telegram import Bot, error
        from telegram.request import HTTPXRequest

        for name in ("transitions", "telegram", "httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.DEBUG)

        class Model:
            text = CANARY

        machine = transitions.Machine(Model(), states=[CANARY, "b"], initial=CANARY)
        machine.add_transition("go", CANARY, "b")
        machine.model.go(CANARY)

        async def send():
            address = "http://127.0.0.1:1/bot"
            async with HTTPXRequest(httpx_kwargs={"trust_env": False}) as request:
                bot = Bot(TOKEN, base_url=address, request=request)
                await bot.send_message(1, CANARY)

        try:
            asyncio.run(send())
        except error.TelegramError as failed:
            record(Action.MESSAGE_POSTPONED, error=failed)
        """
    )

    assert [line["error"] for line in lines if "error" in line] == ["NetworkError"]


def test_a_crash_tells_its_class_and_not_its_words():
    *_, line = lines_of("raise ValueError(CANARY)")

    assert (line["action"], line["error"]) == ("crashed", "ValueError")


def test_a_crash_of_a_thread_tells_its_class_and_not_its_words():
    (line,) = lines_of(
        """
        def fail():
            raise ValueError(CANARY)
        thread = threading.Thread(target=fail, name=CANARY)
        thread.start()
        thread.join()
        """
    )

    assert (line["action"], line["error"]) == ("crashed", "ValueError")


@pytest.mark.parametrize("handler", ["on_loop_error", "None"])
def test_a_task_that_nobody_awaited_tells_its_class_and_not_its_words(handler):
    lines = lines_of(
        f"""
        import gc

        async def fail(text):
            raise ValueError(text)

        async def work():
            asyncio.get_running_loop().set_exception_handler({handler})
            task = asyncio.create_task(fail(CANARY), name=CANARY)
            await asyncio.wait([task])
            del task
            gc.collect()

        asyncio.run(work())
        """
    )

    assert "ValueError" in {line.get("error") for line in lines}


def test_an_error_that_cannot_be_raised_tells_its_class_and_not_its_words():
    (line,) = lines_of(
        """
        class Holder:
            def __del__(self):
                raise ValueError(CANARY)
        Holder()
        """
    )

    assert (line["action"], line["error"]) == ("task_failed", "ValueError")


def test_a_warning_is_heard_without_its_words():
    (line,) = lines_of("warnings.warn(CANARY)")

    assert (line["action"], line["logger"]) == ("library_warned", "py.warnings")


def test_nothing_is_told_below_the_level_that_was_set():
    (line,) = lines_of(
        """
        record(Action.UPDATE_SET_ASIDE, level="debug")
        record(Action.STARTED)
        record(Action.POLL_FAILED, level="warning")
        """,
        level="warning",
    )

    assert line["action"] == "poll_failed"


def test_a_line_for_a_terminal_keeps_to_the_same_rules():
    printed = printed_by(
        """
        import io

        class Terminal(io.StringIO):
            def isatty(self):
                return True

        terminal = Terminal()
        start_logging(level="info", stream=terminal)
        try:
            raise ValueError(CANARY)
        except ValueError as error:
            record(Action.TURN_FAILED, error=error, text=CANARY, channel="web")
        logging.getLogger("telegram").warning(CANARY)
        print(terminal.getvalue())
        """,
        start=False,
    )

    assert "turn_failed" in printed
    assert "ValueError" in printed
    assert "library_warned" in printed
    assert "canary" not in printed.lower()


def test_even_before_logging_is_started_record_keeps_to_the_rules():
    printed = printed_by(
        """
        try:
            raise ValueError(CANARY)
        except ValueError as error:
            record(Action.TURN_FAILED, error=error, text=CANARY, queue=CANARY)
        """,
        start=False,
    )

    assert "turn_failed" in printed
    assert "canary" not in printed.lower()


def test_a_stream_that_is_gone_stops_nothing():
    printed = printed_by(
        """
        import io

        gone = io.StringIO()
        start_logging(level="info", stream=gone)
        gone.close()
        record(Action.STARTED)
        print("went on")
        """,
        start=False,
    )

    assert "went on" in printed
