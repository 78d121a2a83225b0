"""A flow as a picture: for a page (SVG), or for tools that draw from text (Mermaid)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree as ET

from rich.cells import cell_len, chop_cells

from bot.flow.layout import Box, Layout, Point, lay_out
from bot.flow.model import Flow
from bot.flow.picture import Arrow, Kind, Picture, Shape, Wording, picture_of, source_wording

EDGE = 20.0
"""Left free around the picture, and inside a box."""

WIDER = {"asked": 1.1}
"""How much wider strong letters are."""

LINE = 18.0
"""From one line of text to the next."""

CELL = 7.3
"""The width of a letter; a Chinese character takes two."""

COLUMNS = {Kind.ANSWER: 22}
"""How many letters a line of text holds, where it is not the usual number."""

USUAL_COLUMNS = 38


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a kind of shape looks; ``round`` is the radius of its corners."""

    fill: str
    line: str
    text: str = "#1b1b1b"
    round: float = 3
    cut: float = 0
    dash: str = ""
    mermaid: tuple[str, str] = ("[", "]")


LOOKS = {
    Kind.START: Look(
        fill="#2f3e46", line="#2f3e46", text="#ffffff", round=18, mermaid=("([", "])")
    ),
    Kind.QUESTION: Look(fill="#e3efff", line="#1f5fa8", round=18, mermaid=("(", ")")),
    Kind.SAYS: Look(fill="#ffffff", line="#6b6b6b"),
    Kind.DOES: Look(fill="#f1ecf9", line="#6a4a9c", mermaid=("[[", "]]")),
    Kind.CASE: Look(fill="#fff1d6", line="#9a5b00", cut=14, mermaid=("{{", "}}")),
    Kind.EMERGENCY: Look(fill="#ffe1de", line="#b3261e", cut=14, mermaid=("{{", "}}")),
    Kind.ANSWER: Look(fill="#ffffff", line="#c9d6e6", round=12, mermaid=("(", ")")),
    Kind.END: Look(fill="#dff3e4", line="#24703c", round=18, mermaid=("([", "])")),
    Kind.SILENT: Look(fill="#ffffff", line="#1b1b1b", round=18, dash="5 4", mermaid=("([", "])")),
    Kind.ELSEWHERE: Look(fill="#eef7f7", line="#1d6f72", dash="1 3", mermaid=("[/", "/]")),
}
"""Each kind has a colour and a shape of its own, so that neither is needed alone."""


def as_mermaid(flow: Flow, wording: Wording = source_wording) -> str:
    """Return *flow* as the text of a Mermaid flowchart."""
    picture = picture_of(flow, wording)
    names = {shape.id: f"s{number}" for number, shape in enumerate(picture.shapes)}
    lines = ["flowchart TD"]
    lines += [f"  {names[shape.id]}{_mermaid_shape(shape)}" for shape in picture.shapes]
    lines += [_mermaid_arrow(arrow, names) for arrow in picture.arrows]
    lines += [_mermaid_look(kind, look) for kind, look in LOOKS.items()]
    return "\n".join(lines) + "\n"


def _mermaid_shape(shape: Shape) -> str:
    left, right = LOOKS[shape.kind].mermaid
    texts = (shape.heading, shape.said, shape.asked)
    lines = [line for text in texts for line in wrap(text, _columns(shape))]
    text = "<br/>".join(_mermaid_text(line) for line in lines)
    return f'{left}"{text}"{right}:::{shape.kind}_look'


def _mermaid_text(line: str) -> str:
    """Return *line* with the characters that mean something in Mermaid spelt as its codes."""
    codes = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;"}
    return "".join(codes.get(letter, letter) for letter in line)


def _mermaid_arrow(arrow: Arrow, names: dict[str, str]) -> str:
    way = "-.->" if arrow.is_silence else "-->"
    return f"  {names[arrow.source]} {way} {names[arrow.target]}"


def _mermaid_look(kind: Kind, look: Look) -> str:
    dash = f",stroke-dasharray:{look.dash}" if look.dash else ""
    return f"  classDef {kind}_look fill:{look.fill},stroke:{look.line},color:{look.text}{dash}"


def wrap(text: str, columns: int) -> list[str]:
    """Return *text* in lines of at most *columns* cells; a Chinese character takes two."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for piece in [part for word in paragraph.split() for part in chop_cells(word, columns)]:
            longer = f"{line} {piece}".strip()
            if cell_len(longer) > columns:
                lines.append(line)
                longer = piece
            line = longer
        lines.append(line)
    return lines


def _columns(shape: Shape) -> int:
    return COLUMNS.get(shape.kind, USUAL_COLUMNS)


def as_svg(flow: Flow, wording: Wording = source_wording) -> str:
    """Return *flow* as an SVG picture that needs nothing else, with a text for screen readers."""
    picture = picture_of(flow, wording)
    sizes = {shape.id: _size(shape) for shape in picture.shapes}
    layout = lay_out(sizes, [(arrow.source, arrow.target) for arrow in picture.arrows])
    svg = _canvas(flow, layout)
    for arrow in picture.arrows:
        path = layout.paths.get((arrow.source, arrow.target))
        if path:
            _add_arrow(svg, flow, arrow, path)
    for shape in picture.shapes:
        _add_shape(svg, shape, layout.boxes[shape.id])
    ET.indent(svg)
    return ET.tostring(svg, encoding="unicode") + "\n"


def _texts(shape: Shape) -> list[tuple[str, str]]:
    """Return the lines of *shape*, each with its weight."""
    parts = ((shape.heading, "heading"), (shape.said, "said"), (shape.asked, "asked"))
    return [(line, style) for text, style in parts for line in wrap(text, _columns(shape))]


def _size(shape: Shape) -> tuple[float, float]:
    texts = _texts(shape)
    widest = max(cell_len(line) * CELL * WIDER.get(style, 1) for line, style in texts)
    inside = EDGE if shape.kind == Kind.ANSWER else EDGE * 1.5
    tall = 10.0 if shape.kind == Kind.ANSWER else EDGE
    return widest + inside, len(texts) * LINE + tall


def _canvas(flow: Flow, layout: Layout) -> ET.Element:
    width, height = layout.width + 2 * EDGE, layout.height + 2 * EDGE
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"{-EDGE:g} {-EDGE:g} {width:.0f} {height:.0f}",
            "width": f"{width:.0f}",
            "height": f"{height:.0f}",
            "role": "img",
            "aria-labelledby": f"{flow.name}-title {flow.name}-desc",
            "font-family": "system-ui, 'Noto Sans', 'Noto Sans CJK SC', sans-serif",
            "font-size": "13",
        },
    )
    title = ET.SubElement(svg, "title", {"id": f"{flow.name}-title"})
    title.text = f"The conversation {flow.name}, version {flow.version}"
    described = ET.SubElement(svg, "desc", {"id": f"{flow.name}-desc"})
    described.text = describe(picture_of(flow))
    _add_tips(ET.SubElement(svg, "defs"), flow)
    return svg


def describe(picture: Picture) -> str:
    """Return the ways through *picture* as sentences, for those who cannot see it."""
    headings = {shape.id: shape.heading for shape in picture.shapes}
    return " ".join(
        f"{headings[arrow.source]} leads to {headings[arrow.target]}." for arrow in picture.arrows
    )


def _add_tips(definitions: ET.Element, flow: Flow) -> None:
    """Add the tip of an arrow."""
    tip = {"id": f"{flow.name}-tip", "viewBox": "0 0 10 10", "refX": "9", "refY": "5"}
    size = {"markerWidth": "7", "markerHeight": "7", "orient": "auto-start-reverse"}
    marker = ET.SubElement(definitions, "marker", tip | size)
    ET.SubElement(marker, "path", {"d": "M0 0 L10 5 L0 10 z", "fill": "#4a4a4a"})


def _add_arrow(svg: ET.Element, flow: Flow, arrow: Arrow, path: Sequence[Point]) -> None:
    look = {"d": _curve(path), "fill": "none", "stroke": "#4a4a4a", "stroke-width": "1.4"}
    if arrow.is_silence:
        look["stroke-dasharray"] = "5 4"
    ET.SubElement(svg, "path", look | {"marker-end": f"url(#{flow.name}-tip)"})


def _curve(path: Sequence[Point]) -> str:
    """Return *path* as an SVG path that bends smoothly where it moves sideways."""
    parts = [f"M{path[0][0]:.1f} {path[0][1]:.1f}"]
    for (x, y), (to_x, to_y) in pairwise(dict.fromkeys(path)):
        middle = (y + to_y) / 2
        bend = f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} "
        parts.append(f"{bend if x != to_x else 'L'}{to_x:.1f} {to_y:.1f}")
    return " ".join(parts)


def _add_shape(svg: ET.Element, shape: Shape, box: Box) -> None:
    look = LOOKS[shape.kind]
    group = ET.SubElement(svg, "g", {"class": str(shape.kind)})
    outline = {"fill": look.fill, "stroke": look.line, "stroke-width": "1.8"}
    if look.dash:
        outline["stroke-dasharray"] = look.dash
    if look.cut:
        ET.SubElement(group, "polygon", outline | {"points": _cut_corners(box, look.cut)})
    else:
        ET.SubElement(group, "rect", outline | _rectangle(box, look.round))
    middle = box.x + box.width / 2
    first = box.y + (box.height - len(_texts(shape)) * LINE) / 2 + LINE * 0.74
    for number, (line, style) in enumerate(_texts(shape)):
        place = {"x": f"{middle:.1f}", "y": f"{first + number * LINE:.1f}"}
        text = ET.SubElement(group, "text", place | _type(shape, look, style))
        text.text = line


def _rectangle(box: Box, corner: float) -> dict[str, str]:
    sides = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": corner}
    return {name: f"{side:.1f}" for name, side in sides.items()}


def _cut_corners(box: Box, cut: float) -> str:
    left, right, top, bottom = box.x, box.x + box.width, box.y, box.y + box.height
    corners = (
        (left + cut, top),
        (right - cut, top),
        (right, top + cut),
        (right, bottom - cut),
        (right - cut, bottom),
        (left + cut, bottom),
        (left, bottom - cut),
        (left, top + cut),
    )
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)


def _type(shape: Shape, look: Look, style: str) -> dict[str, str]:
    """Return how a line of text is set: headings small, questions strong."""
    font = {"text-anchor": "middle", "fill": look.text}
    is_box = bool(shape.said or shape.asked)
    if style == "heading" and is_box:
        return font | {"font-size": "11", "fill": look.line, "font-weight": "600"}
    return font | {"font-weight": "600"} if style == "asked" else font
