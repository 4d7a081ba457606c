"""Which part of an Office package is which: relationships, content types, and the two dialects of the standard."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from app.files.slip_package import Package, Unfit
from app.files.slip_xml import Node, append, attribute_xml, spliced, tree, utf8

_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_EMPTY = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="%s"></Relationships>'
_PACKAGE_RELATIONS = b"http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "[Content_Types].xml"
_BOOK_TYPE = ("sheet.main+xml", "template.main+xml", "sheet.macroEnabled.main+xml", "template.macroEnabled.main+xml")
CONTENT_TYPES = {
    "worksheet": "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
    "styles": "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
    "comments": "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
    "vmlDrawing": "application/vnd.openxmlformats-officedocument.vmlDrawing",
}


@dataclass(frozen=True, slots=True)
class Workbook:
    """The workbook part: its name in the package, its bytes and root, and the namespaces of its dialect."""

    part: str
    data: bytes
    root: Node
    namespace: str
    relations: str


def open_workbook(package: Package) -> Workbook:
    """Return the workbook part of a package; Unfit when it is none of Excel's XML formats."""
    targets = related(package, "", "officeDocument")
    if not targets:
        raise Unfit("no document part")
    part = targets[0]
    types = tree(xml(package, _TYPES))
    declared = {node.attributes.get("PartName", "").lstrip("/").casefold(): node for node in types.all("Override")}
    kind = declared.get(part.casefold())
    if kind is not None and not kind.attributes.get("ContentType", "").endswith(_BOOK_TYPE):
        raise Unfit(kind.attributes.get("ContentType", ""))
    data = xml(package, part)
    root = tree(data)
    namespace = root.attributes.get(f"xmlns:{root.prefix[:-1]}" if root.prefix else "xmlns", "")
    if root.name != "workbook" or root.first("sheets") is None:
        raise Unfit(f"a {root.name} for a workbook")
    return Workbook(part, data, root, namespace, _STRICT_RELATIONS if namespace == _STRICT else _RELATIONS)


def xml(package: Package, part: str) -> bytes:
    """Return a part as UTF-8 XML."""
    return utf8(package.read(part))


def sheet_parts(package: Package, book: Workbook) -> Mapping[str, str]:
    """Return the part of each worksheet by its name, in the workbook's order; sheets of charts and macros hold no cells."""
    targets = _targets(package, book.part)
    sheets = book.root.first("sheets")
    named = {}
    for node in sheets.all("sheet") if sheets is not None else ():
        id_ = next((value for name, value in node.attributes.items() if name.partition(":")[2] == "id"), "")
        if id_ in targets and targets[id_][0].endswith("/worksheet"):
            named[node.attributes.get("name", "")] = targets[id_][1]
    return named


def related(package: Package, part: str, kind: str) -> list[str]:
    """Return the parts to which `part` ("" the package itself) is related as `kind`: styles, comments, vmlDrawing …"""
    return [target for type_, target in _targets(package, part).values() if type_.rpartition("/")[2] == kind]


def related_by_id(package: Package, part: str, id_: str) -> str:
    """Return the part behind a relationship; Unfit when there is none."""
    try:
        return _targets(package, part)[id_][1]
    except KeyError as error:
        raise Unfit(f"{part}: no relationship {id_}") from error


def add_part(package: Package, owner: str, relations: str, name: str, data: bytes) -> str:
    """Add a new part of the kind its folder and name tell, related to `owner`; return the relationship's id."""
    kind = next(kind for kind in CONTENT_TYPES if kind.casefold() in name.casefold() or kind + "s/" in name)
    package.put(name, data)
    _declare(package, name, CONTENT_TYPES[kind])
    file = _relations_of(owner)
    listing = xml(package, file) if package.has(file) else _EMPTY % _PACKAGE_RELATIONS
    root = tree(listing)
    taken = {node.attributes.get("Id", "") for node in root.children}
    id_ = next(free for number in range(1, 100_000) if (free := f"rIdZh{number}") not in taken)
    target = posixpath.relpath(name, posixpath.dirname(owner) or ".")
    type_ = attribute_xml(f"{relations}/{kind}")
    new = f'<{root.prefix}Relationship Id="{id_}" Type={type_} Target={attribute_xml(target)}/>'
    package.put(file, spliced(listing, [append(root, listing, new)]))
    return id_


def _declare(package: Package, name: str, type_: str) -> None:
    data = xml(package, _TYPES)
    root = tree(data)
    new = f'<{root.prefix}Override PartName={attribute_xml(f"/{name}")} ContentType="{type_}"/>'
    package.put(_TYPES, spliced(data, [append(root, data, new)]))


def _targets(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return the type and the target part of each relationship of `part`, those to the outside left out."""
    file = _relations_of(part)
    if not package.has(file):
        return {}
    folder = posixpath.dirname(part)
    found = {}
    for node in tree(xml(package, file)).all("Relationship"):
        target = node.attributes.get("Target", "").replace("\\", "/")
        if node.attributes.get("TargetMode") != "External":
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[node.attributes.get("Id", "")] = (node.attributes.get("Type", ""), whole)
    return found


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels") if part else "_rels/.rels"
