"""A desk in memory, small and real: versions, owners and one-time links are kept as promised."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.casework.bell import DESK
from bot.casework.bell import Bell as RealBell
from bot.desk.closing import OUTCOMES
from bot.desk.views import AlarmView, CaseFile, CaseLine, Counts, SignedIn
from bot.domain.case import Entry, EntryKind
from bot.domain.errors import ConflictError, NotAllowedError, RefusedError
from bot.domain.ids import MINUTE, CaseId, Instant, WorkerId
from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.domain.worker import Role, Worker
from storage.database import DatabaseAwayError

NOW = Instant(1_790_000_000 * 1_000_000)

WU = Worker(id=WorkerId("w-wu"), name="吴", role=Role.WORKER, language="en")
LONG = Worker(id=WorkerId("w-long"), name="龙", role=Role.SUPERVISOR, language="zh_CN")

TELLING = "他昨天晚上又打我了，用皮带。我不敢回家。\n奶奶不知道 <b>别告诉</b>他"
PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\x0f\x04\x00\x09\xfb\x03\xfdc\xb0\x1d\xaf"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)

NO_ALARM = AlarmView(broken=None, test=None, must_answer=False)


class Bell(RealBell):
    """Rings at the desk for whoever waits."""

    def ring(self, *subjects: str) -> None:
        super().ring(*subjects or (DESK,))


@dataclass
class Staff:
    """Links that work once, and sessions that can be ended."""

    links: dict[str, Worker] = field(default_factory=dict)
    sessions: dict[str, SignedIn] = field(default_factory=dict)
    stayed: list[str] = field(default_factory=list)
    at_desk: list[WorkerId] = field(default_factory=list)
    is_away: bool = False

    async def name_of(self, token: str) -> str:
        return self.links[token].name if token in self.links else ""

    async def sign_in(self, token: str) -> SignedIn | None:
        worker = self.links.pop(token, None)
        if worker is None:
            return None
        signed_in = SignedIn(worker=worker, session=f"s-{token}", csrf=f"csrf-{token}")
        self.sessions[signed_in.session] = signed_in
        return signed_in

    async def who_is(self, session: str) -> SignedIn | None:
        if self.is_away:
            raise DatabaseAwayError("away")
        return self.sessions.get(session)

    async def stay(self, session: str) -> None:
        self.stayed.append(session)

    async def note_at_desk(self, worker: WorkerId) -> None:
        self.at_desk.append(worker)

    async def speak(self, worker: WorkerId, language: str) -> None:
        for session, signed_in in self.sessions.items():
            if signed_in.worker.id == worker:
                speaking = replace(signed_in.worker, language=language)
                self.sessions[session] = replace(signed_in, worker=speaking)

    async def sign_out(self, session: str) -> None:
        self.sessions.pop(session, None)


@dataclass
class Desk:
    """The cases; *views* counts how often each file was opened."""

    bell: Bell
    cases: dict[CaseId, CaseFile] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)
    answered: list[tuple[str, str]] = field(default_factory=list)
    alarm_view: AlarmView = field(default=NO_ALARM)
    staff: tuple[Worker, ...] = (WU, LONG)
    shown_around: set[WorkerId] = field(default_factory=lambda: {WU.id, LONG.id})
    is_away: bool = False

    async def queue(
        self, worker: Worker, show: str = "all", *, most: int = 100
    ) -> tuple[CaseLine, ...]:
        lines = sorted(self._open(), key=lambda line: (line.level, line.due_at))
        most = max(most, sum(line.level == Level.EMERGENCY for line in lines))
        match show:
            case "mine":
                lines = [line for line in lines if line.owner == worker.id]
            case "unclaimed":
                lines = [line for line in lines if line.owner is None]
        return tuple(lines[:most])

    async def counts(self, worker: Worker) -> Counts:
        lines = self._open()
        unseen = [line.level for line in lines if not line.is_acknowledged]
        return Counts(
            all=len(lines),
            unclaimed=sum(line.owner is None for line in lines),
            mine=sum(line.owner == worker.id for line in lines),
            emergencies=unseen.count(Level.EMERGENCY),
            urgent=unseen.count(Level.URGENT),
        )

    def _open(self) -> list[CaseLine]:
        return [case.line for case in self.cases.values() if not case.line.is_closed]

    async def line(self, worker: Worker, case: CaseId) -> CaseLine:
        return (await self.look(worker, case)).line

    async def closed(self, _: Worker, *, most: int = 100) -> tuple[CaseLine, ...]:
        return tuple(case.line for case in self.cases.values() if case.line.is_closed)[:most]

    async def read(self, worker: Worker, case: CaseId, *, most: int = 200) -> CaseFile:
        found = await self.look(worker, case, most=most)
        if found.line.owner != worker.id:
            return found
        seen = replace(self.cases[case], line=replace(found.line, unread=0))
        self.cases[case] = seen
        return replace(found, line=seen.line)

    async def look(self, _: Worker, case: CaseId, *, most: int = 200) -> CaseFile:
        if self.is_away:
            raise DatabaseAwayError("away")
        if case not in self.cases:
            raise NotAllowedError
        found = self.cases[case]
        earlier = max(0, len(found.entries) - most)
        return replace(found, entries=found.entries[earlier:], earlier=earlier)

    async def claim(self, worker: Worker, case: CaseId) -> CaseLine:
        line = (await self.look(worker, case)).line
        if line.owner:
            raise ConflictError("taken", by=line.owner_name)
        return self._change(case, status="claimed", unread=0, **_owned_by(worker))

    async def take_over(self, worker: Worker, case: CaseId, *, version: int) -> CaseLine:
        await self.look(worker, case)
        del version
        return self._change(case, may_take_over=False, **_owned_by(worker))

    async def release(self, worker: Worker, case: CaseId, *, version: int) -> CaseLine:
        await self._check(worker, case, version)
        return self._change(case, status="new", owner=None, owner_name="")

    async def answer(
        self,
        worker: Worker,
        case: CaseId,
        text: str,
        *,
        version: int,
        seen: int | None = None,
        form: str = "",
    ) -> CaseLine:
        del seen, form
        await self._check(worker, case, version)
        self.write(case, "worker", text, author=worker.name, state="waiting")
        return self._change(case, unread=0)

    async def note(self, worker: Worker, case: CaseId, text: str) -> CaseLine:
        await self.look(worker, case)
        self.write(case, "note", text, author=worker.name)
        return self._change(case)

    async def hand_over(
        self, worker: Worker, case: CaseId, *, to: WorkerId, summary: str, version: int
    ) -> CaseLine:
        await self._check(worker, case, version)
        self.write(case, "note", summary, author=worker.name)
        heir = next(one for one in await self.workers() if one.id == to)
        return self._change(case, **_owned_by(heir))

    async def close(
        self, worker: Worker, case: CaseId, *, outcome: str, reason: str, version: int
    ) -> CaseLine:
        await self._check(worker, case, version)
        if outcome not in OUTCOMES:
            raise RefusedError("choose how the case ended", missing="outcome")
        self.write(case, "status", f"closed:{outcome}: {reason}", author=worker.name)
        return self._change(case, status="closed", is_closed=True, closed_at=NOW, outcome=outcome)

    async def set_level(
        self,
        worker: Worker,
        case: CaseId,
        level: Level,
        *,
        reason: str,
        version: int,
        seen: int | None = None,
    ) -> CaseLine:
        del seen
        await self._check(worker, case, version)
        self.write(case, "note", reason, author=worker.name)
        return self._change(case, level=level)

    async def reopen(self, worker: Worker, case: CaseId, *, version: int) -> CaseLine:
        await self._check(worker, case, version)
        return self._change(case, status="reopened", is_closed=False)

    async def file(self, worker: Worker, case: CaseId, file_id: str) -> tuple[str, bytes]:
        await self.look(worker, case)
        if file_id not in self.files:
            raise NotAllowedError
        self.opened.append(file_id)
        return self.files[file_id]

    async def alarm(self, _: Worker) -> AlarmView:
        return self.alarm_view

    async def answer_test(self, worker: Worker, test: str) -> None:
        self.answered.append((worker.name, test))
        self.alarm_view = replace(self.alarm_view, must_answer=False)

    async def is_new(self, worker: Worker) -> bool:
        return worker.id not in self.shown_around

    async def open_handbook(self, worker: Worker) -> None:
        self.shown_around.add(worker.id)

    async def put_hint_away(self, worker: Worker) -> None:
        self.shown_around.add(worker.id)

    async def workers(self) -> tuple[Worker, ...]:
        return self.staff

    def write(self, case: CaseId, kind: str, text: str, *, author: str = "", state: str = ""):
        old = self.cases[case]
        entry = Entry(
            id=f"e{len(old.entries)}",
            at=NOW,
            kind=EntryKind(kind),
            author=author,
            state=state,
            text=text,
        )
        self.cases[case] = replace(old, entries=(*old.entries, entry))

    def hear(self, case: CaseId, text: str) -> None:
        self.write(case, "said", text)
        self._change(case, unread=self.cases[case].line.unread + 1)

    def _change(self, case: CaseId, **values) -> CaseLine:
        old = self.cases[case]
        line = replace(old.line, version=old.line.version + 1, **values)
        self.cases[case] = replace(old, line=line)
        self.bell.ring()
        return line

    async def _check(self, worker: Worker, case: CaseId, version: int) -> None:
        line = (await self.look(worker, case)).line
        if line.version != version:
            raise ConflictError("changed", by=line.owner_name)


def filled(bell: Bell) -> Desk:
    """Return a desk on a bad night: three levels, one of them late, one taken."""
    desk = Desk(bell=bell, files={"f1": ("image/png", PICTURE), "f2": ("text/html", b"<script>")})
    desk.cases = {case.line.id: case for case in _cases()}
    return desk


def _cases() -> Iterator[CaseFile]:
    night = _case("42", Level.EMERGENCY, minutes=3, within=5)
    yield replace(night, entries=_night(), signals=_signals())
    yield _case("40", Level.URGENT, minutes=50, within=60)
    yield _case("39", Level.URGENT, minutes=70, within=60)
    taken = _case("31", Level.ROUTINE, minutes=3 * 60, within=8 * 60)
    yield replace(
        taken,
        safe_to_reply="ok",
        line=replace(taken.line, status="claimed", unread=0, **_owned_by(LONG)),
    )


def _night() -> tuple[Entry, ...]:
    at = Instant(NOW - 3 * MINUTE)
    rows = (
        ("told", "Lantern", "sent", "你可以慢慢说，想说多少说多少。"),
        ("said", "", "report_a_concern.what_happened", TELLING),
        ("status", "", "", "alerted"),
        ("told", "Lantern", "sent", "谢谢你告诉我。这不是你的错。"),
        ("note", "龙", "", "<script>document.title='broken'</script>"),
        ("file", "", "", ""),
    )
    made = [
        Entry(id=f"e{n}", at=at, kind=EntryKind(kind), author=author, state=state, text=text)
        for n, (kind, author, state, text) in enumerate(rows)
    ]
    made[-1] = replace(made[-1], file_id="f1", media_type="image/png")
    return tuple(made)


def _case(number: str, level: Level, *, minutes: int, within: int) -> CaseFile:
    opened = NOW - minutes * MINUTE
    line = CaseLine(
        id=CaseId(f"c{number}"),
        code=f"L-00{number}",
        queue="intake",
        level=level,
        status="new",
        owner=None,
        owner_name="",
        opened_at=Instant(opened),
        due_at=Instant(opened + within * MINUTE),
        since=Instant(opened),
        unread=2,
        version=7,
        is_acknowledged=level == Level.ROUTINE,
        about=("danger_told", "physical_abuse", "neglect") if number == "42" else (),
        who="child",
        language="zh_CN",
    )
    return CaseFile(
        line=line,
        entries=(),
        signals=(),
        answers=(("report_a_concern.in_danger", "danger"), ("report_a_concern.age", "11")),
        language="zh_CN",
        who="child",
        safe_to_reply="sometimes 九点以后",
        help_arrived="",
        channel="telegram",
        can_reach=True,
    )


def _signals() -> tuple[Signal, ...]:
    return tuple(
        Signal(
            rule=rule,
            category="physical_abuse",
            level=level,
            reason=reason,
            rules_version="1",
            words=words,
            start=TELLING.index(words),
            end=TELLING.index(words) + len(words),
        )
        for rule, level, reason, words in (
            ("phy-2", Level.URGENT, "Hit with a belt, a hanger or the like", "用皮带"),
            ("phy-7", Level.EMERGENCY, "Afraid to go home", "不敢回家"),
        )
    )


def _owned_by(worker: Worker) -> dict[str, object]:
    return {"owner": worker.id, "owner_name": worker.name, "is_acknowledged": True}
