"""The styles of a workbook with a few more at their end: each cell's own style plus a colour, and those of the summary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.findings import Severity
from app.files.slip_package import Unfit
from app.files.slip_xml import Edit, Node, append, attribute_xml, spliced, tree, with_attributes

_MOST_STYLES = 65_490  # Excel's limit on different cell formats
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
_FIRST = {
    "fonts": ('<{p}font><{p}sz val="11"/><{p}name val="Calibri"/></{p}font>',),
    "fills": (
        '<{p}fill><{p}patternFill patternType="none"/></{p}fill>',
        '<{p}fill><{p}patternFill patternType="gray125"/></{p}fill>',
    ),
    "borders": ("<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom/><{p}diagonal/></{p}border>",),
    "cellXfs": ('<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
}
_FILL = (
    '<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{c}"/><{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
)
_FONT = "<{p}font>{b}<{p}sz val={s}/><{p}color rgb={c}/><{p}name val={n}/></{p}font>"
_SIDES = "".join(
    f'<{{p}}{side} style="thin"><{{p}}color rgb="{{c}}"/></{{p}}{side}>' for side in ("left", "right", "top", "bottom")
)
_BORDER = "<{p}border>" + _SIDES + "<{p}diagonal/></{p}border>"
_XF = (
    '<{p}xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="{border}" applyNumberFormat="1" applyFont="1" applyFill="1" '
    'applyBorder="1" applyAlignment="1"><{p}alignment horizontal="{across}" vertical="{down}" wrapText="{wrap}"/></{p}xf>'
)
EMPTY_STYLES = b'<?xml version="1.0" encoding="UTF-8"?>\n<styleSheet xmlns="%s"></styleSheet>'


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of slips as RRGGBB and the font of the summary. `fills` by severity are also the sign of our marking."""

    fills: Mapping[Severity, str]
    head: str
    text: str
    muted: str
    accent: str
    line: str
    font: str


@dataclass(frozen=True, slots=True)
class _Shape:
    """One format of the summary: size and colour of its letters, its ground, and how the text stands."""

    size: int = 10
    bold: bool = False
    colour: str = "text"
    fill: str = ""
    bordered: bool = True
    across: str = "left"
    down: str = "top"
    wrap: bool = True


_SHAPES = {
    "title": _Shape(16, True, bordered=False, down="center", wrap=False),
    "line": _Shape(11, bordered=False, wrap=False),
    "mark": _Shape(8, colour="muted", bordered=False, wrap=False),
    "head": _Shape(10, True, fill="head", across="center", down="center"),
    "cell": _Shape(),
    "middle": _Shape(across="center"),
    "link": _Shape(colour="accent", across="center"),
    **{severity.value: _Shape(fill=severity.value, across="center") for severity in Severity},
}


class StyleBook:
    """Styles as received, and those added since. A style is named by its place among the formats of cells."""

    def __init__(self, data: bytes, look: Look) -> None:
        """Take the styles part `data`; Unfit when it is no such part."""
        self._data, self._look = data, look
        self._root = tree(data)
        if self._root.stop == self._root.head:
            self._data = spliced(data, [append(self._root, data, "")])
            self._root = tree(self._data)
        if self._root.name != "styleSheet":
            raise Unfit(f"a {self._root.name} for styles")
        self._groups = {name: self._root.first(name) for name in _ORDER}
        self._added: dict[str, list[str]] = {name: [] for name in _ORDER}
        for name, texts in _FIRST.items():
            missing = texts[self._there(name) :]
            self._added[name] += [text.format(p=self._root.prefix) for text in missing]
        self._known: dict[tuple[str, str], int] = {}

    @property
    def stale(self) -> frozenset[int]:
        """The styles whose ground is the colour of an earlier slip."""
        ours = {f"FF{colour}".upper() for colour in self._look.fills.values()}
        group = self._groups["fills"]
        fills = {str(place) for place, fill in enumerate(group.children if group else ()) if _colour(fill) in ours}
        formats = self._groups["cellXfs"]
        places = enumerate(formats.children if formats is not None else ())
        return frozenset(place for place, xf in places if xf.attributes.get("fillId") in fills)

    def restyled(self, base: int, severity: Severity | None) -> int:
        """Return the style that is `base` on the colour of `severity` (None: on no colour)."""
        fill = 0 if severity is None else self._fill(self._look.fills[severity])
        group = self._groups["cellXfs"]
        children = group.children if group is not None else []
        if not children:
            plain = _FIRST["cellXfs"][0].format(p=self._root.prefix).encode()
            return self._put("cellXfs", with_attributes(plain, {"fillId": str(fill), "applyFill": "1"}).decode())
        node = children[base if base < len(children) else 0]
        head = with_attributes(self._data[node.start : node.head], {"fillId": str(fill), "applyFill": "1"})
        return self._put("cellXfs", (head + self._data[node.head : node.stop]).decode())

    def summary(self, name: str) -> int:
        """Return the style of a part of the summary: title, line, mark, head, cell, middle, link, or a severity."""
        shape, p = _SHAPES[name], self._root.prefix
        colour = attribute_xml(f"FF{getattr(self._look, shape.colour)}")
        bold = f"<{p}b/>" if shape.bold else ""
        font = _FONT.format(p=p, b=bold, s=f'"{shape.size}"', c=colour, n=attribute_xml(self._look.font))
        border = self._put("borders", _BORDER.format(p=p, c=f"FF{self._look.line}")) if shape.bordered else 0
        places = {"font": self._put("fonts", font), "fill": self._ground(shape.fill), "border": border}
        return self._put("cellXfs", _XF.format(p=p, **places, across=shape.across, down=shape.down, wrap=int(shape.wrap)))

    def data(self) -> bytes:
        """Return the part with what was added; Unfit past the number of formats that Excel takes."""
        if self._there("cellXfs") + len(self._added["cellXfs"]) > _MOST_STYLES:
            raise Unfit("too many formats")
        edits = [edit for name in _ORDER if self._added[name] for edit in self._edits(name)]
        return spliced(self._data, edits)

    def _ground(self, name: str) -> int:
        if not name:
            return 0
        return self._fill(self._look.head if name == "head" else self._look.fills[Severity(name)])

    def _fill(self, colour: str) -> int:
        return self._put("fills", _FILL.format(p=self._root.prefix, c=f"FF{colour}"))

    def _there(self, name: str) -> int:
        group = self._groups[name]
        return len(group.children) if group is not None else 0

    def _put(self, name: str, xml: str) -> int:
        """Return the place of `xml` in its group, added there when it was not yet."""
        if (name, xml) not in self._known:
            self._known[name, xml] = self._there(name) + len(self._added[name])
            self._added[name].append(xml)
        return self._known[name, xml]

    def _edits(self, name: str) -> list[Edit]:
        group, inner = self._groups[name], "".join(self._added[name]).encode()
        count = {"count": str(self._there(name) + len(self._added[name]))}
        if group is None:
            tag, place = f"{self._root.prefix}{name}", self._place_of(name)
            return [(place, place, f'<{tag} count="{count["count"]}">'.encode() + inner + f"</{tag}>".encode())]
        head = with_attributes(self._data[group.start : group.head], count)
        if group.stop == group.head:
            return [(group.start, group.head, head[:-2] + b">" + inner + f"</{group.tag}>".encode())]
        return [(group.start, group.head, head), (group.tail, group.tail, inner)]

    def _place_of(self, name: str) -> int:
        """Return where a group that is missing belongs."""
        before = [group for earlier in _ORDER[: _ORDER.index(name)] if (group := self._groups[earlier]) is not None]
        return before[-1].stop if before else self._root.head


def _colour(fill: Node) -> str:
    """Return the colour of a solid fill as AARRGGBB, "" for any other."""
    pattern = fill.first("patternFill")
    ground = pattern.first("fgColor") if pattern is not None else None
    return ground.attributes.get("rgb", "").upper() if ground is not None else ""
