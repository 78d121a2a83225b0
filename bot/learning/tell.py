"""Lessons and questions as people read them."""

from collections.abc import Sequence

from bot.directory.model import Directory
from bot.directory.say import citations_text
from bot.engine.plain import plain
from bot.learning.model import Basis, Learning, Lesson, Question, Series

QUIZ = "quiz:"
"""How the choices of a quiz question begin: ``quiz:`` the question ``:`` the answer's place."""


def lesson_text(lesson: Lesson, language: str, directory: Directory) -> str:
    """Return *lesson* with the law it rests on."""
    return f"{lesson.texts[language]}\n{_law(lesson.basis, language, directory)}"


def told_text(question: Question, language: str, directory: Directory) -> str:
    """Return how it is, with the law it rests on."""
    return f"{question.wordings[language].told}\n{_law(question.basis, language, directory)}"


def choices_of(question: Question) -> tuple[str, ...]:
    """Return the choices that are offered with *question*."""
    answers = next(iter(question.wordings.values())).answers
    return tuple(f"{QUIZ}{question.id}:{place}" for place in range(len(answers)))


def question_of(offered: Sequence[str], learning: Learning) -> Question | None:
    """Return the question to which the choices *offered* belong, if it is one of the quiz."""
    first = offered[0] if offered else ""
    if not first.startswith(QUIZ):
        return None
    return learning.questions.get(first.removeprefix(QUIZ).partition(":")[0])


def answer_in(text: str, question: Question) -> int | None:
    """Return the place of the answer that *text* is: a choice, or an answer in own words."""
    kind, _, place = text.rpartition(":")
    if kind == f"{QUIZ}{question.id}" and place.isdecimal():
        return int(place)
    said = plain(text)
    for wording in question.wordings.values():
        labels = [plain(answer) for answer in wording.answers]
        if said in labels:
            return labels.index(said)
    return None


def choice_label(choice: str, learning: Learning, language: str) -> str:
    """Return what stands on the button of *choice*: an answer, or what stands after two colons."""
    question = question_of((choice,), learning)
    if question is None:
        return choice.split(":", 2)[-1]
    return question.wordings[language].answers[int(choice.rpartition(":")[2])]


def at(lessons: Sequence[Lesson], position: int) -> Lesson:
    """Return the lesson at *position*; after the last comes the first again."""
    return lessons[position % len(lessons)]


def _law(basis: Basis, language: str, directory: Directory) -> str:
    return citations_text(directory, [(basis.law, basis.article)], language)


__all__ = [
    "Series",
    "answer_in",
    "at",
    "choice_label",
    "choices_of",
    "lesson_text",
    "question_of",
    "told_text",
]
