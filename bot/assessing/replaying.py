"""What today's rules see in a case of before."""

from dataclasses import dataclass

from bot.domain.case import Case, EntryKind
from bot.domain.level import Level, worse
from bot.triage.closely import find_closely
from bot.triage.rules import Rules
from bot.triage.signals import READ_TOGETHER, level_of
from storage import case_log, cases
from storage.database import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """A case: its level, what was seen then, what is seen now, and by which rules only now."""

    code: str
    level: Level
    then: Level
    now: Level
    new_rules: frozenset[str]

    @property
    def is_changed(self) -> bool:
        """Whether today's rules see it otherwise."""
        return self.then is not self.now or bool(self.new_rules)


async def replay_case(tx: Transaction, case: Case, rules: Rules) -> Replayed:
    """Return what *rules* see in everything that was said in *case*, message by message."""
    body = await cases.read_body(tx, case.id)
    log = await case_log.read_log(tx, case.id)
    said = [entry.text for entry in log if entry.kind is EntryKind.SAID]
    now, seen = Level.NONE, set[str]()
    for number, text in enumerate(said):
        earlier = said[max(0, number - READ_TOGETHER) : number]
        signals = find_closely(text, rules, earlier)
        now = worse(now, level_of(signals))
        seen.update(signal.rule for signal in signals)
    return Replayed(
        code=case.code,
        level=case.level,
        then=level_of(body.signals),
        now=now,
        new_rules=frozenset(seen - {signal.rule for signal in body.signals}),
    )
