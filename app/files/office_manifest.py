"""What an Office document knows of its own making: properties `zhiheng.*` of the file, which every office program keeps.

They tell `verify` which brief the file was: language, template, sections, of which firms, by whom issued, when, after which
journal entry. A seal of each line's numbers stands beside them, so that a number changed in the file is told from one that the
study gives anew. Nothing of it names a firm, a person or a computer.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from app.domain.brief import Brief
from app.domain.program import program_version
from app.files.brief_places import clean_text

FORMAT = "1"
PREFIX = "zhiheng."
LONGEST = 250  # characters of a property: Word's own dialog takes 255
PART = "docProps/custom.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of a user's own properties, ECMA-376 part 1, 15.2.12.2
_FOLDER = re.compile(r".*[/\\]")


def manifest_of(brief: Brief) -> dict[str, str]:
    """Return the properties of a brief; of a user's own template the file's name alone, not the folder it lies in."""
    plan = brief.plan
    return {
        "format": FORMAT,
        "program": program_version(),
        "lang": brief.lang,
        "template": _FOLDER.sub("", plan.template),
        "sections": " ".join(plan.sections),
        "township": plan.township,
        "sector": plan.sector,
        "issuer": plan.issuer,
        "created": brief.created,
        "journal": brief.journal,
        "study": brief.study,
    }


def with_manifest(package: bytes, manifest: Mapping[str, str]) -> bytes:
    """Return the Office package with the properties `zhiheng.<name>`, long ones in pieces (`name.1`, `name.2` …)."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == _TYPES:
                data = _with(data, b"</Types>", f'<Override PartName="/{PART}" ContentType="{_TYPE}"/>')
            elif entry.filename == _RELATIONS:
                data = _with(data, b"</Relationships>", f'<Relationship Id="rIdZhiheng" Type="{_RELATION}" Target="{PART}"/>')
            if entry.filename != PART:
                made.writestr(entry, data)
        made.writestr(PART, _properties(manifest))
    return target.getvalue()


def manifest_in(properties: Mapping[str, str]) -> dict[str, str]:
    """Return what `with_manifest` put among a document's properties, pieces joined; empty for a document that is none of ours."""
    own = {name.removeprefix(PREFIX): text for name, text in properties.items() if name.startswith(PREFIX)}
    whole: dict[str, list[tuple[int, str]]] = {}
    for name, text in own.items():
        base, _, place = name.rpartition(".")
        whole.setdefault(base if place.isdigit() else name, []).append((int(place) if place.isdigit() else 0, text))
    return {name: "".join(text for _, text in sorted(pieces)) for name, pieces in whole.items()}


def _with(data: bytes, end: bytes, element: str) -> bytes:
    """Return XML with one more element before its end; untouched where it has it already."""
    return data if PART.encode() in data else data.replace(end, element.encode() + end)


def _properties(manifest: Mapping[str, str]) -> bytes:
    pairs = [pair for name, text in manifest.items() for pair in _pieces(name, text)]
    lines = "".join(
        f"<property fmtid={quoteattr(_SET)} pid={quoteattr(str(place))} name={quoteattr(PREFIX + name)}>"
        f"<vt:lpwstr>{escape(clean_text(text))}</vt:lpwstr></property>"
        for place, (name, text) in enumerate(pairs, 2)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}">{lines}</Properties>'.encode()


def _pieces(name: str, text: str) -> list[tuple[str, str]]:
    if len(text) <= LONGEST:
        return [(name, text)]
    return [(f"{name}.{k // LONGEST + 1}", text[k : k + LONGEST]) for k in range(0, len(text), LONGEST)]
