"""One id for each firm, through sheets and waves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.intake.names import NameReader, name_keys, plain_names
from app.domain.decisions import Decision, DecisionKind
from app.domain.firm_names import NameBook
from app.domain.responses import Responses

Objects = npt.NDArray[np.object_]
Ints = npt.NDArray[np.int64]
SAME, DIFFERENT = "same", "different"
BETWEEN = "|"  # between the two keys of a decision about firms


@dataclass(frozen=True, slots=True)
class Keys:
    """By what the firm of each response may be known, "" where it gave no such thing; shape (n,) each.

    `codes`: its valid credit code; a branch that answers under its owner's code in one wave with its owner has the branch
    behind a stroke. `names`: name@township, as compared. `rows`: source, sheet and row, never blank.
    """

    codes: Objects
    names: Objects
    rows: Objects

    def __len__(self) -> int:
        return len(self.rows)


def firm_ids(keys: Keys, earlier: Objects, decisions: Sequence[Decision] = ()) -> Objects:
    """Return the id of each response's firm; shape (n,).

    Responses belong to one firm when they have the same valid credit code; one without a valid code belongs to the firm
    of its name and township, if these lead to one code only, else to those of the same name and township. `decisions` on
    firms join such groups, or part a name from the code it was taken for. The id is the one the firm had among the first
    responses, whose ids `earlier` gives, else the code, else name@township, else source and row.
    """
    decided = [decision for decision in decisions if decision.kind is DecisionKind.FIRM]
    keys, parted = _parted(keys, decided)
    groups = _joined(groups_of(keys, parted), keys, decided)
    naturals = np.where(keys.codes != "", keys.codes, np.where(keys.names != "", keys.names, keys.rows))
    order = np.lexsort((np.arange(len(keys)), keys.codes == ""))  # a group that has a code is named by it
    natural = naturals[_leaders(groups, order)]
    if not len(earlier):
        return natural[groups]
    first = _leaders(groups[: len(earlier)], np.arange(len(earlier)), len(natural))
    wanted = np.where(first >= 0, earlier[first], natural)
    return _unique(wanted, natural)[groups]


def firm_keys(responses: Responses, names: NameBook) -> Keys:
    """Return the keys of each response's firm."""
    return keys_of(responses.firms, _row_ids(responses), names)


def keys_of(firms: pd.DataFrame, rows: Objects, names: NameBook) -> Keys:
    """Return the keys of firms given by name, code, code_valid, township and wave; `rows` say where each stands."""
    numbers, distinct = pd.factorize(firms["name"])
    texts = [text if isinstance(text, str) else "" for text in distinct]
    keys = np.array([*name_keys(texts, names), ""], dtype=object)[numbers]
    codes = firms["code"].where(firms["code_valid"], "").to_numpy(dtype=object)
    codes = _with_branches(codes, keys, firms, names)
    return Keys(codes, _at_township(keys, firms["township"]), rows)


def firms_of_keys(keys: Keys, firms: Objects) -> Mapping[str, str]:
    """Return the id of the firm to which each key leads now; `firms` are the ids of the responses."""
    numbers, ids = pd.factorize(firms)
    return {key: str(ids[number]) for key, number in _group_of(numbers.astype(np.int64), keys).items()}


def subject_of(one: str, other: str) -> str:
    """Return what a decision about two firms is about: their keys in order, joined by a bar."""
    return BETWEEN.join(sorted((one, other)))


def _at_township(keys: Objects, township: pd.Series) -> Objects:
    """Return name@township of each firm, "" where it has no name; a blank township is filled when its name has only one."""
    numbers, distinct = pd.factorize(township)
    texts = [text if isinstance(text, str) else "" for text in distinct]
    towns = np.array([*(text.replace(BETWEEN, "/").strip() for text in plain_names(texts)), ""], dtype=object)[numbers]
    known = pd.DataFrame({"name": keys, "town": towns})[towns != ""].drop_duplicates()
    single = known.drop_duplicates("name", keep=False).set_index("name")["town"]
    filled = np.where(towns == "", pd.Series(keys, dtype=object).map(single).astype(object).fillna("").to_numpy(), towns)
    return np.where(keys == "", "", keys + "@" + filled.astype(object))


def _with_branches(codes: Objects, keys: Objects, firms: pd.DataFrame, names: NameBook) -> Objects:
    """Return the codes, those that a firm and its branch both answered under in one wave told apart by the branch."""
    table = pd.DataFrame({"code": codes, "key": keys, "wave": firms["wave"].to_numpy(dtype=object)})[codes != ""]
    table = table.drop_duplicates()
    shared = table[table.duplicated(["code", "wave"], keep=False)]
    if shared.empty:
        return codes
    reader = NameReader(names)
    branches = {key: reader.read(key).branch for key in shared["key"].unique()}
    kinds = shared.assign(branch=shared["key"].map(branches)).groupby(["code", "wave"])["branch"].nunique()
    split = set(kinds[kinds > 1].index.get_level_values("code"))
    if not split:
        return codes
    told = codes.copy()
    for position in np.flatnonzero(np.isin(codes, list(split))).tolist():
        branch = branches.get(keys[position]) or reader.read(keys[position]).branch
        told[position] = f"{codes[position]}/{branch}" if branch else codes[position]
    return told


def _parted(keys: Keys, decisions: Sequence[Decision]) -> tuple[Keys, frozenset[tuple[str, str]]]:
    """Take the code from responses whose name is decided not to be the code's firm; return also (name, code) not to be joined.

    A name under which alone the code is known keeps it: then only those without a code are meant.
    """
    pairs = [each.subject.split(BETWEEN, 1) for each in decisions if each.answer == DIFFERENT and BETWEEN in each.subject]
    known, named = set(keys.codes.tolist()) - {""}, set(keys.names.tolist()) - {""}
    both = [pair for one, other in pairs for pair in ((one, other), (other, one))]
    parted = {(name, code) for name, code in both if name in named and code in known}
    codes = keys.codes
    for name, code in parted:
        has_code = codes == code
        theirs = has_code & (keys.names == name)
        if theirs.any() and not np.array_equal(theirs, has_code):
            codes = np.where(theirs, "", codes)
    return replace(keys, codes=codes), frozenset(parted)


def groups_of(keys: Keys, parted: frozenset[tuple[str, str]] = frozenset()) -> Ints:
    """Return a number for each response, equal for those of one firm; shape (n,)."""
    code, known_codes = _numbered(keys.codes)
    name, known_names = _numbered(keys.names)
    coded = (code >= 0) & (name >= 0)
    pairs = pd.DataFrame({"name": name[coded], "code": code[coded]}).drop_duplicates()
    single = pairs.drop_duplicates("name", keep=False)
    if parted:
        texts = pd.DataFrame({"name": keys.names[coded], "code": keys.codes[coded]}, index=np.flatnonzero(coded))
        apart = {(name[at], code[at]) for at, *pair in texts.drop_duplicates().itertuples() if tuple(pair) in parted}
        single = single[[pair not in apart for pair in zip(single["name"], single["code"], strict=True)]]
    code_of = np.full(known_names + 1, -1, dtype=np.int64)  # the last place answers for name −1
    code_of[single["name"].to_numpy()] = single["code"].to_numpy()
    joined = np.where(code >= 0, code, code_of[name])
    by_name = np.where(name >= 0, known_codes + name, known_codes + known_names + np.arange(len(name)))
    groups: Ints = pd.factorize(np.where(joined >= 0, joined, by_name))[0].astype(np.int64)
    return groups


def _joined(groups: Ints, keys: Keys, decisions: Sequence[Decision]) -> Ints:
    """Return the groups with those joined that were decided to be one firm; a key that no response has joins nothing."""
    pairs = [each.subject.split(BETWEEN, 1) for each in decisions if each.answer == SAME]
    if not pairs:
        return groups
    group_of = _group_of(groups, keys)
    into = np.arange(int(groups.max(initial=-1)) + 1)
    for one, *others in pairs:
        if others and one in group_of and others[0] in group_of:
            first, second = sorted((into[group_of[one]], into[group_of[others[0]]]))
            into[into == second] = first
    joined: Ints = pd.factorize(into[groups])[0].astype(np.int64)
    return joined


def _group_of(groups: Ints, keys: Keys) -> Mapping[str, int]:
    """Return the group each key leads to; a name that several firms have leads to the one that has no code."""
    uncoded = keys.codes == ""
    found: dict[str, int] = dict(zip(keys.rows.tolist(), groups.tolist(), strict=True))
    found |= dict(zip(keys.names.tolist(), groups.tolist(), strict=True))
    found |= dict(zip(keys.names[uncoded].tolist(), groups[uncoded].tolist(), strict=True))
    found |= dict(zip(keys.codes.tolist(), groups.tolist(), strict=True))
    found.pop("", None)
    return found


def _leaders(groups: Ints, order: Ints, count: int = 0) -> Ints:
    """Return for each group the position of its first member in `order`, −1 for a group without one."""
    leaders = np.full(max(count, int(groups.max(initial=-1)) + 1), -1, dtype=np.int64)
    leaders[groups[order[::-1]]] = order[::-1]
    return leaders


def _unique(wanted: Objects, natural: Objects) -> Objects:
    """Return an id for each group: the one wanted, unless it is by nature another's or an earlier group has it already."""
    of_others = (wanted != natural) & np.isin(wanted, natural)
    taken = pd.Series(wanted).duplicated().to_numpy()
    ids: Objects = np.where(of_others | taken, natural, wanted)
    return ids


def _numbered(texts: Objects) -> tuple[Ints, int]:
    """Return a number for each text, −1 for "", and how many numbers there are."""
    numbers, distinct = pd.factorize(texts)
    return np.where(texts == "", -1, numbers).astype(np.int64), len(distinct)


def _row_ids(responses: Responses) -> Objects:
    """Return an id from source, sheet and row for each response."""
    starts = np.array([f"{block.source[:12]}/{block.sheet}/".replace(BETWEEN, "/") for block in responses.blocks], dtype=object)
    rows = responses.places["row"].to_numpy().astype(str).astype(object)
    ids: Objects = starts[responses.places["block"].to_numpy()] + rows
    return ids
