"""What is read of the same texts is the same: the processes of the tests read them once."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial, wraps
from pathlib import Path
from typing import TypeVar

from answers import Answers

from bot import building, risk_check
from bot.building import Book
from bot.casework import release
from bot.casework.release import Release
from bot.content import Content
from bot.guidance import read as guidance
from bot.guidance.model import Topics
from bot.risk_check import TRIAGE
from bot.triage.one_language import Together
from bot.triage.rules import Rules
from bot.wording.wording import Wording

T = TypeVar("T")


def read_once() -> None:
    """Have all tests in this process share the books, and the rules, of equal texts and networks.

    A book takes most of a second, and a network as long again; whoever changes a text or a file
    has them read anew, and what cannot be read is tried again. Most change one text of hundreds,
    so that each flow and each page of the guidance is shared as well. So are the release and the
    own texts of a book, with which each town begins and which take 0.4 s, and what networks say
    of a text, which is kept in a file as well.
    """
    building.rules_in = risk_check.rules_in = _rules_remembered(risk_check.rules_in)
    building._read_book = _books_remembered(building._read_book)  # noqa: SLF001 - see above
    building.read_flow = release.read_flow = _texts_remembered(release.read_flow)
    guidance.read_page = _texts_remembered(guidance.read_page)
    building.make_release = _releases_remembered(building.make_release)
    Book.own_texts = _own_texts_remembered(Book.own_texts)
    Together.answer = _answers_remembered(Together.answer)


def _rules_remembered(rules_in: Callable[[Content], Rules]) -> Callable[[Content], Rules]:
    known: dict[Hashable, Rules] = {}

    def remembered(content: Content) -> Rules:
        content.check_read(TRIAGE)
        key = tuple(content.under(TRIAGE).items()), _networks(content)
        return _known(known, key, lambda: rules_in(content))

    return remembered


def _books_remembered(read_book: Callable[..., Book]) -> Callable[..., Book]:
    known: dict[Hashable, Book] = {}

    def remembered(content: Content, rules_in: Callable[[], Rules], *, organisation: str) -> Book:
        unread = tuple(content.findings)
        key = tuple(content.texts.items()), _networks(content), unread, organisation
        return _known(known, key, lambda: read_book(content, rules_in, organisation=organisation))

    return remembered


def _texts_remembered(read: Callable[[str, str], T]) -> Callable[[str, str], T]:
    known: dict[Hashable, T] = {}
    return lambda text, file: _known(known, (text, file), lambda: read(text, file))


def _releases_remembered(
    make_release: Callable[[Mapping[str, str], Wording, Topics], Release],
) -> Callable[[Mapping[str, str], Wording, Topics], Release]:
    known: dict[Hashable, tuple[Wording, Topics, Release]] = {}

    def remembered(sources: Mapping[str, str], wording: Wording, topics: Topics) -> Release:
        key = id(wording), id(topics), tuple(sources.items())
        made = _known(known, key, lambda: (wording, topics, make_release(sources, wording, topics)))
        return made[-1]

    return remembered


def _own_texts_remembered(
    own_texts: Callable[[Book], frozenset[str]],
) -> Callable[[Book], frozenset[str]]:
    known: dict[Hashable, tuple[Book, frozenset[str]]] = {}

    def remembered(book: Book) -> frozenset[str]:
        key = id(book.wording), id(book.flows)
        return _known(known, key, lambda: (book, own_texts(book)))[-1]

    return remembered


def _answers_remembered(
    answer: Callable[[Together, Sequence[str]], list[list[float]]],
) -> Callable[[Together, Sequence[str]], list[list[float]]]:
    known: dict[Hashable, tuple[Together, Answers]] = {}

    @wraps(answer)
    def remembered(networks: Together, texts: Sequence[str]) -> list[list[float]]:
        def made() -> tuple[Together, Answers]:
            return networks, Answers(partial(answer, networks))

        return _known(known, id(networks), made)[-1].to(texts)

    return remembered


def _known(known: dict[Hashable, T], key: Hashable, make: Callable[[], T]) -> T:
    if key not in known:
        known[key] = make()
    return known[key]


def _networks(content: Content) -> Hashable:
    return tuple(map(_stamp, content.networks.items()))


def _stamp(network: tuple[str, Path]) -> Hashable:
    name, path = network
    if not path.is_file():
        return network
    seen = path.stat()
    return name, path, seen.st_mtime_ns, seen.st_size
