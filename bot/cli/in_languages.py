"""Options that say the same in every language, each given once for each language."""

from collections.abc import Sequence

from bot.domain.errors import ConfigError


def in_languages(option: str, texts: Sequence[str], languages: Sequence[str]) -> dict[str, str]:
    """Return *texts*, each ``LANGUAGE=WORDS``, by language.

    Raises:
        ConfigError: a language is missing, not known, or says nothing.

    """
    found = dict(text.split("=", 1) for text in texts if "=" in text)
    is_whole = len(found) == len(texts) and all(text.strip() for text in found.values())
    if set(found) != set(languages) or not is_whole:
        needed = " ".join(f"--{option} {language}=…" for language in languages)
        raise ConfigError([f"say it in each language: {needed}"])
    return {language: found[language].strip() for language in languages}
