"""Finding the files of authors' tests."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.authoring.proofs import flow_files
from bot.authoring.script import FOLDER, Script, read_scripts
from bot.building import Book
from bot.content import read_text
from bot.domain.errors import Finding, FlowError


def read_tests(book: Book, paths: Sequence[Path] = ()) -> tuple[Script, ...]:
    """Return the conversations in *paths*, without any those that belong to *book*.

    Raises:
        ConfigError: there is no such file, or no test in such a folder.
        FlowError: carries every finding about their form.

    """
    scripts: list[Script] = []
    findings: list[Finding] = []
    for file, text in _texts(book, paths):
        try:
            scripts.extend(read_scripts(text, file, book))
        except FlowError as error:
            findings.extend(error.findings)
    if findings:
        raise FlowError(findings)
    return tuple(scripts)


def _texts(book: Book, paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
    if not paths:
        yield from book.content.under(FOLDER, ending=".yaml").items()
    for file in flow_files(paths):
        yield str(file), read_text(file)
