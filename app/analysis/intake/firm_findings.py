"""What shows about firms only when all responses lie side by side: repeats, shared codes, codes known from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.intake.identity import Keys
from app.analysis.intake.reports import report
from app.domain.findings import CellReference, Finding
from app.domain.responses import Responses

STUDY_LEVEL = frozenset({"code.branch", "code.known", "code.shared", "firm.aside", "firm.repeat", "firm.silent"})
_NEW, _COUNTED, _UNCOUNTED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Counting:
    """Which responses count, the position of the one that counts in the place of each (−1 none), which were put aside, and
    which of the others answer nothing. Shape (n,) each.
    """

    counted: npt.NDArray[np.bool_]
    counts: npt.NDArray[np.int64]
    aside: npt.NDArray[np.bool_]
    silent: npt.NDArray[np.bool_]


def firm_findings(whole: Responses, keys: Keys, counting: Counting, told: npt.NDArray[np.int8]) -> Iterator[Finding]:
    """Yield the findings of the whole table.

    `told` says of each response whether it is new (0) or was there before and counted (1) or not (2): what was told is not
    told again.
    """
    places = FirmPlaces(whole)
    names = np.array([name.partition("@")[0] for name in keys.names], dtype=object)
    uncounted = np.flatnonzero(~counting.counted & (told != _UNCOUNTED))
    for later in uncounted[~(counting.aside | counting.silent)[uncounted]].tolist():
        yield from _repeat(places, names, later, int(counting.counts[later]))
    for code, which in (("firm.aside", counting.aside), ("firm.silent", counting.silent)):
        for position in uncounted[which[uncounted]].tolist():
            yield report(code, places.line(position), places.names[position] or places.codes[position])
    yield from _branches(places, keys, told)
    yield from _known_codes(whole, places, told)


def _repeat(places: FirmPlaces, names: npt.NDArray[np.object_], later: int, first: int) -> Iterator[Finding]:
    """A repeat names both places; where both share a code but not a name, that is told as well."""
    name, other = places.names[later], places.names[first]
    place, counts = places.line(later), str(places.line(first))
    yield report("firm.repeat", place, name, counts=counts)
    if name and other and places.codes[later] == places.codes[first] and names[later] != names[first]:
        yield report("code.shared", place, places.codes[later], name=name, other=other, counts=counts)


def _branches(places: FirmPlaces, keys: Keys, told: npt.NDArray[np.int8]) -> Iterator[Finding]:
    """A branch that answers under its owner's code is counted by itself."""
    new = np.flatnonzero(told == _NEW)
    for position in new[[("/" in code) for code in keys.codes[new]]].tolist():
        name = places.names[position]
        yield report("code.branch", places.of(position, places.codes[position]), places.codes[position], name=name)


def _known_codes(whole: Responses, places: FirmPlaces, told: npt.NDArray[np.int8]) -> Iterator[Finding]:
    """A wrong code of a firm whose right one stands elsewhere: that one is offered, not used."""
    firms = whole.firms
    valid = firms["code_valid"].to_numpy(dtype=bool)
    wrong = np.flatnonzero(~valid & (places.codes != "") & (told == _NEW))
    if not len(wrong):
        return
    known = pd.Series(np.flatnonzero(valid), index=firms["firm"].to_numpy(dtype=object)[valid])
    first = known[~known.index.duplicated()]
    found = first.reindex(firms["firm"].to_numpy(dtype=object)[wrong])
    for position, source in zip(wrong.tolist(), found.tolist(), strict=True):
        if source == source:
            where, meant = int(source), places.codes[int(source)]
            place = places.of(position, places.codes[position])
            yield report("code.known", place, places.codes[position], meant=meant, known=str(places.of(where, meant)))


class FirmPlaces:
    """Where each response stands; columns are taken out of their frames once, not once a response."""

    def __init__(self, whole: Responses) -> None:
        self._whole = whole
        self._answers: dict[str, npt.NDArray[np.object_]] = {}
        self._block = whole.places["block"].tolist()
        self._row = whole.places["row"].tolist()
        self.names = _texts(whole.firms["name"])
        self.codes = _texts(whole.firms["code"])

    def line(self, position: int) -> CellReference:
        """Return the cell of the firm's name or code, or its line where the form asks neither."""
        found = self.of(position, self.names[position])
        return found if found.column else self.of(position, self.codes[position])

    def of(self, position: int, answer: str) -> CellReference:
        """Return the cell of a response that holds `answer`, its line when none does."""
        block, own = self._whole.blocks[self._block[position]], self._row[position]
        for item, (row, column) in block.cells.items() if answer else ():
            if self._answer(item, position) == answer:
                return CellReference(block.file, block.sheet, row or own, column or own)
        return CellReference(block.file, block.sheet, 0 if block.across else own, own if block.across else 0)

    def _answer(self, item: str, position: int) -> object:
        if item not in self._answers:
            self._answers[item] = self._whole.values[item].to_numpy(dtype=object)
        return self._answers[item][position]


def _texts(column: pd.Series) -> npt.NDArray[np.object_]:
    texts: npt.NDArray[np.object_] = column.fillna("").to_numpy(dtype=object)
    return texts
