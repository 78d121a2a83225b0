"""An answer as people read it: how things are, what to do, the law, who helps, what next."""

from bot.directory import Directory, citations_text, helpline_text, phrase, placeholder_values
from bot.directory.places import place_text, places_of
from bot.directory.say import fill, sources_text
from bot.guidance.model import Topic, Voice

BULLET = "• "


def render(topic: Topic, voice: Voice, language: str, directory: Directory) -> str:
    """Return the whole answer on *topic*, ready to send; parts stand apart by an empty line.

    Raises:
        KeyError: the topic or the directory has no such language or voice. The checks see to
            it that this cannot happen with files that passed them.

    """
    page = topic.pages[language]
    values = placeholder_values(directory, language)
    parts = (
        fill(page.answers[voice], values),
        fill(_bulleted(page.now.get(voice, "")), values),
        _law(topic, language, directory),
        _helplines(topic, voice, language, directory),
        _next(topic, voice, language, directory),
    )
    return "\n\n".join(part for part in parts if part)


def _bulleted(text: str) -> str:
    return "\n".join(
        BULLET + line.removeprefix("- ") if line.startswith("- ") else line
        for line in text.splitlines()
    )


def _law(topic: Topic, language: str, directory: Directory) -> str:
    cited = [(citation.law, citation.article) for citation in topic.citations]
    lines = (
        citations_text(directory, cited, language) if cited else "",
        sources_text(directory, topic.sources, language) if topic.sources else "",
    )
    return "\n".join(line for line in lines if line)


def _helplines(topic: Topic, voice: Voice, language: str, directory: Directory) -> str:
    lines = (directory.helplines[name] for name in topic.helplines.get(voice, ()))
    near = places_of(directory, topic.places)
    told = (
        *(helpline_text(directory, line, language) for line in lines),
        *(place_text(directory, place, language) for place in near),
    )
    return "\n".join(told)


def _next(topic: Topic, voice: Voice, language: str, directory: Directory) -> str:
    if topic.next == "none":
        return ""
    return phrase(directory, f"next_{voice}_{topic.next}", language, {})
