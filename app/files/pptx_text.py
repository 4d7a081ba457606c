"""Words on slides: written as XML with the same font for every script, measured first so that nothing runs over its box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.files.office_xml import DRAWING, Ink, letters, plain
from app.files.text_measure import LINE, POINT_MM, wrapped

SENTENCE_ENDS = ("。", "；", "？", "! ", ". ", "; ")
CLAUSE_ENDS = "；;，,、"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in a box: paragraphs with their look, alignment (l, ctr, r), anchor (t, ctr, b), space after each in points."""

    lines: tuple[str, ...]
    ink: Ink
    align: str = "l"
    anchor: str = "t"
    after: float = 0.0
    bullets: bool = False
    inset: float = 0.0  # mm on all sides


def body(passage: Passage, tag: str = "p:txBody") -> str:
    """Return the text body of a shape or a table cell."""
    inset = round(passage.inset * 36000)
    insets = f'lIns="{inset}" tIns="{inset}" rIns="{inset}" bIns="{inset}"' if tag == "p:txBody" else ""
    properties = f'<a:bodyPr wrap="square" {insets} anchor="{passage.anchor}"><a:noAutofit/></a:bodyPr>'
    words = "".join(paragraph(line, passage) for line in passage.lines) or "<a:p/>"
    return f"<{tag}>{properties}<a:lstStyle/>{words}</{tag}>"


def paragraph(text: str, passage: Passage) -> str:
    """Return one paragraph."""
    ink = passage.ink
    hang = round(ink.size * POINT_MM * 1.1 * 36000)
    bullet = '<a:buFont typeface="Arial"/><a:buChar char="•"/>' if passage.bullets else "<a:buNone/>"
    indent = f' marL="{hang}" indent="-{hang}"' if passage.bullets else ' marL="0" indent="0"'
    space = f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="{round(passage.after * 100)}"/></a:spcAft>'
    pitch = f'<a:lnSpc><a:spcPts val="{round(ink.size * LINE * 100)}"/></a:lnSpc>'
    look = f'<a:pPr algn="{passage.align}"{indent}>{pitch}{space}{bullet}</a:pPr>'
    return f"<a:p>{look}<a:r>{letters(ink, 'rPr')}<a:t>{plain(text)}</a:t></a:r></a:p>"


def set_body(shape: Any, passage: Passage, tag: str = "p:txBody") -> None:
    """Replace the words of a python-pptx shape or cell."""
    from pptx.oxml import parse_xml

    names = f'xmlns:a="{DRAWING}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    made = parse_xml(body(passage, tag).replace(f"<{tag}>", f"<{tag} {names}>", 1))
    old = shape.text_frame._txBody
    old.getparent().replace(old, made)


def lines_of(passage: Passage, width: float) -> int:
    """Return how many lines the words take in a box `width` mm wide."""
    room = width - 2 * passage.inset - (passage.ink.size * POINT_MM * 1.1 if passage.bullets else 0.0)
    return sum(len(wrapped(line, room, passage.ink.size, passage.ink.bold)) for line in passage.lines)


def height_of(passage: Passage, width: float) -> float:
    """Return the height in mm that the words take in a box `width` mm wide."""
    after = max(len(passage.lines) - 1, 0) * passage.after
    return (lines_of(passage, width) * passage.ink.size * LINE + after) * POINT_MM + 2 * passage.inset


def fitted(passage: Passage, size: tuple[float, float], least: float) -> Passage:
    """Return the words as large as they fit a box of `size` mm, at least `least` points."""
    width, height = size
    ink = passage.ink
    while ink.size > least and height_of(passage, width) > height:
        ink = replace(ink, size=max(ink.size - 1.0, least))
        passage = replace(passage, ink=ink)
    return passage


def first_sentence(text: str) -> str:
    """Return the first sentence of a paragraph without its full stop."""
    places = [at for end in SENTENCE_ENDS if end != "；" and (at := text.find(end)) > 0]
    return text[: min(places)] if places else text.rstrip("。.")


def clause(text: str) -> str:
    """Return what stands before the first colon outside brackets: what a list that follows is of; else the first sentence."""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter in "（(") - (letter in "）)")
        if not depth and (letter == "：" or text[at : at + 2] == ": "):
            return text[:at]
    return first_sentence(text)


def shortened(text: str, ink: Ink, width: float, most: int) -> str:
    """Return what of a paragraph stands on `most` lines: its first sentences, else its first clauses with an ellipsis."""
    if _lines(text, ink, width) <= most:
        return text
    kept = _whole(text, SENTENCE_ENDS, ink, width, most)
    if kept:
        return kept
    parts = [place for place, letter in enumerate(text) if letter in CLAUSE_ENDS or letter == "；"]
    fits = [place for place in parts if _lines(text[:place] + "…", ink, width) <= most]
    return f"{text[: fits[-1]]}…" if fits else ""


def _whole(text: str, ends: Sequence[str], ink: Ink, width: float, most: int) -> str:
    places = sorted(at + len(end.rstrip()) for end in ends for at in _all(text, end))
    fits = [place for place in places if _lines(text[:place], ink, width) <= most]
    kept = text[: fits[-1]].strip() if fits else ""
    return f"{kept[:-1]}…" if kept.endswith(("；", ";")) else kept


def _all(text: str, end: str) -> list[int]:
    found, at = [], text.find(end)
    while at >= 0:
        found.append(at)
        at = text.find(end, at + 1)
    return found


def _lines(text: str, ink: Ink, width: float) -> int:
    return len(wrapped(text, width, ink.size, ink.bold))


def has_digit(text: str) -> bool:
    """Whether a text holds a number."""
    return any(letter.isdecimal() for letter in text)
