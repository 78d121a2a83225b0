"""What must be true of what is learned before anybody reads it. Yields findings, never raises."""

import re
from collections.abc import Iterator, Mapping

from bot.directory.model import Directory
from bot.directory.review import check_review
from bot.domain.errors import Finding
from bot.domain.expression import expression
from bot.flow.strict import hint
from bot.learning.model import Basis, Lesson, Question, Series
from bot.learning.read import ANSWERS, FILES, QUIZ, read_shelf

FEWEST = {Series.RIGHT: 30, Series.EVENING: 30}
FEWEST_QUESTIONS = 20
MOST_WORDS, MOST_CHARACTERS = 60, 130
"""How long a lesson, or what is told after a question, may be in English and in Chinese."""

LABEL_LETTERS, LABEL_CHARACTERS = 40, 16
"""What a button takes."""

_ARTICLE = expression(r"[1-9][0-9]{0,3}(?:-[1-9])?")
_HAN = expression(r"[一-鿿]")
_WORD, _LETTER = expression(r"\S+"), expression(r"\S")
_BLAME = expression(r"\b(wrong|stupid|incorrect|failed)\b|错了|答错|真笨", re.IGNORECASE)
_PLACEHOLDER = expression(r"\{[a-z_]+\}")


def check_learning(texts: Mapping[str, str], directory: Directory) -> list[Finding]:
    """Return all that is wrong with what is learned, sorted by file and line.

    E100 no file · E101 a word is missing · E102 unknown word · E103 wrong form · E104 a language
    is missing, or facts are · E105 the law · E106 too few · E108 too long, or at night · E109 a
    button's label · E110 the review · E111 a placeholder, or words that shame.
    """
    learning, findings = read_shelf(texts)
    for review in learning.reviews:
        findings.extend(check_review(review, "E110"))
    for series, file in FILES.items():
        lessons = learning.lessons[series]
        findings.extend(_enough(file, len(lessons), FEWEST[series]))
        for lesson in lessons:
            findings.extend(_lesson(lesson, file, directory))
    findings.extend(_enough(QUIZ, len(learning.questions), FEWEST_QUESTIONS))
    for question in learning.questions.values():
        findings.extend(_question(question, directory))
    return sorted(findings)


def _at(file: str, line: int, code: str, text: str) -> Finding:
    return Finding(file=file, line=line, code=code, text=text)


def _enough(file: str, count: int, fewest: int) -> Iterator[Finding]:
    if count < fewest:
        yield _at(file, 1, "E106", f"there are {count}; at least {fewest} are needed")


def _lesson(lesson: Lesson, file: str, directory: Directory) -> Iterator[Finding]:
    yield from _basis(lesson.basis, file, directory)
    for language in directory.languages:
        text = lesson.texts.get(language, "")
        if not text:
            fault = f'"{lesson.id}" has no text in {language}'
            yield _at(file, lesson.basis.line, "E104", fault)
        yield from _text(text, lesson.id, file, lesson.basis.line)


def _question(question: Question, directory: Directory) -> Iterator[Finding]:
    line = question.basis.line
    yield from _basis(question.basis, QUIZ, directory)
    for language in directory.languages:
        wording = question.wordings.get(language)
        if wording is None or not wording.asked or not wording.told:
            fault = f'"{question.id}" lacks its question or what is told in {language}'
            yield _at(QUIZ, line, "E104", fault)
            continue
        if len(wording.answers) != ANSWERS:
            fault = f'"{question.id}" has {len(wording.answers)} answers in {language}, not 3'
            yield _at(QUIZ, line, "E103", fault)
        yield from _text(wording.asked, question.id, QUIZ, line)
        yield from _text(wording.told, question.id, QUIZ, line)
        for answer in wording.answers:
            yield from _label(answer, question)
        if found := _BLAME.search(wording.told):
            fault = f'"{question.id}": "{found[0]}" shames; say how it is'
            yield _at(QUIZ, line, "E111", fault)


def _basis(basis: Basis, file: str, directory: Directory) -> Iterator[Finding]:
    if basis.law not in directory.laws:
        near = hint(basis.law, list(directory.laws))
        yield _at(file, basis.line, "E105", f'"{basis.law}" is not a law of laws.yaml{near}')
    if not _ARTICLE.fullmatch(basis.article):
        yield _at(file, basis.line, "E105", f'"{basis.article}" is not an article')


def _text(text: str, id_: str, file: str, line: int) -> Iterator[Finding]:
    is_han = bool(_HAN.search(text))
    length = len((_LETTER if is_han else _WORD).findall(text))
    most = MOST_CHARACTERS if is_han else MOST_WORDS
    if length > most:
        unit = "characters" if is_han else "words"
        yield _at(file, line, "E108", f'"{id_}" has {length} {unit}; at most {most}')
    if found := _PLACEHOLDER.search(text):
        yield _at(file, line, "E111", f'"{id_}": {found[0]} is not filled in here')


def _label(answer: str, question: Question) -> Iterator[Finding]:
    most = LABEL_CHARACTERS if _HAN.search(answer) else LABEL_LETTERS
    if len(answer) > most:
        fault = f'"{question.id}": "{answer}" has {len(answer)} characters; a button takes {most}'
        yield _at(QUIZ, question.basis.line, "E109", fault)
