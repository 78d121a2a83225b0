"""The directory's facts as people read them."""

from collections.abc import Mapping, Sequence
from datetime import time

from babel.dates import format_time, get_day_names

from bot.directory.hours import MIDNIGHT, Opening, ReadingHours
from bot.directory.model import Directory, Helpline
from bot.domain.expression import expression

PLACEHOLDER = expression(r"\{(\w+)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return *text* with each ``{name}`` of *values* filled in; other names stay as they are."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def phrase(directory: Directory, key: str, language: str, values: Mapping[str, str]) -> str:
    """Return the phrase *key* in *language*, with its numbers and *values* filled in."""
    return fill(directory.phrases[key][language], {**_numbers(directory), **values})


def _numbers(directory: Directory) -> dict[str, str]:
    return {f"{line.id}_number": line.number for line in directory.helplines.values()}


def placeholder_values(directory: Directory, language: str) -> dict[str, str]:
    """Return what the directory knows of the placeholders that any wording may hold."""
    organisation = directory.organisation
    return {
        **_numbers(directory),
        **_lines(directory, language),
        "organisation": organisation.names[language],
        "reading_hours": reading_hours_text(directory, language),
        "safe_word": organisation.safe_words.get(language, ""),
        "costs": organisation.costs.get(language, ""),
    }


def _lines(directory: Directory, language: str) -> dict[str, str]:
    """Return each number with what to call at night, if nobody answers there then."""
    return {
        f"{line.id}_line": with_night(directory, line, line.number, language)
        for line in directory.helplines.values()
    }


def reading_hours_text(directory: Directory, language: str) -> str:
    """Return when people read, such as "Monday to Friday 09:00-18:00"."""
    hours: ReadingHours = directory.organisation.reading_hours
    between = directory.phrases["between_openings"][language]
    return between.join(_opening(directory, opening, language) for opening in hours.openings)


def days_text(directory: Directory, first: int, last: int, language: str) -> str:
    """Return the days of the week from *first* to *last*, such as "Monday to Friday"."""
    names = get_day_names("wide", locale=language)
    if first == last:
        return str(names[first])
    span = {"first": names[first], "last": names[last]}
    return phrase(directory, "day_span", language, span)


def _opening(directory: Directory, opening: Opening, language: str) -> str:
    days = days_text(directory, opening.first, opening.last, language)
    opens, closes = (
        MIDNIGHT if moment == time.max else format_time(moment, "HH:mm", locale=language)
        for moment in (opening.opens, opening.closes)
    )
    values = {"days": days, "opens": opens, "closes": closes}
    return phrase(directory, "opening", language, values)


def helpline_text(directory: Directory, helpline: Helpline, language: str) -> str:
    """Return one line: name, number, what for, and honestly when somebody answers."""
    line = phrase(
        directory,
        "helpline",
        language,
        {
            "name": helpline.names[language],
            "number": helpline.number,
            "for": helpline.what_for[language],
        },
    )
    return with_hours(directory, helpline, line, language)


def with_hours(directory: Directory, helpline: Helpline, text: str, language: str) -> str:
    """Return *text* about *helpline* with when somebody answers, if there is anything to say."""
    hours = directory.phrases["between_hours"][language].join(_hours(directory, helpline, language))
    if not hours:
        return text
    return phrase(directory, "with_hours", language, {"helpline": text, "hours": hours})


def night_text(directory: Directory, helpline: Helpline, language: str) -> str:
    """Return in a few words what to call at night; ``""`` where somebody always answers."""
    if not helpline.is_closed_at_night:
        return ""
    key = "at_night" if "at_night" in directory.phrases else "not_all_night"
    return phrase(directory, key, language, {})


def with_night(directory: Directory, helpline: Helpline, text: str, language: str) -> str:
    """Return *text* about *helpline*, with what to call at night if nobody answers there then."""
    night = night_text(directory, helpline, language)
    values = {"helpline": text, "hours": night}
    return phrase(directory, "with_hours", language, values) if night else text


def helplines_text(directory: Directory, helplines: Sequence[str], language: str) -> str:
    """Return a line for each of *helplines*, in their order."""
    known = (directory.helplines[name] for name in helplines)
    return "\n".join(helpline_text(directory, helpline, language) for helpline in known)


def _hours(directory: Directory, helpline: Helpline, language: str) -> list[str]:
    hours = [helpline.hours[language]] if helpline.hours else []
    if not helpline.is_verified:
        hours.append(phrase(directory, "hours_differ", language, {}))
    if helpline.is_closed_at_night:
        hours.append(phrase(directory, "not_all_night", language, {}))
    return hours


def citations_text(
    directory: Directory, citations: Sequence[tuple[str, str]], language: str
) -> str:
    """Return the line that names the law; *citations* are pairs of law code and article."""
    articles: dict[str, list[str]] = {}
    for law, article in citations:
        articles.setdefault(law, []).append(article)
    cited = (_cited(directory, law, numbers, language) for law, numbers in articles.items())
    together = directory.phrases["between_laws"][language].join(cited)
    return phrase(directory, "law", language, {"citations": together})


def sources_text(directory: Directory, sources: Sequence[str], language: str) -> str:
    """Return the line that names the *sources*, by their codes, that are no law."""
    names = [directory.sources[code][language] for code in sources]
    together = directory.phrases["between_laws"][language].join(names)
    has_phrase = "sources" in directory.phrases
    return phrase(directory, "sources", language, {"sources": together}) if has_phrase else together


def _cited(directory: Directory, law: str, articles: Sequence[str], language: str) -> str:
    name = directory.laws[law][language]
    if len(articles) == 1:
        return phrase(directory, "citation", language, {"law": name, "article": articles[0]})
    together = directory.phrases["between_articles"][language].join(articles)
    return phrase(directory, "citations", language, {"law": name, "articles": together})
