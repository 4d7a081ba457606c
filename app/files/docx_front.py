"""What surrounds the sections of an official paper: title, list of annexes, signatures and date, and the head of each annex.

GB/T 9704-2012, 7.3.1 (title), 7.3.4 (list of annexes), 7.3.5 (signatures and date), 7.3.7 (annexes).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.brief import Brief, Heading
from app.files.docx_blocks import Setter
from app.files.docx_xml import paragraph, run

MARGIN_NAMES, MARGIN_DATE = 2, 4  # characters kept free right of the signatures and of the date


def title_xml(setter: Setter, brief: Brief) -> str:
    """Return the title and the line below it; where no date stands at the end, the date stands here."""
    look = setter.type.title(style="Title", after=10)
    lines = brief.title.split("\n")
    parts = [paragraph(run("\n".join(lines), look), look)]
    below = [brief.subtitle]
    if not setter.type.layout.annexes:
        below.append(setter.texts("write.created", time=brief.created[:10]))
    look = setter.type.under_title()
    parts += [paragraph(run(line, look), look) for line in below if line]
    return "".join(parts)


def annexes_of(brief: Brief) -> tuple[Heading, ...]:
    """Return the headings of the sections that are set as annexes: none where nothing else is left or the page has none."""
    headings = [block for block in brief.blocks if isinstance(block, Heading) and block.level == 1]
    found = tuple(heading for heading in headings if heading.annex)
    has_text = len(found) < len(headings)
    return found if has_text and brief.layout is not None and brief.layout.annexes else ()


def list_xml(setter: Setter, annexes: Sequence[Heading]) -> str:
    """Return the list of annexes below the text: a line free, the names aligned, no full stop."""
    if not annexes:
        return ""
    word = setter.texts("word.annexes")
    parts = [_free(setter, keep=True)]
    if not setter.type.zh:
        parts.append(_listed(setter, word.strip(), 0, False))
        word = ""
    for place, heading in enumerate(annexes, 1):
        number = f"{place}. " if len(annexes) > 1 else ""
        before = word if place == 1 else ""
        parts.append(_listed(setter, f"{before}{number}{heading.annex}", len(before), bool(number)))
    return "".join(parts)


def _listed(setter: Setter, text: str, word: int, numbered: bool) -> str:
    """Return a line of the list, on the page of the signatures: names hang below names, two characters in (in English simply
    one below the other)."""
    look = setter.type.body(align="start", keep=True)
    if setter.type.zh:
        number = 1.5 if numbered else 0  # a digit, a point and a space, half a character each
        hang = word + number
        look = replace(look, left=2 + 3 + number, first=-hang)
    return paragraph(run(text, look), look)


def signed_xml(setter: Setter, brief: Brief) -> str:
    """Return the signatures and the date, right, kept together below the text."""
    look = setter.type.body(align="end", first=0, keep=True)
    names = replace(look, right=MARGIN_NAMES)
    date = replace(look, right=MARGIN_DATE, keep=False)
    written = setter.texts("word.date", year=brief.created[:4], month=int(brief.created[5:7]), day=int(brief.created[8:10]))
    lines = [paragraph(run(line, names), names) for line in brief.signed]
    return "".join((_free(setter, keep=True), *lines, paragraph(run(written, date), date)))


def annex_xml(setter: Setter, heading: Heading, place: int, count: int) -> str:
    """Return the head of an annex: a new page, 附件 and its number at the left edge, its title centred on the third line."""
    number = str(place) if count > 1 else ""
    look = setter.type.heading(1, first=0, new_page=True, style="", before=0)
    label = paragraph(run(setter.texts("word.annex", number=number).rstrip(), look), look)
    title = setter.type.title(style="Heading1")
    return f"{label}{_free(setter, keep=True)}{paragraph(run(heading.annex, title), title)}{_free(setter, keep=True)}"


def _free(setter: Setter, keep: bool = False) -> str:
    return paragraph("", setter.type.body(first=0, keep=keep))
