"""Reading a page of guidance: Markdown of one plain form.

A title, a button's label, one for an adult where that speaks of a child as "I", then a section
for each heading. The headings are the same in every language, because the program
reads them; the texts below them are not.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.errors import Finding
from bot.flow.strict import hint
from bot.guidance.model import Page, Voice

LABEL = "Button: "
ADULT_LABEL = "Button for an adult: "
ASKED_AS = "Asked as"
ANSWERS = {"For a child": Voice.CHILD, "For an adult": Voice.ADULT}
NOW = {
    "What to do now": tuple(Voice),
    "What to do now: a child": (Voice.CHILD,),
    "What to do now: an adult": (Voice.ADULT,),
}
HEADINGS = (*ANSWERS, *NOW, ASKED_AS)


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A page while its lines are being read."""

    file: str
    title: str = ""
    label: str = ""
    adult_label: str = ""
    heading: str = ""
    sections: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_page(text: str, file: str) -> tuple[Page, list[Finding]]:
    """Return the page that *text* holds, and what is wrong with its form."""
    draft = _Draft(file=file)
    for number, line in enumerate(text.splitlines(), start=1):
        _take(draft, number, line.strip())
    texts = {head: "\n".join(text for _, text in found) for head, found in draft.sections.items()}
    page = Page(
        file=file,
        title=draft.title,
        label=draft.label,
        adult_label=draft.adult_label,
        answers={voice: texts[head] for head, voice in ANSWERS.items() if texts.get(head)},
        now=_now(texts),
        asked_as=tuple(_items(draft.sections.get(ASKED_AS, ()))),
        sections=draft.sections,
        lines=draft.lines,
    )
    return page, draft.findings


def _take(draft: _Draft, number: int, line: str) -> None:
    if line.startswith("## "):
        _begin(draft, number, line.removeprefix("## "))
    elif line.startswith("# "):
        draft.title = line.removeprefix("# ")
        draft.lines["title"] = number
    elif line.startswith(LABEL) and not draft.heading:
        draft.label = line.removeprefix(LABEL)
        draft.lines["label"] = number
    elif line.startswith(ADULT_LABEL) and not draft.heading:
        draft.adult_label = line.removeprefix(ADULT_LABEL)
        draft.lines["adult_label"] = number
    elif line and draft.heading:
        draft.sections[draft.heading].append((number, line))


def _begin(draft: _Draft, number: int, heading: str) -> None:
    if heading not in HEADINGS:
        text = f'"{heading}" is not a heading of the form{hint(heading, HEADINGS)}'
        draft.findings.append(Finding(file=draft.file, line=number, code="G103", text=text))
    elif heading in draft.sections:
        text = f'"{heading}" already stands on line {draft.lines[heading]}'
        draft.findings.append(Finding(file=draft.file, line=number, code="G103", text=text))
    draft.heading = heading
    draft.sections[heading] = []
    draft.lines[heading] = number


def _now(texts: Mapping[str, str]) -> dict[Voice, str]:
    """Join what is said to both voices with what is said to one."""
    return {
        voice: "\n".join(said)
        for voice in Voice
        if (said := [texts[head] for head, to in NOW.items() if voice in to and texts.get(head)])
    }


def _items(lines: Iterable[tuple[int, str]]) -> Iterator[str]:
    for _, line in lines:
        if line.startswith("- "):
            yield line.removeprefix("- ")
