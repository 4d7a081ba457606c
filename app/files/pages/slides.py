"""Read a presentation back as slides on which everything has its place: what an audience of the very file will see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.domain.paper import Block, Box, Edge, Grid, GridCell, GridRow, Paper, Para, Picture, Placed, Shape, Slide
from app.files.pages.chart import colour_in, fill_of, read_chart, stroke_of
from app.files.pages.package import Package, child, full, number, value
from app.files.pages.slide_text import EMU, PERCENT, TextStyle, paragraphs

_ANCHORS = {"ctr": "center", "b": "bottom"}
_TITLES = ("title", "ctrTitle")
_STYLES = {
    "title": "p:titleStyle",
    "ctrTitle": "p:titleStyle",
    "body": "p:bodyStyle",
    "subTitle": "p:bodyStyle",
    "": "p:bodyStyle",
}
_INSETS = (("lIns", 91440), ("tIns", 45720), ("rIns", 91440), ("bIns", 45720))
_CELL = (("marL", 91440), ("marT", 45720), ("marR", 91440), ("marB", 45720))
_PLACEHOLDER = ("p:nvSpPr", "p:nvPr", "p:ph")


@dataclass(frozen=True, slots=True)
class _Deck:
    """A slide that is being read: the package, what the slide refers to, and the layout and master under it."""

    package: Package
    relations: dict[str, str]
    under: tuple[Any, ...]
    usual: Any
    shift: tuple[float, float, float] = (0.0, 0.0, 1.0)


def read_pptx(content: bytes, name: str) -> Paper:
    """Return the presentation in `content`, called `name` in messages; UserError `paper.not_document` when it is none."""
    package = Package(content, name)
    main = next((part for part in package.relations("").values() if part.endswith("presentation.xml")), "ppt/presentation.xml")
    root, relations = package.xml(main), package.relations(main)
    size = child(root, "p:sldSz")
    width, height = ((number(size, side) or 9144000) / EMU for side in ("cx", "cy"))
    listed = child(root, "p:sldIdLst")
    parts = [] if listed is None else [relations.get(value(node, "r:id"), "") for node in listed]
    usual = child(root, "p:defaultTextStyle")
    slides = tuple(_slide(package, part, (width, height), usual) for part in parts if package.has(part))
    fonts = dict.fromkeys(font for slide in slides for shape in slide.shapes for font in _fonts(shape.blocks))
    return Paper(slides=slides, fonts=tuple(fonts))


def _fonts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Para):
            yield from (run.ink.wide or run.ink.font for run in block.runs if run.ink.wide or run.ink.font)


def _slide(package: Package, part: str, size: tuple[float, float], usual: Any) -> Slide:
    under, chain = [], part
    for kind in ("slideLayout", "slideMaster"):
        chain = next((each for each in package.relations(chain).values() if f"/{kind}" in each), "")
        if package.has(chain):
            under.append(chain)
    parts = (part, *under)
    roots = tuple(package.xml(each) for each in parts)
    decks = [_Deck(package, package.relations(each), roots[1:], usual) for each in parts]
    grounds = (child(each, "p:cSld", "p:bg") for each in roots)
    ground = next((colour for each in grounds if each is not None and (colour := colour_in(each))), "#ffffff")
    trees = [child(each, "p:cSld", "p:spTree") for each in roots]
    behind = [shape for tree, deck in zip(reversed(trees[1:]), reversed(decks[1:]), strict=True) for shape in _fixed(tree, deck)]
    return Slide(*size, (*behind, *_shapes(trees[0], decks[0])), ground)


def _fixed(tree: Any, deck: _Deck) -> Iterator[Shape]:
    """Yield what layout and master show on every slide: all but the places for a slide's own."""
    for node in () if tree is None else tree:
        if node.find(f".//{full('p:ph')}") is None:
            yield from _shapes([node], deck)


def _shapes(tree: Any, deck: _Deck) -> Iterator[Shape]:
    for node in () if tree is None else tree:
        if node.tag == full("p:grpSp"):
            yield from _shapes(node, _inside(node, deck))
        elif node.tag in (full("p:sp"), full("p:cxnSp")):
            yield from _text_shape(node, deck)
        elif node.tag == full("p:graphicFrame"):
            yield from _frame(node, deck)
        elif node.tag == full("p:pic"):
            yield from _picture(node, deck)


def _inside(node: Any, deck: _Deck) -> _Deck:
    """A group has coordinates of its own; one scale serves both ways."""
    frame = child(node, "p:grpSpPr", "a:xfrm")
    if frame is None:
        return deck
    outer, inner = _rectangle(frame, "a:off", "a:ext", deck), _plain(frame, "a:chOff", "a:chExt")
    scale = outer[2] / inner[2] if inner[2] else 1.0
    shift = (outer[0] - inner[0] * scale, outer[1] - inner[1] * scale, scale)
    return _Deck(deck.package, deck.relations, deck.under, deck.usual, shift)


def _plain(frame: Any, place: str, size: str) -> tuple[float, float, float, float]:
    numbers = [number(child(frame, place), side) or 0.0 for side in ("x", "y")]
    numbers += [number(child(frame, size), side) or 0.0 for side in ("cx", "cy")]
    x, y, width, height = (each / EMU for each in numbers)
    return x, y, width, height


def _rectangle(frame: Any, place: str, size: str, deck: _Deck) -> tuple[float, float, float, float]:
    x, y, width, height = _plain(frame, place, size)
    left, top, scale = deck.shift
    return left + x * scale, top + y * scale, width * scale, height * scale


def _text_shape(node: Any, deck: _Deck) -> Iterator[Shape]:
    holder = child(node, *_PLACEHOLDER)
    likes = _likes(holder, deck)
    frame = next((found for each in (node, *likes) if (found := child(each, "p:spPr", "a:xfrm")) is not None), None)
    if frame is None:
        return
    kind = value(holder, "type") if holder is not None else "-"
    body, properties = child(node, "p:txBody"), child(node, "p:spPr")
    bodies = [found for each in (node, *likes) if (found := child(each, "p:txBody", "a:bodyPr")) is not None]
    blocks = paragraphs(body, _style(node, likes, kind, deck))
    fill, stroke = fill_of(properties), stroke_of(properties)
    anchor = next((value(each, "anchor") for each in bodies if value(each, "anchor")), "t")
    yield Shape(
        *_rectangle(frame, "a:off", "a:ext", deck),
        blocks,
        ground=fill.colour if fill is not None else "",
        edge=Edge(stroke.width, stroke.colour) if stroke is not None and stroke.colour else Edge(),
        anchor=_ANCHORS.get(anchor, "top"),  # type: ignore[arg-type]  # the values above
        pad=_insets(bodies, _INSETS),
        title=kind in _TITLES,
    )


def _insets(nodes: list[Any], names: tuple[tuple[str, int], ...]) -> tuple[float, float, float, float]:
    found = [next((float(value(each, name)) for each in nodes if value(each, name)), float(usual)) / EMU for name, usual in names]
    return found[0], found[1], found[2], found[3]


def _likes(holder: Any, deck: _Deck) -> list[Any]:
    """Return the placeholders of layout and master that this one is like."""
    if holder is None:
        return []
    found = []
    for root in deck.under:
        for node in root.iter(full("p:sp")):
            other = child(node, *_PLACEHOLDER)
            if other is not None and _alike(holder, other):
                found.append(node)
                break
    return found


def _alike(one: Any, other: Any) -> bool:
    if value(one, "idx") and value(one, "idx") == value(other, "idx"):
        return True
    kinds = {value(each, "type", "body") for each in (one, other)}
    return len(kinds) == 1 or kinds <= set(_TITLES) or kinds <= {"body", "subTitle", "obj"}


def _style(node: Any, likes: list[Any], kind: str, deck: _Deck) -> TextStyle:
    lists = [child(each, "p:txBody", "a:lstStyle") for each in (node, *likes)]
    if deck.under:
        lists.append(child(deck.under[-1], "p:txStyles", _STYLES.get(kind, "p:otherStyle")))
    fit = child(node, "p:txBody", "a:bodyPr", "a:normAutofit")
    scale = (number(fit, "fontScale") or PERCENT) / PERCENT
    tighter = (number(fit, "lnSpcReduction") or 0.0) / PERCENT
    return TextStyle(tuple(each for each in (*lists, deck.usual) if each is not None), scale, tighter)


def _frame(node: Any, deck: _Deck) -> Iterator[Shape]:
    place = _rectangle(child(node, "p:xfrm"), "a:off", "a:ext", deck)
    chart, table = node.find(f".//{full('c:chart')}"), node.find(f".//{full('a:tbl')}")
    alt = value(child(node, "p:nvGraphicFramePr", "p:cNvPr"), "descr")
    part = deck.relations.get(value(chart, "r:id"), "") if chart is not None else ""
    if part and deck.package.has(part):
        yield Shape(*place, drawn=Placed(read_chart(deck.package.xml(part)), place[2], place[3], alt))
    elif table is not None:
        yield Shape(*place, blocks=(_table(table, deck),), pad=(0.0, 0.0, 0.0, 0.0))


def _picture(node: Any, deck: _Deck) -> Iterator[Shape]:
    frame, blip = child(node, "p:spPr", "a:xfrm"), node.find(f".//{full('a:blip')}")
    part = deck.relations.get(value(blip, "r:embed"), "") if blip is not None else ""
    if frame is not None and part and deck.package.has(part):
        place = _rectangle(frame, "a:off", "a:ext", deck)
        alt = value(child(node, "p:nvPicPr", "p:cNvPr"), "descr")
        yield Shape(*place, drawn=Picture(deck.package.content(part), place[2], place[3], alt))


def _table(node: Any, deck: _Deck) -> Grid:
    widths = tuple((number(each, "w") or 0.0) / EMU for each in node.iterfind(f"{full('a:tblGrid')}/{full('a:gridCol')}"))
    style = TextStyle(() if deck.usual is None else (deck.usual,))
    rows = []
    for row in node.iterfind(full("a:tr")):
        cells = [
            (place, _cell(cell, style))
            for place, cell in enumerate(row.iterfind(full("a:tc")))
            if not (value(cell, "hMerge") or value(cell, "vMerge"))
        ]
        rows.append(GridRow(tuple(cells), whole=True, height=(number(row, "h") or 0.0) / EMU))
    return Grid(widths, tuple(rows))


def _cell(node: Any, style: TextStyle) -> GridCell:
    properties = child(node, "a:tcPr")
    fill = fill_of(properties)
    edges = {}
    for side, name in (("top", "a:lnT"), ("bottom", "a:lnB"), ("left", "a:lnL"), ("right", "a:lnR")):
        line = child(properties, name)
        colour = colour_in(child(line, "a:solidFill"))
        edges[side] = Edge((number(line, "w") or 12700) / EMU, colour) if colour else Edge()
    return GridCell(
        paragraphs(child(node, "a:txBody"), style) or (Para(()),),
        span=int(number(node, "gridSpan") or 1),
        rows=int(number(node, "rowSpan") or 1),
        ground=fill.colour if fill is not None else "",
        anchor=_ANCHORS.get(value(properties, "anchor"), "top"),  # type: ignore[arg-type]  # the values above
        pad=_insets([properties] if properties is not None else [], _CELL),
        box=Box(**edges),
    )
