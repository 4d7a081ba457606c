"""Not one of the files given could be read."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.errors import UserError
from app.domain.findings import Finding

_NAMED = 5


class NothingRead(UserError):
    """`findings` say why, file by file; nothing was changed."""

    def __init__(self, code: str, findings: Sequence[Finding]) -> None:
        names = list(dict.fromkeys(finding.place.source for finding in findings))
        super().__init__(code, files="、".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else ""))
        self.findings = tuple(findings)
