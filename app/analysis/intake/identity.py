"""One id for each firm, through sheets and waves."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.domain.responses import Responses
from app.domain.words import normal_form

Objects = npt.NDArray[np.object_]
Ints = npt.NDArray[np.int64]


def firm_ids(responses: Responses, known: int) -> Objects:
    """Return the id of each response's firm; shape (n,).

    Responses belong to one firm when they have the same valid credit code; one without a valid code belongs to the firm
    of its name and township, if these lead to one code only, else to those of the same name and township. The id is the
    one the firm had among the first `known` responses, else the code, else name@township, else source and row.
    """
    firms = responses.firms
    codes = firms["code"].where(firms["code_valid"], "").to_numpy(dtype=object)
    names = _name_keys(firms)
    groups = _groups(codes, names)
    ids = np.where(codes != "", codes, np.where(names != "", names, _row_ids(responses)))
    # Those with a code first: a group that has one is named by it, unless it was known before.
    order = np.lexsort((np.arange(len(ids)), codes == ""))
    if known:
        ids[:known] = firms["firm"].to_numpy(dtype=object)[:known]
        old = np.arange(len(ids)) < known
        order = np.lexsort((np.arange(len(ids)), ~old))
        rest = order[known:]
        order = np.concatenate([order[:known], rest[np.argsort(codes[rest] == "", kind="stable")]])
    leaders = np.full(int(groups.max(initial=-1)) + 1, -1, dtype=np.int64)
    leaders[groups[order[::-1]]] = order[::-1]
    return ids[leaders[groups]]


@lru_cache(maxsize=262_144)
def name_key(name: str) -> str:
    """Return a firm's name as compared: normal form, 有限责任公司 as 有限公司."""
    return normal_form(name).replace("有限责任公司", "有限公司")


def _name_keys(firms: pd.DataFrame) -> Objects:
    """Return name@township of each firm, "" where it has no name; a blank township is filled when its name has only one."""
    codes, distinct = pd.factorize(firms["name"])
    keys = np.array([name_key(name) for name in distinct], dtype=object)
    names = np.where(codes < 0, "", keys[codes]) if len(keys) else np.full(len(firms), "", dtype=object)
    towns = firms["township"].to_numpy(dtype=object)
    known = pd.DataFrame({"name": names, "town": towns})[towns != ""].drop_duplicates()
    single = known.drop_duplicates("name", keep=False).set_index("name")["town"]
    filled = np.where(towns == "", pd.Series(names, dtype=object).map(single).astype(object).fillna("").to_numpy(), towns)
    return np.where(names == "", "", names + "@" + filled.astype(object))


def _groups(codes: Objects, names: Objects) -> Ints:
    """Return a number for each response, equal for those of one firm; shape (n,)."""
    code, known_codes = _numbered(codes)
    name, known_names = _numbered(names)
    coded = (code >= 0) & (name >= 0)
    pairs = pd.DataFrame({"name": name[coded], "code": code[coded]}).drop_duplicates()
    single = pairs.drop_duplicates("name", keep=False)
    code_of = np.full(known_names + 1, -1, dtype=np.int64)  # the last place answers for name −1
    code_of[single["name"].to_numpy()] = single["code"].to_numpy()
    joined = np.where(code >= 0, code, code_of[name])
    by_name = np.where(name >= 0, known_codes + name, known_codes + known_names + np.arange(len(name)))
    groups: Ints = pd.factorize(np.where(joined >= 0, joined, by_name))[0].astype(np.int64)
    return groups


def _numbered(texts: Objects) -> tuple[Ints, int]:
    """Return a number for each text, −1 for "", and how many numbers there are."""
    numbers, distinct = pd.factorize(texts)
    return np.where(texts == "", -1, numbers).astype(np.int64), len(distinct)


def _row_ids(responses: Responses) -> Objects:
    """Return an id from source, sheet and row for each response."""
    starts = np.array([f"{block.source[:12]}/{block.sheet}/" for block in responses.blocks], dtype=object)
    rows = responses.places["row"].to_numpy().astype(str).astype(object)
    ids: Objects = starts[responses.places["block"].to_numpy()] + rows
    return ids
