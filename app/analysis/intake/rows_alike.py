"""Which row of one form is which row of another: by content, code, name, and last by where it stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.intake.identity import keys_of
from app.domain.firm_names import NameBook
from app.domain.responses import Responses

Ints = npt.NDArray[np.int64]
Objects = npt.NDArray[np.object_]
Cells = npt.NDArray[np.int32]
_HALF = 0.5  # of the answers given must be the same for a row to be known by its place alone


@dataclass(frozen=True, slots=True)
class _Keys:
    """What rows may be known by, old ones first; shape (n_old + n_new,) each, "" no key."""

    code: Objects
    name: Objects
    named: Objects
    place: Objects


def same_rows(old: Responses, new: Responses, texts: tuple[Cells, Cells], names: NameBook) -> Ints:
    """Return for each new response the position of the old one that it is, −1 for none; shape (n_new,).

    Rows that are the same throughout come first, then those of one credit code, of one name and township, of a name that
    each side has once, and at last rows in one place of one sheet half of whose answers agree. Several rows of one firm are
    paired in order, equal ones first. `texts` number the texts of both sides alike, shape (n, n_items), −1 blank.
    """
    count = len(old)
    keys = _keys(old, new, names)
    whole = _hashed(np.vstack(texts))
    old_of = np.full(len(new), -1, dtype=np.int64)
    code, name = pd.factorize(keys.code)[0], pd.factorize(keys.name)[0]
    for step in (_mixed(whole, code, name), _known(keys.code, code, name), _known(keys.code, code), _known(keys.name, name)):
        _match(step[:count], step[count:], old_of)
    once = pd.factorize(keys.named)[0]
    once = np.where(keys.named == "", -1, once)
    _match(_only_once(once[:count], old_of, left=True), _only_once(once[count:], old_of, left=False), old_of)
    at = np.where(keys.place == "", -1, pd.factorize(keys.place)[0])
    candidate = old_of.copy()
    _match(at[:count], at[count:], candidate)
    fresh = np.flatnonzero((candidate >= 0) & (old_of < 0))
    alike = _agreement(texts[0][candidate[fresh]], texts[1][fresh]) >= _HALF
    old_of[fresh[alike]] = candidate[fresh[alike]]
    return old_of


def both_firms(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return the firms of two forms one under another, by what they are known by; each form is a wave of its own."""
    columns = ["name", "code", "code_valid", "township"]
    sides = [firms[columns].astype(object).assign(wave=side) for side, firms in (("old", old), ("new", new))]
    both = pd.concat(sides, ignore_index=True)
    return both.assign(code_valid=both["code_valid"].astype(bool))


def _keys(old: Responses, new: Responses, names: NameBook) -> _Keys:
    firms = both_firms(old.firms, new.firms)
    found = keys_of(firms, np.full(len(firms), "", dtype=object), names)
    named = np.array([name.partition("@")[0] for name in found.names], dtype=object)
    return _Keys(found.codes, found.names, named, np.concatenate([_places(old), _places(new)]))


def _places(side: Responses) -> Objects:
    """Return sheet, items asked and row of each response."""
    blocks = np.array(["\n".join((block.sheet, *sorted(block.cells))) for block in side.blocks], dtype=object)
    rows = side.places["row"].to_numpy().astype(str).astype(object)
    places: Objects = blocks[side.places["block"].to_numpy()] + "\n" + rows
    return places


def _hashed(cells: Cells) -> Ints:
    """Return a number for each row, equal for equal rows; shape (n,)."""
    if not cells.size:
        return np.zeros(len(cells), dtype=np.int64)
    numbers: Ints = pd.factorize(pd.util.hash_pandas_object(pd.DataFrame(cells), index=False))[0].astype(np.int64)
    return numbers


def _mixed(*numbers: npt.NDArray[np.intp]) -> Ints:
    """Return a number for each combination."""
    mixed = np.zeros(len(numbers[0]), dtype=np.int64)
    for number in numbers:
        mixed = pd.factorize(mixed * (int(number.max(initial=0)) + 1) + number)[0].astype(np.int64)
    return mixed


def _known(texts: Objects, *numbers: npt.NDArray[np.intp]) -> Ints:
    """Return a number for each combination, −1 where the text that must be there is blank."""
    return np.where(texts == "", -1, _mixed(*numbers))


def _only_once(keys: Ints, old_of: Ints, *, left: bool) -> Ints:
    """Return the keys of rows without a partner that no other such row of their side has, −1 for all others."""
    free = np.ones(len(keys), dtype=bool)
    if left:
        free[old_of[old_of >= 0]] = False
    else:
        free = old_of < 0
    repeated = pd.Series(np.where(free, keys, -1)).duplicated(keep=False).to_numpy()
    return np.where(free & ~repeated, keys, -1)


def _match(left: Ints, right: Ints, old_of: Ints) -> None:
    """Give each new row without a partner the first free old one of its key, in order; `old_of` is filled in place."""
    taken = np.zeros(len(left), dtype=bool)
    taken[old_of[old_of >= 0]] = True
    sides = []
    for keys, free in ((left, ~taken), (right, old_of < 0)):
        at = np.flatnonzero(free & (keys >= 0))
        table = pd.DataFrame({"key": keys[at], "at": at})
        sides.append(table.assign(turn=table.groupby("key").cumcount()))
    joined = sides[0].merge(sides[1], on=["key", "turn"], suffixes=("_old", "_new"))
    old_of[joined["at_new"].to_numpy()] = joined["at_old"].to_numpy()


def _agreement(one: Cells, other: Cells) -> npt.NDArray[np.float64]:
    """Return which share of the answers that either row gives are the same in both; shape (n_pairs,)."""
    given = (one >= 0) | (other >= 0)
    same = (given & (one == other)).sum(axis=1)
    return np.asarray(same / np.maximum(given.sum(axis=1), 1), dtype=np.float64)
