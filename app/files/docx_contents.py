"""目录: a table of contents whose lines and page numbers are written out, so that WPS shows them; Word can update it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.brief import Brief, Heading
from app.files.docx_blocks import Setter
from app.files.docx_measure import text_height
from app.files.docx_xml import TextLook, attribute, clean, field, paragraph, run, run_look

TAB = "\t"
LEAST_SECTIONS = 3  # a shorter document needs no contents
CODE = 'TOC \\o "1-2" \\h \\z \\u'


def has_contents(setter: Setter, brief: Brief) -> bool:
    """Whether the page asks for contents and the brief is long enough for them."""
    return setter.type.layout.contents and sum(block.level == 1 for block in headings_of(brief).values()) >= LEAST_SECTIONS


def headings_of(brief: Brief) -> dict[int, Heading]:
    """Return the headings of a brief by their place among its blocks."""
    return {place: block for place, block in enumerate(brief.blocks) if isinstance(block, Heading)}


def target_of(place: int) -> str:
    """Return the name of the bookmark round heading `place`; Word takes names that begin so for its own contents."""
    return f"_Toc{place:06d}"


def contents_height(setter: Setter, brief: Brief) -> float:
    """Return about how tall the contents are, in mm."""
    kind = setter.type
    lines = [
        text_height(heading.text, kind.contents(min(heading.level, 2)), kind.width) for heading in headings_of(brief).values()
    ]
    return text_height("x", _title_look(setter), kind.width) + sum(lines) + 4


def contents_xml(setter: Setter, brief: Brief, pages: Sequence[int]) -> str:
    """Return the contents; `pages` says of each block on which page it begins."""
    title = _title_look(setter)
    parts = [paragraph(run(setter.texts("word.contents"), title), title)]
    entries = [(place, heading, pages[place]) for place, heading in headings_of(brief).items()]
    parts += [_entry(setter, entry, (k == 0, k == len(entries) - 1)) for k, entry in enumerate(entries)]
    return "".join(parts)


def _title_look(setter: Setter) -> TextLook:
    size = setter.type.size("subheading")
    return setter.type.look("heading", size, align="center", line=round(size * 1.6, 1), before=10, after=4)


def _entry(setter: Setter, entry: tuple[int, Heading, int], edge: tuple[bool, bool]) -> str:
    """Return a line of the contents; the field begins in the first (`edge[0]`) and ends in the last."""
    place, heading, page = entry
    look = setter.type.contents(min(heading.level, 2))
    if edge[1]:
        look = replace(look, after=10)
    number = field(f"PAGEREF {target_of(place)} \\h", str(page), look)
    shown = f"{run(heading.text, look)}{run(TAB, look)}{number}"
    link = f"<w:hyperlink w:anchor={attribute(target_of(place))}>{shown}</w:hyperlink>"
    marks = run_look(look)
    begin = (
        f'<w:r>{marks}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{marks}<w:instrText xml:space="preserve"> {clean(CODE)} </w:instrText></w:r>'
        f'<w:r>{marks}<w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = f'<w:r>{marks}<w:fldChar w:fldCharType="end"/></w:r>'
    return paragraph(f"{begin if edge[0] else ''}{link}{end if edge[1] else ''}", look)


def marked(setter: Setter, place: int, content: str) -> str:
    """Return a heading's paragraph inside the bookmark that the contents lead to."""
    return setter.numbers.bookmark(target_of(place), content)
