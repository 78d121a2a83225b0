"""What a rehearsal says, with made-up values where a real case would have its own."""

from dataclasses import dataclass

from bot.building import Book
from bot.casework.phrases import NO_WORKER_WROTE, STATUSES
from bot.casework.speech import CALLED, MOMENTARY
from bot.directory.return_code import WORDS_IN_A_CODE
from bot.directory.say import placeholder_values
from bot.flow.placeholders import fill
from bot.guidance.model import Voice
from bot.guidance.render import render
from bot.guidance.sections import label_of
from bot.learning.model import Series
from bot.learning.tell import choice_label, lesson_text, told_text


@dataclass(frozen=True, slots=True)
class Speaker:
    """Turns keys into what is heard in a language."""

    book: Book

    def say(self, key: str, language: str, *, has_case: bool) -> str:
        """Return the wording *key*, such as ``welcome.hello.say``, filled in."""
        return self.fill(self._wording(key, language), language, has_case=has_case)

    def fill(self, text: str, language: str, *, has_case: bool) -> str:
        """Return *text* with its placeholders filled in."""
        values = dict(placeholder_values(self.book.directory, language))
        values["case_status"] = self._phrase(*STATUSES["claimed"], language)
        values["worker_messages"] = self._phrase(*NO_WORKER_WROTE, language)
        values |= {**MOMENTARY, "called": self._wording(CALLED, language)}
        values |= self._learned(language)
        if has_case:
            words = self.book.directory.code_words[:WORDS_IN_A_CODE]
            values["return_code"] = " ".join(word.spellings[language] for word in words)
        return fill(text, values)

    def _wording(self, key: str, language: str) -> str:
        source = self.book.wording.texts["en"].get(key, "")
        return self.book.wording.say(key, source, language).strip()

    def topic(self, topic: str, voice: Voice, language: str) -> str:
        """Return the guidance on *topic*."""
        return render(self.book.topics.by_id[topic], voice, language, self.book.directory)

    def name(self, offered: str, language: str, voice: Voice) -> str:
        """Return the label of *offered*, a topic or another choice, ``""`` if it has none."""
        if ":" in offered:
            return choice_label(offered, self.book.learning, language)
        return label_of(self.book.topics, offered, language, voice)

    def _learned(self, language: str) -> dict[str, str]:
        """Return what stands for a lesson and a question: the first of each."""
        learning, directory = self.book.learning, self.book.directory
        question = next(iter(learning.questions.values()))
        return {
            "lesson": lesson_text(learning.lessons[Series.RIGHT][0], language, directory),
            "daily_time": learning.hours.at[Series.RIGHT].isoformat("minutes"),
            "quiz_question": question.wordings[language].asked,
            "quiz_told": told_text(question, language, directory),
        }

    def _phrase(self, context: str, text: str, language: str) -> str:
        return self.book.wording.text(language, context, text)
