"""Make an Office file depend on its content alone: fixed zip dates, the declared creation time, no author, no host name."""

from __future__ import annotations

import io
import re
import zipfile

ZIP_DATE = (2000, 1, 1, 0, 0, 0)  # any constant after 1980; the zip format knows nothing earlier
_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_PERSON = re.compile(rb"(<(?:dc:creator|cp:lastModifiedBy)[^>]*>)[^<]*(<)")


def settle(content: bytes, created: str) -> bytes:
    """Return the same Office file with `created` (ISO 8601, UTC) as its only time stamp, embedded workbooks included."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as settled:
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            settled.writestr(info, _part(entry.filename, source.read(entry), created))
    return target.getvalue()


def _part(name: str, data: bytes, created: str) -> bytes:
    if name.endswith(".xlsx"):
        return settle(data, created)
    if name == "docProps/core.xml":
        data = _TIME.sub(rb"\g<1>" + created.encode() + rb"\g<2>", data)
        return _PERSON.sub(rb"\g<1>\g<2>", data)
    return data
