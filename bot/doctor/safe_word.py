"""Whether the safe word is one that only whoever was told it can know."""

from bot.content import read_directory_texts
from bot.directory.model import Organisation
from bot.directory.read import read_directory
from bot.doctor.check import Check
from bot.triage.safe_word import has_safe_word

_ADVICE = (
    "choose one of your own, under safe_words in flows/directory/organisation.yaml of your content "
    "folder, or take it out"
)


def check_safe_word(organisation: Organisation) -> Check:
    """Return whether a word of *organisation* is called by those that stand in Lantern's source."""
    name = "safe word"
    words = organisation.safe_words.values()
    if not words:
        return Check(name=name, says="there is none")
    public = read_directory(read_directory_texts()).organisation.safe_words.values()
    known = [word for word in words if any(has_safe_word(each, [word]) for each in public)]
    if not known:
        return Check(name=name, says="is your own")
    says = f"everybody can read it in Lantern's source: {', '.join(known)}"
    return Check(name=name, says=says, advice=_ADVICE, is_warning=True)
