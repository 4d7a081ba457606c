"""Read a chart part back (ECMA-376 part 1, 21.2), of whatever program wrote it: enough to draw it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app.domain.paper_chart import (
    ChartAxis,
    ChartGroup,
    ChartSeries,
    Dots,
    Fill,
    Kind,
    PaperChart,
    Stroke,
    Tag,
    Whiskers,
)
from app.files.pages.package import child, colour_of, full, number, value

EMU, HUNDREDTHS, WHOLE = 12700, 100, 100000
_KINDS: dict[str, Kind] = {
    "barChart": "bar",
    "bar3DChart": "bar",
    "lineChart": "line",
    "areaChart": "area",
    "scatterChart": "scatter",
    "bubbleChart": "bubble",
    "pieChart": "pie",
    "doughnutChart": "pie",
}
_AXES = {full("c:catAx"): "category", full("c:dateAx"): "category", full("c:valAx"): "value", full("c:serAx"): "category"}
_SIDES = {"b": "bottom", "t": "top", "l": "left", "r": "right"}
_OWN = ("#4472c4", "#ed7d31", "#a5a5a5", "#ffc000", "#5b9bd5", "#70ad47")  # what Office gives series that say no colour
_THEME = {"tx1": "#000000", "bg1": "#ffffff", "dk1": "#000000", "lt1": "#ffffff", "tx2": "#44546a", "bg2": "#e7e6e6"}
_THEME |= {f"accent{place}": colour for place, colour in enumerate(_OWN, 1)}


def read_chart(root: Any) -> PaperChart:
    """Return the chart of a `c:chartSpace`."""
    chart = child(root, "c:chart")
    area = child(chart, "c:plotArea")
    nodes = [] if area is None else [node for node in area if node.tag in _AXES]
    font, size = _letters(child(root, "c:txPr"))
    places = {value(child(node, "c:axId"), "val"): place for place, node in enumerate(nodes)}
    groups = tuple(_groups(area, places))
    legend, silent = _legend(child(chart, "c:legend"))
    return PaperChart(
        groups,
        _categories(area),
        tuple(_axis(node, size) for node in nodes),
        _words(child(chart, "c:title")),
        legend,
        silent,
        font,
        size,
        _letters(child(chart, "c:legend", "c:txPr"))[1] if child(chart, "c:legend", "c:txPr") is not None else size,
    )


def fill_of(properties: Any) -> Fill | None:
    """Return the ground that shape properties ask for; None where they leave it open."""
    if properties is None:
        return None
    if child(properties, "a:noFill") is not None:
        return Fill()
    solid, pattern = child(properties, "a:solidFill"), child(properties, "a:pattFill")
    if solid is not None:
        alpha = solid.find(f".//{full('a:alpha')}")
        return Fill(colour_in(solid), solid=(number(alpha, "val") or WHOLE) / WHOLE if alpha is not None else 1.0)
    if pattern is not None:
        return Fill(colour_in(child(pattern, "a:bgClr")), colour_in(child(pattern, "a:fgClr")))
    return None


def stroke_of(properties: Any) -> Stroke | None:
    """Return the line that shape properties ask for; None where they leave it open."""
    line = child(properties, "a:ln")
    if line is None:
        return None
    if child(line, "a:noFill") is not None:
        return Stroke("")
    width = (number(line, "w") or 9525) / EMU
    dash = value(child(line, "a:prstDash"), "val", "solid")
    colour = colour_in(child(line, "a:solidFill"))
    return Stroke(colour, width, dash != "solid") if colour else None


def colour_in(node: Any) -> str:
    """Return the colour an element holds, "" for none."""
    if node is None:
        return ""
    plain = node.find(f".//{full('a:srgbClr')}")
    if plain is not None:
        return colour_of(value(plain, "val"))
    system = node.find(f".//{full('a:sysClr')}")
    if system is not None:
        return colour_of(value(system, "lastClr"))
    return _THEME.get(value(node.find(f".//{full('a:schemeClr')}"), "val"), "")


def _groups(area: Any, places: dict[str, int]) -> Iterator[ChartGroup]:
    for node in () if area is None else area:
        kind = _KINDS.get(node.tag[node.tag.find("}") + 1 :]) if isinstance(node.tag, str) else None
        if kind is None:
            continue
        grouping = value(child(node, "c:grouping"), "val")
        yield ChartGroup(
            kind,
            tuple(_series(each, kind, node) for each in node.iterfind(full("c:ser"))),
            lying=value(child(node, "c:barDir"), "val") == "bar",
            stack={"stacked": "stacked", "percentStacked": "percent"}.get(grouping, ""),
            gap=_number(child(node, "c:gapWidth"), 150.0),
            overlap=_number(child(node, "c:overlap"), 0.0),
            axes=tuple(places[id_] for each in node.iterfind(full("c:axId")) if (id_ := value(each, "val")) in places),
        )


def _series(node: Any, kind: Kind, group: Any) -> ChartSeries:
    place = int(_number(child(node, "c:idx"), 0.0))
    own = _OWN[place % len(_OWN)]
    properties = child(node, "c:spPr")
    values, format_ = _numbers(child(node, "c:yVal" if kind in ("scatter", "bubble") else "c:val"))
    fill, stroke = fill_of(properties), stroke_of(properties)
    if kind in ("bar", "area", "pie"):
        fill = fill or Fill(own)
    elif stroke is None:
        stroke = Stroke("") if value(child(group, "c:scatterStyle"), "val") == "marker" else Stroke(own, 2.25)
    return ChartSeries(
        _name(child(node, "c:tx")),
        values,
        _numbers(child(node, "c:xVal"))[0] if child(node, "c:xVal") is not None else (),
        fill,
        stroke,
        _dots(child(node, "c:marker"), own, kind),
        tuple(_fills(node)),
        tuple(_whiskers(each, kind, len(values), group) for each in node.iterfind(full("c:errBars"))),
        tuple(_tags(node, group, len(values))),
        format_,
    )


def _fills(node: Any) -> Iterator[tuple[int, Fill]]:
    for each in node.iterfind(full("c:dPt")):
        fill = fill_of(child(each, "c:spPr"))
        if fill is not None:
            yield int(_number(child(each, "c:idx"), 0.0)), fill


def _dots(node: Any, own: str, kind: Kind) -> Dots:
    if node is None:
        return Dots("circle", 5.0, own, own) if kind == "scatter" else Dots()
    shape = value(child(node, "c:symbol"), "val", "circle")
    properties = child(node, "c:spPr")
    fill, line = fill_of(properties), stroke_of(properties)
    return Dots(shape, _number(child(node, "c:size"), 5.0), fill.colour if fill else own, line.colour if line else "")


def _whiskers(node: Any, kind: Kind, count: int, group: Any) -> Whiskers:
    said = value(child(node, "c:errDir"), "val")
    across = said == "x" if said else value(child(group, "c:barDir"), "val") == "bar" and kind == "bar"
    sides = value(child(node, "c:errBarType"), "val", "both")

    def lengths(side: str) -> tuple[float | None, ...]:
        if sides not in ("both", side):
            return ()
        fixed = child(node, "c:val")
        return (number(fixed, "val"),) * count if fixed is not None else _numbers(child(node, f"c:{side}"))[0]

    stroke = stroke_of(child(node, "c:spPr")) or Stroke("#000000")
    return Whiskers(lengths("plus"), lengths("minus"), across, stroke, not is_on_val(child(node, "c:noEndCap")))


def is_on_val(node: Any) -> bool:
    """Whether a switch of a chart, whose value has no namespace, is there and on."""
    return node is not None and value(node, "val", "1") not in ("0", "false")


def _tags(node: Any, group: Any, count: int) -> Iterator[Tag]:
    """Yield the labels of points: those of the series, each replaced by its own where it has one."""
    labels = child(node, "c:dLbls")
    if labels is None:
        labels = child(group, "c:dLbls")
    if labels is None:
        return
    own = {int(_number(child(each, "c:idx"), 0.0)): each for each in labels.iterfind(full("c:dLbl"))}
    for point in range(count):
        each = own.get(point)
        source = labels if each is None else each
        if is_on_val(child(source, "c:delete")) and child(source, "c:delete") is not None:
            continue
        text = _words(child(source, "c:tx"))
        if text or is_on_val(child(source, "c:showVal")) or is_on_val(child(source, "c:showSerName")):
            name = _name(child(node, "c:tx")) if not is_on_val(child(source, "c:showVal")) else ""
            yield _tag(source, labels, point, text or name)


def _tag(source: Any, labels: Any, point: int, text: str) -> Tag:
    letters = child(source, "c:txPr")
    letters = child(labels, "c:txPr") if letters is None else letters
    colour = "" if letters is None else colour_in(letters)
    size = 0.0 if letters is None else _letters(letters)[1]
    said = (value(child(each, "c:numFmt"), "formatCode") for each in (source, labels))
    return Tag(point, text, value(child(source, "c:dLblPos"), "val"), colour, size, next(filter(None, said), ""))


def _numbers(node: Any) -> tuple[tuple[float | None, ...], str]:
    """Return values in order and their format, from what the file keeps of them."""
    kept = None if node is None else next(node.iter(full("c:numCache"), full("c:numLit"), full("c:strCache")), None)
    if kept is None:
        return (), ""
    values: list[float | None] = [None] * int(_number(child(kept, "c:ptCount"), 0.0))
    for point in kept.iterfind(full("c:pt")):
        place = int(value(point, "idx", "0"))
        if place < len(values):
            values[place] = _float(child(point, "c:v"))
    format_ = child(kept, "c:formatCode")
    return tuple(values), "" if format_ is None else format_.text or ""


def _categories(area: Any) -> tuple[str, ...]:
    node = None if area is None else area.find(f".//{full('c:cat')}")
    kept = None if node is None else next(node.iter(*map(full, ("c:strCache", "c:numCache", "c:strLit", "c:lvl"))), None)
    if node is None or kept is None:
        return ()
    counted = node.find(f".//{full('c:ptCount')}")
    words = [""] * int(_number(counted, 0.0))
    for point in kept.iterfind(full("c:pt")):
        place = int(value(point, "idx", "0"))
        if place < len(words):
            words[place] = child(point, "c:v").text or ""
    return tuple(words)


def _axis(node: Any, size: float) -> ChartAxis:
    scale, letters = child(node, "c:scaling"), child(node, "c:txPr")
    lines = child(node, "c:majorGridlines")
    grid = None if lines is None else stroke_of(child(lines, "c:spPr")) or Stroke("#d9d9d9")
    place = value(child(node, "c:tickLblPos"), "val", "nextTo")
    side = _SIDES.get(value(child(node, "c:axPos"), "val"), "bottom")
    axis = ChartAxis(
        _AXES[node.tag],
        side,
        _maybe(child(scale, "c:min")),
        _maybe(child(scale, "c:max")),
        _maybe(child(node, "c:majorUnit")),
        value(child(node, "c:numFmt"), "formatCode"),
        _words(child(node, "c:title")),
        hidden=child(node, "c:delete") is not None and is_on_val(child(node, "c:delete")),
        bare=place == "none",
        turned=value(child(scale, "c:orientation"), "val") == "maxMin",
        grid=grid,
        line=stroke_of(child(node, "c:spPr")),
        size=_letters(letters)[1] if letters is not None else size,
    )
    colour = "" if letters is None else colour_in(letters)
    return replace(axis, colour=colour or axis.colour)


def _legend(node: Any) -> tuple[str, tuple[int, ...]]:
    if node is None:
        return "", ()
    silent = [
        int(_number(child(each, "c:idx"), 0.0))
        for each in node.iterfind(full("c:legendEntry"))
        if is_on_val(child(each, "c:delete"))
    ]
    return {**_SIDES, "tr": "right"}.get(value(child(node, "c:legendPos"), "val", "r"), "right"), tuple(silent)


def _letters(node: Any) -> tuple[str, float]:
    properties = None if node is None else node.find(f".//{full('a:defRPr')}")
    if properties is None:
        return "", 10.0
    face = value(child(properties, "a:ea"), "typeface") or value(child(properties, "a:latin"), "typeface")
    return face, _number(properties, 1000.0, "sz") / HUNDREDTHS


def _name(node: Any) -> str:
    return "" if node is None else "".join(each.text or "" for each in node.iter(full("c:v"), full("a:t")))


def _words(node: Any) -> str:
    if node is None:
        return ""
    return "\n".join("".join(run.text or "" for run in line.iter(full("a:t"))) for line in node.iter(full("a:p")))


def _number(node: Any, usual: float, name: str = "val") -> float:
    found = number(node, name)
    return usual if found is None else found


def _maybe(node: Any) -> float | None:
    return number(node, "val")


def _float(node: Any) -> float | None:
    try:
        return float(node.text)
    except (AttributeError, TypeError, ValueError):
        return None
