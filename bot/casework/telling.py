"""What was said, told and tapped, as the log of a case keeps it.

Of what Lantern said these are the keys of its wordings, and what was filled in; of what a contact
wrote every word, but for return codes.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge

from msgspec import MsgspecError
from msgspec.json import decode, encode

from bot.casework.speech import Voice
from bot.directory.hiding import HIDDEN
from bot.domain.case import Entry, EntryKind
from bot.domain.ids import new_id
from bot.domain.session import Heard, Said, Session
from bot.domain.values import replace
from storage import case_log

LANTERN = "lantern"
MOST_HEARD = 32
"""How much of what was said and tapped a session keeps until there is a case."""

LONGEST_VALUE = 500
"""Characters of a value that was filled in; the whole of a long one is of no use to a worker."""

_SECRET = {"return_code": HIDDEN}
"""What only the contact may read."""

_TAB = "\t"


def told_text(voice: Voice, keys: Sequence[str]) -> str:
    """Return the wordings *keys* as a log keeps them: a line each, with what was filled in."""
    if not voice.values and not voice.momentary(*keys):
        return "\n".join(keys)
    return "\n".join(f"{key}{_filled_in(voice, key)}" for key in keys)


def _filled_in(voice: Voice, key: str) -> str:
    values = {**voice.values, **voice.moment, **_SECRET}
    own = {name: values[name][:LONGEST_VALUE] for name in voice.holds(key) & values.keys()}
    return f"{_TAB}{encode(own).decode()}" if own else ""


def told_lines(text: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield each line of a log's *text*: the key, and what was filled in."""
    for line in text.split("\n"):
        key, tab, values = line.partition(_TAB)
        try:
            yield (key, decode(values, type=dict[str, str])) if tab else (key, {})
        except MsgspecError:
            yield line, {}


def with_heard(session: Session, heard: Heard) -> Session:
    """Return *session* with *heard* kept until there is a case; the oldest goes first."""
    return replace(session, heard=(*session.heard, heard)[-MOST_HEARD:])


def said_entry(said: Said, kind: EntryKind) -> Entry:
    """Return *said* as it stands in a log."""
    return case_log.new_entry(kind, at=said.at, state=said.state, text=said.text)


def heard_entry(heard: Heard) -> Entry:
    """Return what was said or tapped as it stands in a log."""
    kind = EntryKind.TAPPED if heard.state else EntryKind.TOLD
    author = LANTERN if kind is EntryKind.TOLD else ""
    return case_log.new_entry(kind, at=heard.at, state=heard.state, text=heard.text, author=author)


def in_order(said: Sequence[Said], heard: Sequence[Heard]) -> Sequence[Entry]:
    """Return the talk before the case as it went; in one turn the contact comes first.

    What each side said stays in its order, also if the clock was put back meanwhile.
    """
    theirs = [said_entry(words, EntryKind.SAID) for words in said]
    ours = [heard_entry(each) for each in heard]
    went = merge(theirs, ours, key=lambda entry: (entry.at, entry.kind is EntryKind.TOLD))
    return [dataclasses.replace(entry, id=new_id()) for entry in went]
