"""One contact's turn under way: what is known, and what has been decided so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.casework.cases import add_heard, keep_answers, open_or_raise
from bot.casework.gone import note_danger
from bot.casework.house import House
from bot.casework.posting import Letter, post, post_wording
from bot.casework.release import Release
from bot.casework.speech import (
    CALLED,
    SUPERVISORS_CALLED,
    Voice,
    buttons_under,
    speak,
    spoken_to,
    word_row,
    wording_of,
)
from bot.casework.telling import told_text, with_heard
from bot.casework.weighing import Concern
from bot.directory.return_code import return_code_text
from bot.domain.case import COMPLAINED, TOLD
from bot.domain.event import Asked, CaseRequested, Event, Said
from bot.domain.ids import NEVER, CaseId, Instant
from bot.domain.level import Level
from bot.domain.looking import look_once
from bot.domain.message import Button, Buttons, Urgency
from bot.domain.place import Place
from bot.domain.session import Heard, Session
from bot.domain.values import replace
from bot.engine.turn import heard
from bot.flow.model import ANYWHERE
from bot.flow.words import EMERGENCY
from bot.guidance.find import Found
from bot.guidance.sections import label_of
from bot.intake.asked import MAY_READ, beside_the_question, is_answered_beside
from bot.intake.hours import this_moment
from bot.intake.unseen import without_the_code
from bot.triage.signals import contexts_in
from storage import cases
from storage.database import Transaction
from storage.outbox import PULLED

NOT_IT = "not_it"
"""The word that works anywhere by which they say that they were misunderstood."""

TOPIC_TAP = "t:"
"""How the data of a button begins that tells a topic, and asks the question that waits again."""

REPORT = "report_a_concern"
"""How the names of the flows of a report begin."""


@dataclass(slots=True, kw_only=True)
class Talk:
    """A turn under way. Everything it changes is the database and itself.

    ``felt`` is the most pressing level of what was written in this turn, ``level`` that of the
    case if it was asked for in it, and ``wrote_at`` when it was written, if that is long ago.
    ``word`` is the word that works anywhere which was typed or tapped, ``""`` if none was.
    ``is_called_quietly`` says that they used the safe word in this turn, ``is_answering`` that a
    question is answered which had to wait for a report, ``has_comforted`` that words after a risk
    were said in it, ``has_asked_where`` that those of an emergency asked where they are,
    ``is_past_trying`` that so many codes were tried that none opens anything, ``is_anew`` that new
    harm is told behind a closed case, ``newly`` for which kind of danger a line is due or was said,
    ``kept`` is what was written as it may be kept, ``ended`` how a conversation ended in it, as its
    flow calls that, ``covered`` which topics need not be told as what was said says the same;
    ``offered`` are those that may answer what was asked beside a question, ``searched`` all found.
    """

    tx: Transaction
    house: House
    release: Release
    place: Place
    session: Session
    now: Instant
    wrote_at: Instant = NEVER
    case: CaseId | None = None
    topic: str = ""
    word: str = ""
    felt: Level = Level.NONE
    level: Level = Level.NONE
    newly: str = ""
    is_gone: bool = False
    is_called_quietly: bool = False
    is_answering: bool = False
    has_asked_where: bool = False
    has_comforted: bool = False
    is_past_trying: bool = False
    is_anew: bool = False
    kept: str = ""
    ended: str = ""
    covered: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    searched: dict[tuple[str, str], Found] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    @property
    def voice(self) -> Voice:
        """How Lantern speaks to this contact now."""
        return Voice(
            house=self.house,
            release=self.release,
            language=self.session.language,
            values=self.values,
        )

    def told_beside(self, text: str) -> Mapping[str, str]:
        """Return what *text* tells that raises nothing by itself; it is looked at once a turn."""
        return look_once(contexts_in, text, self.house.rules)

    async def request_case(self, concern: Concern) -> None:
        """Open or raise the contact's case."""
        self.case = await open_or_raise(self.tx, self.house, self.place, self.session, concern)
        if self.place.case is None:  # a new one, which is theirs whoever left here before
            self.session = replace(self.session, heard=(), has_left=False)
        elif self.session.has_left:
            self.session = replace(self.session, has_called=True)
        self.place = replace(self.place, case=self.case)
        case = await cases.find_case(self.tx, self.case)
        self.level = case.level
        if self.session.has_left and concern.queue == EMERGENCY:
            await note_danger(self.tx, case, self.place, at=self.now)
        await self.tell_code()

    async def keep_answers(self) -> None:
        """Keep what was answered in this turn with the case, if there is one."""
        if self.case is not None:
            known = self.place.session
            await keep_answers(self.tx, self.case, self.session, known, now=self.now)

    async def tell_code(self) -> None:
        """Have the return code of the case ready for what is said."""
        if self.case is not None:
            body = await cases.read_body(self.tx, self.case)
            words = self.house.directory.code_words
            code = return_code_text(body.code, self.session.language, words)
            self.values["return_code"] = code

    @property
    def is_owned(self) -> bool:
        """Whether a worker owns the conversation now."""
        return self.place.is_owned_by_worker(self.now)

    async def say(
        self,
        events: Sequence[Event],
        *,
        urgency: Urgency = Urgency.REPLY,
        words: Sequence[str] = (),
    ) -> None:
        """Post what *events* say and ask, as one message; *words* are buttons under it.

        While a worker owns the conversation, no question of Lantern's own is asked.
        """
        if self.is_gone:
            return
        if self.session.has_left:
            events = without_the_code(events, self.release.plan, self.tells_code)
        shown = [event for event in events if _is_of_a_word(event)] if self.is_owned else events
        said = beside_the_question(shown)
        keys = heard(said)
        voice, is_on_page = self._voice_for(keys), self.place.channel == PULLED
        topics = self._topics_aside(said)
        correcting = self._correcting(voice, urgency)
        wording = (
            None
            if correcting or topics
            else wording_of(voice, self.session, said, words, keys=keys, is_on_page=is_on_page)
        )
        if wording is not None:
            await post_wording(
                self.tx,
                self.place,
                wording,
                step=self.session.step,
                urgency=urgency,
                is_question=self._is_mere_question(said),
                now=self.now,
                case_id=self.case,
            )
        elif text := speak(voice, said):
            under = buttons_under(voice, self.session, said, words, is_on_page=is_on_page)
            answers, words_row = _parted(under)
            first, last = ((), topics) if MAY_READ in said else (topics, ())
            buttons = (*first, *answers, *last, *correcting, *words_row)
            is_question = self._is_mere_question(said)
            letter = Letter(text=text, urgency=urgency, buttons=buttons, is_question=is_question)
            await post(self.tx, self.place, letter, now=self.now, case_id=self.case)
        await self.note_told(keys, voice)

    def tells_code(self, keys: Sequence[str]) -> bool:
        """Whether one of the wordings *keys* holds the return code."""
        voice = self.voice
        return any("return_code" in voice.holds(key) for key in keys)

    async def note_told(self, keys: Sequence[str], voice: Voice | None = None) -> None:
        """Keep which wordings were said: with the case, or until there is one."""
        if not keys:
            return
        if self.case is not None and self.tells_code(keys):
            self.session = replace(self.session, code_of=self.case)
        await self._note("", told_text(voice or self._voice_for(keys), keys))

    async def note_tapped(self, state: str, answer: str) -> None:
        """Keep which *answer* of *state* was tapped: with the case, or until there is one."""
        await self._note(state, answer)

    async def _note(self, state: str, text: str) -> None:
        noted = Heard(at=self.now, state=state, text=text)
        if self.case is None:
            self.session = with_heard(self.session, noted)
        else:
            await add_heard(self.tx, self.case, (noted,))

    async def pass_on_heard(self) -> None:
        """Add to the case that they came back to what was said before it was known."""
        noted = self.session.heard
        if self.case is not None and noted:
            self.session = replace(self.session, heard=())
            await add_heard(self.tx, self.case, noted)

    def _voice_for(self, keys: Sequence[str]) -> Voice:
        """Return how Lantern speaks, with what the wordings *keys* hold of the moment filled in."""
        voice = self.voice
        held = voice.momentary(*keys)
        if not held:
            return voice
        is_called = Level.EMERGENCY in {self.level, self.session.level, self.session.comforted}
        is_told = self.session.answers.get(COMPLAINED, "").startswith(TOLD)
        called = SUPERVISORS_CALLED if is_told and not is_called else CALLED
        moment = this_moment(voice, held, self.now, is_called=is_called, called=called)
        return replace(voice, moment=moment)

    def _correcting(self, voice: Voice, urgency: Urgency) -> Buttons:
        """Return the button to say that this is not it, under the words that it is about.

        A page shows the buttons of its newest message only, so there it stands under all that is
        said in the same turn, and in a report under all of them, until they have said so.
        """
        if not self.session.may_correct:
            return ()
        is_about_it = self.felt is not Level.NONE or is_amid_a_report(self.session)
        is_there = urgency is Urgency.SAFETY or (self.place.channel == PULLED and is_about_it)
        is_known = NOT_IT in self.release.plan.states[ANYWHERE].answers
        return word_row(voice, (NOT_IT,)) if is_there and is_known else ()

    def _topics_aside(self, said: Sequence[Event]) -> Buttons:
        """Return the buttons of topics that can be read beside the question that waits.

        Those that are offered; or of those that say the same as what was said, the first.
        """
        if not (self.offered or self.covered):
            return ()
        asked = [event.state for event in said if isinstance(event, Asked)]
        if MAY_READ not in said and not any(is_answered_beside(state) for state in asked):
            return ()
        shown = [name for name in self.offered or self.covered if name in self.house.topics.by_id]
        most = len(self.offered) or 1
        return tuple((self._topic_button(name),) for name in shown[:most])

    def _topic_button(self, topic: str) -> Button:
        hearer = spoken_to(self.session)
        label = label_of(self.house.topics, topic, self.session.language, hearer)
        return Button(label=label, data=f"{TOPIC_TAP}{topic}")

    def _is_mere_question(self, said: Sequence[Event]) -> bool:
        """Whether a later question may take the place of this one, should it come too late."""
        if self.session.level is Level.EMERGENCY:
            return False
        kinds = {type(event) for event in said}
        return Asked in kinds and CaseRequested not in kinds

    async def say_text(self, text: str, key: str = "") -> None:
        """Post *text*, which people wrote; the log keeps its *key*, or else the text itself."""
        if text and not self.is_gone:
            await post(self.tx, self.place, Letter(text=text), now=self.now)
            if not key:
                await self._note("", text)
            else:
                await self.note_told((key,))


def is_amid_a_report(session: Session) -> bool:
    """Whether a question of a report waits, be it behind one that a word asked."""
    return (session.calls[0] if session.calls else session.state).startswith(REPORT)


def _parted(buttons: Buttons) -> tuple[Buttons, Buttons]:
    """Return the rows of answers, and the last row if it is of words that work anywhere."""
    is_of_words = bool(buttons) and all(button.data.startswith("w:") for button in buttons[-1])
    size = len(buttons) - is_of_words
    return buttons[:size], buttons[size:]


def _is_of_a_word(event: Event) -> bool:
    """Whether *event* belongs to a word that works anywhere."""
    return isinstance(event, Said | Asked) and event.key.startswith("always.")
