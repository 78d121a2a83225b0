"""Every rule proves itself on its own examples."""

from collections.abc import Iterator

from bot.domain.errors import Finding
from bot.triage.finder import find_all
from bot.triage.plain import make_plain
from bot.triage.rules import BENIGN, Rule, Rules
from bot.triage.signals import find_signals


def check_examples(rules: Rules) -> Iterator[Finding]:
    """Yield a finding for each example that is not caught, or not left, as its rule says.

    A benign rule catches what it empties of signals, and leaves what still raises one.
    """
    if rules.contexts is not None:
        yield from check_examples(rules.contexts)
    for rule in rules.rules.values():
        for text in rule.catch:
            if not _does_catch(rule, text, rules):
                yield _finding(rule, "T107", f'does not catch its example "{text}"')
        for text in rule.leave:
            if not _does_leave(rule, text, rules):
                yield _finding(rule, "T108", f'does not leave its example "{text}"')


def _does_catch(rule: Rule, text: str, rules: Rules) -> bool:
    if rule.category == BENIGN:
        return _matches(rule, text, rules) and not find_signals(text, rules)
    return any(signal.rule == rule.id for signal in find_signals(text, rules))


def _does_leave(rule: Rule, text: str, rules: Rules) -> bool:
    signals = find_signals(text, rules)
    if rule.category == BENIGN:
        return bool(signals)
    return all(signal.rule != rule.id for signal in signals)


def _matches(rule: Rule, text: str, rules: Rules) -> bool:
    found = find_all(rules.finder, make_plain(text).text)
    return any(rules.owners[number] is rule and any(spans) for number, spans in found)


def _finding(rule: Rule, code: str, text: str) -> Finding:
    return Finding(file=rule.file, line=rule.line, code=code, text=f'rule "{rule.id}" {text}')
