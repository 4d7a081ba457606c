"""Notes on cells: ours beside those that a sheet has, and the drawing that old and new programs alike need to show them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.findings import column_letters
from app.files.slip_sheet import Cell, column_number
from app.files.slip_xml import Edit, Node, append, spliced, text_xml, tree, whole

_RUN = '<{p}r><{p}rPr><{p}sz val="9"/><{p}color indexed="81"/></{p}rPr><{p}t xml:space="preserve">{text}</{p}t></{p}r>'
_COMMENT = '<{p}comment ref="{ref}" authorId="{author}"><{p}text>{run}</{p}text></{p}comment>'
_PART = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{space}"><authors/><commentList/></comments>'
_THREAD = "tc="  # the author of the stand-in note that a threaded comment leaves for old programs
_SPACES = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
_SPACES += ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
_DRAWING = (
    f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    '<v:shape {spaces} id="_x0000_s{number}" type="#_x0000_t202" '
    'style="position:absolute;width:220pt;height:{height}pt;z-index:{number};visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_OLD_SHAPE = re.compile(rb"<v:shape\s(?:(?!</v:shape>).)*?</v:shape>\s*", re.DOTALL)
_OLD_PLACE = re.compile(rb"<x:Row>\s*(\d+)\s*</x:Row>\s*<x:Column>\s*(\d+)\s*</x:Column>")
_SHAPE_NUMBER = re.compile(rb"_x0000_s(\d+)")
_LINE = 24  # letters of Chinese in a line of a note


@dataclass(frozen=True, slots=True)
class Notes:
    """A sheet's notes after ours came in: the part, which cells need a shape, and which lost the one of an earlier slip."""

    data: bytes
    shown: tuple[Cell, ...]
    dropped: tuple[Cell, ...]


def empty_comments(namespace: str) -> bytes:
    """Return a comments part without notes."""
    return _PART.format(space=namespace).encode()


def with_notes(data: bytes, notes: Mapping[Cell, str], author: str) -> Notes:
    """Return the comments part `data` with `notes` by `author`, in place of those of an earlier slip.

    A cell that has somebody's note keeps it, ours under it; a cell under discussion (threaded comment) is left alone.
    """
    root = tree(data)
    authors, listed = root.first("authors"), root.first("commentList")
    if authors is None or listed is None:
        return Notes(data, (), ())
    names = [_text(data, node) for node in authors.all("author")]
    own = names.index(author) if author in names else len(names)
    edits: list[Edit] = [] if author in names else [append(authors, data, _tagged(root, "author", text_xml(author)))]
    dropped, taken = [], set()
    for node in listed.all("comment"):
        cell, by = _cell(node.attributes.get("ref", "")), whole(node.attributes.get("authorId", ""), 0)
        if by == own and author in names:
            edits.append((node.start, node.stop, b""))
            dropped.append(cell)
            continue
        taken.add(cell)
        threaded = by < len(names) and names[by].startswith(_THREAD)
        edits += [] if threaded else _under(data, node, notes.get(cell, ""), author)
    fresh = [cell for cell in notes if cell not in taken]
    listing = "".join(_comment(root.prefix, cell, own, notes[cell]) for cell in fresh)
    edits.append(append(listed, data, listing))
    return Notes(spliced(data, edits), tuple(fresh), tuple(dropped))


def with_shapes(data: bytes, shown: Mapping[Cell, str], dropped: tuple[Cell, ...] = ()) -> bytes:
    """Return a drawing (b"": a new one) with a hidden box for each note, without the boxes of the notes that went."""
    data = data or _DRAWING.encode()
    gone = set(dropped)
    data = _OLD_SHAPE.sub(lambda match: b"" if _place(match[0]) in gone else match[0], data)
    last = max((int(number) for number in _SHAPE_NUMBER.findall(data)), default=1024)
    shapes = "".join(_shape(number, cell, shown[cell]) for number, cell in enumerate(shown, last + 1))
    end = data.rfind(b"</")
    return data[:end] + shapes.encode() + data[end:]


def _comment(prefix: str, cell: Cell, author: int, note: str) -> str:
    run = _RUN.format(p=prefix, text=text_xml(note))
    return _COMMENT.format(p=prefix, ref=f"{column_letters(cell[1])}{cell[0]}", author=author, run=run)


def _under(data: bytes, comment: Node, note: str, author: str) -> list[Edit]:
    """Return the edits that put our note under another's, in place of the one an earlier slip put there."""
    text = comment.first("text")
    if text is None:
        return []
    mine = f"{author}：\n"
    runs = list(text.all("r"))
    edits: list[Edit] = [(run.start, run.stop, b"") for run in runs if _text(data, run).lstrip().startswith(mine.strip())]
    if not note:
        return edits
    xml = _RUN.format(p=comment.prefix, text=text_xml(f"\n{mine}{note}"))
    plain = text.first("t")
    if plain is not None:  # a plain text becomes a run, so that ours can follow it
        edits += [(plain.start, plain.start, f"<{comment.prefix}r>".encode())]
        edits += [(plain.stop, plain.stop, f"</{comment.prefix}r>{xml}".encode())]
        return edits
    if runs:
        return [*edits, (runs[-1].stop, runs[-1].stop, xml.encode())]
    return [*edits, append(text, data, xml)]


def _tagged(root: Node, name: str, text: str) -> str:
    return f"<{root.prefix}{name}>{text}</{root.prefix}{name}>"


def _text(data: bytes, node: Node) -> str:
    """Return the text inside an element, its tags left out."""
    inner = re.sub(r"<[^>]*>", "", data[node.head : node.tail].decode(errors="replace"))
    return inner.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&apos;", "'").replace("&amp;", "&")


def _cell(address: str) -> Cell:
    digits = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$")
    return whole(digits, 0), column_number(address)


def _place(shape: bytes) -> Cell | None:
    match = _OLD_PLACE.search(shape)
    return (int(match[1]) + 1, int(match[2]) + 1) if match else None


def _shape(number: int, cell: Cell, note: str) -> str:
    row, column = cell[0] - 1, cell[1] - 1
    lines = sum(1 + len(line) // _LINE for line in note.split("\n"))
    left, top, deep = min(column + 1, 16_380), max(row - 1, 0), max(3, lines + 1)
    anchor = f"{left}, 15, {top}, 10, {left + 3}, 40, {top + deep}, 4"
    return _SHAPE.format(spaces=_SPACES, number=number, height=14 * deep, anchor=anchor, row=row, column=column)
