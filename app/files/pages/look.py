"""How the text of a Word document looks: its defaults, styles with those they rest on, and what stands on the spot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.paper import Align, Box, Edge, Ink, Setting, Tab
from app.files.pages.package import OFF, child, colour_of, full, value

Look = Mapping[str, Mapping[str, str]]  # properties by their path below w:pPr or w:rPr, each with its attributes
NOTHING: Look = {}
TWIP, EIGHTH, HALF = 1 / 20, 1 / 8, 1 / 2  # in points
_W = len(full("w:"))
_ALIGNS: Mapping[str, Align] = {
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "justify",
}
_HIGHLIGHTS = {"yellow": "#ffff00", "green": "#00ff00", "cyan": "#00ffff", "red": "#ff0000", "lightGray": "#d3d3d3"}
_NESTED = frozenset({"pBdr", "numPr", "tabs", "tblBorders", "tcBorders", "tblCellMar", "tcMar"})
LEAST_LINE, TINY = 12.0, 0.25  # points


def flat(properties: Any) -> dict[str, dict[str, str]]:
    """Return the properties in an element as attributes by name, those of borders, tabs and numbering one level deeper."""
    found: dict[str, dict[str, str]] = {}
    if properties is None:
        return found
    for node in properties:
        if not isinstance(node.tag, str):
            continue
        name = node.tag[node.tag.find("}") + 1 :]
        if name in _NESTED:
            for inner in node:
                part = inner.tag[inner.tag.find("}") + 1 :]
                place = f"/{value(inner, 'w:pos')}" if name == "tabs" else ""
                found[f"{name}/{part}{place}"] = _attributes(inner)
        else:
            found[name] = _attributes(node)
    return found


def merged(*looks: Look) -> dict[str, dict[str, str]]:
    """Return properties of which the later ones hold, attribute by attribute."""
    result: dict[str, dict[str, str]] = {}
    for look in looks:
        for name, attributes in look.items():
            result[name] = {**result.get(name, {}), **attributes}
    return result


def _attributes(node: Any) -> dict[str, str]:
    return {name[name.find("}") + 1 :]: text for name, text in node.attrib.items()}


class Styles:
    """The styles of a document by id; `paragraph`, `run` and `table` return what a style asks for with all it rests on."""

    def __init__(self, root: Any, fonts: Mapping[str, str]) -> None:
        self.fonts = fonts
        self._nodes = {} if root is None else {value(node, "w:styleId"): node for node in root.iter(full("w:style"))}
        defaults = None if root is None else child(root, "w:docDefaults")
        self.run_defaults = flat(child(defaults, "w:rPrDefault", "w:rPr"))
        self.paragraph_defaults = flat(child(defaults, "w:pPrDefault", "w:pPr"))
        usual = [id_ for id_, node in self._nodes.items() if value(node, "w:default") == "1"]
        self._usual = {value(self._nodes[id_], "w:type"): id_ for id_ in usual}
        self._known: dict[tuple[str, str], dict[str, dict[str, str]]] = {}

    def of(self, id_: str, part: str) -> Look:
        """Return what style `id_` says in `part` (w:pPr, w:rPr, w:tblPr…); nothing for a style that is not there."""
        key = (id_, part)
        if key not in self._known:
            chain = self._chain(id_)
            self._known[key] = merged(*(flat(child(node, part)) for node in reversed(chain)))
        return self._known[key]

    def usual(self, kind: str) -> str:
        """Return the id of the style that paragraphs, letters or tables have that name none."""
        return self._usual.get(kind, "")

    def level(self, id_: str) -> int:
        """Return 1… for a heading style, 0 for others."""
        for node in self._chain(id_):
            name = value(child(node, "w:name")).lower()
            if name.startswith("heading ") and name[8:].isdigit():
                return int(name[8:])
        return 0

    def conditional(self, id_: str, kind: str, part: str) -> Look:
        """Return what a table style says of its first row and the like."""
        for node in self._chain(id_):
            for each in node.iterfind(full("w:tblStylePr")):
                if value(each, "w:type") == kind:
                    return flat(child(each, part))
        return {}

    def _chain(self, id_: str) -> list[Any]:
        chain: list[Any] = []
        while id_ in self._nodes and self._nodes[id_] not in chain:
            chain.append(self._nodes[id_])
            id_ = value(child(self._nodes[id_], "w:basedOn"))
        return chain


def theme_fonts(root: Any) -> dict[str, str]:
    """Return the fonts of a document's theme by the names that text uses for them."""
    found: dict[str, str] = {}
    if root is None:
        return found
    for kind in ("major", "minor"):
        scheme = root.find(f".//{full(f'a:{kind}Font')}")
        for script, names in (("latin", ("Ascii", "HAnsi")), ("ea", ("EastAsia",))):
            face = value(child(scheme, f"a:{script}"), "typeface")
            found |= {f"{kind}{name}": face for name in names if face}
    return found


def ink_of(look: Look, fonts: Mapping[str, str]) -> Ink:
    """Return the letters that run properties ask for."""

    def said(name: str, attribute: str = "val", default: str = "") -> str:
        return look.get(name, {}).get(attribute, default)

    def on(name: str) -> bool:
        return name in look and said(name, default="1") not in OFF

    size = _points(said("sz"), HALF)
    raised = said("vertAlign")
    return Ink(
        font=_face(look, ("ascii", "hAnsi"), fonts),
        wide=_face(look, ("eastAsia",), fonts),
        size=size or 10.0,
        bold=on("b"),
        italic=on("i"),
        underline=said("u", default="none") != "none",
        struck=on("strike"),
        colour=colour_of(said("color")),
        ground=_HIGHLIGHTS.get(said("highlight"), "") or colour_of(said("shd", "fill")),
        spacing=_points(said("spacing"), TWIP) or 0.0,
        snaps=said("snapToGrid", default="1") not in OFF,
        script={"superscript": "super", "subscript": "sub"}.get(raised, ""),
    )


def _face(look: Look, names: tuple[str, ...], fonts: Mapping[str, str]) -> str:
    said = look.get("rFonts", {})
    for name in names:
        if said.get(name):
            return said[name]
        if said.get(f"{name}Theme"):
            return fonts.get(said[f"{name}Theme"], "")
    return ""


def setting_of(look: Look, size: float, level: int = 0) -> Setting:
    """Return how a paragraph is set whose letters are `size` points high."""

    def on(name: str, default: bool = False) -> bool:
        return default if name not in look else look[name].get("val", "1") not in OFF

    spacing, outline = look.get("spacing", {}), look.get("outlineLvl", {}).get("val", "")
    left, right, first = _indents(look.get("ind", {}), size)
    made = Setting(
        align=_ALIGNS.get(look.get("jc", {}).get("val", ""), "left"),
        left=left,
        right=right,
        first=first,
        before=_space(spacing, "before"),
        after=_space(spacing, "after"),
        keep_next=on("keepNext"),
        keep_lines=on("keepLines"),
        widow=on("widowControl", True),
        new_page=on("pageBreakBefore"),
        tight=on("contextualSpacing"),
        snaps=on("snapToGrid", True),
        apart=on("autoSpaceDE", True) and on("autoSpaceDN", True),
        level=level or (int(outline) + 1 if outline.isdigit() and int(outline) < 9 else 0),
        tabs=_tabs(look),
        box=box_of(look, "pBdr"),
        ground=colour_of(look.get("shd", {}).get("fill", "")),
    )
    return _paced(made, spacing)


def _paced(made: Setting, spacing: Mapping[str, str]) -> Setting:
    line = _points(spacing.get("line", ""), 1.0)
    if line is None:
        return made
    rule = spacing.get("lineRule", "auto")
    if rule == "exact":
        return replace(made, pitch=line * TWIP)
    return replace(made, at_least=line * TWIP) if rule == "atLeast" else replace(made, factor=line / 240)


def _space(spacing: Mapping[str, str], side: str) -> float:
    """Space in lines goes before space in points; `auto` is what a browser would leave."""
    if spacing.get(f"{side}Autospacing", "0") not in OFF:
        return 14.0
    lines = _points(spacing.get(f"{side}Lines", ""), 0.01)
    return lines * LEAST_LINE if lines else _points(spacing.get(side, ""), TWIP) or 0.0


def _indents(said: Mapping[str, str], size: float) -> tuple[float, float, float]:
    """Return left, right and first-line indent; those counted in characters go before those in points."""

    def side(*names: str) -> float:
        for name in names:
            characters = _points(said.get(f"{name}Chars", ""), 0.01)
            if characters:
                return characters * size
        return next((_points(said[name], TWIP) or 0.0 for name in names if name in said), 0.0)

    hanging = side("hanging")
    return side("left", "start"), side("right", "end"), -hanging if hanging else side("firstLine")


def _tabs(look: Look) -> tuple[Tab, ...]:
    leaders = {"dot": ".", "middleDot": "·", "hyphen": "-", "underscore": "_"}
    stops = []
    for name, said in look.items():
        place = _points(said.get("pos", ""), TWIP)
        if name.startswith("tabs/") and place is not None and said.get("val") != "clear":
            align = said.get("val", "left")
            stops.append(Tab(place, _ALIGNS.get(align, "left"), leaders.get(said.get("leader", ""), "")))
    return tuple(sorted(stops, key=lambda stop: stop.place))


def box_of(look: Look, name: str) -> Box:
    """Return the rules that stand in `name` (pBdr, tblBorders, tcBorders)."""

    def edge(*sides: str) -> Edge:
        said = next((look[f"{name}/{side}"] for side in sides if f"{name}/{side}" in look), {})
        kind = said.get("val", "none")
        if kind in ("none", "nil", ""):
            return Edge()
        width = max(TINY, _points(said.get("sz", ""), EIGHTH) or 0.0)
        return Edge(
            width, colour_of(said.get("color", "")) or "#000000", kind in ("double", "thickThinSmallGap", "thinThickSmallGap")
        )

    return Box(edge("top"), edge("bottom"), edge("left", "start"), edge("right", "end"), edge("insideH"), edge("insideV"))


def _points(text: str, unit: float) -> float | None:
    try:
        return float(text) * unit
    except ValueError:
        return None
