"""A conversation on the engine alone: no database, and nobody is called."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

from bot.authoring.spoken import Speaker
from bot.building import Book
from bot.casework.cases import is_adult, queue_for
from bot.casework.speech import spoken_to
from bot.casework.weighing import Concern, weigh
from bot.directory.say import fill, helplines_text
from bot.domain.event import Asked, CaseRequested, Event, SessionEnded, Wanted
from bot.domain.event import Said as Told
from bot.domain.ids import MINUTE, CaseId, Instant
from bot.domain.level import Level
from bot.domain.session import Said, Session
from bot.domain.signal import Signal
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.plan import Plan, Way
from bot.engine.reply import Outcome, Reply, Silence, Words
from bot.engine.turn import start, take_turn
from bot.engine.walk import Turn
from bot.flow.deeds import DEEDS
from bot.flow.model import ANYWHERE
from bot.flow.words import EMERGENCY
from bot.guidance.find import find
from bot.learning.tell import choices_of
from bot.triage.closely import find_closely
from bot.triage.modifiers import Circumstances
from bot.triage.signals import READ_TOGETHER, contexts_in, level_of

_BEGINS_AT = Instant(1_800_000_000_000_000)
_PLAYED = CaseId("played")


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedPlan(Plan):
    """A plan that remembers every way that was taken: from where, by what, and to where."""

    taken: list[tuple[str, str, str]] = field(default_factory=list)

    def move(self, place: str, trigger: str) -> tuple[str, Way]:
        """Return where *trigger* leads from *place*, and how, and remember it."""
        target, way = Plan.move(self, place, trigger)
        self.taken.append((place, trigger, target))
        return target, way


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedCase:
    """The case that the conversation would have opened."""

    queue: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button: what stands on it, and what it hands back."""

    label: str
    data: str


class Rehearsal:
    """One contact's conversation. ``heard`` is what was said since their last reply.

    ``deed`` is what the conversation waits for others to do, until :meth:`bring` tells what
    came of it. ``ended`` is how it ended, empty while it goes on.
    """

    def __init__(
        self, book: Book, plan: Plan, *, language: str, answers: Mapping[str, str] | None = None
    ) -> None:
        self._book = book
        self.plan = TracedPlan(**{part.name: getattr(plan, part.name) for part in fields(plan)})
        self.session = Session(release=plan.release, language=language, answers=answers or {})
        self.heard: list[str] = []
        self.reached: set[str] = set()
        self.case: PlayedCase | None = None
        self.deed: Wanted | None = None
        self.ended = ""
        self._speaker = Speaker(book)
        self._said: list[str] = []
        self._signals: list[Signal] = []
        self._told_of: dict[str, str] = {}
        self._topic = ""
        self._now = _BEGINS_AT

    def begin(self, place: str) -> None:
        """Enter the state *place*."""
        self.reached.add(place)
        self._hear(start(self.plan, self.session, place, self._now))

    def write(self, text: str) -> None:
        """Have the contact write *text*, which is looked at for signs of risk first."""
        self._forget()
        earlier = self._said[-READ_TOGETHER:]
        signals = find_closely(text, self._book.rules, earlier)
        self._told_of |= contexts_in(text, self._book.rules, earlier)
        self._said.append(text)
        said = Said(at=self._now, state=self.session.state, text=text)
        self.session = replace(self.session, said=(*self.session.said, said))
        if signals:
            self.session = replace(self.session, risky_at=(*self.session.risky_at, self._now))
            self._raise(signals)
        self._take(Words(text=text))

    def reply(self, reply: Reply) -> None:
        """Have the contact tap, send something or fall silent."""
        self._forget()
        self._take(reply)

    def bring(self, outcome: Outcome) -> None:
        """Tell the conversation what came of the deed it waits for."""
        if self.deed is not None:
            self._carry_out(self.deed)
        self.deed = None
        self._take(outcome)

    def usual_outcome(self) -> Outcome | None:
        """Return what came of the deed that waits, None if only an author can tell."""
        if self.deed is None:
            return None
        if self.deed.deed == "find_guidance":
            return self._find_guidance(self.deed.argument)
        if self.deed.deed == "tell_answer" and self._topic:
            return self._what_follows()
        if self.deed.deed == "pick_question":
            question = next(iter(self._book.learning.questions.values()))
            return Outcome(name="picked", choices=choices_of(question))
        outcomes = DEEDS[self.deed.deed]
        return Outcome(name=outcomes[0]) if len(outcomes) == 1 else None

    def choices(self) -> Sequence[Choice]:
        """Return the buttons of the question that waits."""
        state = self.plan.states.get(self.session.state)
        if state is None:
            return ()
        keys = {key: f"{state.place}.answers.{key}" for key in state.answers}
        own = [
            Choice(label=self._say(named), data=f"a:{self.session.step}:{key}")
            for key, named in keys.items()
        ]
        offered = enumerate(map(self._name, self.session.offered))
        return [
            *own,
            *(Choice(label=name, data=f"a:{self.session.step}:#{n}") for n, name in offered),
        ]

    def button(self, label: str) -> Choice | None:
        """Return the button with *label*, those that stand under every question included."""
        words = self.plan.states[ANYWHERE].answers if ANYWHERE in self.plan.states else {}
        always = (
            Choice(label=self._say(f"{ANYWHERE}.answers.{word}"), data=f"w:{word}")
            for word in words
        )
        wanted = plain(label)
        return next(
            (choice for choice in (*self.choices(), *always) if plain(choice.label) == wanted), None
        )

    def fill(self, text: str) -> str:
        """Return *text* with its placeholders filled in, as the contact would hear it."""
        return self._speaker.fill(text, self.session.language, has_case=self.case is not None)

    def _forget(self) -> None:
        self.heard.clear()
        self.ended = ""
        self._now = Instant(self._now + MINUTE)

    def _take(self, reply: Reply) -> None:
        session = replace(self.session, case=_PLAYED if self.case else None)
        turn = take_turn(self.plan, session, reply, self._now)
        self._hear(turn, is_silence=isinstance(reply, Silence))

    def _hear(self, turn: Turn, *, is_silence: bool = False) -> None:
        self.session = turn.session
        for event in turn.events:
            self._apply(event)
        if not is_silence:
            self.heard.extend(self._told(turn.events))

    def _apply(self, event: Event) -> None:
        match event:
            case CaseRequested(queue=queue):
                self._request(Concern(queue=queue))
                if queue == EMERGENCY:
                    self.session = replace(self.session, comforted=Level.EMERGENCY)
            case Wanted():
                self.deed = event
            case SessionEnded(how=how):
                self.ended = how

    def _told(self, events: Sequence[Event]) -> Iterator[str]:
        for event in events:
            match event:
                case Told(key=key):
                    self.reached.add(key.rpartition(".")[0])
                    yield self._say(key)
                case Asked(state=state):
                    self.reached.add(state)
                    if text := self._say(f"{state}.ask"):
                        yield text

    def _request(self, concern: Concern) -> None:
        queues, answers, case = self._book.directory.queues, self.session.answers, self.case
        if case is not None:
            concern = replace(concern, signals=tuple(self._signals))
        known = Circumstances(answers=answers, signals=concern.signals, told=self._told_of)
        level, _ = weigh(queues, self._book.modifiers, concern, known)
        if case is None or level < case.level:
            queue = queue_for(case.queue if case else concern.queue, level)
            self.case = PlayedCase(queue=queue, level=level)

    def _raise(self, signals: Sequence[Signal]) -> None:
        level = level_of(signals)
        self._signals.extend(signals)
        seen = dict.fromkeys(signal.category for signal in self._signals)
        self.session = replace(self.session, seen=tuple(seen))
        queue = EMERGENCY if level is Level.EMERGENCY else "intake"
        self._request(Concern(queue=queue, signals=tuple(signals)))
        is_grown = is_adult(self.session.answers)
        words = self._book.follow.after(signals, is_adult=is_grown)
        if words and level < self.session.comforted:
            language = self.session.language
            lines = helplines_text(self._book.directory, words.helplines, language)
            keys = words.keys(is_adult=is_grown)
            self.heard.extend(fill(self._say(key), {"helplines": lines}) for key in keys)
            self.session = replace(self.session, comforted=level)

    def _carry_out(self, deed: Wanted) -> None:
        if deed.deed == "change_language" and deed.argument in self._book.wording.languages:
            self.session = replace(self.session, language=deed.argument)
        if deed.deed == "erase_my_data":
            old = self.session
            self.session = Session(
                release=old.release, language=old.language, state=old.state, step=old.step
            )
        if deed.deed in {"tell_topic", "tell_answer"} and self._topic:
            voice, language = spoken_to(self.session), self.session.language
            self.heard.append(self._speaker.topic(self._topic, voice, language))

    def _find_guidance(self, question: str) -> Outcome:
        topics = self._book.topics
        self._topic = question if question in topics.by_id else ""
        if self._topic:
            return Outcome(name="found")
        found = find(question, self.session.language, topics)
        if found.is_sure and found.best:
            self._topic = found.best[0]
            return Outcome(name="found")
        return Outcome(name="several" if found.best else "nothing", choices=found.best)

    def _what_follows(self) -> Outcome:
        topics = self._book.topics.by_id
        topic = topics[self._topic]
        related = tuple(name for name in topic.related if name in topics)
        return Outcome(name=topic.next, choices=related)

    def _name(self, offered: str) -> str:
        voice, language = spoken_to(self.session), self.session.language
        return self._speaker.name(offered, language, voice) or self._say(f"{offered}.ask")

    def _say(self, key: str) -> str:
        return self._speaker.say(key, self.session.language, has_case=self.case is not None)
