"""Which boxes of a drawing stand in which row, and in which order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

Edge = tuple[str, str]
"""From a box to a box, by their names."""

SWEEPS = 16
"""How often the order is improved, down and up in turn."""

Near = Mapping[str, Sequence[str]]
"""The neighbours of each name in the row before or after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranks:
    """Rows of names from the top down.

    A way that passes rows has a name in each of them; ``chains`` has the names along each way,
    from the top down, and ``turned`` the ways that lead up.
    """

    rows: Sequence[Sequence[str]]
    before: Near
    after: Near
    chains: Mapping[Edge, Sequence[str]]
    turned: frozenset[Edge]
    row_of: Mapping[str, int]

    def names(self) -> Iterator[str]:
        """Yield every name, row by row."""
        return (name for row in self.rows for name in row)

    def of(self, name: str) -> int:
        """Return the row of *name*, from 0 at the top."""
        return self.row_of[name]


def rank(names: Sequence[str], edges: Sequence[Edge]) -> Ranks:
    """Return rows for *names* in which as many of *edges* as possible lead down."""
    straight = [edge for edge in dict.fromkeys(edges) if edge[0] != edge[1]]
    order, turned = _walk_down(names, straight)
    down = {edge: edge[::-1] if edge in turned else edge for edge in straight}
    row_of = _rows(order, list(down.values()))
    chains = {edge: _chain(edge, way, row_of) for edge, way in down.items()}
    links = list(dict.fromkeys(link for chain in chains.values() for link in pairwise(chain)))
    rows = _grouped([*order, *(name for name in row_of if name not in set(order))], row_of)
    before, after = _neighbours([link[::-1] for link in links]), _neighbours(links)
    return Ranks(
        rows=_fewest_crossings(rows, before, after),
        before=before,
        after=after,
        chains=chains,
        turned=turned,
        row_of=row_of,
    )


def _walk_down(names: Sequence[str], edges: Sequence[Edge]) -> tuple[list[str], frozenset[Edge]]:
    """Return the names so that ways lead onward, and the ways that lead back."""
    after = _neighbours(edges)
    state: dict[str, str] = {}
    order: list[str] = []
    turned: set[Edge] = set()

    def visit(name: str) -> None:
        state[name] = "open"
        for other in reversed(after.get(name, ())):
            if state.get(other) == "open":
                turned.add((name, other))
            elif other not in state:
                visit(other)
        state[name] = "done"
        order.append(name)

    for name in names:
        if name not in state:
            visit(name)
    return order[::-1], frozenset(turned)


def _neighbours(links: Sequence[Edge]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {}
    for name, other in links:
        near.setdefault(name, []).append(other)
    return near


def _rows(order: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """Return each name's row: one below the lowest of those that lead to it."""
    row_of = dict.fromkeys(order, 0)
    after = _neighbours(edges)
    for name in order:
        for other in after.get(name, ()):
            row_of[other] = max(row_of[other], row_of[name] + 1)
    return row_of


def _chain(edge: Edge, way: Edge, row_of: dict[str, int]) -> list[str]:
    """Return the names along *way*, and give those between its ends a row."""
    top, bottom = way
    between = {f"{edge[0]} {edge[1]} {row}": row for row in range(row_of[top] + 1, row_of[bottom])}
    row_of.update(between)
    return [top, *between, bottom]


def _grouped(names: Sequence[str], row_of: Mapping[str, int]) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(max(row_of.values(), default=-1) + 1)]
    for name in names:
        rows[row_of[name]].append(name)
    return rows


def _fewest_crossings(rows: list[list[str]], before: Near, after: Near) -> list[list[str]]:
    best, fewest = rows, _crossings(rows, after)
    for sweep in range(SWEEPS):
        near = before if sweep % 2 == 0 else after
        rows = _sorted_by(rows if near is before else rows[::-1], near)
        rows = rows if near is before else rows[::-1]
        count = _crossings(rows, after)
        if count < fewest:
            best, fewest = rows, count
    return best


def _sorted_by(rows: Sequence[Sequence[str]], near: Near) -> list[list[str]]:
    """Return *rows*, each ordered by where its neighbours in the row before stand."""
    done: list[list[str]] = []
    places: dict[str, int] = {}
    for row in rows:
        own = {name: place for place, name in enumerate(row)}
        means = {
            name: fmean(places[other] for other in near[name]) if near.get(name) else own[name]
            for name in row
        }
        done.append(sorted(row, key=lambda name: (means[name], own[name])))
        places |= {name: place for place, name in enumerate(done[-1])}
    return done


def _crossings(rows: Sequence[Sequence[str]], after: Near) -> int:
    places = {name: place for row in rows for place, name in enumerate(row)}
    count = 0
    for row in rows:
        ends = [
            places[other]
            for name in row
            for other in sorted(after.get(name, ()), key=places.__getitem__)
        ]
        count += sum(a > b for place, a in enumerate(ends) for b in ends[place + 1 :])
    return count
