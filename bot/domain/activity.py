"""Activities for families: a parents' class, a children's group; and who has signed up."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.ids import ActivityId, ContactId, Instant, SignUpId


class Audience(StrEnum):
    """For whom an activity is."""

    CHILDREN = "children"
    PARENTS = "parents"
    EVERYBODY = "everybody"


class Stage(StrEnum):
    """How far an activity has come: only a published one is seen by families."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Standing(StrEnum):
    """Where whoever signed up stands."""

    COMING = "coming"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class News(StrEnum):
    """What somebody who signed up is to be told, unless they were told already."""

    NONE = "none"
    MOVED_UP = "moved_up"
    CHANGED = "changed"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What workers decide about an activity."""

    audience: Audience
    title: str
    venue: str
    details: str
    starts_at: Instant
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity; ``taken`` are the places of those who are coming, never more than there are.

    ``walk_ins`` came without having signed up.
    """

    id: ActivityId
    stage: Stage
    plan: Plan
    taken: int
    walk_ins: int
    version: int

    @property
    def left(self) -> int:
        """How many places are free."""
        return self.plan.places - self.taken

    def is_open(self, now: Instant) -> bool:
        """Whether families can sign up for it."""
        return self.stage is Stage.PUBLISHED and not self.has_begun(now)

    def has_begun(self, now: Instant) -> bool:
        """Whether its time has come."""
        return now >= self.plan.starts_at


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """Some people who want to come together. ``contact`` is None once they were forgotten.

    ``name`` is what they want to be called, ``""`` if they did not say; ``came`` how many came.
    """

    id: SignUpId
    activity: ActivityId
    contact: ContactId | None
    people: int
    standing: Standing
    may_write: bool
    news: News
    at: Instant
    came: int
    name: str = field(default="", repr=False)

    @property
    def can_be_told(self) -> bool:
        """Whether they may be written to when something changes."""
        return self.may_write and self.contact is not None
