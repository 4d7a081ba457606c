"""What a filled template still lacks: its block places become tables, charts and sections, its numbers get their identifiers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain.brief import Brief, PageLayout
from app.domain.errors import UserError
from app.domain.theme import Palette
from app.domain.words import Texts
from app.files.brief_places import ABSENT, BLOCK, BLOCK_END, END, NAMED, NUMBER, Places
from app.files.docx_blocks import Setter
from app.files.docx_numbers import Numbers, mark_name
from app.files.docx_package import Parts, zipped
from app.files.docx_template import filled
from app.files.docx_type import Type
from app.files.docx_xml import TWIPS_PER_MM, WORD, attribute, paragraph, parsed, run
from app.files.file_names import shown_name

MAIN = "word/document.xml"
_BLOCK = re.compile(f"{BLOCK}(\\w+){BLOCK_END}")
_NUMBER = re.compile(f"{NUMBER}([^{NAMED}]*){NAMED}([^{END}]*){END}")
_W = f"{{{WORD}}}"
_HEADING_STYLES = re.compile(r"heading ([1-4])", re.IGNORECASE)


def fill_docx(path: Path, brief: Brief, layout: PageLayout, palette: Palette, texts: Texts) -> bytes:
    """Return the user's document at `path` filled with `brief`, not yet sealed; UserError as `docx_template.filled` says."""
    content, places = filled(path, brief, texts)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        files = {name: book.read(name) for name in book.namelist()}
    if MAIN not in files:
        raise UserError("places.not_docx", file=shown_name(path))
    for name in files:
        if name.startswith(("word/header", "word/footer", "word/footnotes", "docProps/")):
            files[name] = _unmarked(files[name], shown_name(path))
    root = _tree(files[MAIN])
    setter = _setter(root, files, Type(layout, brief.lang, palette), texts)
    for node in list(root.iter(f"{_W}p")):
        _fill(node, setter, brief, places)
    _tell_invented(root, setter, brief.synthetic)
    files[MAIN] = _bytes(root)
    return zipped(_joined(files, setter.parts))


def _setter(root: Any, files: dict[str, bytes], type_: Type, texts: Texts) -> Setter:
    """Return a setter as wide as the user's page, whose headings are the user's, and whose numbers follow the marks there are."""
    width = _text_width(root)
    if width:
        layout = type_.layout
        type_ = replace(type_, layout=replace(layout, width=width + layout.left + layout.right))
    ids = [int(id_) for node in root.iter(f"{_W}bookmarkStart") if (id_ := node.get(f"{_W}id", "")).isdigit()]
    own = {f"heading{level}": (f"<w:pPr><w:pStyle w:val={attribute(id_)}/></w:pPr>", "") for level, id_ in _headings(files)}
    return Setter(type_, texts, Numbers(max(ids, default=0) + 1), Parts("zh"), own=own)


def _tell_invented(root: Any, setter: Setter, synthetic: str) -> None:
    """Say first that the data are invented, where the user's document has no place for it."""
    body = root.find(f"{_W}body")
    if not synthetic or body is None or synthetic in "".join(node.text or "" for node in root.iter(f"{_W}t")):
        return
    look = setter.type.note(colour=setter.type.palette.off_track, align="center")
    for element in reversed(parsed(paragraph(run(synthetic, look), look))):
        body.insert(0, element)


def _text_width(root: Any) -> float:
    """Return the width of the text of the last section in mm, 0 where the document does not say."""
    section = next(reversed(list(root.iter(f"{_W}sectPr"))), None)
    size, margins = (section.find(f"{_W}{name}") if section is not None else None for name in ("pgSz", "pgMar"))
    if size is None or margins is None:
        return 0.0
    given = [node.get(f"{_W}{name}", "0") for node, name in ((size, "w"), (margins, "left"), (margins, "right"))]
    if not all(text.isdigit() for text in given):
        return 0.0
    wide, left, right = (int(text) for text in given)
    return max(0.0, (wide - left - right) / TWIPS_PER_MM)


def _headings(files: dict[str, bytes]) -> Iterator[tuple[int, str]]:
    """Yield the user's own heading styles as (level, id)."""
    if "word/styles.xml" not in files:
        return
    for style in _tree(files["word/styles.xml"]).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        found = _HEADING_STYLES.fullmatch(name.get(f"{_W}val", "")) if name is not None else None
        if found:
            yield int(found[1]), style.get(f"{_W}styleId", "")


def _fill(node: Any, setter: Setter, brief: Brief, places: Places) -> None:
    text = "".join(each.text or "" for each in node.iter(f"{_W}t"))
    for name in _BLOCK.findall(text):
        _set_blocks(node, setter, brief, places.blocks[name])
    if BLOCK in text:
        _leave(node, _BLOCK, "" if any(places.blocks[name] for name in _BLOCK.findall(text)) else ABSENT)
    if NUMBER in text:
        for each in list(node.iter(f"{_W}t")):
            _mark(each, setter.numbers)


def _set_blocks(node: Any, setter: Setter, brief: Brief, indexes: tuple[int, ...]) -> None:
    """Put blocks before the paragraph that names them; running text looks as that paragraph does."""
    setter.own = {**setter.own, "text": _looks(node)}
    content = "".join(setter.block(brief.blocks[place], place) for place in indexes)
    for element in parsed(content):
        node.addprevious(element)


def _looks(node: Any) -> tuple[str, str]:
    first = node.find(f"{_W}r")
    return _text(node.find(f"{_W}pPr")), _text(first.find(f"{_W}rPr") if first is not None else None)


def _text(node: Any) -> str:
    from lxml import etree

    if node is None:
        return ""
    node = deepcopy(node)
    for section in node.findall(f"{_W}sectPr"):  # a section ends once, not with each paragraph
        node.remove(section)
    return str(etree.tostring(node, encoding="unicode", with_tail=False))


def _leave(node: Any, pattern: re.Pattern[str], instead: str) -> None:
    """Take the name of a block place out of its paragraph, and the paragraph where nothing else stands in it."""
    for each in node.iter(f"{_W}t"):
        each.text = pattern.sub(instead, each.text or "")
    parent = node.getparent()
    is_empty = not "".join(each.text or "" for each in node.iter(f"{_W}t")).strip()
    needed = parent.tag == f"{_W}tc" or node.find(f"{_W}pPr/{_W}sectPr") is not None
    if is_empty and not needed and node.find(f".//{_W}drawing") is None:
        parent.remove(node)


def _mark(node: Any, numbers: Numbers) -> None:
    """Split the run of a text at its marked numbers, each inside a bookmark; one that stands twice gets a name of its own."""
    text, whole = node.text or "", node.getparent()
    if NUMBER not in text or whole.tag != f"{_W}r":
        return
    properties = whole.find(f"{_W}rPr")
    at = 0
    for found in _NUMBER.finditer(text):
        _put(whole, text[at : found.start()], properties)
        start, end = parsed(numbers.bookmark(numbers.free(mark_name(found[1])), ""))
        whole.addprevious(start)
        _put(whole, found[2], properties)
        whole.addprevious(end)
        at = found.end()
    node.text = text[at:]


def _put(whole: Any, text: str, properties: Any) -> None:
    """Put a run of `text` before the run `whole`, looking as it does."""
    if not text:
        return
    made = whole.makeelement(f"{_W}r")
    if properties is not None:
        made.append(deepcopy(properties))
    letters = whole.makeelement(f"{_W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    letters.text = text
    made.append(letters)
    whole.addprevious(made)


def _unmarked(content: bytes, file: str) -> bytes:
    """Return a head, foot or property without signs: numbers there bear no identifier, and no block fits there."""
    text = content.decode("utf-8", "surrogateescape")
    if BLOCK in text:
        raise UserError("places.beside", file=file, place=_BLOCK.findall(text)[0] if _BLOCK.findall(text) else BLOCK)
    return _NUMBER.sub(r"\g<2>", text).encode("utf-8", "surrogateescape")


def _joined(files: dict[str, bytes], parts: Parts) -> dict[str, bytes]:
    """Return the document's files with the parts of charts, known to its list of types and to the relations of its text."""
    if not parts.files:
        return files
    types = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.types.items())
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    types += "".join(f'<Override PartName="/{name}" ContentType="{book}"/>' for name in parts.files if name.endswith(".xlsx"))
    relations = "".join(f'<Relationship Id="{id_}" Type="{kind}" Target="{to}"/>' for id_, (kind, to) in parts.relations.items())
    listed, related = "[Content_Types].xml", "word/_rels/document.xml.rels"
    files = dict(files)
    files[listed] = files[listed].replace(b"</Types>", types.encode() + b"</Types>")
    files[related] = files[related].replace(b"</Relationships>", relations.encode() + b"</Relationships>")
    return {**files, **parts.files}


def _tree(content: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _bytes(root: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
