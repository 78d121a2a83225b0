"""Whether texts in doubt can be read closely."""

from bot.building import Book
from bot.doctor.check import Check
from bot.domain.errors import FlowError

_ADVICE = (
    "rules and the quick reading decide alone: install Lantern again, or teach it again with "
    "lantern triage train"
)


def check_close_reading(book: Book) -> Check:
    """Load what reads closely, which then reads two sentences."""
    closely = book.rules.closely
    if closely is None:
        return Check(name="close reading", says="there is none", advice=_ADVICE)
    try:
        closely.network()
    except FlowError as error:
        return Check(name="close reading", says=str(error), advice=_ADVICE)
    return Check(name="close reading", says=f"it reads ({closely.version})")
