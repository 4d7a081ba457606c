"""Letting the rows of a corrected form stand for those they put right; both are kept, one counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.domain.decisions import RowKey
from app.domain.errors import UserError
from app.domain.responses import Responses
from app.domain.revision import ChangedRow
from app.domain.study import Source, Study
from app.domain.task import Progress, Task
from app.workflows.context import Context
from app.workflows.revisions import lineage, revised_sources, revision_of, with_aside
from app.workflows.whole import with_parts


@dataclass(frozen=True, slots=True)
class Accepted:
    """Which rows of a revision: by number from 1, or all of the kinds (new, changed, vanished, or all).

    `keep`: what stood before counts instead, and a new row does not.
    """

    rows: tuple[int, ...] = ()
    kinds: frozenset[str] = frozenset()
    keep: bool = False


def accept(study: Study, source: str, accepted: Accepted, context: Context) -> Task[Study]:
    """Return the study in which the accepted rows of the source named `source` count in place of those they put right.

    The very same study when that is so already. UserError `revision.none`, `accept.row`, or `accept.nothing` for no row.
    """
    yield Progress("progress.collect.combine")
    revision, responses = revision_of(study, source), study.responses
    if responses is None:
        return study
    chosen = [row for number, row in enumerate(revision.rows, 1) if number in accepted.rows or _is_meant(row, accepted)]
    unknown = [number for number in accepted.rows if number > len(revision.rows)]
    if unknown:
        raise UserError("accept.row", number=unknown[0], n=len(revision.rows), file=source)
    if not accepted.rows and not accepted.kinds:
        raise UserError("accept.nothing")
    form = next(each for each in revised_sources(study) if each.name == source)
    rows = _Rows(responses, form, lineage(study, form))
    new = [row.new for row in chosen if row.new is not None]
    old = [key for row in chosen for key in rows.before(row)]
    put, back = (new, old) if accepted.keep else (old, new)
    guidance = with_aside(study.guidance, put, back)
    return study if guidance == study.guidance else with_parts(replace(study, guidance=guidance), (), context)


def _is_meant(row: ChangedRow, accepted: Accepted) -> bool:
    return "all" in accepted.kinds or row.kind.value in accepted.kinds


class _Rows:
    """The rows of a corrected form and of all that it puts right, by firm: each firm may stand in several of them."""

    def __init__(self, responses: Responses, form: Source, before: frozenset[str]) -> None:
        sources = [block.source for block in responses.blocks]
        block, row = responses.places["block"].to_numpy(), responses.places["row"].to_numpy()
        firm = responses.firms["firm"].to_numpy(dtype=object)
        concerned = np.array([source in before or source == form.sha256 for source in sources], dtype=bool)
        self._firm: dict[RowKey, str] = {}
        self._earlier: dict[str, list[RowKey]] = {}
        for position in np.flatnonzero(concerned[block]).tolist():
            stands = responses.blocks[block[position]]
            key = RowKey(stands.source, stands.sheet, int(row[position]))
            self._firm[key] = firm[position]
            if stands.source in before:
                self._earlier.setdefault(firm[position], []).append(key)

    def before(self, row: ChangedRow) -> list[RowKey]:
        """Return the rows that `row` stands against: the one it changes, and those of the same firm in still earlier forms."""
        if row.old is None:
            return []
        firms = [self._firm[key] for key in (row.old, row.new) if key in self._firm]
        return list(dict.fromkeys([row.old, *(key for firm in firms for key in self._earlier.get(firm, ()))]))
