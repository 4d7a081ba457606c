"""XML changed at single places: elements with where they stand in the bytes, so that all the rest stays exactly as it was."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from app.files.slip_package import Unfit

_TAG = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Edit = tuple[int, int, bytes]  # the bytes from … to … are replaced by these


@dataclass(slots=True)
class Node:
    """An element: its start tag is data[start:head], its content data[head:tail], and it ends before `stop`."""

    tag: str
    attributes: dict[str, str]
    start: int
    head: int
    tail: int = -1
    stop: int = -1
    children: list[Node] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """The namespace prefix with its colon, "" when it has none."""
        return self.tag[: self.tag.find(":") + 1]

    @property
    def name(self) -> str:
        """The name without its prefix."""
        return self.tag[self.tag.find(":") + 1 :]

    def all(self, name: str) -> Iterator[Node]:
        """Yield the children of this name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Node | None:
        """Return the first child of this name, or None."""
        return next(self.all(name), None)


def utf8(data: bytes) -> bytes:
    """Return XML in UTF-8; what is so already comes back untouched. Unfit for an encoding that is not known."""
    declared = _DECLARED.match(data)
    name = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else declared[1].decode("ascii") if declared else "utf-8"
    try:
        if codecs.lookup(name).name in ("utf-8", "ascii"):
            return data
        return _DECLARATION.sub('<?xml version="1.0" encoding="UTF-8"?>', data.decode(name), count=1).encode()
    except (LookupError, UnicodeError) as error:
        raise Unfit(f"encoding {name}: {error}") from error


def new_parser() -> Any:
    """Return a parser of bytes that refuses document types and knows no entity but the five of XML."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return parser


def parse(parser: Any, data: bytes) -> None:
    """Let `parser` go over `data`; Unfit when it is no well-formed XML."""
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unfit(f"XML: {error}") from error


def tree(data: bytes) -> Node:
    """Return the root of a small document with all elements below it; Unfit when it is no well-formed XML."""
    parser = new_parser()
    above = [Node("", {}, 0, 0)]

    def opened(tag: str, attributes: dict[str, str]) -> None:
        start = parser.CurrentByteIndex
        above.append(Node(tag, attributes, start, tag_end(data, start)))

    def closed(_tag: str) -> None:
        node = above.pop()
        close(node, data, parser.CurrentByteIndex)
        above[-1].children.append(node)

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parse(parser, data)
    return above[0].children[0]


def close(node: Node, data: bytes, place: int) -> None:
    """Note where an element ends; `place` is the parser's at the end of the element."""
    if data[node.head - 2 : node.head] == b"/>":
        node.tail = node.stop = node.head
    else:
        node.tail, node.stop = place, data.index(b">", place) + 1


def tag_end(data: bytes, start: int) -> int:
    """Return where the tag that begins at `start` ends; an attribute may hold a >."""
    match = _TAG.match(data, start)
    if match is None:
        raise Unfit(f"no tag at byte {start}")
    return match.end()


def spliced(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return `data` with every edit made; edits do not overlap, and those at one place keep their order."""
    parts, place = [], 0
    for start, stop, new in sorted(edits, key=lambda edit: edit[:2]):
        parts += [data[place:start], new]
        place = stop
    return b"".join([*parts, data[place:]])


def append(node: Node, data: bytes, xml: str) -> Edit:
    """Return the edit that puts `xml` last into `node`, which is opened where it was an empty tag."""
    if node.tail > node.head or data[node.head - 2 : node.head] != b"/>":
        return node.tail, node.tail, xml.encode()
    return node.head - 2, node.head, f">{xml}</{node.tag}>".encode()


def with_attributes(tag: bytes, values: dict[str, str]) -> bytes:
    """Return a start tag with attributes set, the others and their order as they were."""
    for name, value in values.items():
        new = f"{name}={quoteattr(value)}".encode()
        pattern = re.compile(rb"(?<=\s)" + name.encode() + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')")
        if pattern.search(tag):
            tag = pattern.sub(lambda _match, new=new: new, tag, count=1)  # type: ignore[misc]
        else:
            end = len(tag) - (2 if tag.endswith(b"/>") else 1)
            tag = tag[:end].rstrip() + b" " + new + tag[end:]
    return tag


def whole(text: str, otherwise: int) -> int:
    """Return the whole number that an attribute holds, `otherwise` where it holds none."""
    return int(text) if text.isascii() and text.isdigit() else otherwise


def text_xml(text: str) -> str:
    """Return text as element content; characters that XML cannot hold are left out."""
    return escape(_FORBIDDEN.sub("", text))


def attribute_xml(text: str) -> str:
    """Return text as a quoted attribute value; characters that XML cannot hold are left out."""
    return quoteattr(_FORBIDDEN.sub("", text))


def _refuse_doctype(*_details: object) -> None:
    raise Unfit("a document type")
