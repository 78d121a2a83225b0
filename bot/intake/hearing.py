"""What a contact wrote is kept, and looked at for signs of risk, before any state sees it."""

import asyncio
import dataclasses
import re
from collections.abc import Sequence
from functools import partial

from bot.casework.cases import add_words
from bot.casework.house import House
from bot.casework.weighing import Concern
from bot.directory.hiding import hide_codes
from bot.domain.case import EntryKind
from bot.domain.errors import FlowError
from bot.domain.expression import expression
from bot.domain.ids import Instant
from bot.domain.level import Level
from bot.domain.session import Said
from bot.domain.signal import Signal
from bot.domain.update import Update
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.guidance.writer import corrects_who
from bot.intake.amid import is_line_due, note_kind, say_line
from bot.intake.by_whom import as_told, kinds_of
from bot.intake.code_words import holds_a_known_code, without_codes
from bot.intake.fears import asked_in_fear
from bot.intake.few_words import chooses_an_answer
from bot.intake.following import is_new, say_what_follows
from bot.intake.leafing import opens_section
from bot.intake.no_place import only_says_in_which_spot
from bot.intake.of_the_chat import asked_of_the_chat, raises_nothing
from bot.intake.once_more import is_asked_once_more
from bot.intake.one_word import read_one_word
from bot.intake.outside import wants_an_interview
from bot.intake.plain_question import asks_whether_to_hit, is_plain_question
from bot.intake.pleas import BEGGING
from bot.intake.quiet import call_quietly
from bot.intake.refusals_in_short import is_only_of_writing
from bot.intake.shame import asks_of_boys, asks_whether_right, asks_whose_fault
from bot.intake.small_talk import is_small_talk
from bot.intake.somebody_comes import says_it_was_seen, says_somebody_comes
from bot.intake.taken_back import says_it_is_true, takes_back
from bot.intake.talk import Talk
from bot.intake.waited_for import asks_why_nobody
from bot.intake.what_follows import asks_what_follows
from bot.intake.who import chooses_who
from bot.intake.who_comes import says_only_who_comes
from bot.log import Action, record
from bot.triage.closely import is_in_doubt, weigh
from bot.triage.opinion_signal import SECOND_OPINION
from bot.triage.plain import bare
from bot.triage.rules import EVERYDAY, FEAR, ONLY_ANSWERED, PLEA
from bot.triage.signals import READ_TOGETHER, contexts_in, glance, level_of, read_as, read_at_once

REMEMBERED = 200
"""How many of a contact's sayings a session keeps; before there would be more, a case is made."""

REMEMBERED_CHARACTERS = 100_000
"""How long these may be altogether: a session is read and written in every turn."""

MOST_RISKY = 20
"""Of how many texts with a signal a session remembers when they came."""

_CIRCUMSTANCES = (".where_it_happens", ".who_was_there", ".when_last")
"""How the questions end that ask for no harm, but where, when and with whom it was."""

_A_WORD_OR_TWO = 3
"""Characters that tell nothing by themselves: 12, 两天, 在家."""

_COMMAND = expression(r"/[\w@]+", re.ASCII)
"""A command alone; words behind a stroke are somebody's words."""


async def hear(talk: Talk, update: Update) -> None:
    """Keep what was written, and look for signs of risk, before any state sees it."""
    earlier = _read_with(talk, update.text)
    text = talk.kept = await without_codes(talk, update.text)
    signals = read_one_word(talk, text, await _look(update.text, talk.house, earlier))
    if signals and text != update.text:
        signals = await _without_code(talk, update.text, signals, earlier)
    if (talk.case and asked_in_fear(text)) or _tells_no_harm(talk, text, EVERYDAY):
        signals = [signal for signal in signals if signal.rule != SECOND_OPINION]
    if signals and await _tells_nothing(talk, text, signals):
        signals = ()
    if "/" not in text or not _COMMAND.fullmatch(text.strip()):
        await remember(talk, text, read=read_at_once(text, talk.house.rules))
    note_kind(talk, text, signals)
    if talk.is_called_quietly:
        await call_quietly(talk, signals)
    elif signals:
        _note_what_is_told(talk, text, earlier)
        await raise_for(talk, as_told(talk, signals))
    elif talk.session.risky_at and _note_what_is_told(talk, text, earlier):
        await talk.request_case(Concern(queue="intake"))
    await say_line(talk, text, signals)


def _read_with(talk: Talk, text: str) -> Sequence[str]:
    """Return what was said before, with which *text* is read.

    Whether it is their fault is a question of its own, and tells nothing with what stood before it;
    nor does an everyday matter, nor who writes, behind harm that was seen by itself.
    """
    is_alone = asks_whose_fault(text) or _tells_no_harm(talk, text, EVERYDAY)
    if is_alone or (talk.session.risky_at and chooses_who(talk, text)):
        return ()
    return [said.text for said in talk.session.said[-READ_TOGETHER:]]


async def _tells_nothing(talk: Talk, text: str, signals: Sequence[Signal]) -> bool:
    """Whether *text*, in which *signals* were seen, names a section, only asks or only fears."""
    if raises_nothing(text) or (level_of(signals) > Level.URGENT and opens_section(talk, text)):
        return True
    is_only_read = all(signal.rule == SECOND_OPINION for signal in signals)
    if is_only_read and (_is_answered_by_itself(talk, text) or asks_whether_to_hit(talk, text)):
        return True
    if is_only_read and await _is_mere_circumstance(talk, text, signals):
        return True
    if await asks_what_follows(talk, text, signals):
        return True
    return await is_plain_question(talk, text, signals)


def _is_answered_by_itself(talk: Talk, text: str) -> bool:
    """Whether *text* says only what has an answer of its own, or answers what was asked."""
    is_seen = any(says_it_was_seen(text, said.text) for said in talk.session.said[-1:])
    is_known = is_seen or says_somebody_comes(text) or bool(corrects_who(text))
    is_answered = is_known or is_small_talk(text) or bool(asked_of_the_chat(text))
    asks = (asks_whose_fault, asks_why_nobody, asks_whether_right, asks_of_boys)
    is_own = any(look(text) for look in (*asks, takes_back, says_it_is_true, is_only_of_writing))
    is_ours = talk.case is not None and is_own
    is_said = is_answered or is_ours or _tells_no_harm(talk, text, FEAR, PLEA)
    return is_said or _only_answers(talk, text)


async def _is_mere_circumstance(talk: Talk, text: str, signals: Sequence[Signal]) -> bool:
    """Whether *text* answers where, when or with whom, and reads like harm only behind the rest.

    So does a word or two anywhere, such as an age.

    What it follows is in the case already, and was called for. An emergency is never left out.
    """
    is_asked = talk.session.state.endswith(_CIRCUMSTANCES) or len(plain(text)) <= _A_WORD_OR_TWO
    is_known = talk.session.level <= Level.URGENT
    if not (is_asked and is_known) or talk.case is None or level_of(signals) is Level.EMERGENCY:
        return False
    return not await _look(text, talk.house, ())


def _only_answers(talk: Talk, text: str) -> bool:
    """Whether *text* is no more than an answer: to a question of a report, or who would come."""
    is_answer = chooses_an_answer(talk, text) or only_says_in_which_spot(talk, text)
    if is_answer or is_asked_once_more(talk.session.state, text):
        return True
    state = talk.release.plan.states.get(talk.session.state)
    is_asked = state is not None and state.expect == "number"
    return is_asked and says_only_who_comes(text)


def _tells_no_harm(talk: Talk, text: str, *kinds: str) -> bool:
    """Whether *text* is of one of *kinds*: everyday, a fear or a plea, and nothing else.

    Fear and pleas have answers of their own. Of an everyday matter only what a rule sees counts.
    """
    told = talk.told_beside(text)
    if told.keys().isdisjoint(kinds):
        return False
    written = (text, read_as(text, talk.house.rules))
    said = {bare(each) for whole in written for each in (whole, BEGGING.sub("", whole))}
    return any(kind in told and bare(told[kind]) in said for kind in kinds)


async def _without_code(
    talk: Talk, written: str, signals: Sequence[Signal], earlier: Sequence[str]
) -> Sequence[Signal]:
    """Return *signals* as they may be kept; the words of somebody's code are no risk by themselves.

    What stands beside the code is read as ever. Codes given long ago may sound like danger.
    """
    if await holds_a_known_code(talk, written):
        return await _look(talk.kept, talk.house, earlier)
    return [without_code(talk.house, signal, talk.kept) for signal in signals]


def without_code(house: House, signal: Signal, kept: str) -> Signal:
    """Return *signal*, seen in a text that holds a return code, as it may be kept with *kept*.

    The second opinion quotes the text in its reason; rules have theirs written down.
    """
    hide = partial(hide_codes, words=house.directory.code_words, is_asked=True)
    is_quoting = signal.rule == SECOND_OPINION
    return dataclasses.replace(
        signal,
        words=hide(signal.words),
        reason=hide(signal.reason) if is_quoting else signal.reason,
        read_as=hide(signal.read_as),
        start=0,
        end=len(kept),
    )


async def _look(text: str, house: House, earlier: Sequence[str]) -> Sequence[Signal]:
    """Return what is seen in *text*; where it is in doubt, it is read closely beside the loop.

    Whatever goes wrong with reading closely, what was seen at once stands.
    """
    seen = glance(text, house.rules, earlier)
    try:
        if is_in_doubt(text, seen, house.rules):
            return await asyncio.to_thread(weigh, text, seen, house.rules)
    except FlowError:  # nothing can be read closely, which was recorded when it was made ready
        house.metrics.close_readings_failed.inc()
    except Exception as error:  # noqa: BLE001 - rules and the quick reading always stand
        house.metrics.close_readings_failed.inc()
        record(Action.CLOSE_READING_FAILED, level="error", error=error)
    return seen.signals


async def sees_risk(talk: Talk, text: str) -> bool:
    """Whether there is a sign of risk in *text*, which is not kept yet."""
    return await risk_in(talk, text) is not Level.NONE


async def risk_in(talk: Talk, text: str) -> Level:
    """Return how pressing is what is seen in *text*, which is not kept yet."""
    earlier = [said.text for said in talk.session.said[-READ_TOGETHER:]]
    return level_of(await _look(text, talk.house, earlier))


def _note_what_is_told(talk: Talk, text: str, earlier: Sequence[str]) -> bool:
    """Note what is told besides; return whether anything of it is new.

    With the first signal everything before it is looked at, and from then on what comes.
    """
    found = contexts_in(text, talk.house.rules, earlier)
    if not talk.session.risky_at:
        for said in talk.session.said:
            found = contexts_in(said.text, talk.house.rules) | found
    raising = {kind: words for kind, words in found.items() if kind not in ONLY_ANSWERED}
    told = {**raising, **talk.session.told}
    is_new = len(told) > len(talk.session.told)
    talk.session = replace(talk.session, told=told)
    return is_new


def over_since(talk: Talk) -> Instant:
    """Return until when what was told is over: now, or when this was written if that is long ago.

    Nothing told before is later than that, though what comes in time is told at Lantern's clock,
    and what comes late at the channel's.
    """
    return max((talk.wrote_at or talk.now, *talk.session.risky_at))


async def remember(talk: Talk, text: str, state: str = "", *, read: str = "") -> None:
    """Keep *text*, said in *state* and *read* as that: with the case, or until there is one.

    What would be too much for a session becomes a case, so that nothing is dropped unread.
    """
    at, where = talk.wrote_at or talk.now, state or talk.session.state
    said = Said(at=at, state=where, text=text, read_as=read)
    everything = (*talk.session.said, said)
    latest = _latest(everything)
    if talk.case is None and len(latest) < len(everything):
        await talk.request_case(Concern(queue="intake"))
    talk.session = replace(talk.session, said=latest)
    if talk.case is not None:
        await add_words(talk.tx, talk.house, talk.case, (said,), kind=EntryKind.SAID)


def _latest(said: tuple[Said, ...]) -> tuple[Said, ...]:
    """Return as many of the last sayings as a session keeps, and at least the very last."""
    kept = said[-REMEMBERED:]
    length = sum([len(words.text) for words in kept])
    while length > REMEMBERED_CHARACTERS and len(kept) > 1:
        length -= len(kept[0].text)
        kept = kept[1:]
    return kept


async def raise_for(talk: Talk, signals: Sequence[Signal]) -> None:
    """Have a worker read what holds *signals*, and say what follows."""
    risky = (*talk.session.risky_at, talk.wrote_at or talk.now)[-MOST_RISKY:]
    talk.session = replace(talk.session, risky_at=risky, is_last_risky=True)
    level = level_of(signals)
    queue = "emergency" if level is Level.EMERGENCY else "intake"
    is_comfort_due = not is_line_due(talk) and (
        level < talk.session.comforted or await is_new(talk, signals)
    )
    is_known = talk.case is not None and level is Level.URGENT
    is_interrupted = is_known and says_somebody_comes(talk.kept)
    is_press = level > Level.EMERGENCY and wants_an_interview(talk.kept)
    talk.felt = level
    seen = tuple(dict.fromkeys((*talk.session.seen, *kinds_of(signals, talk.kept))))
    talk.session = replace(talk.session, level=min(talk.session.level, level), seen=seen)
    await talk.request_case(Concern(queue=queue, signals=tuple(signals)))
    if is_comfort_due and not (is_interrupted or is_press):
        await say_what_follows(talk, signals)
