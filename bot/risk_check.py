"""From the files of the risk check to what reads a text: rules, pinyin, opinion, close reading."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content import Content, read_content
from bot.domain.errors import FlowError
from bot.keeping import opinion_kept, rules_kept
from bot.once import once
from bot.shelf import shelf_in
from bot.triage.close import (
    FOR_ONE,
    NETWORK,
    TABLE,
    CloseReading,
    Mix,
    Network,
    proving,
    read_mix,
    replaced,
    unreadable,
)
from bot.triage.concepts import FILE as CONCEPTS
from bot.triage.concepts import read_concepts
from bot.triage.opinion import FILE as OPINION
from bot.triage.pinyin import FILE as PINYIN
from bot.triage.pinyin import read_pinyin
from bot.triage.rules import Rules, with_close_reading, with_opinion, with_pinyin

TRIAGE = "flows/triage"


def read_triage(own: Path | None = None) -> Rules:
    """Return the rules of the risk check alone, with an organisation's own over them.

    Raises:
        FlowError: carries every finding in the files of the rules.

    """
    return rules_in(read_content(own))


def rules_in(content: Content) -> Rules:
    """Return the rules of the risk check in *content*, with all that reads beside them.

    Raises:
        FlowError: carries every finding in the files of the rules.

    """
    content.check_read(TRIAGE)
    opinion = content.texts.get(OPINION)
    rules = rules_kept(content.under(TRIAGE, ending=".yaml"))
    if PINYIN in content.texts:
        rules = with_pinyin(rules, read_pinyin(content.texts[PINYIN]))
    if opinion is None:
        return rules
    concepts = read_concepts(content.texts[CONCEPTS])
    rules = with_opinion(rules, opinion_kept(opinion, concepts))
    closely = read_close_reading(content)
    return rules if closely is None else with_close_reading(rules, closely)


def read_close_reading(content: Content) -> CloseReading | None:
    """Return how *content* has texts read closely, if it does; what reads is loaded when needed.

    Raises:
        FlowError: the table is not as ``lantern triage train`` writes it.

    """
    table, network = content.texts.get(TABLE), content.networks.get(NETWORK)
    if table is None or network is None:
        return None
    mix, kinds = read_mix(table)
    asked = [each for each in FOR_ONE if getattr(mix, each.share)]
    networks = {
        name: _seen(content.networks.get(name))
        for name in (NETWORK, *(each.file for each in asked))
    }
    key = hashlib.sha256(table.encode())
    for seen in networks.values():
        key.update(seen.mark)
    tables = {each.pieces: content.networks.get(each.pieces) for each in asked}
    load = once(proving(lambda: _load_network(networks, tables, mix, kinds)))
    return CloseReading(version=key.hexdigest()[:12], mix=mix, kinds=kinds, network=load)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file that was read to know which it is, and is let go until it is needed: 30 MB in all."""

    path: Path | None
    mark: bytes
    """What it is known by; empty if it cannot be read."""

    def read(self, name: str) -> bytes:
        """Return the same again.

        Raises:
            FlowError: it cannot be read, or became another since.

        """
        content = _content_of(self.path)
        if content is None:
            raise FlowError([unreadable(name)])
        if _mark_of(content) != self.mark:
            raise FlowError([replaced(name)])
        return content


def _seen(path: Path | None) -> _Seen:
    content = _content_of(path)
    return _Seen(path, b"" if content is None else _mark_of(content))


def _content_of(path: Path | None) -> bytes | None:
    try:
        return path.read_bytes() if path else None
    except OSError:
        return None


def _mark_of(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _load_network(
    networks: Mapping[str, _Seen],
    tables: Mapping[str, Path | None],
    mix: Mix,
    kinds: Sequence[str],
) -> Network:
    """Load it, to read with one processor: the event loop has the other.

    *tables* are where the tables of the networks for one language lie that are read with.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from bot.close_network import load_network  # noqa: PLC0415 - numpy costs every start a tenth
    from bot.lying import lay_out  # noqa: PLC0415 - the same

    shelf, content = shelf_in(os.environ), networks[NETWORK].read(NETWORK)
    both = lay_out(load_network(content, shelf, kinds=kinds), shelf, content)
    del content
    if not tables:
        return both
    from bot.one_language_network import load_beside  # noqa: PLC0415 - the same
    from bot.triage.one_language import Together  # noqa: PLC0415 - the same

    beside = []
    for each in (each for each in FOR_ONE if each.pieces in tables):
        table = tables[each.pieces]
        if table is None:
            raise FlowError([unreadable(each.pieces)])
        packed = networks[each.file].read(each.file)
        there: dict[str, bytes | Path] = {each.file: packed, each.pieces: table}
        beside.append(load_beside(each, there, both, getattr(mix, each.share), shelf))
    return Together(both=both, beside=tuple(beside))
