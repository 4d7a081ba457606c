"""Each number of a document as the study gives it, beside what an edited document says in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.analysis.verify.equal import both_shown, is_same, says, shown, single
from app.analysis.verify.grids import Mapping, Order, cell_at, label_of, mapped, matched_grids
from app.analysis.verify.ids import Ids, ids_of
from app.analysis.verify.lines import clusters
from app.analysis.verify.words import paired
from app.domain.claims import Checked, Verdict
from app.domain.document import MINUS, PLUS, Document, Entry, Grid, GridKind, Line
from app.domain.numerals import Numeral, masked, numerals
from app.domain.seals import line_keys, row_keys, seal_of

DOCUMENT, STUDY = "document", "study"
_BEFORE, _AFTER = 18, 10  # characters of context told
_AROUND = 8  # characters of words by which a number that went elsewhere is known


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of how a document was made: the marks of its lines, and whether the study changed since (`moved_on`)."""

    marks: frozenset[str] = frozenset()
    moved_on: bool = False

    def cause(self, keys: Sequence[str], is_found: bool) -> str:
        """Return whose change it is that a line with these numbers is found (or, no longer found) in the document."""
        if not self.moved_on:
            return DOCUMENT
        return STUDY if (seal_of(keys) in self.marks) is is_found else DOCUMENT


def verify(expected: Document, found: Document, reading: Reading) -> tuple[Checked, ...]:
    """Return every number of `expected` with what became of it, then the numbers of `found` that the study does not know.

    A row or column in another place than the study puts it is one entry, its places in the table as its numbers.
    """
    work = _Work(expected, found, reading, ids_of(expected))
    return (*_reunited(list(work.lines())), *work.grids())


@dataclass(frozen=True, slots=True)
class _Work:
    expected: Document
    found: Document
    reading: Reading
    ids: Ids

    def lines(self) -> Iterator[Checked]:
        """Compare paragraphs."""
        places, other = _places(self.expected, Line), _places(self.found, Line)
        ours = [self.expected.items[at] for at in places]
        theirs = [self.found.items[at] for at in other]
        lines, found_lines = (
            [each for each in ours if isinstance(each, Line)],
            [each for each in theirs if isinstance(each, Line)],
        )
        for cluster in clusters(lines, found_lines):
            if not cluster.found and all(lines[i].drawn for i in cluster.expected):
                continue  # it repeats what the values of its chart say
            ids = [id_ for i in cluster.expected for id_ in self.ids.lines[places[i]]]
            yield from self._cluster([lines[i] for i in cluster.expected], [found_lines[j] for j in cluster.found], ids)

    def _cluster(self, ours: list[Line], theirs: list[Line], ids: list[str]) -> Iterator[Checked]:
        text, other = ("\n".join(line.text for line in lines) for lines in (ours, theirs))
        where = (ours or theirs)[0].where
        known = iter(ids)
        cause = self.reading.cause(line_keys(other), True) if theirs else self.reading.cause(line_keys(text), False)
        for one, two in paired(text, other):
            id_ = next(known) if one is not None else ""
            checked = _checked(one, two, id_, (where, _context(other, two) if two is not None else _context(text, one)))
            if checked is not None:
                yield checked if checked.verdict is Verdict.SAME else replace(checked, cause=cause)

    def grids(self) -> Iterator[Checked]:
        """Compare tables, sheets and charts; the workbook of a chart may be gone, its values may not."""
        places, other = _places(self.expected, Grid), _places(self.found, Grid)
        ours = [each for at in places if isinstance(each := self.expected.items[at], Grid)]
        theirs = [each for at in other if isinstance(each := self.found.items[at], Grid)]
        matches = matched_grids(ours, theirs)
        for i, grid in enumerate(ours):
            if i in matches:
                yield from _GridWork(grid, theirs[matches[i]], self.reading, self.ids, places[i]).checked()
            elif grid.kind is not GridKind.BOOK:
                yield from _GridWork(grid, Grid(grid.kind, ((),)), self.reading, self.ids, places[i]).missing()
        for j, grid in enumerate(theirs):
            if j not in matches.values():
                yield from _unknown(grid, self.reading)


def _places(document: Document, kind: type) -> list[int]:
    return [at for at, item in enumerate(document.items) if isinstance(item, kind)]


def _checked(one: Numeral | None, two: Numeral | None, id_: str, told: tuple[str, str]) -> Checked | None:
    """Return what became of a number; None for a code that is the same, gone or new: codes are names."""
    if one is None:
        return None if two is None or two.code else Checked(Verdict.UNKNOWN, id_, two.text, "", *told)
    if two is None:
        return None if one.code else Checked(Verdict.CHANGED, id_, "", one.text, *told)
    if one.key == two.key:
        return None if one.code else Checked(Verdict.SAME, id_, two.text, one.text, *told)
    return Checked(Verdict.CHANGED, id_, two.text, one.text, *told)


def _context(text: str, number: Numeral | None) -> str:
    """Return the words around a number, on one line."""
    if number is None:
        return ""
    start, end = max(number.start - _BEFORE, 0), number.end + _AFTER
    words = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{words}{'…' if end < len(text) else ''}"


@dataclass(frozen=True, slots=True)
class _GridWork:
    """One table beside another; `at` is the item's place among those of the document."""

    grid: Grid
    other: Grid
    reading: Reading
    ids: Ids
    at: int

    def checked(self) -> Iterator[Checked]:
        mapping = mapped(self.grid, self.other)
        for row in range(len(self.grid.rows)):
            yield from self._row(row, mapping)
        yield from self._order(
            mapping.rows, "R", [label_of(cell_at(self.grid, r, 0)) for r in range(len(self.grid.rows))], mapping
        )
        heads = [label_of(cell) for cell in self.grid.rows[mapping.head]]
        yield from self._order(mapping.columns, "K", heads, mapping)
        for row in set(range(len(self.other.rows))) - set(mapping.rows.places.values()):
            yield from _of_row(self.other, row, range(len(self.other.rows[row])), self.reading)
        columns = set(mapping.columns.places.values())
        for row in mapping.rows.places.values():
            extra = [column for column in range(len(self.other.rows[row])) if column not in columns]
            yield from _of_row(self.other, row, extra, self.reading)

    def missing(self) -> Iterator[Checked]:
        """Tell every number of a table that is gone."""
        for row, cells in enumerate(self.grid.rows):
            cause = self.reading.cause(row_keys(cells), False)
            for column in range(len(cells)):
                for case in self._cell((row, column), Entry(""), 0):
                    yield replace(case, cause=cause)

    def _row(self, row: int, mapping: Mapping) -> Iterator[Checked]:
        other = mapping.rows.places.get(row)
        found_row = self.other.rows[other] if other is not None else ()
        cause = self.reading.cause(row_keys(self.grid.rows[row] if other is None else found_row), other is not None)
        for column in range(len(self.grid.rows[row])):
            at = mapping.columns.places.get(column)
            if at is None and self._is_amount(column):
                continue  # some programs drop error bars when they save; the interval stands in the table as well
            found = cell_at(self.other, other, at) if other is not None and at is not None else Entry("")
            for case in self._cell((row, column), found, mapping.head):
                yield case if case.verdict is Verdict.SAME else replace(case, cause=cause)

    def _is_amount(self, column: int) -> bool:
        head = cell_at(self.grid, 0, column).text
        return self.grid.kind is GridKind.CHART and head.endswith((PLUS, MINUS))

    def _cell(self, place: tuple[int, int], found: Entry, head: int) -> Iterator[Checked]:
        cell, ids = cell_at(self.grid, *place), self.ids.cells[self.at].get(place, [""])
        told = self._told(place, head)
        if cell.value is not None:
            yield _stored(cell, found, ids[0], told)
            return
        if found.value is not None:
            yield _written(cell, found, ids[0] if ids else "", told)
            return
        known = iter(ids)
        for one, two in paired(cell.text, found.text):
            checked = _checked(one, two, next(known) if one is not None else "", told)
            if checked is not None:
                yield (
                    replace(checked, expected=cell.text)
                    if checked.verdict is Verdict.UNKNOWN and not numerals(cell.text)
                    else checked
                )

    def _told(self, place: tuple[int, int], head: int) -> tuple[str, str]:
        row, column = place
        label, heading = cell_at(self.grid, row, 0).text, cell_at(self.grid, head, column).text
        parts = (self.grid.where, *((label, heading) if row != head and column else (heading if row == head else label,)))
        told = " · ".join(" ".join(part.split()) for part in parts if part)
        return told, shown(cell_at(self.grid, row, column))

    def _order(self, order: Order, letter: str, labels: Sequence[str], mapping: Mapping) -> Iterator[Checked]:
        """Tell rows or columns that stand in another place."""
        for place in order.moved:
            holds = (
                self.grid.rows[place] if letter == "R" else [cell_at(self.grid, row, place) for row in range(len(self.grid.rows))]
            )
            if not row_keys(holds):
                continue
            first = mapping.head if letter == "R" else 0
            id_ = f"{self.ids.bases[self.at]}.{letter}{place - first}"
            where = " · ".join(part for part in (self.grid.where, labels[place]) if part)
            found, expected = str(order.places[place] - first), str(place - first)
            yield Checked(Verdict.CHANGED, id_, found, expected, where, labels[place], DOCUMENT)


def _stored(cell: Entry, found: Entry, id_: str, told: tuple[str, str]) -> Checked:
    """Hold a stored number against a cell that may have become text."""
    if found.value is not None:
        texts = both_shown(cell, found)
        same = is_same(cell, found)
        return Checked(Verdict.SAME if same else Verdict.CHANGED, id_, texts[1], texts[0], *told)
    number = single(found.text)
    same = number is not None and says(number, cell)
    return Checked(Verdict.SAME if same else Verdict.CHANGED, id_, found.text, shown(cell), *told)


def _written(cell: Entry, found: Entry, id_: str, told: tuple[str, str]) -> Checked:
    """Hold a number written as text, or a text without one, against a cell that has become a stored number."""
    number = single(cell.text)
    if number is None:
        return Checked(Verdict.UNKNOWN, id_, shown(found), cell.text, *told)
    return Checked(Verdict.SAME if says(number, found) else Verdict.CHANGED, id_, shown(found), number.text, *told)


def _unknown(grid: Grid, reading: Reading) -> Iterator[Checked]:
    for row in range(len(grid.rows)):
        yield from _of_row(grid, row, range(len(grid.rows[row])), reading)


def _of_row(grid: Grid, row: int, columns: Sequence[int], reading: Reading) -> Iterator[Checked]:
    """Tell the numbers of a row, or of some of its columns, as ones that the study does not know."""
    cause = reading.cause(row_keys(grid.rows[row]), True)
    label = " · ".join(part for part in (grid.where, cell_at(grid, row, 0).text) if part)
    for column in columns:
        cell = cell_at(grid, row, column)
        texts = [shown(cell)] if cell.value is not None else [each.text for each in numerals(cell.text) if not each.code]
        yield from (Checked(Verdict.UNKNOWN, "", text, "", label, shown(cell), cause) for text in texts)


def _reunited(cases: list[Checked]) -> Iterator[Checked]:
    """Take a number that is gone in one paragraph and new in another, among the same words, for the same one moved."""
    new: dict[str, list[int]] = {}
    for at, case in enumerate(cases):
        if case.verdict is Verdict.UNKNOWN and case.context:
            new.setdefault(_trace(case.context, case.found), []).append(at)
    gone: set[int] = set()
    for at, case in enumerate(cases):
        lost = case.verdict is Verdict.CHANGED and not case.found and bool(case.context)
        here = new.get(_trace(case.context, case.expected), []) if lost else []
        if here:
            gone.add(other := here.pop(0))
            cases[at] = replace(case, verdict=Verdict.SAME, found=cases[other].found, cause="")
    yield from (case for at, case in enumerate(cases) if at not in gone)


def _trace(context: str, number: str) -> str:
    """Return a number with the words just before and after it, as compared."""
    before, _, after = context.partition(number)
    key = "|".join(line_keys(number))
    return f"{masked(before)[-_AROUND:]}|{key}|{masked(after)[: _AROUND // 2]}"
