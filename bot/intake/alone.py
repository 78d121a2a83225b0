"""What could not be taken in together with others is taken in alone, or else set aside."""

from collections.abc import Awaitable, Callable

from bot.casework.alerts import tell_everybody
from bot.casework.house import House
from bot.casework.phrases import SET_ASIDE
from bot.domain.update import Update
from bot.intake.letters import Letter, reach_of
from bot.intake.probing import check_damage, write_or_away
from bot.intake.refuge import Record
from bot.intake.setting_aside import Write, set_aside
from bot.log import Action, record
from storage import contacts, inbox
from storage.database import DatabaseAwayError, Transaction

TRIES = 3
NOBODY = "nobody"
"""A channel that there is not."""

Taking = Callable[[Transaction], Awaitable[int]]


async def take_alone(house: House, letter: Letter, taking: Taking, write: Write) -> None:
    """Have *taking* take in *letter* by means of *write*, or set it aside.

    If it is safe in neither way, and not for the database, whoever handed it in is answered so,
    and keeps it.

    Raises:
        DatabaseAwayError: nothing was done.

    """
    for attempt in range(1, TRIES + 1):
        try:
            await write(taking, reach=reach_of([letter]))
        except DatabaseAwayError:
            raise
        except Exception as error:  # noqa: BLE001 - tried again, then set aside
            record(Action.TURN_FAILED, level="error", error=error, attempts=attempt)
            failure = error
        else:
            return
    try:
        await _set_aside(house, letter.record, failure, write)
    except DatabaseAwayError:
        raise
    except Exception as error:  # noqa: BLE001 - it is not safe, so whoever handed it in keeps it
        record(Action.TASK_FAILED, level="error", error=error)
        await _check_others(house, letter, error, write)
        letter.answer(error)


async def _set_aside(house: House, came: Record, error: Exception, write: Write) -> None:
    if not isinstance(came, Update):
        raise error
    await set_aside(house, came, error, write=write)
    house.metrics.updates_set_aside.labels(came.channel).inc()
    record(Action.UPDATE_SET_ASIDE, level="error", channel=came.channel, update=came.id)


async def _check_others(house: House, letter: Letter, error: Exception, write: Write) -> None:
    """Return if *error* keeps nobody waiting but *letter*, and tell the staff of what lies aside.

    One that has just come goes to the spool first, where its contact hears that it is kept.

    Raises:
        DatabaseAwayError: what is broken may be everybody's.

    """
    if not letter.was_kept:
        check_damage(house.database, error)
    elif house.database.is_damage(error):

        async def work(tx: Transaction) -> None:
            await inbox.touch(tx)
            await contacts.find_place(tx, NOBODY, "")
            await tell_everybody(tx, house, SET_ASIDE, now=house.clock())

        await write_or_away(house.database, write, work)
