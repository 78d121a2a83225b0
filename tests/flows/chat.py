"""A conversation on the engine alone, written as it is held."""

from dataclasses import dataclass, field, replace
from functools import cache

from bot.building import read_book
from bot.casework.weighing import Concern, weigh
from bot.domain.event import CaseRequested, SessionEnded, Wanted
from bot.domain.ids import Instant
from bot.domain.session import Session
from bot.engine.reply import FileSent, Outcome, Reply, Silence, Tap, Unreadable, Words
from bot.engine.turn import heard, take_turn
from bot.engine.walk import Turn, walk
from bot.flow.deeds import DEEDS
from bot.triage.modifiers import Circumstances

NOW = Instant(1_800_000_000_000_000)
CHOICES = tuple(f"quiz:how_old:{place}" for place in range(3))
OFFERED = {"pick_question": CHOICES, "list_activities": CHOICES}
"""What a deed offers that is followed by a question with choices."""


@cache
def book():
    """The flows as they are, read once."""
    return read_book()


@cache
def plan():
    """The flows, ready to run."""
    return book().release().plan


@cache
def vocabulary():
    """Every way of saying each answer, in every language; and the names of each topic."""
    release = book().release()
    return {
        **release.wording.vocabulary(release.plan.flows.values()),
        **{topic: tuple(names) for topic, names in release.body["titles"].items()},
    }


def questions():
    """Every state in which the conversation waits for the contact."""
    return [
        state.place
        for state in plan().states.values()
        if state.is_question and state.place != "always.anywhere"
    ]


@dataclass(frozen=True, kw_only=True)
class Chat:
    """A contact's conversation so far; what is said and done next makes a new one.

    ``keys`` the wordings heard in it, ``requested`` the cases that
    were asked for since the beginning, each with its level.
    """

    session: Session
    outcomes: dict = field(default_factory=dict)
    events: tuple = ()
    requested: tuple = ()

    def reply(self, *texts: str) -> "Chat":
        chat = self
        for text in texts:
            chat = chat.take(Words(text=text))
        return chat

    def tap(self, key: str, *, step: int | None = None) -> "Chat":
        number = self.session.step if step is None else step
        return self.take(Tap(data=f"a:{number}:{key}"))

    def tap_word(self, word: str) -> "Chat":
        return self.take(Tap(data=f"w:{word}"))

    def send_file(self) -> "Chat":
        return self.take(FileSent())

    def send_sticker(self) -> "Chat":
        return self.take(Unreadable())

    def stay_silent(self) -> "Chat":
        return self.take(Silence())

    def take(self, reply: Reply) -> "Chat":
        turn = take_turn(plan(), self.session, reply, NOW)
        return replace(self, events=()).after(turn)

    def after(self, turn: Turn) -> "Chat":
        """Go on behind *turn*, and bring what came of the deed it waits for, if any."""
        asked_for = tuple(
            (event.queue, _level(turn.session.answers, event))
            for event in turn.events
            if isinstance(event, CaseRequested)
        )
        chat = replace(
            self,
            session=turn.session,
            events=(*self.events, *turn.events),
            requested=(*self.requested, *asked_for),
        )
        wanted = [event.deed for event in turn.events if isinstance(event, Wanted)]
        if not wanted:
            return chat
        usual = Outcome(name=DEEDS[wanted[0]][0], choices=OFFERED.get(wanted[0], ()))
        outcome = self.outcomes.get(wanted[0], usual)
        return chat.after(take_turn(plan(), chat.session, outcome, NOW))

    @property
    def asked(self) -> str:
        """The question that waits."""
        return self.session.state

    @property
    def keys(self) -> tuple[str, ...]:
        return heard(self.events)

    @property
    def heard(self) -> list[str]:
        """What was said and asked since the last reply, before anything is filled in."""
        texts = book().wording.texts
        own = texts[self.session.language]
        return [own.get(key) or texts["en"][key] for key in self.keys]

    @property
    def ended(self) -> str:
        return next((event.how for event in self.events if isinstance(event, SessionEnded)), "")


def _level(answers: dict, event: CaseRequested):
    known = Circumstances(answers=answers)
    concern = Concern(queue=event.queue)
    return weigh(book().directory.queues, book().modifiers, concern, known).level


def chat(
    place: str, *, language: str = "en", answers: dict | None = None, **outcomes: Outcome
) -> Chat:
    """Begin in the flow or the state *place*; *outcomes* say what comes of each deed."""
    begun = Session(release="r", language=language, answers=answers or {})
    if "." not in place:
        place = f"{place}.{plan().flows[place].starts_at}"
    choices = CHOICES if plan().states[place].expect == "choice" else ()
    turn = walk(plan(), begun, place, NOW, choices=choices)
    return Chat(session=begun, outcomes=outcomes).after(turn)
