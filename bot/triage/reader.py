"""The files of the risk check become :class:`~bot.triage.rules.Rules`, or all their faults."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.errors import Finding, FlowError
from bot.domain.level import Level, level_named
from bot.flow.strict import Node, hint, parse
from bot.triage.clues import words_of
from bot.triage.examples import check_examples
from bot.triage.pattern import Pattern, PatternError, read_pattern
from bot.triage.proved import Negated, Proved, make_rules
from bot.triage.rules import BENIGN, CATEGORIES, CONTEXTS, LANGUAGES, Rule, Rules
from bot.triage.sieve import bare_words_of, farthest_of

FILE_WORDS = ("words", "parts", "rules", "negation")
"""What may stand at the top of a file of rules."""

RULE_WORDS = (
    "category",
    "level",
    "weak",
    "enough",
    "languages",
    "patterns",
    "reason",
    "catch",
    "leave",
)
"""What stands in a rule; a benign one has neither level nor reason, one of context no level."""

NEGATION_WORDS = ("before", "unless", "reason")
"""What stands under ``negation``."""

_OF_OTHERS = frozenset(
    f"{name}.yaml" for name in ("levels", "alarm", "concepts", "follow", "modifiers")
)
_LEVELS = ("emergency", "urgent", "routine")
_NEVER_WEAK = frozenset({"suicide", "self_harm", "sexual_abuse", "online_sexual"})
"""Of these a person hears soon, however harmless the whole may read."""

_NEVER = "(?!)"


def read_rules(texts: Mapping[str, str]) -> Rules:
    """Return the rules in *texts*, which maps the name of each file to its content.

    Raises:
        FlowError: carries every finding (T1) about form, patterns and examples.

    """
    return prove_rules(texts)[0]


def prove_rules(texts: Mapping[str, str]) -> tuple[Rules, Proved]:
    """Return the rules in *texts*, and what is to be kept so that they need not be proved again.

    ``levels.yaml``, ``alarm.yaml``, ``concepts.yaml``, ``follow.yaml`` and ``modifiers.yaml``
    belong to the module of that name, and are passed over.

    Raises:
        FlowError: carries every finding (T1) about form, patterns and examples.

    """
    form = _Form()
    roots = {file: parse(text, file) for file, text in texts.items() if not _is_of_others(file)}
    for file, root in roots.items():
        form.take_words(file, root)
    for file, root in roots.items():
        form.take_rules(file, root)
    form.stop_at_faults()
    proved = form.proved(_version({file: texts[file] for file in roots}))
    rules = make_rules(proved)
    form.findings.extend(check_examples(rules))
    form.stop_at_faults()
    return rules, proved


def _is_of_others(file: str) -> bool:
    return file.rpartition("/")[2] in _OF_OTHERS


def _version(texts: Mapping[str, str]) -> str:
    content = "\0".join(f"{file}\0{texts[file]}" for file in sorted(texts))
    return hashlib.sha256(content.encode()).hexdigest()[:12]


class _Form:
    """Takes rules out of files and remembers every fault."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._words: dict[str, str] = {}
        self._parts: dict[str, str] = {}
        self._rules: dict[str, Rule] = {}
        self._patterns: list[tuple[Pattern, Rule]] = []
        self._negation: Negated | None = None

    def stop_at_faults(self) -> None:
        if self.findings:
            raise FlowError(self.findings)

    def proved(self, version: str) -> Proved:
        risks = self._only(version, lambda rule: rule.category not in CONTEXTS)
        contexts = self._only(version, lambda rule: rule.category in CONTEXTS)
        return replace(risks, contexts=contexts) if contexts.rules else risks

    def _only(self, version: str, is_wanted: Callable[[Rule], bool]) -> Proved:
        rules = [rule for rule in self._rules.values() if is_wanted(rule)]
        places = {rule.id: place for place, rule in enumerate(rules)}
        wanted = [owned for owned in self._patterns if is_wanted(owned[1])]
        wanted.sort(key=lambda owned: owned[1].category != BENIGN)
        patterns = [pattern for pattern, _ in wanted]
        risks = [pattern for pattern, rule in wanted if rule.category != BENIGN]
        return Proved(
            version=version,
            rules=tuple(rules),
            patterns=tuple(patterns),
            owners=tuple(places[rule.id] for _, rule in wanted),
            words=words_of(patterns),
            bare_words=bare_words_of(risks),
            farthest=farthest_of(risks),
            negation=self._negation,
        )

    def take_words(self, file: str, root: Node) -> None:
        for name, node in root.block.items():
            self._known(file, node.line, name, FILE_WORDS)
        for name, node in root.block.get("words", _NOTHING).block.items():
            if name in self._words:
                self._fault(file, node.line, "T106", f'the list of words "{name}" is given twice')
            self._words[name] = node.text
        for name, node in root.block.get("parts", _NOTHING).block.items():
            if name in self._parts:
                self._fault(file, node.line, "T106", f'the part "{name}" is given twice')
            self._parts[name] = node.text

    def take_rules(self, file: str, root: Node) -> None:
        if "negation" in root.block:
            self._take_negation(file, root.block["negation"])
        for id_, node in root.block.get("rules", _NOTHING).block.items():
            if id_ in self._rules:
                other = self._rules[id_]
                place = f"{other.file}:{other.line}"
                self._fault(file, node.line, "T106", f'a rule "{id_}" already stands in {place}')
            self._take_rule(file, id_, node)

    def _take_rule(self, file: str, id_: str, node: Node) -> None:
        block, line = node.block, node.line
        for word, part in block.items():
            self._known(file, part.line, word, RULE_WORDS)
        self._rules[id_] = rule = Rule(
            id=id_,
            category=self._category(file, block.get("category", _at(line))),
            level=self._level(file, node),
            languages=tuple(self._languages(file, block.get("languages", _at(line)))),
            reasons=self._rule_reasons(file, node),
            is_weak=self._is_weak(file, node),
            is_enough=self._is_enough(file, node),
            catch=self._examples(file, line, "catch", block),
            leave=self._examples(file, line, "leave", block),
            file=file,
            line=line,
        )
        patterns = self._read_patterns(file, block.get("patterns", _at(line)))
        self._patterns.extend((pattern, rule) for pattern in patterns)

    def _take_negation(self, file: str, node: Node) -> None:
        for word, part in node.block.items():
            self._known(file, part.line, word, NEGATION_WORDS)
        before, unless = (
            _at_the_end(list(self._read_patterns(file, node.block.get(word, _at(node.line)))))
            for word in ("before", "unless")
        )
        reasons = self._reasons(file, node.block.get("reason", _at(node.line)))
        self._negation = Negated(before=before, unless=unless, reasons=reasons)

    def _read_patterns(self, file: str, node: Node) -> Iterator[Pattern]:
        if not node.items:
            self._fault(file, node.line, "T101", "patterns are missing: list at least one")
        for item in node.items:
            try:
                yield read_pattern(item.text, self._words, self._parts)
            except PatternError as error:
                self._fault(file, item.line, "T105", f'pattern "{item.text}": {error}')

    def _category(self, file: str, node: Node) -> str:
        if node.text not in (*CATEGORIES, *CONTEXTS):
            known = hint(node.text, (*CATEGORIES, *CONTEXTS))
            self._fault(file, node.line, "T102", f'there is no category "{node.text}"{known}')
        return node.text

    def _level(self, file: str, rule: Node) -> Level:
        node = rule.block.get("level", _at(rule.line))
        category = rule.block.get("category", _NOTHING).text
        if category in {BENIGN, *CONTEXTS}:
            if node.text:
                self._fault(file, node.line, "T103", f"a rule of {category} has no level")
            return Level.NONE
        if node.text not in _LEVELS:
            known = hint(node.text, _LEVELS)
            self._fault(file, node.line, "T103", f'there is no level "{node.text}"{known}')
            return Level.EMERGENCY
        return level_named(node.text)

    def _is_weak(self, file: str, rule: Node) -> bool:
        node = rule.block.get("weak", _NOTHING)
        if node.text not in {"", "true"}:
            self._fault(file, node.line, "T110", "weak is true, or is left out")
        category = rule.block.get("category", _NOTHING).text
        if node.text and category in _NEVER_WEAK:
            self._fault(file, node.line, "T111", f"a rule of {category} is never weak")
        elif node.text and rule.block.get("level", _NOTHING).text != "urgent":
            self._fault(file, node.line, "T111", "only a rule whose level is urgent may be weak")
        return bool(node.text)

    def _is_enough(self, file: str, rule: Node) -> bool:
        node = rule.block.get("enough", _NOTHING)
        if node.text not in {"", "true"}:
            self._fault(file, node.line, "T110", "enough is true, or is left out")
        return bool(node.text)

    def _languages(self, file: str, node: Node) -> Iterator[str]:
        if not node.items:
            self._fault(file, node.line, "T104", "languages are missing, for example [zh_CN]")
        for item in node.items:
            if item.text not in LANGUAGES:
                known = hint(item.text, LANGUAGES)
                self._fault(file, item.line, "T104", f'there is no language "{item.text}"{known}')
            yield item.text

    def _rule_reasons(self, file: str, rule: Node) -> Mapping[str, str]:
        """Return a rule's reasons; a benign rule raises nothing, so it has none."""
        if rule.block.get("category", _NOTHING).text == BENIGN:
            return {}
        return self._reasons(file, rule.block.get("reason", _at(rule.line)))

    def _reasons(self, file: str, node: Node) -> Mapping[str, str]:
        for language in LANGUAGES:
            if not node.block.get(language, _NOTHING).text.strip():
                self._fault(file, node.line, "T109", f"the reason in {language} is missing")
        return {language: " ".join(part.text.split()) for language, part in node.block.items()}

    def _examples(
        self, file: str, line: int, word: str, block: Mapping[str, Node]
    ) -> tuple[str, ...]:
        node = block.get(word, _at(line))
        examples = tuple(item.text for item in node.items) or ((node.text,) if node.text else ())
        if not examples:
            self._fault(file, node.line, "T101", f'an example to "{word}" is missing')
        return examples

    def _known(self, file: str, line: int, word: str, known: Sequence[str]) -> None:
        if word not in known:
            self._fault(file, line, "T101", f'"{word}" has no meaning here{hint(word, known)}')

    def _fault(self, file: str, line: int, code: str, text: str) -> None:
        self.findings.append(Finding(file=file, line=line, code=code, text=text))


def _at(line: int) -> Node:
    return Node(value="", line=line)


_NOTHING = _at(1)


def _at_the_end(patterns: Sequence[Pattern]) -> str:
    if not patterns:
        return _NEVER
    either = "|".join(pattern.regex for pattern in patterns)
    return f"(?:{either}) ?$"
