"""What is put into a document when it is done, so that `verify` finds its brief again and whose change a number is."""

from __future__ import annotations

from app.domain.brief import Brief
from app.domain.seals import seals_of
from app.files.office_manifest import manifest_of, with_manifest
from app.files.readback import document_of


def sealed(package: bytes, brief: Brief) -> bytes:
    """Return the Office package with the manifest of its brief and the marks of its numbers."""
    return with_manifest(package, {**manifest_of(brief), "numbers": "".join(seals_of(document_of(package, "")))})
