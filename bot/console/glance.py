"""What a worker needs first, at the top of a case: the newest words, where, how old, who."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from bot.casework.cases import is_adult
from bot.casework.happened import SAFETY_NOTED
from bot.casework.telling import told_lines
from bot.console.marks import is_seen_in
from bot.console.spoken import only_ends, only_says_yes_or_no
from bot.desk.finding import WHERE
from bot.desk.grounds import by_level_and_name, kind_of
from bot.desk.views import CaseFile
from bot.domain.case import NOT_OK, REFUSED, Entry, EntryKind
from bot.domain.signal import TO_DIE
from bot.engine.telephone import telephone_in
from bot.flow.model import SKIPPED
from bot.guidance.ages import child_age_in, own_age_in

NEWEST = 2
LONGEST = 400
"""How many of the newest messages stand at the top, and how many characters of each."""

AGE = ("age", "child_age")
REACH = ("reach_you", "temper_reach")
"""The questions that an adult answers with a name and a number."""

SAID_AT = (".a_few_more", ".safe_to_reply")
"""How the questions end at which adults write their number of their own accord."""

_SAFE = ".safe_to_reply"

TELLING = frozenset({"what_about", "what_happened", "tell_on", "more", "more_on", "more_on_too"})
"""Questions behind which somebody tells in their own words; what they say is no answer to one."""

_OF_THE_TALK = frozenset(
    {
        *("in_danger", "temper_now", "happening_now", "safe_to_reply", "a_few_more"),
        *("tell_more", "told_more", "told_again", "go_on", "added", "added_too"),
    }
)
"""Questions about the talk itself, or whether there is danger: what they answer is in the level, or
stands beside the words. Any other yes or no tells something, as that no help has come.
"""

_ASK = ".ask"
_HANDED = "handed_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """The *newest* messages, the oldest of them first; where, how old, and whom to ask.

    *gravest* is the newest message in which the most pressing of all was seen, behind those that
    it was read together with, and nothing if they stand among the newest; *answers* are the ids of
    those that answer what was asked, *to_worker* of those said after a worker wrote.
    *told_age* is what they wrote of it in their own words, where it was not answered and it is
    sure whose it is, else 0. *handed* is the note with which the case was handed over last, None
    if it was not. *may_be_called* says that they left a number behind their no to being written
    to here: it is for calling them.
    """

    newest: tuple[Entry, ...]
    where: tuple[tuple[str, str], ...] = field(repr=False)
    age: tuple[tuple[str, str], ...] = field(repr=False)
    told_age: int
    handed: Entry | None
    gravest: tuple[Entry, ...] = ()
    answers: frozenset[str] = frozenset()
    to_worker: frozenset[str] = frozenset()
    reach: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    may_be_called: bool = False


def glance_at(case: CaseFile, is_chosen: Callable[[Entry], bool] = lambda _: False) -> Glance:
    """Return what of *case* stands at its top; what *is_chosen* only if they wrote nothing else.

    So it is with what only ends a question, as typed, unless that is their last word, and with a
    mere yes or no to what Lantern asked of the talk itself. Whatever was said to a worker stands
    there.
    """
    came = [entry for entry in case.entries if entry.kind in {EntryKind.SAID, EntryKind.FILE}]
    answered = [entry for entry in came if entry.text != SKIPPED]
    times = case.safe_to_reply.partition(" ")[2]  # they stand right below, whole
    to_worker = _to_worker(case.entries)
    answers = _answering(case) - to_worker
    telling = {one.id for one in _telling(case, answered, answers)}
    typed = {one.id for one in answered if one.text != times and not is_chosen(one)}
    shown = to_worker | (telling & typed)
    said = [one for one in answered if one.id in shown] or answered
    age, newest = _answers(case, AGE), tuple(said[-NEWEST:])
    gravest = tuple(_gravest(case))
    return Glance(
        newest=newest,
        gravest=() if set(gravest) <= set(newest) else gravest,
        answers=answers,
        to_worker=to_worker,
        where=_answers(case, WHERE),
        age=age,
        told_age=0 if age else _told_age(case),
        handed=_handed(case.entries),
        reach=(*_answers(case, REACH), *_numbers(case)),
        may_be_called=_may_be_called(case),
    )


def _to_worker(entries: Sequence[Entry]) -> frozenset[str]:
    """Return what was said once a worker had written, and before Lantern asked anything again."""
    is_to_worker, found = False, set[str]()
    for entry in entries:
        if entry.kind is EntryKind.WORKER:
            is_to_worker = True
        elif entry.kind is EntryKind.TOLD:
            asks = any(key.endswith(_ASK) for key, _ in told_lines(entry.text))
            is_to_worker = is_to_worker and not asks
        elif is_to_worker:
            found.add(entry.id)
    return frozenset(found)


def _telling(case: CaseFile, said: Sequence[Entry], answers: frozenset[str]) -> Sequence[Entry]:
    """Return what of *said* does not only end a question, or say yes or no as one of *answers*.

    The last of all may be a farewell, and a yes that made the case pressing is none to leave out.
    """
    if any(signal.category in TO_DIE for signal in case.signals):  # they may say farewell
        return said
    pressing = {ground.place for ground in case.grounds}
    mere = {one.id for one in said if one.id in answers and _is_of_the_talk(one, pressing)}
    told = [one for one in said if one is said[-1] or not only_ends(one.text)]
    return [one for one in told if one.id not in mere or not only_says_yes_or_no(one.text)]


def _is_of_the_talk(entry: Entry, pressing: Collection[str]) -> bool:
    return entry.state.rpartition(".")[2] in _OF_THE_TALK and entry.state not in pressing


def _gravest(case: CaseFile) -> Sequence[Entry]:
    """Return the newest message in which the most pressing kind was seen that stands in any.

    What is most pressing comes first, and among equals what is named, and what a rule saw. Before
    it stand those messages in which it begins.
    """
    said = [entry for entry in reversed(case.entries) if entry.kind is EntryKind.SAID]
    for first in sorted(case.signals, key=by_level_and_name):
        alike = (by_level_and_name(first), kind_of(first))
        same = [one for one in case.signals if (by_level_and_name(one), kind_of(one)) == alike]
        for number, entry in enumerate(said):
            if seen := [each for each in same if is_seen_in(entry.text, [each])]:
                reach = max(each.before for each in seen)
                return [*reversed(_reached(said[number + 1 :], reach)), entry]
    return []


def _reached(earlier: Sequence[Entry], reach: int) -> Sequence[Entry]:
    """Return those of *earlier*, the newest first, that so many characters *reach* back into."""
    reached: list[Entry] = []
    for entry in earlier:
        if reach <= 0:
            break
        reached.append(entry)
        reach -= len(entry.text) + len(" ")
    return reached


def _answering(case: CaseFile) -> frozenset[str]:
    """Return what was said last at each question that is answered; who tells answers none."""
    answered = {place for place, _ in case.answers if place.rpartition(".")[2] not in TELLING}
    last = {entry.state: entry for entry in case.entries if entry.kind is EntryKind.SAID}
    said = [last[place] for place in answered & last.keys()]
    return frozenset(entry.id for entry in said if not is_seen_in(entry.text, case.signals))


def _told_age(case: CaseFile) -> int:
    texts = [entry.text for entry in case.entries if entry.kind is EntryKind.SAID]
    return child_age_in(texts) if is_adult(dict(case.answers)) else own_age_in(texts)


def _answers(case: CaseFile, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (place, answer)
        for name in names
        for place, answer in case.answers
        if place.rpartition(".")[2] == name and answer.strip() and answer != SKIPPED
    )


def _numbers(case: CaseFile) -> tuple[tuple[str, str], ...]:
    """Return what an adult wrote with a number in it where none was asked for."""
    if not is_adult(dict(case.answers)):
        return ()
    said = (entry for entry in case.entries if entry.kind is EntryKind.SAID)
    return tuple(
        (entry.state, entry.text)
        for entry in said
        if entry.state.endswith(SAID_AT) and telephone_in(entry.text)
    )


def _may_be_called(case: CaseFile) -> bool:
    """Whether a number was left behind a plain no to being written to here.

    Whoever refuses in words of their own, or told a worker, may mean the number, too.
    """
    noted = f"{SAFETY_NOTED}{NOT_OK}"
    is_noted = any(one.kind is EntryKind.STATUS and one.text == noted for one in case.entries)
    if is_noted or case.safe_to_reply == REFUSED:
        return False
    said = [entry for entry in case.entries if entry.kind is EntryKind.SAID]
    safe = [number for number, entry in enumerate(said) if entry.state.endswith(_SAFE)]
    places = (*SAID_AT, *(f".{name}" for name in REACH))
    behind = said[safe[-1] :] if safe else ()
    return any(each.state.endswith(places) and telephone_in(each.text) for each in behind)


def _handed(entries: Sequence[Entry]) -> Entry | None:
    """Return the note that was written right before the case was handed over last."""
    for number in range(len(entries) - 1, 0, -1):
        entry, note = entries[number], entries[number - 1]
        is_handing = entry.kind is EntryKind.STATUS and entry.text.startswith(f"{_HANDED}:")
        if is_handing and note.kind is EntryKind.NOTE and note.author == entry.author:
            return note
    return None
