"""What was read and proved by the start before is not read and proved again.

It depends on nothing but the texts, the programs that read them, and Python; each has a part in
the key under which it is kept, so that a change of any of them has it made anew.
"""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from bot.domain.errors import Finding
from bot.guidance import packing
from bot.guidance.index import Index, Keep, keep_nothing
from bot.shelf import find_kept, is_kept, keep, key_of, let_go, look_at_kept, shelf_in
from bot.triage.concepts import Concepts
from bot.triage.opinion import FILE as OPINION
from bot.triage.opinion import Heads, Opinion, make_opinion, read_heads, read_opinion
from bot.triage.proved import make_rules, pack, unpack
from bot.triage.reader import prove_rules, read_rules
from bot.triage.rules import Rules

_PROGRAMS = Path(__file__).parent
_READERS = (
    *_PROGRAMS.glob("triage/*.py"),
    _PROGRAMS / "flow" / "strict.py",
    _PROGRAMS / "domain" / "level.py",
)
"""The programs that read and prove rules: if one is another, all is read anew."""

_PROVERS = (
    _PROGRAMS / "casework" / "meanings.py",
    _PROGRAMS / "engine" / "plain.py",
    *(
        program
        for part in ("directory", "domain", "flow", "guidance", "wording")
        for program in _PROGRAMS.glob(f"{part}/*.py")
    ),
)
"""The programs that read and prove flows and topics, and those that make the indexes."""


def rules_kept(texts: Mapping[str, str]) -> Rules:
    """Return the rules in *texts*; what was read and proved before is not read and proved again.

    Raises:
        FlowError: carries every finding in *texts*.

    """
    shelf = shelf_in(os.environ)
    if shelf is None:
        return read_rules(texts)
    key = key_of(texts, _READERS)
    kept = find_kept(shelf, key)
    proved = unpack(kept) if kept is not None else None
    if proved is not None:
        return make_rules(proved)
    rules, proved = prove_rules(texts)
    keep(shelf, key, pack(proved))
    return rules


def opinion_kept(text: str, concepts: Concepts) -> Opinion:
    """Return the second opinion that *text* holds; its lines are read once.

    Raises:
        FlowError: *text* is not as ``lantern triage train`` writes it.

    """
    shelf = shelf_in(os.environ)
    if shelf is None:
        return read_opinion(text, concepts)
    key = key_of({OPINION: text}, _READERS)
    kept = find_kept(shelf, key)
    heads = _unpack(kept) if kept is not None else None
    if heads is None:
        heads = read_heads(text)
        keep(shelf, key, msgspec.json.encode(heads))
    return make_opinion(heads, concepts, text)


def _unpack(packed: bytes) -> Heads | None:
    try:
        return msgspec.json.decode(packed, type=Heads)
    except msgspec.MsgspecError:
        return None


def key_of_all(texts: Mapping[str, str]) -> str:
    """Return the key of all that depends on *texts*; empty where nothing can be kept.

    They are large, so that a start makes it once.
    """
    return key_of(texts, _PROVERS) if shelf_in(os.environ) else ""


def proof_kept(name: str, key: str, prove: Callable[[], Iterable[Finding]]) -> Sequence[Finding]:
    """Return what *prove*, called *name*, finds in the texts whose :func:`key_of_all` is *key*.

    If it found nothing before, it is not asked again; what it found is always found anew.
    """
    shelf = shelf_in(os.environ)
    if shelf is None or not key:
        return list(prove())
    named = f"{key}-proof-of-{name}"
    if find_kept(shelf, named) is not None:
        return []
    findings = list(prove())
    if not findings:
        keep(shelf, named, b"")
    return findings


def indexes_kept(key: str) -> Keep:
    """Return what keeps the indexes of the topics in the texts whose key is *key*."""
    shelf = shelf_in(os.environ)
    if shelf is None or not key:
        return keep_nothing
    return lambda language, make: _index_kept(shelf, _name_of_index(key, language), make)


def are_indexes_kept(key: str, languages: Iterable[str]) -> bool:
    """Whether the indexes of all *languages* were kept, so that reading them takes 20 ms each."""
    shelf = shelf_in(os.environ)
    if shelf is None or not key:
        return False
    return all(is_kept(shelf / _name_of_index(key, language)) for language in languages)


def _name_of_index(key: str, language: str) -> str:
    return f"{key}-{sys.byteorder}-{language}"


def _index_kept(shelf: Path, key: str, make: Callable[[], Index]) -> Index:
    kept = look_at_kept(shelf, key)
    index = packing.unpack(kept) if kept is not None else None
    if kept is not None:
        let_go(kept)
    if index is None:
        index = make()
        keep(shelf, key, packing.pack(index))
    return index
