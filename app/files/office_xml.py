"""Small pieces of chart XML that python-pptx cannot write: lines, patterns, error bars, labels beside points.

Elements stand in the order of ECMA-376 part 1, 21.2 (tests hold every chart against it). All text is escaped here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from app.files.chart_looks import Look
from app.files.chart_plan import Tag, Values

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
EMU_PER_POINT = 12700
_NOT_XML = {code: None for code in range(32) if code not in (9, 10, 13)} | dict.fromkeys((0xFFFE, 0xFFFF))
_PLACES = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")


@dataclass(frozen=True, slots=True)
class Ink:
    """How words of a chart are set: the font for every script, points, colour."""

    font: str
    size: float
    colour: str
    lang: str = "zh-CN"
    bold: bool = False


def plain(text: str) -> str:
    """Return text as XML holds it: escaped, without the characters that XML cannot hold."""
    return escape(text.translate(_NOT_XML))


def rgb(colour: str) -> str:
    """Return a colour as DrawingML names it."""
    return f'<a:srgbClr val="{colour.lstrip("#").upper()}"/>'


def solid(colour: str) -> str:
    """Return a plain ground, none where there is no colour."""
    return f"<a:solidFill>{rgb(colour)}</a:solidFill>" if colour else "<a:noFill/>"


def line(colour: str, width: float, dash: str = "") -> str:
    """Return a line so many points wide, none where the width is 0."""
    if not width or not colour:
        return "<a:ln><a:noFill/></a:ln>"
    dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
    return f'<a:ln w="{round(width * EMU_PER_POINT)}">{solid(colour)}{dashed}<a:round/></a:ln>'


def ground(look: Look) -> str:
    """Return how a bar is filled: plain, or a pattern in the colour of its line."""
    if not look.pattern:
        return solid(look.fill)
    colours = f"<a:fgClr>{rgb(look.line)}</a:fgClr><a:bgClr>{rgb(look.fill)}</a:bgClr>"
    return f'<a:pattFill prst="{look.pattern}">{colours}</a:pattFill>'


def bar_shape(look: Look) -> str:
    """Return the shape properties of a bar."""
    return f"<c:spPr>{ground(look)}{line(look.line, look.width, look.dash)}</c:spPr>"


def line_shape(look: Look) -> str:
    """Return the shape properties of a line of points."""
    return f"<c:spPr>{line(look.line, look.width, look.dash)}</c:spPr>"


def marker(look: Look) -> str:
    """Return the mark at points."""
    if not look.mark:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    edge = line(look.line or look.fill, 1.25)
    held = f"<c:spPr>{solid(look.fill or '#FFFFFF')}{edge}</c:spPr>"
    return f'<c:marker><c:symbol val="{look.mark}"/><c:size val="{look.size}"/>{held}</c:marker>'


def letters(ink: Ink, name: str = "defRPr") -> str:
    """Return the look of words with the same font for Latin, Chinese and other letters, so that no theme font stands in."""
    font = escape(ink.font, {'"': "&quot;"})
    faces = "".join(f'<a:{kind} typeface="{font}"/>' for kind in ("latin", "ea", "cs"))
    lang = "" if name == "defRPr" else f' lang="{ink.lang}"'
    return f'<a:{name}{lang} sz="{round(ink.size * 100)}" b="{int(ink.bold)}">{solid(ink.colour)}{faces}</a:{name}>'


def text_look(ink: Ink, wrap: str = "square") -> str:
    """Return the text properties of a part of a chart."""
    words = f'<a:p><a:pPr>{letters(ink)}</a:pPr><a:endParaRPr lang="{ink.lang}"/></a:p>'
    return f'<c:txPr><a:bodyPr wrap="{wrap}"/><a:lstStyle/>{words}</c:txPr>'


def rich(text: str, ink: Ink) -> str:
    """Return words as a rich text, a paragraph a line."""
    lines = "".join(
        f"<a:p><a:pPr>{letters(ink)}</a:pPr><a:r>{letters(ink, 'rPr')}<a:t>{plain(part)}</a:t></a:r></a:p>"
        for part in text.split("\n")
    )
    return f'<c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/>{lines}</c:rich></c:tx>'


def number_values(reference: str, values: Values, format_: str = "General") -> str:
    """Return numbers with the cells they come from; what is missing has no point and stays a gap."""
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{value:.12g}</c:v></c:pt>' for place, value in enumerate(values) if value is not None
    )
    cache = f'<c:formatCode>{plain(format_)}</c:formatCode><c:ptCount val="{len(values)}"/>{points}'
    return f"<c:numRef><c:f>{plain(reference)}</c:f><c:numCache>{cache}</c:numCache></c:numRef>"


def text_values(reference: str, texts: Sequence[str]) -> str:
    """Return words with the cells they come from."""
    points = "".join(f'<c:pt idx="{place}"><c:v>{plain(text)}</c:v></c:pt>' for place, text in enumerate(texts))
    cache = f'<c:ptCount val="{len(texts)}"/>{points}'
    return f"<c:strRef><c:f>{plain(reference)}</c:f><c:strCache>{cache}</c:strCache></c:strRef>"


def error_bars(plus: str, minus: str, direction: str, colour: str) -> str:
    """Return error bars of these lengths; `direction` x or y, "" for bars (21.2.2.55)."""
    way = f'<c:errDir val="{direction}"/>' if direction else ""
    lengths = f"<c:plus>{plus}</c:plus><c:minus>{minus}</c:minus>"
    return (
        f'<c:errBars>{way}<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
        f"{lengths}<c:spPr>{line(colour, 1.25)}</c:spPr></c:errBars>"
    )


def literal(values: Values) -> str:
    """Return numbers that the chart itself keeps; one that is missing has no point."""
    points = "".join(f'<c:pt idx="{i}"><c:v>{value:.6g}</c:v></c:pt>' for i, value in enumerate(values) if value is not None)
    return f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numLit>'


def labels(tags: Sequence[Tag], ink: Ink) -> str:
    """Return words beside single points (21.2.2.49), none beside the others."""
    if not tags:
        return ""
    each = "".join(_label(tag, ink) for tag in sorted(tags, key=lambda tag: tag.point))
    return f"<c:dLbls>{each}{_shows()}</c:dLbls>"


def _label(tag: Tag, ink: Ink) -> str:
    own = Ink(ink.font, ink.size, tag.colour or ink.colour, ink.lang, tag.bold or ink.bold)
    text = f"{rich(tag.text, own)}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    return f'<c:dLbl><c:idx val="{tag.point}"/>{text}<c:dLblPos val="{tag.side}"/>{_shows("showVal")}</c:dLbl>'


def value_labels(format_: str, place: str, ink: Ink) -> str:
    """Return the values of a series written at `place` of each bar."""
    form = f'<c:numFmt formatCode="{escape(format_, {chr(34): "&quot;"})}" sourceLinked="0"/>'
    shape = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    return f'<c:dLbls>{form}{shape}{text_look(ink)}<c:dLblPos val="{place}"/>{_shows("showVal")}</c:dLbls>'


def _shows(*wanted: str) -> str:
    return "".join(f'<c:{name} val="{int(name in wanted)}"/>' for name in _PLACES)
