"""Which response a firm that somebody named means: by credit code, else by name, and by township where a name is shared."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.intake.credit_code import looked_alike, valid_codes
from app.analysis.intake.names import name_keys, one_text, plain_names
from app.domain.firm_names import NameBook
from app.domain.responses import Responses

Ints = npt.NDArray[np.int64]
Objects = npt.NDArray[np.object_]
Bools = npt.NDArray[np.bool_]
Preference = Callable[[Ints, Ints], Bools]  # by who asked and the position of a candidate
AT = "@"
"""What stands between a firm's name and its township where a name alone would not do."""
UNKNOWN, AMBIGUOUS, OTHER_WAVE = "unknown", "ambiguous", "other_wave"


@dataclass(frozen=True, slots=True)
class Found:
    """For each firm asked for: `positions` of its counted response in the wave (−1 none), and why not: `reasons` "" | UNKNOWN |
    AMBIGUOUS | OTHER_WAVE; `waves` in which an OTHER_WAVE firm did answer; `renamed`: found by a code that has another name.
    """

    positions: Ints
    reasons: Objects
    waves: Objects
    renamed: Bools


def find_firms(codes: Sequence[str], names: Sequence[str], responses: Responses, wave: str, book: NameBook) -> Found:
    """Return whom `codes` and `names` (either may be "", a name may end in @township) mean among the counted responses of `wave`.

    A valid code leads; a name serves where there is none, as written or else as compared; so does the id of a firm that gave
    neither. Of firms of one name those that answered in the wave go first, then the one of the township. Whatever is left over
    as more than one is ambiguous.
    """
    firms = _Firms(responses, wave)
    read_codes = np.array(read_code(codes), dtype=object)
    bare = [name.rpartition(AT)[0] or name for name in names]
    keys = np.array(name_keys(_one_width(bare), book), dtype=object)
    towns = _plain([name.rpartition(AT)[2] if AT in name else "" for name in names])
    meant = firms.by_code(read_codes)
    left = _left(meant, len(codes))
    meant = pd.concat([meant, firms.by_id(left, np.array([name.strip() for name in names], dtype=object))])
    left = _left(meant, len(codes))
    meant = pd.concat([meant, firms.by_name(left, np.array([name.strip() for name in bare], dtype=object))])
    left = _left(meant, len(codes))
    if any(keys[left] != ""):
        meant = pd.concat([meant, firms.by_key(left, keys, book)])
    return firms.settled(meant, keys, towns, book)


def read_code(texts: Sequence[str]) -> list[str]:
    """Return credit codes as compared (one width, capitals, no blanks, O as 0), "" for what is no valid code."""
    codes = ["".join(unicodedata.normalize("NFKC", text).upper().split()).strip("'`") for text in texts]
    codes = [looked_alike(code) for code in codes]
    return [code if right else "" for code, right in zip(codes, valid_codes(codes), strict=True)]


def _left(meant: pd.DataFrame, count: int) -> Ints:
    """Return the numbers of those for whom nobody was found yet."""
    return np.setdiff1d(np.arange(count), meant["asked"].to_numpy(dtype=np.int64))


def _one_width(names: Sequence[str]) -> list[str]:
    """Return names with plain brackets: most then need no further normalising, which saves two thirds of the time."""
    return one_text(names).replace("（", "(").replace("）", ")").split("\n") if names else []


def _plain(texts: Sequence[str]) -> Objects:
    return np.array([text.strip() for text in plain_names(texts)], dtype=object)


def _texts(column: pd.Series) -> Objects:
    texts: Objects = column.astype(object).fillna("").to_numpy()
    return texts


class _Firms:
    """The firms of a study by number, what they are known by in any wave, and where each answered in one wave."""

    def __init__(self, responses: Responses, wave: str) -> None:
        self._table = responses.firms
        numbers, ids = pd.factorize(_texts(self._table["firm"]))
        self._firm: Ints = numbers.astype(np.int64)
        self._ids: Objects = np.asarray(ids, dtype=object)
        counted = self._table["counted"].to_numpy(dtype=bool)
        self._waves = _texts(self._table["wave"])
        here = np.flatnonzero(counted & (self._waves == wave))
        self._position = np.full(len(ids), -1, dtype=np.int64)
        self._position[self._firm[here[::-1]]] = here[::-1]  # the first of a firm counts
        self._last = np.full(len(ids), -1, dtype=np.int64)
        self._last[self._firm[counted]] = np.flatnonzero(counted)

    def by_code(self, codes: Objects) -> pd.DataFrame:
        """Return (asked, firm) for those who gave a valid code that the study knows."""
        asked = pd.DataFrame({"asked": np.arange(len(codes)), "key": codes})
        coded = self._table["code_valid"].to_numpy(dtype=bool)
        own = pd.DataFrame({"key": _texts(self._table["code"])[coded], "firm": self._firm[coded]})
        ids = pd.DataFrame({"key": self._ids, "firm": np.arange(len(self._ids))})
        return _joined(asked, pd.concat([own, ids]))

    def by_id(self, asked: Ints, names: Objects) -> pd.DataFrame:
        """Return (asked, firm) for those who were called by the id under which the study keeps a firm."""
        table = pd.DataFrame({"key": self._ids, "firm": np.arange(len(self._ids))})
        return _joined(pd.DataFrame({"asked": asked, "key": names[asked]}), table)

    def by_name(self, asked: Ints, names: Objects) -> pd.DataFrame:
        """Return (asked, firm) for those whose name stands in the study exactly so."""
        table = pd.DataFrame({"key": _texts(self._table["name"]), "firm": self._firm})
        return _joined(pd.DataFrame({"asked": asked, "key": names[asked]}), table)

    def by_key(self, asked: Ints, keys: Objects, book: NameBook) -> pd.DataFrame:
        """Return (asked, firm) for those whose name is compared as the same."""
        numbers, distinct = pd.factorize(_texts(self._table["name"]))
        compared = np.array(name_keys(_one_width([str(each) for each in distinct]), book), dtype=object)[numbers]
        return _joined(pd.DataFrame({"asked": asked, "key": keys[asked]}), pd.DataFrame({"key": compared, "firm": self._firm}))

    def settled(self, meant: pd.DataFrame, keys: Objects, towns: Objects, book: NameBook) -> Found:
        """Return the one firm each means, where it is one."""
        asked, firm = (meant[name].to_numpy(dtype=np.int64) for name in ("asked", "firm"))
        position = self._position[firm]
        for prefers in (self._is_here, self._is_of_town(towns), self._is_named(keys, book)):
            keep = _preferred(asked, prefers(asked, position))
            asked, firm, position = asked[keep], firm[keep], position[keep]
        count = np.bincount(asked, minlength=len(keys))
        one = count[asked] == 1
        positions = np.full(len(keys), -1, dtype=np.int64)
        positions[asked[one]] = position[one]
        elsewhere = one & (position < 0)
        reasons = np.where(count == 0, UNKNOWN, np.where(count > 1, AMBIGUOUS, "")).astype(object)
        reasons[asked[elsewhere]] = OTHER_WAVE
        waves = np.full(len(keys), "", dtype=object)
        last = self._last[firm[elsewhere]]
        waves[asked[elsewhere]] = np.where(last >= 0, self._waves[last], "")
        return Found(positions, reasons, waves, self._renamed(positions, keys, book))

    def _is_here(self, _asked: Ints, position: Ints) -> Bools:
        return position >= 0

    def _is_of_town(self, towns: Objects) -> Preference:
        texts = self._table["township"]

        def prefers(asked: Ints, position: Ints) -> Bools:
            there = _plain(_texts(texts.iloc[position]).tolist()) if len(position) else np.array([], dtype=object)
            fitting: Bools = (position >= 0) & (towns[asked] != "") & (there == towns[asked])
            return fitting

        return prefers

    def _is_named(self, keys: Objects, book: NameBook) -> Preference:
        def prefers(asked: Ints, position: Ints) -> Bools:
            fitting: Bools = (position >= 0) & (self._keys(position, book) == keys[asked])
            return fitting

        return prefers

    def _renamed(self, positions: Ints, keys: Objects, book: NameBook) -> Bools:
        """Whether a firm was found under a name that neither holds nor is held by the one it was asked for by."""
        theirs = self._keys(positions, book)
        pairs = zip(positions.tolist(), keys.tolist(), theirs.tolist(), strict=True)
        return np.array([at >= 0 and bool(a and b) and a not in b and b not in a for at, a, b in pairs], dtype=bool)

    def _keys(self, position: Ints, book: NameBook) -> Objects:
        names = [str(name) for name in _texts(self._table["name"].iloc[position])] if len(position) else []
        return np.array(name_keys(_one_width(names), book), dtype=object)


def _joined(asked: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Return (asked, firm) where the keys are the same, each pair once; an empty key means nothing."""
    wanted = asked[asked["key"] != ""]
    known = table[table["key"].isin(wanted["key"])].drop_duplicates()
    return wanted.merge(known, on="key")[["asked", "firm"]].drop_duplicates()


def _preferred(asked: Ints, preferred: Bools) -> Bools:
    """Return which candidates stay: those preferred, and all of those who have no candidate that is."""
    some = np.zeros(int(asked.max(initial=-1)) + 1, dtype=bool)
    some[asked[preferred]] = True
    kept: Bools = preferred | ~some[asked]
    return kept
