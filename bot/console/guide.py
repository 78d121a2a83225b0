"""What the page "How it works" is made of: the handbook, filled in with how it is set here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.casework.claiming import LEASE
from bot.console.times import length
from bot.desk.staff import LINK_LASTS, SESSION_LASTS
from bot.directory.hours import Daily
from bot.directory.model import Directory
from bot.directory.say import citations_text, days_text, fill
from bot.domain.expression import expression
from bot.domain.level import Level, level_named
from bot.handbook.model import Handbook, Kind, Section
from bot.triage.alarm import AlarmTimes, microseconds
from bot.triage.levels import Levels, Times

_LEVEL = "level_"
_WHOLE_WEEK = (0, 6)
_SPAN = expression(r"\*\*(?P<strong>[^*]+)\*\*|\[(?P<label>[^\]]+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Everything that the page is made of; *placeholders* are the directory's, by language."""

    handbook: Handbook
    directory: Directory
    placeholders: Mapping[str, Mapping[str, str]]
    levels: Levels
    alarm: AlarmTimes
    heartbeat: Daily | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Some words of a line: ``plain``, ``strong``, or a ``label`` of the desk."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Whom the ladder of a level alerts, after how long."""

    alert: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelTimes:
    """A level with its times in words; *repeat* is how often the last step comes again."""

    level: Level
    acknowledge: str
    first_reply: str
    decide: str
    ladder: Sequence[Step]
    repeat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A block as the page shows it: ``words``, ``list``, ``steps``, or the name of a fact."""

    kind: str
    lines: Sequence[Sequence[Span]] = ()
    times: LevelTimes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSection:
    """A section as the page shows it; *law* names the articles it rests on, if any."""

    id: str
    title: str
    blocks: Sequence[Shown]
    law: str = field(default="")


def shown_sections(guide: Guide, language: str) -> tuple[ShownSection, ...]:
    """Return the sections that have words in *language*, filled in with what holds here."""
    values = {**guide.placeholders[language], **_durations(guide, language)}
    return tuple(
        ShownSection(
            id=section.id,
            title=section.words[language].title,
            blocks=tuple(_blocks(section, guide, values, language)),
            law=_law(section, guide.directory, language),
        )
        for section in guide.handbook.sections
        if language in section.words
    )


def titles_left_out(guide: Guide, language: str) -> tuple[str, ...]:
    """Return the titles of what is not shown until the law it rests on is proved."""
    left = (section.words.get(language) for section in guide.handbook.left_out)
    return tuple(words.title for words in left if words)


def when_tested(guide: Guide, language: str) -> Mapping[str, str]:
    """Return when the alarm is tested and, unless that is daily, on which days; "" if never."""
    heart = guide.heartbeat
    if heart is None:
        return {"tested_at": "", "tested_on": ""}
    is_daily = (heart.first, heart.last) == _WHOLE_WEEK
    on = "" if is_daily else days_text(guide.directory, heart.first, heart.last, language)
    return {"tested_at": f"{heart.at:%H:%M}", "tested_on": on}


def _durations(guide: Guide, language: str) -> Mapping[str, str]:
    lasting = {
        "link_lasts": LINK_LASTS,
        "session_lasts": SESSION_LASTS,
        "talk_lasts": LEASE,
        "alarm_taken_within": microseconds(guide.alarm.taken_within),
        "alarm_answered_within": microseconds(guide.alarm.answered_within),
        "alarm_silent_after": microseconds(guide.alarm.worker_silent_after),
    }
    return {name: length(span, language) for name, span in lasting.items()}


def _law(section: Section, directory: Directory, language: str) -> str:
    cited = [(each.law, each.article) for each in section.citations]
    return citations_text(directory, cited, language) if cited else ""


def _blocks(
    section: Section, guide: Guide, values: Mapping[str, str], language: str
) -> Iterator[Shown]:
    for block in section.words[language].blocks:
        if block.kind is Kind.FACT:
            yield _fact(block.lines[0], guide, language)
            continue
        lines = tuple(tuple(_spans(fill(line, values))) for line in block.lines)
        yield Shown(kind=block.kind.value, lines=lines)


def _fact(name: str, guide: Guide, language: str) -> Shown:
    if not name.startswith(_LEVEL):
        return Shown(kind=name)
    level = level_named(name.removeprefix(_LEVEL))
    times = _level(level, guide.levels.of(level), language)
    return Shown(kind="level", times=times)


def _level(level: Level, times: Times, language: str) -> LevelTimes:
    def say(span: timedelta) -> str:
        return length(microseconds(span), language)

    return LevelTimes(
        level=level,
        acknowledge=say(times.acknowledge_within),
        first_reply=say(times.first_reply_within),
        decide=say(times.decide_within),
        ladder=tuple(
            Step(alert=rung.alert, after=say(rung.after) if rung.after else "")
            for rung in times.ladder
        ),
        repeat=say(times.repeat_every),
    )


def _spans(line: str) -> Iterator[Span]:
    """Yield the words of *line*; what is between two marks has the kind that they say."""
    began = 0
    for match in _SPAN.finditer(line):
        if match.start() > began:
            yield Span(kind="plain", text=line[began : match.start()])
        kind = match.lastgroup or "plain"
        yield Span(kind=kind, text=match[kind])
        began = match.end()
    if began < len(line):
        yield Span(kind="plain", text=line[began:])
