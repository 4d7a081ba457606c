"""The different ways in which firms appear: each distinct name, code and township of each firm once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.intake.names import FirmName, NameReader, name_keys, plain_names
from app.domain.firm_names import NameBook
from app.domain.responses import Responses

Objects = npt.NDArray[np.object_]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
CANDIDATES = ("left", "right", "score", "reason")


@dataclass(frozen=True, slots=True)
class Faces:
    """One entry a face, shape (n,) each; `firm` numbers the firms, `position` is the first response with this face.

    `key` is the name as compared, `town` the township; `code` as given, `valid` whether it is right, `coded` whether the
    firm has a valid code anywhere.
    """

    firm: Ints
    position: Ints
    name: Objects
    key: Objects
    town: Objects
    code: Objects
    valid: Bools
    coded: Bools

    def __len__(self) -> int:
        return len(self.firm)


def parsed(name: Objects, names: NameBook) -> dict[str, Objects]:
    """Return the parts of names by the fields of FirmName; shape (n,) each."""
    numbers, distinct = pd.factorize(name)
    reader = NameReader(names)
    read = [reader.read(plain) for plain in plain_names(list(distinct))]
    return {
        field: np.array([getattr(one, field) for one in read], dtype=object)[numbers] if read else name
        for field in FirmName._fields
    }


def faces_of(responses: Responses, names: NameBook) -> Faces:
    """Return the faces of all responses that are not without any name and code."""
    firms = responses.firms
    table = pd.DataFrame(
        {
            "firm": pd.factorize(firms["firm"])[0],
            "name": pd.factorize(firms["name"])[0],
            "code": pd.factorize(firms["code"])[0],
            "town": pd.factorize(firms["township"])[0],
        }
    )
    at = np.flatnonzero(~table.duplicated().to_numpy())
    firm = table["firm"].to_numpy()[at].astype(np.int64)
    name, code = (firms[column].iloc[at].fillna("").to_numpy(dtype=object) for column in ("name", "code"))
    valid = firms["code_valid"].to_numpy(dtype=bool)
    coded = np.isin(firm, table["firm"].to_numpy()[valid])
    town = firms["township"].iloc[at].astype(object).fillna("").to_numpy()
    return Faces(firm, at, name, _keyed(name, names), _keyed(town, NameBook()), code, valid[at], coded)


def _keyed(texts: Objects, names: NameBook) -> Objects:
    """Return each text as it is compared."""
    numbers, distinct = pd.factorize(texts)
    keyed: Objects = np.array([*name_keys(list(distinct), names), ""], dtype=object)[numbers]
    return keyed


def pairs_by(keys: Objects, firm: Ints, chosen: Bools, most: int) -> tuple[Ints, Ints]:
    """Return the pairs of faces with one key of which at least one is `chosen`, of two firms; "" is no key.

    A key that more than `most` firms share tells nobody apart and gives no pair.
    """
    numbers = pd.factorize(keys)[0]
    table = pd.DataFrame({"key": numbers, "face": np.arange(len(keys)), "firm": firm, "chosen": chosen})[keys != ""]
    firms = table.drop_duplicates(["key", "firm"])["key"].value_counts()
    table = table[table["key"].isin(firms.index[(firms > 1) & (firms <= most)])]
    joined = table[table["chosen"]].merge(table, on="key", suffixes=("", "_other"))
    joined = joined[
        (joined["firm"] != joined["firm_other"]) & ~(joined["chosen_other"] & (joined["face"] > joined["face_other"]))
    ]
    return joined["face"].to_numpy(dtype=np.int64), joined["face_other"].to_numpy(dtype=np.int64)


def candidates(left: Ints, right: Ints, score: npt.NDArray[np.float64] | float, reason: str) -> pd.DataFrame:
    """Return pairs of faces with how likely they are one firm (0–1, to order by) and the text key that says why."""
    return pd.DataFrame({"left": left, "right": right, "score": score, "reason": reason}, columns=list(CANDIDATES))
