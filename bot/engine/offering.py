"""What a question about topics offers: sections, then the topics of one, a page at a time."""

from bot.domain.session import Session
from bot.engine.plan import Plan
from bot.flow.model import EARLIER, MORE, OTHER, SECTION, State

ON_A_PAGE = 8
"""So many topics fit a small screen together with the question above them."""

LONGEST_LIST = 40
"""The most that a question without sections lists; Telegram takes 100 buttons altogether."""

TOPIC = "topic"
_LEAFING = frozenset({MORE, EARLIER})


def offer(plan: Plan, session: Session, state: State) -> tuple[str, ...]:
    """Return what the question *state* offers, if nothing better is known.

    That is a page of topics if a section or more of one was chosen just now, else the sections;
    where the flow knows no sections, the first topics of all.
    """
    if state.expect != TOPIC:
        return ()
    kind, name, page = parts_of(session.answers.get(session.answered, ""))
    if kind in {SECTION, *_LEAFING} and name in plan.sections:
        return _page(name, plan.sections[name], page)
    if not plan.is_leafed:
        return plan.topics[:LONGEST_LIST]
    has_sections = plan.has_route(state.place, SECTION)
    return tuple(f"{SECTION}.{name}" for name in plan.sections) if has_sections else ()


def parts_of(choice: str) -> tuple[str, str, int]:
    """Return the kind, the section and the page of *choice*, which may be of another kind."""
    kind, _, rest = choice.partition(".")
    name, _, pages = rest.partition(".")
    page, _, _ = pages.partition(".")
    return kind, name, int(page) if page.isdecimal() else 1


def _page(name: str, topics: tuple[str, ...], page: int) -> tuple[str, ...]:
    """Return the topics on *page*, and the ways to the page before and the one behind it."""
    pages = -(-len(topics) // ON_A_PAGE)
    here = min(max(page, 1), pages)
    shown = topics[(here - 1) * ON_A_PAGE : here * ON_A_PAGE]
    before = (f"{EARLIER}.{name}.{here - 1}.{pages}",) if here > 1 else ()
    behind = (f"{MORE}.{name}.{here + 1}.{pages}",) if here < pages else ()
    return (*shown, *before, *behind)


def page_before(plan: Plan, offered: tuple[str, ...]) -> tuple[str, ...]:
    """Return the page before the one that is *offered*; nothing if that is none, or the first."""
    for choice in offered:
        kind, name, page = parts_of(choice)
        if kind == EARLIER and name in plan.sections:
            return _page(name, plan.sections[name], page)
    return ()


def trigger_of(plan: Plan, place: str, choice: str) -> str:
    """Return by what the question *place* is left when *choice* is taken."""
    kind, _, _ = parts_of(choice)
    key = MORE if kind in _LEAFING else kind
    return key if key in {SECTION, MORE} and plan.has_route(place, key) else OTHER


def name_of(choice: str) -> str:
    """Return under what the ways of naming *choice* are known: every page is just more."""
    kind, _, _ = parts_of(choice)
    return kind if kind in _LEAFING and kind != choice else choice
