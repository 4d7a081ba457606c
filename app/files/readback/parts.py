"""Reading the XML of Office documents by local names: the same elements come under transitional and strict namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from app.files.pages.package import Package

__all__ = ["Package", "attribute", "children", "inside", "local", "related", "within"]

RELATION_ID = "id"
_CHOICE, _FALLBACK = "AlternateContent", "{*}Fallback"


def local(node: Any) -> str:
    """Return the name of an element without its namespace, "" for a comment."""
    return _bare(node.tag) if isinstance(node.tag, str) else ""


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    return name.rpartition("}")[2]


def attribute(node: Any, name: str) -> str:
    """Return an attribute by its local name, "" where there is none or no element."""
    if node is None:
        return ""
    return next((str(text) for key, text in node.attrib.items() if _bare(str(key)) == name), "")


def inside(node: Any, *names: str) -> Any:
    """Return the first element down a path of local names, or None."""
    for name in names:
        if node is None:
            return None
        node = next((each for each in node if local(each) == name), None)
    return node


def within(node: Any, name: str) -> Iterator[Any]:
    """Yield the elements of a local name anywhere below, without those that only older programs show."""
    for each in node.iter(f"{{*}}{name}"):
        if each is not node and next(each.iterancestors(_FALLBACK), None) is None:
            yield each


def children(node: Any) -> Iterator[Any]:
    """Yield the elements below; of alternative contents the first, which is the one that newer programs show."""
    for each in node:
        if local(each) == _CHOICE:
            first = next(iter(each), None)
            yield from first if first is not None else ()
        else:
            yield each


def related(package: Package, part: str, node: Any, name: str = RELATION_ID) -> str:
    """Return the part that an element's relation leads to, "" where it leads nowhere inside the package."""
    target = package.relations(part).get(attribute(node, name), "")
    return target if target and package.has(target) else ""
