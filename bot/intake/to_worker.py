"""What is written while a worker has the conversation, or is awaited."""

from bot.casework.cases import SAFE_TO_REPLY
from bot.casework.claiming import is_safe_now
from bot.casework.weighing import Concern
from bot.domain.case import NOT_OK, REFUSED, EntryKind
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.ids import HOUR, MINUTE, NEVER, Instant
from bot.domain.level import Level
from bot.domain.message import Urgency
from bot.domain.session import Session
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.reply import Reply, Tap, Words
from bot.engine.understand import understand
from bot.flow.danger import DANGERS, SAFE, dangers
from bot.flow.model import State
from bot.flow.words import EMERGENCY
from bot.intake.amid import say_beside_the_worker
from bot.intake.asked import asks_about_danger
from bot.intake.awaiting import answer_awaiting, asks_somehow, look_awaiting, told_again
from bot.intake.door import is_code
from bot.intake.few_words import answer_to, cries_for_help, says_who_is_away
from bot.intake.guiding import tell, tell_found
from bot.intake.hearing import remember
from bot.intake.moving import CHANGED
from bot.intake.no_place import HELP_CALLED
from bot.intake.parting import YOUR_CODE
from bot.intake.quiet import HEARD
from bot.intake.refused_behind import refuse_behind
from bot.intake.safe_reply import take_answer
from bot.intake.talk import Talk
from bot.intake.turns import run
from bot.intake.typed_sounds import in_characters
from bot.intake.warmth import IN_DANGER
from bot.intake.what_follows import how_to_stop
from storage import case_log, cases
from storage.outbox import PULLED

_BEGIN = "/start"
_PATIENCE = 10 * MINUTE
_TOLD_IN_A_ROW = 3 * MINUTE
"""How long nothing more is said of harm told anew: whoever tells it line by line is not stopped."""

_WORKER_HAS_IT = Told(key="always.worker_has_it.say")
_PASSED_ON, _IN_DANGER = "always.passed_on.say", IN_DANGER


_IS_THERE = expression(
    r"(?:(?:yes|ok|now|but) )*(?:he|she|they)(?: ?s| is| are| ?re)? (?:now )?"
    r"(?:here|home|back|at home|back home|came (?:back|home))(?: (?:now|again))*"
    r"|(?:现在)?(?:他|她)们?(?:现在|又|已经)*(?:在家|在这里|在这儿|回来|回家|到家|来)了?"
)
"""That whoever does harm is there, for which danger was asked about."""

_MERE_SOUNDS = frozenset({"嗯", "嗯嗯", "对", "对的"})

_CAME_BACK = frozenset({"check_on_my_report.what_now", "check_on_my_report.anything_else"})
"""What is asked of whoever came back with a code."""


async def is_back_with_worker(talk: Talk, update: Update) -> bool:
    """Whether they came back with the code of a case that a worker has, and write to them.

    Whoever chooses nothing of what is offered then is not asked again: they await the worker.
    """
    plan, session = talk.release.plan, talk.session
    state = plan.states.get(session.state) if session.state in _CAME_BACK else None
    if state is None or talk.case is None or update.kind is not Kind.TEXT:
        return False
    if talk.word or session.hides_case or is_code(talk, Words(text=update.text)):
        return False
    if understand(plan, state, session, update.text):
        return False
    case = await cases.find_case(talk.tx, talk.case)
    if case.owner is None or case.closed_at is not None:
        return False
    talk.session = replace(session, state="", calls=(), offered=())
    return True


async def leave_to_worker(talk: Talk, update: Update, reply: Reply) -> None:
    """Say nothing: a worker owns the conversation. Only what a word asked is still answered.

    So is whoever was asked whether it is safe to write to them, as that holds for the worker too,
    or whether somebody is in danger; whoever types a return code, which opens nothing here and is
    hidden from the worker; and whoever begins the chat anew, as after they had removed it.
    """
    if talk.place.channel != PULLED and update.text.strip() == _BEGIN:
        await _say_who_reads(talk)
        return
    if not isinstance(reply, Tap):
        talk.session = _with_danger_told_before(talk)
    if is_code(talk, reply):
        await talk.say((Told(key=HEARD) if talk.session.hides_case else _WORKER_HAS_IT,))
        return
    plan, session = talk.release.plan, talk.session
    state = plan.states.get(session.state)
    if state is None:
        await _take_back_a_no(talk, reply)
        return
    if state.flow != "always":
        await _pass_on_tap(talk, update, state)
        if state.place.endswith(SAFE_TO_REPLY):
            await _note_whether_safe(talk, state, reply)
        elif asks_about_danger(state.place):
            await _note_whether_in_danger(talk, state, reply)
    elif isinstance(reply, Tap) or understand(plan, state, session, update.text):
        await run(talk, reply)


def _with_danger_told_before(talk: Talk) -> Session:
    """Return the session in which what they write now came behind what they told of danger.

    So a yes that they tap behind it is another.
    """
    before = Instant(talk.now - MINUTE)
    return replace(talk.session, danger_told_at=min(talk.session.danger_told_at, before))


async def _say_who_reads(talk: Talk) -> None:
    """Tell whoever begins anew that a worker reads here, where a notice of it might go, too."""
    case = await cases.find_case(talk.tx, talk.case) if talk.case is not None else None
    if case is None or talk.session.hides_case:
        return
    if await is_safe_now(talk.tx, case, talk.place, now=talk.now):
        await talk.say((_WORKER_HAS_IT,))


async def _pass_on_tap(talk: Talk, update: Update, state: State) -> None:
    """Keep the answer of a button tapped after a worker has taken over."""
    key = update.tap.split(":")[-1] if update.tap.startswith("a:") else ""
    if key in state.answers:
        await remember(talk, talk.voice.say(f"{state.place}.answers.{key}"), state.place)


async def _note_whether_safe(talk: Talk, state: State, reply: Reply) -> None:
    """Take the answer to whether it is safe to write, with which the bot's questions end.

    Once the worker has written, words are meant for them, and only a button answers it.
    """
    has_written = await has_worker_written(talk)
    is_meant = isinstance(reply, Tap) or not has_written
    answered = take_answer(talk, talk.session, reply) if is_meant else None
    if answered is None:
        return
    talk.session = replace(answered, state="", calls=(), offered=())
    is_refused = answered.answers[state.place] in {NOT_OK, REFUSED}
    if not answered.hides_case and (is_refused or not has_written):
        await talk.say((YOUR_CODE if is_refused else _WORKER_HAS_IT,))


async def _note_whether_in_danger(talk: Talk, state: State, reply: Reply) -> None:
    """Take the answer to whether somebody is in danger, which was asked before the worker came.

    Once the worker has written, words are meant for them; a button and a bare "help" are not.
    """
    is_cry = isinstance(reply, Words) and cries_for_help(talk, reply.text)
    if not (is_cry or isinstance(reply, Tap)) and await has_worker_written(talk):
        return
    answer = _about_danger(talk, state, reply)
    if not answer:
        return
    talk.session = replace(talk.session, state="", calls=(), offered=())
    await _keep_about_danger(talk, state, answer)


async def _keep_about_danger(talk: Talk, state: State, answer: str) -> None:
    """Keep *answer* to whether somebody is in danger; if so, it is an emergency."""
    answers = {**talk.session.answers, state.place: answer}
    kept = replace(talk.session, answers=answers, answered=state.place)
    talk.session = replace(kept, danger_told_at=talk.now)
    if answer in dangers(state):
        await talk.request_case(Concern(queue=EMERGENCY))
        if talk.session.warned_at != talk.now:
            await say_beside_the_worker(talk)


async def _take_back_a_no(talk: Talk, reply: Reply) -> None:
    """Take a yes that follows a no, or "not sure", to danger, before the worker has written.

    A sound such as 嗯 may only say that they read who has the case.
    """
    session, place = talk.session, talk.session.answered
    state = talk.release.plan.states.get(place)
    known = session.answers.get(place)
    if state is None or not asks_about_danger(place) or known not in {SAFE, DANGERS[1]}:
        return
    if not isinstance(reply, Words) or talk.now - session.asked_at > HOUR:
        return
    said = plain(in_characters(session.language, reply.text))
    if said in _MERE_SOUNDS or await has_worker_written(talk):
        return
    answer = _about_danger(talk, state, reply)
    if answer in dangers(state) and answer != known:
        await _keep_about_danger(talk, state, answer)


def _about_danger(talk: Talk, state: State, reply: Reply) -> str:
    """Return the answer to the question of *state* that *reply* is, ``""`` if it is none.

    That somebody is away for now is none: they may come back, and it stays open until then.
    """
    if isinstance(reply, Tap):
        key = reply.data.split(":")[-1]
        return key if key in state.answers else ""
    if not isinstance(reply, Words) or says_who_is_away(reply.text):
        return ""
    if _IS_THERE.fullmatch(plain(reply.text)):
        return next(iter(dangers(state)), "")
    return answer_to(talk, state, reply.text)


async def has_worker_written(talk: Talk) -> bool:
    """Whether a worker has written since the question that waits was asked."""
    if talk.case is None:
        return False
    written = await case_log.read_last(talk.tx, talk.case, EntryKind.WORKER, most=1)
    return any(entry.at > talk.session.asked_at for entry in written)


async def pass_on(talk: Talk, update: Update, *, is_followed: bool) -> None:
    """Say that it reaches the worker who is awaited: once, and again after a long pause.

    Whoever tells of danger is answered each time, with the numbers. So is whoever asks something,
    with what surely answers it, if there is anything; whoever begs, fears or waits, in a line. Harm
    told anew is answered once in a row.
    """
    if await refuse_behind(talk, update) or talk.newly:  # a line for just that was said
        return
    is_danger = talk.felt is Level.EMERGENCY
    asks = update.kind is Kind.TEXT and not is_followed and asks_somehow(talk.kept)
    is_kept = update.kind is Kind.FILE or (update.kind is Kind.OTHER and update.text)
    if is_kept:
        await talk.say((Told(key="always.file_kept.say"),))
    elif _tells_again(talk, is_followed=is_followed):
        await talk.say((Told(key=told_again(talk)),), words=("menu", "leave"))
        talk.session = replace(talk.session, told_again_at=talk.now)
    elif not is_followed and await answer_awaiting(talk, update):
        return
    elif is_danger or asks or not (is_followed or _knows_it_is_passed_on(talk)):
        first = (CHANGED,) if talk.session.is_moved else ()
        told = Told(key=_by_turns(talk, _passed_on(talk)))
        is_shown = is_danger and not talk.session.is_quiet
        urgency = Urgency.SAFETY if is_shown else Urgency.REPLY
        await talk.say((*first, told), urgency=urgency, words=("menu", "leave"))
        talk.session = replace(talk.session, is_passed_on=True, is_moved=False)
        if asks and not talk.session.is_quiet:
            await _tell_what_answers(talk)


async def _tell_what_answers(talk: Talk) -> None:
    """Tell what surely answers what they ask behind a report, if there is anything."""
    if temper := how_to_stop(talk, talk.kept):
        talk.topic = temper[0]
        await tell(talk)
    elif talk.felt is Level.NONE:
        await tell_found(talk, talk.kept, await look_awaiting(talk, talk.kept), [])


def _by_turns(talk: Talk, key: str) -> str:
    """Return *key*, or in its place other words for who was told the same of danger just now."""
    if key != _IN_DANGER or not talk.release.plan.can_say(HELP_CALLED):
        return key
    is_again = talk.now - talk.session.told_again_at < _TOLD_IN_A_ROW
    talk.session = replace(talk.session, told_again_at=NEVER if is_again else talk.now)
    return HELP_CALLED if is_again else key


def _tells_again(talk: Talk, *, is_followed: bool) -> bool:
    """Whether they tell harm behind that all is passed on, and did not just hear that it is read.

    What asks something, or must show no case, is answered as ever.
    """
    if talk.felt is not Level.URGENT or talk.has_comforted or is_followed:
        return False
    if asks_somehow(talk.kept):
        return False
    if _passed_on(talk) != _PASSED_ON or not _knows_it_is_passed_on(talk):
        return False
    if talk.session.is_moved or not talk.release.plan.can_say(told_again(talk)):
        return False
    return talk.now - talk.session.told_again_at >= _TOLD_IN_A_ROW


def _passed_on(talk: Talk) -> str:
    """Return the wording: without a sign of a case that is hidden, in danger with both numbers."""
    if talk.session.is_quiet:
        return HEARD
    if talk.felt is Level.EMERGENCY and talk.release.plan.can_say(_IN_DANGER):
        return _IN_DANGER
    return HEARD if talk.session.has_left else _PASSED_ON


def _knows_it_is_passed_on(talk: Talk) -> bool:
    return talk.session.is_passed_on and talk.now - talk.place.spoken_at < _PATIENCE
