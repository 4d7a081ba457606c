"""The parts of a Word document being written, and its zip."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from app.files.docx_styles import HEAD
from app.files.docx_xml import RELATIONS, attribute, clean

TYPES = "application/vnd.openxmlformats-officedocument."
WORD_TYPES: Mapping[str, str] = {
    "document": f"{TYPES}wordprocessingml.document.main+xml",
    "styles": f"{TYPES}wordprocessingml.styles+xml",
    "settings": f"{TYPES}wordprocessingml.settings+xml",
    "fontTable": f"{TYPES}wordprocessingml.fontTable+xml",
    "header": f"{TYPES}wordprocessingml.header+xml",
    "footer": f"{TYPES}wordprocessingml.footer+xml",
    "chart": f"{TYPES}drawingml.chart+xml",
}
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_DEFAULTS: Mapping[str, str] = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "xlsx": f"{TYPES}spreadsheetml.sheet",
}


class Parts:
    """Parts beside the document itself, each with the id by which the document refers to it."""

    def __init__(self, prefix: str = "") -> None:
        self.files: dict[str, bytes] = {}
        self.types: dict[str, str] = {}
        self.relations: dict[str, tuple[str, str]] = {}
        self._prefix = prefix  # of names and ids, so that they meet none of a user's own

    def add(self, kind: str, name: str, content: str | bytes) -> str:
        """Add a part of `kind` under word/`name` and return the id of the document's relation to it."""
        data = content.encode() if isinstance(content, str) else content
        self.files[f"word/{name}"] = data
        self.types[f"word/{name}"] = WORD_TYPES[kind]
        relation = f"{self._prefix}rId{len(self.relations) + 1}"
        self.relations[relation] = (f"{RELATIONS}/{kind}", name)
        return relation

    def add_chart(self, number: int, chart: bytes, book: bytes) -> str:
        """Add a chart, whose own relation rId1 is to its workbook; return the id of the document's relation to it."""
        name = f"{self._prefix}chart{number}"
        self.files[f"word/embeddings/{name}.xlsx"] = book
        relation = {"rId1": (f"{RELATIONS}/package", f"../embeddings/{name}.xlsx")}
        self.files[f"word/charts/_rels/{name}.xml.rels"] = relations_xml(relation)
        return self.add("chart", f"charts/{name}.xml", chart)


def package(document: str, parts: Parts, title: str, created: str) -> bytes:
    """Return the zip of a whole document, not yet compressed."""
    files = {
        "[Content_Types].xml": _types_xml(parts.types | {"word/document.xml": WORD_TYPES["document"]}),
        "_rels/.rels": relations_xml(
            {
                "rId1": (f"{RELATIONS}/officeDocument", "word/document.xml"),
                "rId2": (_CORE_RELATION, "docProps/core.xml"),
            }
        ),
        "docProps/core.xml": _core_xml(title, created),
        "word/document.xml": document.encode(),
        "word/_rels/document.xml.rels": relations_xml(parts.relations),
        **parts.files,
    }
    return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of these files, stored: whoever settles it compresses it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as book:
        for name, content in files.items():
            book.writestr(name, content)
    return buffer.getvalue()


def relations_xml(relations: Mapping[str, tuple[str, str]]) -> bytes:
    """Return a relationships part."""
    rows = "".join(
        f'<Relationship Id="{id_}" Type="{kind}" Target={attribute(target)}/>' for id_, (kind, target) in relations.items()
    )
    return f'{HEAD}<Relationships xmlns="{_RELS}">{rows}</Relationships>'.encode()


def _types_xml(types: Mapping[str, str]) -> bytes:
    rows = [f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in _DEFAULTS.items()]
    rows += [f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items()]
    rows.append(f'<Override PartName="/docProps/core.xml" ContentType="{_CORE}"/>')
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{HEAD}<Types xmlns="{space}">{"".join(rows)}</Types>'.encode()


def _core_xml(title: str, created: str) -> bytes:
    spaces = (
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{clean(created)}</dcterms:{name}>' for name in ("created", "modified")
    )
    said = f"<dc:title>{clean(title)}</dc:title><dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>{times}"
    return f"{HEAD}<cp:coreProperties {spaces}>{said}</cp:coreProperties>".encode()
