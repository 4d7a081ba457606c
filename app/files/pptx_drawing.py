"""A Drawing as native shapes of a slide, grouped: rectangles, outlines, circles and words that can be moved and edited.

The same shapes that the screen, SVG and PNG show, so that no slide holds a grey picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import quoteattr

from app.domain.drawing import Box, Dot, Drawing, Label, Path
from app.files.chart_layout import Frame
from app.files.office_xml import DRAWING, Ink, letters, line, plain, rgb, solid
from app.files.text_measure import POINT_MM, width_mm

EMU = 36000  # a millimetre
POINTS = 1 / POINT_MM  # a millimetre
ALIGNED = {"start": "l", "middle": "ctr", "end": "r"}
RISE, PITCH = 0.93, 1.2  # from the top of a line to its baseline, and the line's height, in sizes
_PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"


def put_drawing(slide: Any, drawing: Drawing, place: Frame, font: str, name: str = "", lang: str = "zh-CN") -> Any:
    """Add `drawing` within `place` (mm) as one group named `name`, as large as fits, and return the group.

    The ground of the page is left out; what the drawing says in a sentence becomes the group's alternative text.
    """
    from pptx.oxml import parse_xml

    tree = slide.shapes._spTree
    group = parse_xml(drawing_xml(drawing, place, Ink(font, 10, "#000000", lang), name, _free_id(tree)))
    tree.append(group)
    return group


def drawing_xml(drawing: Drawing, place: Frame, ink: Ink, name: str, first: int) -> str:
    """Return the group of a drawing; `first` is the id of the group, its shapes follow."""
    scale = min(place.width / drawing.width, place.height / drawing.height)
    width, height = drawing.width * scale, drawing.height * scale
    at = (place.x + (place.width - width) / 2, place.y)
    pen = _Pen(scale, at, ink, first)
    shapes = "".join(pen.shape(shape) for shape in drawing.shapes if not _is_page(shape, drawing))
    frame = f'<a:off x="{_emu(at[0])}" y="{_emu(at[1])}"/><a:ext cx="{_emu(width)}" cy="{_emu(height)}"/>'
    inner = frame.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
    named = f'id="{first}" name={quoteattr(name or "drawing")} descr={quoteattr(drawing.alt)}'
    return (
        f'<p:grpSp xmlns:p="{_PRESENTATION}" xmlns:a="{DRAWING}"><p:nvGrpSpPr><p:cNvPr {named}/><p:cNvGrpSpPr/><p:nvPr/>'
        f"</p:nvGrpSpPr><p:grpSpPr><a:xfrm>{frame}{inner}</a:xfrm></p:grpSpPr>{shapes}</p:grpSp>"
    )


def _is_page(shape: object, drawing: Drawing) -> bool:
    return isinstance(shape, Box) and shape.width >= drawing.width and shape.height >= drawing.height


def _free_id(tree: Any) -> int:
    return max((int(found) for found in tree.xpath("//@id") if str(found).isdigit()), default=1) + 1


def _emu(millimetres: float) -> int:
    return round(millimetres * EMU)


class _Pen:
    """Writes shapes in the place and scale of one drawing."""

    def __init__(self, scale: float, at: tuple[float, float], ink: Ink, first: int) -> None:
        self._scale, self._at, self._ink, self._id = scale, at, ink, first

    def shape(self, shape: Box | Path | Dot | Label) -> str:
        """Return one shape."""
        if isinstance(shape, Box):
            return self._box(shape)
        if isinstance(shape, Dot):
            place = Frame(shape.x - shape.radius, shape.y - shape.radius, 2 * shape.radius, 2 * shape.radius)
            return self._plain(place, "ellipse", solid(shape.fill), self._line(shape.stroke, shape.line))
        return self._path(shape) if isinstance(shape, Path) else self._label(shape)

    def _box(self, box: Box) -> str:
        if box.width <= 0 or box.height <= 0:
            return ""
        ground = solid(box.fill)
        if box.hatch:
            colours = f"<a:fgClr>{rgb('#555555')}</a:fgClr><a:bgClr>{rgb(box.fill or '#FFFFFF')}</a:bgClr>"
            ground = f'<a:pattFill prst="ltUpDiag">{colours}</a:pattFill>'
        corner = min(box.radius / min(box.width, box.height), 0.5) if box.radius else 0.0
        form = "roundRect" if corner else "rect"
        return self._plain(
            Frame(box.x, box.y, box.width, box.height), form, ground, self._line(box.stroke, box.line), round(corner * 100000)
        )

    def _plain(self, place: Frame, form: str, ground: str, edge: str, corner: int = 0) -> str:
        values = f'<a:gd name="adj" fmla="val {corner}"/>' if corner else ""
        shape = f'<a:prstGeom prst="{form}"><a:avLst>{values}</a:avLst></a:prstGeom>'
        return self._held(place, f"{shape}{ground}{edge}", "")

    def _path(self, path: Path) -> str:
        """Return a polyline or polygon as a free form."""
        xs, ys = [x for x, _ in path.points], [y for _, y in path.points]
        place = Frame(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        ends = [(_emu((x - place.x) * self._scale), _emu((y - place.y) * self._scale)) for x, y in path.points]
        first = f'<a:moveTo><a:pt x="{ends[0][0]}" y="{ends[0][1]}"/></a:moveTo>'
        rest = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in ends[1:])
        close = "<a:close/>" if path.closed or path.fill else ""
        filled = "" if path.fill else ' fill="none"'
        size = f'w="{_emu(place.width * self._scale)}" h="{_emu(place.height * self._scale)}"'
        lists = "<a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        shape = (
            f'<a:custGeom>{lists}<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path {size}{filled}>{first}{rest}{close}'
            "</a:path></a:pathLst></a:custGeom>"
        )
        ground = solid(path.fill)
        if path.fill and path.opacity < 1:
            ground = ground.replace(
                "/></a:solidFill>", f'><a:alpha val="{round(path.opacity * 100000)}"/></a:srgbClr></a:solidFill>'
            )
        dash = "" if not path.dash else "sysDash" if path.dash[0] * self._scale < 1 else "dash"
        return self._held(place, f"{shape}{ground}{self._line(path.stroke, path.line, dash)}", "")

    def _label(self, label: Label) -> str:
        """Return a line of words; its box is as wide as they are, so that it grows away from where it is anchored."""
        if not label.text:
            return ""
        points = label.size * self._scale * POINTS
        ink = Ink(self._ink.font, points, label.colour, self._ink.lang, label.bold)
        width = width_mm(label.text, points, label.bold) / self._scale
        x = {"start": label.x, "middle": label.x - width / 2, "end": label.x - width}[label.anchor]
        place = Frame(x, label.y - RISE * label.size, width, PITCH * label.size)
        spacing = f'<a:lnSpc><a:spcPts val="{round(points * PITCH * 100)}"/></a:lnSpc>'
        words = f"<a:r>{letters(ink, 'rPr')}<a:t>{plain(label.text)}</a:t></a:r>"
        look = f'<a:pPr algn="{ALIGNED[label.anchor]}" marL="0" indent="0">{spacing}<a:buNone/></a:pPr>'
        text = (
            '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr>'
            f"<a:lstStyle/><a:p>{look}{words}</a:p></p:txBody>"
        )
        return self._held(place, '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>', text, ' txBox="1"')

    def _line(self, colour: str, width: float, dash: str = "") -> str:
        return line(colour, max(width * self._scale * POINTS, 0.25) if colour else 0.0, dash)

    def _held(self, place: Frame, look: str, text: str, kind: str = "") -> str:
        self._id += 1
        x, y = (round((v * self._scale + at) * EMU) for v, at in ((place.x, self._at[0]), (place.y, self._at[1])))
        size = f'cx="{_emu(place.width * self._scale)}" cy="{_emu(place.height * self._scale)}"'
        frame = f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext {size}/></a:xfrm>'
        head = f'<p:nvSpPr><p:cNvPr id="{self._id}" name=""/><p:cNvSpPr{kind}/><p:nvPr/></p:nvSpPr>'
        return f"<p:sp>{head}<p:spPr>{frame}{look}</p:spPr>{text}</p:sp>"


def fits(drawings: Iterable[Drawing], place: Frame) -> Drawing:
    """Return the first drawing that fills the width of `place` without being too high; the last one where none does."""
    last: Drawing | None = None
    for last in drawings:
        if last.height * place.width / last.width <= place.height * 1.02:
            break
    if last is None:
        raise ValueError("no drawing")
    return last
