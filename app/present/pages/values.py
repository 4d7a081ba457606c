"""The frozen values the pages of the window are made of; every text in them is already worded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.figure import Figure
from app.domain.release import ReleasedTable
from app.present.coverage import Coverage
from app.present.pages.collect_values import FirmPair, QuestionCard, Revised
from app.present.pages.readiness_values import ReadinessViews

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one next step of an empty page: `command` is an id of the command catalogue, `label` the words of its button."""

    command: str
    label: str


@dataclass(frozen=True, slots=True)
class Empty:
    """Why a page has nothing to show, in one sentence, and what to do about it."""

    why: str
    step: NextStep | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter of the shared selection: `field` of `Selection`, its value now, and what may be chosen as (value, text)."""

    field: str
    title: str
    value: str
    text: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The top of a page: the finding, what is counted, the chips; `synthetic` is the demonstration mark or "".

    A page with `empty` set shows that instead of its content.
    """

    headline: str
    measure_line: str = ""
    chips: tuple[Chip, ...] = ()
    notes: tuple[str, ...] = ()
    synthetic: str = ""
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; numbers are set right.

    `kind` text | prose (sentences) | place (a file or cell) | number | percent | score | level | severity | code.
    An `optional` column steps aside where the page is too narrow for all, the last one first; it is still searched and copied.
    """

    key: str
    title: str
    kind: str = "text"
    unit: str = ""
    optional: bool = False

    @property
    def right(self) -> bool:
        """Whether its cells stand at the right edge."""
        return self.kind in ("number", "percent", "score")


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table column by column: `data[c][r]` is a str, float, int or None (absent); `ids[r]` names row r for a click.

    `severities[r]` marks a row with a finding (error | warning | note | ""), empty when the table knows none.
    """

    columns: tuple[Column, ...]
    data: tuple[tuple[object, ...], ...]
    ids: tuple[str, ...]
    severities: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Fact:
    """A number in words with what it means and, where it can be walked back, the evidence it opens."""

    label: str
    value: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One station of the work, in order: its page, its words, how far it is, and the command that takes it on."""

    page: str
    title: str
    text: str
    done: bool
    command: str


@dataclass(frozen=True, slots=True)
class StartPage:
    """起步: recent files as (path, name), the facts of the open study, the stations of the work, the newest journal entries.

    `history` holds (what was done, when as YYYY-MM-DD HH:MM), newest first.
    """

    head: Head
    recent: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    steps: tuple[Step, ...]
    history: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reporting:
    """回收情况 by the firm register: `groups` are (id, words, response by it), `absent` the firms that have not answered.

    The columns of a group that are no numbers have the keys of `absent`, so that a row narrows the list to its firms.
    """

    headline: str
    note: str
    groups: tuple[tuple[str, str, PageTable], ...]
    absent: PageTable


@dataclass(frozen=True, slots=True)
class CollectPage:
    """收表: who sent what (`coverage`), what is asked (`questions`, heaviest first; `pairs` of firms), the received files,
    what is wrong in them, which of them correct earlier ones, and who has not reported this time; `reporting` where a
    register tells who ought to, `decided` what people decided (row ids are those of the decisions)."""

    head: Head
    facts: tuple[Fact, ...]
    sources: PageTable
    findings: PageTable
    kinds: PageTable
    absent: tuple[str, ...]
    coverage: Coverage = Coverage()  # noqa: RUF009 - a frozen value
    questions: tuple[QuestionCard, ...] = ()
    pairs: tuple[FirmPair, ...] = ()
    revised: tuple[Revised, ...] = ()
    reporting: Reporting | None = None
    decided: PageTable | None = None


@dataclass(frozen=True, slots=True)
class FirmsPage:
    """企业: the firm table; row ids are response positions as text."""

    head: Head
    firms: PageTable


@dataclass(frozen=True, slots=True)
class ReadinessPage:
    """评估: the main figure, at most two beside it, the classifier in plain sentences, and the views behind the profile."""

    head: Head
    main: Figure | None
    others: tuple[Figure, ...]
    facts: tuple[Fact, ...]
    classifier: tuple[str, ...]
    views: ReadinessViews = ReadinessViews()  # noqa: RUF009 - a frozen value


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a scatter; `log` says the numbers are log10 of `label`'s unit."""

    label: str
    log: bool = False


@dataclass(frozen=True, slots=True)
class Scatter:
    """Index against size, a point a firm: float64 arrays `x`, `y` and int64 `positions`, all of shape (n,).

    `density` counts firms in a grid of shape (len(x_edges) − 1, len(y_edges) − 1): draw it instead of the points when
    there are many.
    """

    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    positions: npt.NDArray[np.int64]
    levels: tuple[str, ...]
    x_axis: Axis
    y_axis: Axis
    x_edges: npt.NDArray[np.float64]
    y_edges: npt.NDArray[np.float64]
    density: npt.NDArray[np.int64]
    missing: str


@dataclass(frozen=True, slots=True)
class ExplorePage:
    """探索: the scatter and the cross table of sector × size."""

    head: Head
    scatter: Scatter | None
    cross: ReleasedTable | None
    cross_title: str = ""
    cross_notes: tuple[str, ...] = ()
