"""What workers send to the bot: taps on alerts, and links. Nothing they write reaches a contact."""

from bot.casework.alerts import ALIVE
from bot.casework.claiming import claim
from bot.casework.house import House
from bot.casework.phrases import (
    BAD_LINK,
    GROUP_LINKED,
    HAD_IT,
    HAS_IT,
    IS_CLOSED,
    LINKED,
    NOT_LINKED,
    OPEN_AT,
    STAFF_CHAT,
    THANK_YOU,
    YOU_HAVE_IT,
    YOU_HAVE_IT_OFF_DUTY,
)
from bot.casework.posting import answer_tap, post_to_staff
from bot.casework.ringing import expect_seen
from bot.casework.speech import phrase
from bot.casework.tokens import LINK, SIGN_IN
from bot.domain.errors import ConflictError, HadItError, NotAllowedError
from bot.domain.expression import expression
from bot.domain.ids import DAY, CaseId
from bot.domain.message import Urgency
from bot.domain.update import Kind, Update
from bot.domain.worker import Worker
from bot.log import Action, record
from storage import alarm, cases, staff, tokens
from storage.database import Transaction

_LINKING = expression(r"/(?:start(?:@\w+)? staff_|link(?:@\w+)? (?:staff_)?)([\w-]+)")
"""What a worker, or a group, sends to be linked; in groups Telegram adds the bot's name."""


async def take_from_staff(tx: Transaction, house: House, update: Update) -> bool:
    """Take in *update* if it is staff's; return whether it was."""
    token = _token(update.text)
    if token:
        await tx.reach_everything()
        await _link(tx, house, update, token)
        return True
    if update.tap_id and update.tap.startswith(("have:", "open:", f"{ALIVE}:")):
        await tx.reach_everything()
        await staff.note_alive(tx, update.channel, update.address)
        await _take_tap(tx, house, update)
        return True
    worker = await staff.worker_at(tx, update.channel, update.sender)
    if worker is not None and update.kind is not Kind.BLOCKED and not update.is_group:
        await staff.note_alive(tx, update.channel, update.sender)
        await _point_to_desk(tx, house, update, worker)
        return True
    if update.is_group and update.kind is not Kind.BLOCKED:
        await staff.note_alive(tx, update.channel, update.address)
    return update.is_group or worker is not None


def _token(text: str) -> str:
    found = _LINKING.fullmatch(text.strip()) if "/" in text else None
    return found[1] if found else ""


async def _link(tx: Transaction, house: House, update: Update, token: str) -> None:
    now = house.clock()
    is_good, owner = await tokens.find_token(tx, LINK, token, now=now)
    language = house.languages[0]
    if not is_good or (owner is None) != update.is_group:
        await _say(tx, house, update, phrase(house, language, BAD_LINK))
        return
    await tokens.drop_token(tx, LINK, token)
    await staff.link_address(tx, update.channel, update.address, owner, now=now)
    worker = await staff.find_worker(tx, owner) if owner else None
    text = phrase(house, language, GROUP_LINKED)
    if worker:
        text = phrase(house, worker.language, LINKED, name=worker.name)
    await _say(tx, house, update, text)


async def _take_tap(tx: Transaction, house: House, update: Update) -> None:
    worker = await staff.worker_at(tx, update.channel, update.sender)
    if worker is None:
        record(Action.WORKER_REFUSED, level="warning", channel=update.channel)
        await _note(tx, house, update, phrase(house, house.languages[0], NOT_LINKED))
        return
    kind, _, case_id = update.tap.partition(":")
    if kind == ALIVE:
        await _answer_test(tx, house, update, worker)
        return
    try:
        case = await cases.find_case(tx, CaseId(case_id))
    except NotAllowedError:
        await _note(tx, house, update, "")
        return
    address = f"{house.address}/desk/cases/{case.id}"
    text = phrase(house, worker.language, OPEN_AT, code=case.code, address=address)
    if kind == "have":
        text = await _claim(tx, house, worker, case.id)
    await _note(tx, house, update, text)


async def _answer_test(tx: Transaction, house: House, update: Update, worker: Worker) -> None:
    """Record that the alarm reaches *worker*: they answered the test that the button is of."""
    test = update.tap.partition(":")[2]
    text = ""
    if await alarm.answer(tx, test, worker.id, update.channel, now=house.clock()):
        text = phrase(house, worker.language, THANK_YOU)
    await _note(tx, house, update, text)


async def _claim(tx: Transaction, house: House, worker: Worker, case_id: CaseId) -> str:
    case = await cases.find_case(tx, case_id)
    if case.closed_at is not None:
        return phrase(house, worker.language, IS_CLOSED, code=case.code)
    try:
        claimed = await claim(tx, house, worker, case_id)
    except HadItError:
        return phrase(house, worker.language, HAD_IT, code=case.code)
    except ConflictError as error:
        return phrase(house, worker.language, HAS_IT, code=case.code, owner=error.by)
    if case.owner != worker.id:  # here nothing of it is shown
        await cases.change(tx, case_id, unread=case.unread)
        await expect_seen(tx, house, claimed)
    has_it = YOU_HAVE_IT if worker.is_on_duty else YOU_HAVE_IT_OFF_DUTY
    return phrase(house, worker.language, has_it, code=case.code)


async def _note(tx: Transaction, house: House, update: Update, text: str) -> None:
    now = house.clock()
    await answer_tap(tx, update.channel, update.address, update.tap_id, text, now=now)


async def _point_to_desk(tx: Transaction, house: House, update: Update, worker: Worker) -> None:
    now = house.clock()
    token = await tokens.make_token(tx, SIGN_IN, worker.id, now=now, lasts=DAY)
    address = f"{house.address}/desk/sign-in/{token}"
    text = phrase(house, worker.language, STAFF_CHAT, address=address)
    if update.kind is Kind.TAP:
        await _note(tx, house, update, text)
    else:
        await _say(tx, house, update, text)


async def _say(tx: Transaction, house: House, update: Update, text: str) -> None:
    address = staff.address_at(tx, update.channel, update.address)
    now = house.clock()
    await post_to_staff(tx, address, text, urgency=Urgency.REPLY, now=now)
