"""The parts of an Office document: its XML read without entities or network, and what each part refers to."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from functools import lru_cache
from typing import Any

from app.domain.errors import UserError

MOST = 256 * 2**20  # bytes of one part; a document of ours has half a megabyte
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
OFF = frozenset({"0", "false", "off", "none"})


@lru_cache(maxsize=1024)
def full(name: str) -> str:
    """Return a name with its prefix as lxml knows it: `w:p` with its namespace."""
    prefix, _, rest = name.partition(":")
    return f"{{{NAMES[prefix]}}}{rest}"


class Package:
    """A document's zip. `name` is what it is called in messages; UserError `paper.not_document` when it is none."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        self._read: dict[str, Any] = {}
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._names = frozenset(self._zip.namelist())
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise self.unfit() from error

    def unfit(self) -> UserError:
        """Return what is told when the file is no document."""
        return UserError("paper.not_document", file=self.name)

    def names(self) -> tuple[str, ...]:
        """Return the names of all parts, in order."""
        return tuple(sorted(self._names))

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self._names

    def content(self, part: str) -> bytes:
        """Return the bytes of a part; UserError where it is missing, broken or far too large."""
        try:
            if self._zip.getinfo(part).file_size > MOST:
                raise self.unfit()
            return self._zip.read(part)
        except (KeyError, zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError) as error:
            raise self.unfit() from error

    def xml(self, part: str) -> Any:
        """Return the root of a part's XML."""
        if part not in self._read:
            from lxml import etree

            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
            try:
                self._read[part] = etree.fromstring(self.content(part), parser)
            except etree.XMLSyntaxError as error:
                raise self.unfit() from error
        return self._read[part]

    def relations(self, part: str) -> dict[str, str]:
        """Return the parts that `part` refers to, by the id of the relation; what lies outside the file is left out."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(listed):
            return {}
        return {
            relation.get("Id"): _joined(folder, relation.get("Target", ""))
            for relation in self.xml(listed).iter(_RELATIONS)
            if relation.get("TargetMode") != "External"
        }


def _joined(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def child(node: Any, *path: str) -> Any:
    """Return the first element down `path` (`w:pPr`, `w:jc`), or None."""
    for name in path:
        if node is None:
            return None
        node = node.find(full(name))
    return node


def value(node: Any, name: str = "w:val", default: str = "") -> str:
    """Return an attribute of an element that may be None; names without a prefix have no namespace."""
    if node is None:
        return default
    return str(node.get(full(name) if ":" in name else name, default))


def number(node: Any, name: str = "w:val") -> float | None:
    """Return a number attribute, None where it is missing or none."""
    try:
        return float(value(node, name))
    except ValueError:
        return None


def is_on(node: Any) -> bool:
    """Whether a switch element is there and on."""
    return node is not None and value(node, default="1") not in OFF


def colour_of(text: str) -> str:
    """Return RRGGBB as #rrggbb, "" for auto or none."""
    return f"#{text.lower()}" if len(text) == 6 and all(sign in "0123456789abcdefABCDEF" for sign in text) else ""
