"""A column as its distinct values, what cleaning makes of each, and the way back to the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.analysis.intake.tidy import tidy, visible
from app.domain.decisions import DecisionKind
from app.domain.sheet import CellKind, RawColumn

Ints = npt.NDArray[np.int32]

# Written instead of an answer: the cell is not blank, yet says nothing. 无 is not here: in a multi-select it is an answer.
_DASHES = frozenset({"/", "\\", "-", "--", "---", "—", "——", "–", "―", "_", ".", "...", "…", "……", "*", "?", "//"})
_WORDS = frozenset(
    {"n/a", "na", "#n/a", "null", "nan", "不详", "未知", "保密", "不便透露", "拒答", "略", "空", "暂缺", "缺", "未填", "未填报"}
)
MARKERS = _DASHES | _WORDS


@dataclass(frozen=True, slots=True)
class Distinct:
    """The distinct values of a column over some rows: `inverse[i]` indexes `texts`, `kinds` and `counts` for row i.

    `inverse`: int32, shape (n_rows,); blank cells are among the values, with an empty text.
    """

    texts: tuple[str, ...]
    kinds: tuple[CellKind, ...]
    inverse: Ints
    counts: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding about one distinct value; it holds for every cell with that value."""

    index: int
    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Qualified:
    """A distinct value that was not exact: `qualifier` as in Responses.qualifiers, its ends in the stored unit (NaN: open),
    and what stood behind the number."""

    index: int
    qualifier: str
    low: float
    high: float
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a column leaves open: asked as a Question of `kind` with this subject ("" the heading), over the values `indices`.

    `choices` likeliest first; `assumed` is what cleaning did meanwhile.
    """

    kind: DecisionKind
    choices: tuple[str, ...]
    assumed: str
    indices: tuple[int, ...]
    subject: str = ""
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What people decided about a column: how its shares are written (fraction|percent), its unit of money, and the option
    that a text in normal form means (option code, "" for no answer)."""

    scale: str = ""
    unit: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What cleaning made of each distinct value: `values` float64 (NaN missing) or object (str, None missing).

    `column_issues` are findings about the column as a whole (code, params).
    """

    values: npt.NDArray[np.float64] | npt.NDArray[np.object_]
    issues: tuple[Issue, ...] = ()
    column_issues: tuple[tuple[str, Mapping[str, str]], ...] = field(default=())
    qualified: tuple[Qualified, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def distinct_values(column: RawColumn, rows: Ints) -> Distinct:
    """Return the distinct values that stand in `rows` of a column, in the order of the column's own table."""
    codes = column.codes[rows]
    counts = np.bincount(codes, minlength=len(column.texts))
    used = np.flatnonzero(counts)
    place = np.zeros(len(counts), dtype=np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    texts, kinds = column.texts, column.kinds
    return Distinct(tuple(texts[i] for i in used), tuple(kinds[i] for i in used), place[codes], counts[used])


def is_blank(text: str) -> bool:
    """Return whether a cell's text shows nothing."""
    return not text or not (text[0].isalnum() or visible(text))


def is_marker(text: str) -> bool:
    """Return whether a cell's text stands for a missing answer: a dash, N/A, 不详, 保密 …"""
    return len(text) <= 8 and tidy(text).lower() in MARKERS
