"""What a batch of updates will ask for, read before it does."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.ids import ContactId
from bot.domain.place import Place
from bot.domain.values import replace
from bot.domain.worker import Worker

Address = tuple[str, str]
"""A channel, and where on it."""


@dataclass(slots=True, kw_only=True)
class Ahead:
    """What was read before it is asked for.

    ``asked`` are the updates that were looked up, ``seen`` those of them that were taken in
    before. ``places`` holds None for an address that nobody has; an address that is missing has
    to be read. ``staff`` are the workers by where they are, None if that has to be read.
    """

    asked: frozenset[Address]
    seen: set[Address]
    staff: Mapping[bytes, Worker] | None
    places: dict[Address, Place | None] = field(default_factory=dict)
    addresses: dict[ContactId, Address] = field(default_factory=dict)

    def distrust(self) -> None:
        """Forget what may have changed: it is read again when it is needed."""
        self.places.clear()
        self.staff = None

    def is_new(self, update: Address) -> bool:
        """Whether *update* was not taken in before; from now on it was."""
        if update in self.seen:
            return False
        self.seen.add(update)
        return True

    def keep(self, place: Place) -> None:
        """Remember *place* as it is now."""
        self.places[place.channel, place.where] = place
        self.addresses[place.contact] = (place.channel, place.where)

    def change(self, contact: ContactId, **values: object) -> None:
        """Remember *values* of each place of *contact* that was read."""
        for address, place in self.places.items():
            if place is not None and place.contact == contact:
                self.places[address] = replace(place, **values)

    def place_of(self, contact: ContactId) -> Place | None:
        """Return the place of *contact*, if it was read."""
        address = self.addresses.get(contact)
        return self.places.get(address) if address else None
