"""Which rows under a header are firms, and which are totals, groups, spacers, repeated headers and footers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.intake.clean_yes_no import read_yes_no
from app.analysis.intake.credit_code import valid_codes
from app.analysis.intake.distinct import is_marker
from app.analysis.intake.furniture import is_footer, is_serial, is_total, region_name
from app.analysis.intake.header import Header
from app.analysis.intake.lexicon import Lexicon
from app.analysis.intake.option_book import NONE
from app.analysis.intake.sheet_facts import SheetFacts
from app.domain.words import normal_form

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int32]
_HEADINGS = 3  # items that a row must name to be the header of another table
_VARIED = 400  # different texts from which a column holds names or free text
_LABELS = 6  # a total's label stands in one of the first columns
_SUMMED = re.compile("[计均和]|total|average|mean|sum", re.IGNORECASE)  # in every label of a total
_CLOSED, _LONGEST = 2, 40  # chosen answers that no total has, and how long one may be
_GROUP = "一二三四五六七八九十（("


@dataclass(frozen=True, slots=True)
class Body:
    """The rows under a header, zero-based: `firms`, `totals`, `groups`, `footers`; `stop` is the first row not looked at.

    `repeats` repeat the header; `left` were left out by a decision.
    """

    firms: Ints
    totals: tuple[int, ...]
    groups: tuple[int, ...]
    footers: tuple[int, ...]
    stop: int
    repeats: tuple[int, ...] = ()
    left: tuple[int, ...] = ()


def find_body(facts: SheetFacts, header: Header, lexicon: Lexicon) -> Body:
    """Return what the rows under `header` are, down to the end of the sheet or to the header of another table."""
    n_rows = facts.sheet.n_rows
    open_rows = np.zeros(n_rows, dtype=bool)
    open_rows[header.first :] = True
    counts = facts.filled.sum(axis=1)
    open_rows &= counts > 0
    repeats = open_rows & _repeats_header(facts, header)
    open_rows &= ~repeats
    sparse = open_rows & (counts <= max(2.0, 0.4 * facts.width))
    footers, stop = _footers(facts, sparse, open_rows, lexicon)
    open_rows[footers] = False
    open_rows[stop:] = False
    totals = [int(row) for row in _totals(facts, header.first, open_rows) if not _answers_as_a_firm(facts, int(row), lexicon)]
    open_rows[totals] = False
    wide = _wide_merges(facts)
    alone = np.flatnonzero(open_rows & (counts == 1)).tolist()
    groups = [row for row in alone if _is_group(facts, header, row, wide.get(row, ()))]
    open_rows[groups] = False
    open_rows &= ~_only_numbered(facts, header, counts)
    firms = np.flatnonzero(open_rows).astype(np.int32)
    again = tuple(np.flatnonzero(repeats[:stop]).tolist())
    return Body(firms, tuple(totals), tuple(groups), tuple(footers), stop, again)


def _repeats_header(facts: SheetFacts, header: Header) -> Bools:
    """Return which rows repeat the header's last row, as sheets do that were printed page by page; shape (n_rows,)."""
    equal = np.zeros(facts.sheet.n_rows, dtype=np.int64)
    row = header.rows[-1]
    columns = np.flatnonzero(facts.filled[row])
    for column in columns:
        codes = facts.sheet.columns[column].codes
        equal += codes == codes[row]
    repeated: Bools = equal >= max(2.0, 0.8 * len(columns))
    return repeated


def _footers(facts: SheetFacts, sparse: Bools, open_rows: Bools, lexicon: Lexicon) -> tuple[list[int], int]:
    """Return the footer rows, and the row where another table starts (else the number of rows).

    A footer begins with 填表人：, 注：… and goes on over the sparse rows after it, until a full row of answers.
    """
    footers: list[int] = []
    candidates = np.flatnonzero(open_rows & (sparse | _opens_footer(facts, open_rows)))
    inside, previous = False, -1
    for row in candidates.tolist():
        if inside and open_rows[previous + 1 : row].any() and not sparse[previous + 1 : row][open_rows[previous + 1 : row]].all():
            inside = False  # full rows stood between: the table went on after a page's footer
        shown = list(facts.shown(row).values())
        inside = inside or any(is_footer(text) for text in shown[:1]) or (len(shown) > 1 and sum(map(is_footer, shown)) >= 2)
        if inside:
            footers.append(row)
        previous = row
    stop = min(_next_table(facts, footers, lexicon), _other_header(facts, open_rows, lexicon))
    if stop < len(open_rows):
        counts = facts.filled.sum(axis=1)
        while stop and counts[stop - 1] <= 1 and (stop - 1) not in footers:
            stop -= 1  # the title over the header of the other table
    return footers, stop


def _other_header(facts: SheetFacts, open_rows: Bools, lexicon: Lexicon) -> int:
    """Return the first open row that is the header of another table: no firm answers with the names of three questions.

    Columns of many different texts (names, codes) are not looked through: every table has others.
    """
    named = np.zeros(len(open_rows), dtype=np.int64)
    for column in facts.sheet.columns:
        if len(column.texts) > _VARIED:
            continue
        flags = np.array([bool(text) and bool(lexicon.items(text.strip())) for text in column.texts], dtype=np.int64)
        if flags.any():
            named += flags[column.codes]
    for row in np.flatnonzero(open_rows & (named >= _HEADINGS)).tolist():
        if len({lexicon.items(text) for text in facts.shown(row).values()} - {()}) >= _HEADINGS:
            return int(row)
    return len(open_rows)


def _opens_footer(facts: SheetFacts, open_rows: Bools) -> Bools:
    """Return the rows whose first cells open a footer, however many cells they fill; shape (n_rows,)."""
    opens = np.zeros(len(open_rows), dtype=bool)
    for column in facts.sheet.columns[:2]:
        flags = np.array([":" in text or "：" in text for text in column.texts], dtype=bool)
        places = np.flatnonzero(flags)
        flags[places] = [is_footer(column.texts[place]) for place in places]
        opens |= flags[column.codes]
    return opens & open_rows


def _next_table(facts: SheetFacts, footers: list[int], lexicon: Lexicon) -> int:
    """Return the first row after a footer that names three or more items: the header of another table."""
    n_rows = facts.sheet.n_rows
    for footer in footers:
        for row in range(footer + 1, min(footer + 8, n_rows)):
            if row in footers:
                continue
            named = {lexicon.items(text) for text in facts.shown(row).values()} - {()}
            if len(named) >= _HEADINGS:
                return row
    return n_rows


def _totals(facts: SheetFacts, first: int, open_rows: Bools) -> npt.NDArray[np.intp]:
    found = np.zeros(len(open_rows), dtype=bool)
    for column in facts.sheet.columns[:_LABELS]:
        flags = np.array([bool(_SUMMED.search(text)) and is_total(text.strip()) for text in column.texts])
        if flags.any():
            found |= flags[column.codes]
    found[:first] = False
    return np.flatnonzero(found & open_rows)


def _answers_as_a_firm(facts: SheetFacts, row: int, lexicon: Lexicon) -> bool:
    """Return whether a row labelled like a total is a firm of such a name (东方小计): it has a credit code, or closed answers."""
    texts = list(facts.shown(row).values())
    closed = sum(normal_form(text) in lexicon.answers or read_yes_no(text) in ("yes", "no") for text in texts if _worded(text))
    return closed >= _CLOSED or bool(valid_codes([text.upper() for text in texts]).any())


def _worded(text: str) -> bool:
    """Return whether a cell holds a short text that may be a chosen answer: no number, no 无 or dash that only fills a cell."""
    return len(text) <= _LONGEST and any(map(str.isalpha, text)) and not is_marker(text) and text not in NONE


def _wide_merges(facts: SheetFacts) -> dict[int, list[tuple[int, int]]]:
    """Return by its first row the columns (first, last) of each merged range of two columns or more."""
    wide: dict[int, list[tuple[int, int]]] = {}
    for top, left, _, right in facts.sheet.merges:
        if right > left:
            wide.setdefault(top, []).append((left, right))
    return wide


def _is_group(facts: SheetFacts, header: Header, row: int, merges: Sequence[tuple[int, int]]) -> bool:
    """Return whether a row with one cell heads a group (一、城关镇) and is not a firm that answered nothing.

    `merges` are the columns (first, last) of the ranges of several columns that begin in the row.
    """
    column = int(facts.filled[row].argmax())
    text = facts.sheet.text(row, column).strip()
    merged = any(left <= column <= right for left, right in merges)
    if merged or text[:1] in _GROUP or region_name(text):
        return True
    return column == 0 and is_serial(header.names[0]) and not text.isdecimal()


def _only_numbered(facts: SheetFacts, header: Header, counts: npt.NDArray[np.int64]) -> Bools:
    """Return the rows that hold nothing but their running number: empty lines of a printed form; shape (n_rows,)."""
    numbered = np.zeros(len(counts), dtype=bool)
    for column, name in enumerate(header.names[:3]):
        if is_serial(name):
            numbered |= (counts == 1) & facts.filled[:, column]
    return numbered
