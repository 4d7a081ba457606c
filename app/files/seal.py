"""封记: what is put into a document when it is done, so that `verify` finds its brief again and tells whose change a number is."""

from __future__ import annotations

from app.domain.brief import Brief
from app.files.office_manifest import manifest_of, with_manifest


def sealed(package: bytes, brief: Brief) -> bytes:
    """Return the Office package with the manifest of its brief."""
    return with_manifest(package, manifest_of(brief))
