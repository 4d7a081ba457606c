"""Firms whose names are the same, or the same but for their place, legal form, one slip or a word of business."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.intake.faces import Bools, Faces, Ints, Objects, candidates, pairs_by, parsed
from app.domain.firm_names import NameBook

_FEW = 4  # firms that may share a name before it tells nobody apart
_BRAND = 2  # characters of a brand that no slip may touch: they are what tells firms apart
_REGISTERED = ("company", "group", "works", "cooperative")  # families whose names a county gives once
_COMPANY = {"": "company", "group": "company"}  # families whose forms are left out or changed without the firm changing


def name_candidates(faces: Faces, names: NameBook) -> pd.DataFrame:
    """Return pairs of faces of two firms whose names say that they may be one.

    But for the very same name, one of the two has no valid code: two valid codes are two firms, whatever their names. A
    branch is a candidate for the same branch alone.
    """
    found = [_same_name(faces, names)]
    if not faces.coded.all():
        apart = _Names(faces, names)
        found += [apart.but_for_place(), apart.but_for_form(), apart.but_for_a_slip(), apart.but_for_business()]
    return pd.concat(found, ignore_index=True)


def _same_name(faces: Faces, names: NameBook) -> pd.DataFrame:
    """The very same name: with two codes, in two townships, or in one township where two codes claim it.

    Two valid codes under one name are told of companies and works alone: shops share names as people do.
    """
    left, right = pairs_by(faces.key, faces.firm, np.ones(len(faces), dtype=bool), _FEW)
    both = faces.valid[left] & faces.valid[right]
    near = (faces.town[left] == faces.town[right]) | (faces.town[left] == "") | (faces.town[right] == "")
    two_codes = candidates(left, right, np.where(both, 0.65, 0.8), "firm.reason.name_codes")
    two_towns = candidates(left, right, 0.85, "firm.reason.name_towns")
    shops = ~np.isin(parsed(faces.name[left], names)["family"], _REGISTERED)
    coded = faces.coded[left] & faces.coded[right]
    return pd.concat([two_codes[(both | (near & ~coded)) & ~(both & shops)], two_towns[~coded & ~near]], ignore_index=True)


class _Names:
    """The names of all faces, taken apart, looked up against those of firms without a valid code."""

    def __init__(self, faces: Faces, names: NameBook) -> None:
        parts = parsed(faces.name, names)
        self._faces, self._telling = faces, names.telling
        self._places, self._brand, self._trade = parts["places"], parts["brand"], parts["trade"]
        self._core: Objects = parts["brand"] + parts["trade"]
        self._form, self._branch = parts["form"], parts["branch"]
        self._family = np.array([_COMPANY.get(family, family) for family in parts["family"]], dtype=object)
        self._told = np.array(
            [len(core) > _BRAND or len(brand) >= _BRAND for core, brand in zip(self._core, self._brand, strict=True)]
        )

    def but_for_place(self) -> pd.DataFrame:
        left, right = self._pairs(self._core + "\n" + self._form + "\n" + self._branch)
        return self._scored(left, right, "firm.reason.name_place", (0.85, 0.75))

    def but_for_form(self) -> pd.DataFrame:
        left, right = self._pairs(self._core + "\n" + self._family + "\n" + self._branch)
        other = self._form[left] != self._form[right]
        return self._scored(left[other], right[other], "firm.reason.name_form", (0.7, 0.0))

    def but_for_a_slip(self) -> pd.DataFrame:
        """One character of the name behind its first two wrong, lost, too many, or changed round with its neighbour.

        Every name is looked up under each text that is left when one of its characters is taken out; names one slip apart
        meet under one of them.
        """
        lengths = np.array([max(0, len(core) - _BRAND) for core in self._core], dtype=np.int64)
        face = np.repeat(np.arange(len(self._core)), lengths)
        less = [core[:at] + core[at + 1 :] for core in self._core.tolist() for at in range(_BRAND, len(core))]
        around = self._faces.town + "\n" + self._family + "\n" + self._branch + "\n"
        keys = np.concatenate([around[face] + np.array([*less, ""], dtype=object)[:-1], around + self._core])
        owner = np.concatenate([face, np.arange(len(self._core))])
        keys[~self._told[owner]] = ""
        left, right = pairs_by(keys, self._faces.firm[owner], ~self._faces.coded[owner], _FEW)
        pairs = pd.DataFrame({"left": owner[left], "right": owner[right]}).drop_duplicates().to_numpy()
        pairs = pairs[[self._is_slip(int(one), int(other)) for one, other in pairs]] if len(pairs) else pairs
        return self._scored(pairs[:, 0], pairs[:, 1], "firm.reason.name_slip", (0.7, 0.0))

    def but_for_business(self) -> pd.DataFrame:
        left, right = self._pairs(self._faces.town + "\n" + self._brand + "\n" + self._family + "\n" + self._branch)
        one, other = self._trade[left], self._trade[right]
        within = [a != b and (a in b or b in a) for a, b in zip(one.tolist(), other.tolist(), strict=True)]
        chosen = np.array(within, dtype=bool) & (self._faces.town[left] != "")
        return self._scored(left[chosen], right[chosen], "firm.reason.name_short", (0.6, 0.0))

    def _pairs(self, keys: Objects) -> tuple[Ints, Ints]:
        return pairs_by(np.where(self._told, keys, ""), self._faces.firm, ~self._faces.coded, _FEW)

    def _scored(self, left: Ints, right: Ints, reason: str, scores: tuple[float, float]) -> pd.DataFrame:
        """Keep pairs whose names differ and whose places agree; `scores` of one township (or an unknown one), and of two."""
        faces = self._faces
        near = (faces.town[left] == faces.town[right]) | (faces.town[left] == "") | (faces.town[right] == "")
        score: npt.NDArray[np.float64] = np.where(near, *scores)
        agree = _agree(self._places[left], self._places[right]) & (faces.key[left] != faces.key[right]) & (score > 0)
        return candidates(left[agree], right[agree], score[agree], reason)

    def _is_slip(self, one: int, other: int) -> bool:
        """Return whether two names differ by a slip: not in a brand of two or three characters, nor in 一 and 二, 东 and 西."""
        a, b = self._core[one], self._core[other]
        first = next((at for at, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]), min(len(a), len(b)))
        shared = 0
        while shared < min(len(a), len(b)) - first and a[-1 - shared] == b[-1 - shared]:
            shared += 1
        differing = a[first : len(a) - shared] + b[first : len(b) - shared]
        brands = (self._brand[one], self._brand[other])
        in_brand = any(first < len(brand) <= 3 for brand in brands)
        return a != b and not in_brand and not self._telling & set(differing)


def _agree(left: Objects, right: Objects) -> Bools:
    """Return for each pair whether the places of one are all among those of the other; shape (n_pairs,)."""
    numbers, distinct = pd.factorize(np.concatenate([left, right]))
    sets = [frozenset(places.split("|")) - {""} for places in distinct]
    halves = zip(numbers[: len(left)].tolist(), numbers[len(left) :].tolist(), strict=True)
    return np.array([sets[one] <= sets[other] or sets[other] <= sets[one] for one, other in halves], dtype=bool)
