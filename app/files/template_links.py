"""What a template of one's own leads to outside itself: a brief goes to others and must fetch nothing where it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.files.file_names import shown_name
from app.files.pages.package import Package

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ATTACHED = "attachedTemplate"  # the .dotm that a document was begun from, on whose computer it ever was
_LET_BE = ("hyperlink", _ATTACHED)  # followed by nobody but who clicks; cut off
_LONGEST = 80  # characters of a target that are shown


def check_links(path: Path) -> None:
    """UserError `places.linked` for a template with pictures, data or documents that lie elsewhere; links to click may stay."""
    name = shown_name(path)
    package = Package(path.read_bytes(), name)
    for part in package.names():
        if not part.endswith(".rels"):
            continue
        for relation in package.xml(part).iter(_RELATIONS):
            if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith(_LET_BE):
                raise UserError("places.linked", file=name, target=relation.get("Target", "")[:_LONGEST])


def cut_off(document: Any) -> None:
    """Take the template that a python-docx document is attached to away from it."""
    for part in list(document.part.package.iter_parts()):
        for id_ in [id_ for id_, relation in part.rels.items() if relation.is_external and relation.reltype.endswith(_ATTACHED)]:
            for node in list(part.element.iter(f"{{*}}{_ATTACHED}")):
                node.getparent().remove(node)
            del part.rels[id_]
