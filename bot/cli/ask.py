"""ask: a question about children's rights, answered as a family would see it."""

import json
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import orjson
import typer

from bot.advising.asking import (
    Advice,
    Question,
    Told,
    answers_to,
    make_question,
    read_advice,
    seen_by_a_family,
)
from bot.cli.json_lines import write_line
from bot.cli.own_content import Own
from bot.domain.errors import ConfigError
from bot.flow.strict import hint
from bot.guidance.asker import asked_by
from bot.guidance.model import Citation, Voice

_BAD_LINE = 'not a line of JSON with "id" and "text"'
_HALF_CHARACTER = (
    r"half a character (\ud800 to \udfff without its other half), or a number too large"
)


class For(StrEnum):
    """Whom an answer speaks to."""

    CHILD = "child"
    ADULT = "adult"


def ask(
    question: Annotated[str, typer.Argument(help="What somebody asks.", show_default=False)] = "",
    *,
    language: Annotated[
        str, typer.Option("--lang", help="zh_CN or en; without it, as the question is written.")
    ] = "",
    to: Annotated[
        For | None,
        typer.Option("--for", help="Whom the answer speaks to; without it, as the words sound."),
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Lines of JSON in and out, instead of one question.")
    ] = False,
    own: Own = None,
) -> None:
    """Answer a question about children's rights as a family would see it in the chat.

    Nothing is kept or sent anywhere. With --jsonl, in: {"id", "text"} and, if known, "lang" and
    "for" (child or adult). Out: {"id", "answered", "topics"}, with up to three topics, the best
    first. A line that cannot be read gets {"id", "error"}; the command then ends with 1.
    """
    if bool(question.strip()) == jsonl:
        raise ConfigError(['ask one question, or many with --jsonl: lantern ask "May …?"'])
    advice = read_advice(own)
    voice = Voice(to.value) if to else None
    if jsonl:
        _answer_lines(advice, voice, language)
        return
    spoken = _checked(language, advice)
    asked = make_question(question, advice, language=spoken, voice=voice or asked_by(question))
    typer.echo(seen_by_a_family(asked, advice))


def _checked(language: str, advice: Advice) -> str:
    if language and language not in advice.languages:
        near = hint(language, advice.languages) or f"; known are {', '.join(advice.languages)}"
        raise ConfigError([f'there is no language "{language}"{near}'])
    return language


def _answer_lines(advice: Advice, voice: Voice | None, language: str) -> None:
    _checked(language, advice)
    is_whole = True
    for answer in _answers(advice, voice, language):
        is_whole = write_line(answer) and is_whole
    if not is_whole:
        raise typer.Exit(1)


def _answers(advice: Advice, voice: Voice | None, language: str) -> Iterator[dict[str, object]]:
    for number, line in enumerate(sys.stdin.buffer):
        # some editors write a mark in front of the first line
        read = line if number else line.removeprefix(BOM_UTF8)
        if read.strip():
            yield _answer(read, advice, voice, language)


def _answer(line: bytes, advice: Advice, voice: Voice | None, language: str) -> dict[str, object]:
    try:
        read = orjson.loads(line)
    except ValueError:
        return _unread(line)
    if not isinstance(read, dict):
        return {"id": None, "error": _BAD_LINE}
    try:
        question = _read_question(read, advice, voice, language)
    except (ConfigError, KeyError, TypeError, ValueError, RecursionError) as error:
        says = str(error) if isinstance(error, ConfigError) else _BAD_LINE
        return {"id": read.get("id"), "error": says}
    told = answers_to(question, advice)
    return {"id": read["id"], "answered": bool(told), "topics": [_document(each) for each in told]}


def _unread(line: bytes) -> dict[str, object]:
    """Return what is wrong with a *line* that cannot be read, with its id if that can be."""
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return {"id": None, "error": "not text in UTF-8"}
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict) or not {"id", "text"} <= read.keys():
        return {"id": None, "error": _BAD_LINE}
    return {"id": read["id"], "error": _HALF_CHARACTER}


def _read_question(
    read: dict[str, object], advice: Advice, voice: Voice | None, language: str
) -> Question:
    text, spoken, to = read["text"], read.get("lang") or language, read.get("for") or voice
    if "id" not in read or not (isinstance(text, str) and isinstance(spoken, str)):
        raise TypeError
    checked = _checked(spoken, advice)
    if to and to not in list(Voice):
        raise ConfigError([f'there is no "for" "{to}"; write {" or ".join(Voice)}'])
    speaks_to = Voice(str(to)) if to else asked_by(text)
    return make_question(text, advice, language=checked, voice=speaks_to)


def _document(told: Told) -> dict[str, object]:
    cited = [_cited(citation) for citation in told.citations]
    return {"id": told.id, "title": told.title, "citations": cited, "text": told.text}


def _cited(citation: Citation) -> dict[str, object]:
    article = citation.article
    return {"law": citation.law, "article": int(article) if article.isdecimal() else article}
