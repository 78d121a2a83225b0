"""Both languages of a topic say the same where that can be counted: numbers and placeholders."""

from collections import Counter
from collections.abc import Iterator

from bot.domain.errors import Finding
from bot.domain.expression import expression
from bot.guidance.model import Page, Topic, Voice

COUNTED = expression(r"\{\w+\}|\d+")


def check_sameness(topic: Topic) -> Iterator[Finding]:
    """Yield where a page of *topic* holds other numbers or placeholders than its first page."""
    languages = sorted(topic.pages)
    for language in languages[1:]:
        page, first = topic.pages[language], topic.pages[languages[0]]
        for voice in Voice:
            here, there = _counted(page, voice), _counted(first, voice)
            if here != there:
                line = page.lines.get(f"For a{'n' if voice is Voice.ADULT else ''} {voice}", 1)
                differ = f"{language} and {languages[0]} differ"
                text = f"for the {voice}, {differ}: {_listed(here, there)}"
                yield Finding(file=page.file, line=line, code="G114", text=text)


def _counted(page: Page, voice: Voice) -> Counter[str]:
    return Counter(COUNTED.findall(f"{page.answers.get(voice, '')}\n{page.now.get(voice, '')}"))


def _listed(here: Counter[str], there: Counter[str]) -> str:
    more, less = (here - there).elements(), (there - here).elements()
    parts = ("only here " + " ".join(sorted(more)), "only there " + " ".join(sorted(less)))
    return "; ".join(part for part in parts if not part.endswith(" "))
