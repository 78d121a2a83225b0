"""Where boxes and the ways between them go on a page, from top to bottom.

The usual layered drawing: ranks, an order within each rank with few crossings, then places.
See Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of Hierarchical System
Structures", IEEE Transactions on Systems, Man, and Cybernetics 11(2), 1981.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean

from bot.flow.ranks import Edge, Near, Ranks, rank

GAP = 28.0
"""Between two boxes of one rank."""

DROP = 44.0
"""Between two ranks."""

THREAD = 16.0
"""The width kept for a way that passes a rank."""

ASIDE = 14.0
"""How far a way up stands beside a way down between the same boxes."""

SHELF = 1100.0
"""How wide a page may be at least before what does not hang together goes below."""

Sizes = Mapping[str, tuple[float, float]]
"""The width and height of each box."""

Point = tuple[float, float]
"""Right and down from the top left corner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A place on the page: its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where everything goes; a path has the points its way passes, beginning at its source."""

    boxes: Mapping[str, Box]
    paths: Mapping[Edge, Sequence[Point]]
    width: float
    height: float


def lay_out(sizes: Sizes, edges: Sequence[Edge]) -> Layout:
    """Return places for boxes of the given widths and heights, joined by *edges*.

    What hangs together stands together; the rest stands beside it, or below where there is room.
    """
    layouts = []
    for names in _together(list(sizes), edges):
        inside = [edge for edge in edges if edge[0] in names]
        layouts.append(_lay_out_one({name: sizes[name] for name in names}, inside))
    return _on_shelves(layouts)


def _together(names: Sequence[str], edges: Sequence[Edge]) -> list[list[str]]:
    """Return *names* in groups: two names that an edge joins are in one group."""
    group_of = {name: [name] for name in names}
    for source, target in edges:
        group, other = group_of[source], group_of[target]
        if group is not other:
            group.extend(other)
            group_of |= dict.fromkeys(other, group)
    groups = {id(group): group for group in group_of.values()}
    return [sorted(group, key=names.index) for group in groups.values()]


def _on_shelves(layouts: Sequence[Layout]) -> Layout:
    """Return *layouts* as one, in rows that are not much wider than the widest of them."""
    widest = max(SHELF, *(layout.width for layout in layouts), 0.0)
    boxes: dict[str, Box] = {}
    paths: dict[Edge, Sequence[Point]] = {}
    x = y = height = width = 0.0
    for layout in layouts:
        if x and x + layout.width > widest:
            x, y, height = 0.0, y + height + DROP, 0.0
        boxes |= {
            name: replace(box, x=box.x + x, y=box.y + y) for name, box in layout.boxes.items()
        }
        paths |= {
            edge: [(right + x, down + y) for right, down in path]
            for edge, path in layout.paths.items()
        }
        x, height = x + layout.width + 2 * GAP, max(height, layout.height)
        width = max(width, x - 2 * GAP)
    return Layout(boxes=boxes, paths=paths, width=width, height=y + height)


def _lay_out_one(sizes: Sizes, edges: Sequence[Edge]) -> Layout:
    ranks = rank(list(sizes), edges)
    widths = {name: sizes[name][0] if name in sizes else THREAD for name in ranks.names()}
    centres = _centres(ranks, widths)
    tops = _tops(ranks, sizes)
    boxes = {
        name: Box(
            x=centres[name] - size[0] / 2, y=tops[ranks.of(name)], width=size[0], height=size[1]
        )
        for name, size in sizes.items()
    }
    return Layout(
        boxes=boxes,
        paths=_paths(ranks, boxes, centres=centres, tops=tops),
        width=max(centres[name] + widths[name] / 2 for name in centres),
        height=tops[-1] - DROP,
    )


def _centres(ranks: Ranks, widths: Mapping[str, float]) -> dict[str, float]:
    """Return the middle of each box: near its neighbours, in order, and never overlapping."""
    centres: dict[str, float] = {}
    for names in ranks.rows:
        centres.update(_spread(names, widths, [0.0] * len(names)))
    for turn in range(40):
        rows = ranks.rows if turn % 2 == 0 else ranks.rows[::-1]
        near = ranks.before if turn % 2 == 0 else ranks.after
        for names in rows:
            wanted = [_middle(name, near, ranks, centres) for name in names]
            centres.update(_spread(names, widths, wanted))
    left = min(centres[name] - widths[name] / 2 for name in centres)
    return {name: centre - left for name, centre in centres.items()}


def _middle(
    name: str, near: Mapping[str, Sequence[str]], ranks: Ranks, centres: Mapping[str, float]
) -> float:
    around = near.get(name) or [*ranks.before.get(name, ()), *ranks.after.get(name, ())]
    return fmean(centres[other] for other in around) if around else centres[name]


def _spread(
    names: Sequence[str], widths: Mapping[str, float], wanted: Sequence[float]
) -> dict[str, float]:
    """Return the places nearest to *wanted* that keep the order and the gaps.

    Boxes that would overlap form a group, which stands at the mean of what its boxes want.
    """
    offsets = [0.0]
    for left, right in pairwise(names):
        offsets.append(offsets[-1] + (widths[left] + widths[right]) / 2 + GAP)
    groups: list[list[float]] = []
    for offset, place in zip(offsets, wanted, strict=False):
        groups.append([place - offset])
        while len(groups) > 1 and fmean(groups[-2]) > fmean(groups[-1]):
            last = groups.pop()
            groups[-1] += last
    bases = [fmean(group) for group in groups for _ in group]
    return {name: base + offset for name, base, offset in zip(names, bases, offsets, strict=False)}


def _tops(ranks: Ranks, sizes: Sizes) -> list[float]:
    """Return the top of each rank, and of the one that would follow the last."""
    tops = [0.0]
    for names in ranks.rows:
        tallest = max(sizes[name][1] for name in names if name in sizes)
        tops.append(tops[-1] + tallest + DROP)
    return tops


def _paths(
    ranks: Ranks,
    boxes: Mapping[str, Box],
    *,
    centres: Mapping[str, float],
    tops: Sequence[float],
) -> dict[Edge, Sequence[Point]]:
    paths: dict[Edge, Sequence[Point]] = {}
    for edge, chain in ranks.chains.items():
        aside = ASIDE if edge in ranks.turned else 0.0
        points: list[Point] = []
        for name, other in pairwise(chain):
            bottom = tops[ranks.of(name) + 1] - DROP
            start = boxes[name].y + boxes[name].height if name in boxes else bottom
            out = _port(name, ranks.after, other=other, centres=centres, box=boxes.get(name))
            into = _port(other, ranks.before, other=name, centres=centres, box=boxes.get(other))
            leaving = _moved(out, aside, boxes.get(name))
            entering = _moved(into, aside, boxes.get(other))
            points += [(leaving, start), (leaving, bottom), (entering, tops[ranks.of(other)])]
        paths[edge] = points[::-1] if edge in ranks.turned else points
    return paths


def _port(
    name: str, near: Near, *, other: str, centres: Mapping[str, float], box: Box | None
) -> float:
    """Return where on its side of *box* the way to *other* begins, so that ways do not cross."""
    order = sorted(near[name], key=lambda place: centres[place])
    if box is None or len(order) == 1:
        return centres[name]
    step = min(box.width * 0.7 / (len(order) - 1), 60.0)
    return centres[name] + step * (order.index(other) - (len(order) - 1) / 2)


def _moved(right: float, aside: float, box: Box | None) -> float:
    """Return the place *aside* of *right*, but still on *box*."""
    return min(right + aside, box.x + box.width) if box else right + aside
