"""XML as a stream of finished rows: entities refused, Chinese encodings understood, nothing kept but the row in hand."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any, Final, Protocol

Element = Any
_DECLARATION: Final = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.-]{1,40})["'][^>]{0,200}?\?>""")
_OWN: Final = frozenset(("utf-8", "utf-16", "ascii", "iso8859-1"))  # what expat decodes by itself
_HEAD: Final = 1024


def elements(stream: Readable, row: str) -> Iterator[tuple[str, Element]]:
    """Yield ("start", element) as elements open and ("end", element) as they close; a closed `row` is then let go.

    Elements inside a row are whole when it closes. Raises ParseError, or DefusedXmlException for a document type.
    """
    from defusedxml.ElementTree import iterparse

    open_elements: list[Element] = []
    for event, element in iterparse(as_utf8(stream), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            open_elements.append(element)
            yield "start", element
            continue
        open_elements.pop()
        yield "end", element
        if element.tag == row and open_elements:
            open_elements[-1].clear()


def as_utf8(stream: Readable) -> Readable:
    """Return `stream` as expat can read it: other encodings than its own are decoded here, by the XML declaration."""
    head = stream.read(_HEAD)
    rest = _Joined(head, stream)
    declared = _DECLARATION.match(head)
    if not declared:
        return rest
    try:
        codec = codecs.lookup(declared[1].decode("ascii"))
    except LookupError:
        return rest
    if codec.name in _OWN:
        return rest
    codec = codecs.lookup("gb18030") if codec.name in ("gb2312", "gbk") else codec
    return _Recoded(_Joined(head[declared.end() :], stream), codec)


class Readable(Protocol):
    """Whatever bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return some bytes, none at the end."""


class _Joined:
    """Bytes already read, then the rest of their stream."""

    def __init__(self, head: bytes, stream: Readable) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        """Return some bytes, none at the end."""
        if self._head:
            head, self._head = self._head, b""
            return head
        return self._stream.read(size)


class _Recoded:
    """A stream in another encoding, as UTF-8; bytes that mean nothing in it become �."""

    def __init__(self, stream: Readable, codec: codecs.CodecInfo) -> None:
        self._stream = stream
        self._decoder = codec.incrementaldecoder("replace")

    def read(self, size: int = -1, /) -> bytes:
        """Return some bytes, none at the end."""
        while block := self._stream.read(size):
            if text := self._decoder.decode(block):
                return text.encode("utf-8")
        return self._decoder.decode(b"", final=True).encode("utf-8")
