"""Who has answered and who has not, against the register; which codes the register knows better."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.intake.credit_code import valid_codes
from app.analysis.intake.firm_findings import FirmPlaces
from app.analysis.intake.identity import Keys, groups_of, keys_of
from app.analysis.intake.reports import report
from app.domain.findings import CellReference, Finding
from app.domain.firm_names import NameBook
from app.domain.register import GROUPS, REGISTER_COLUMNS, Coverage, Register
from app.domain.responses import Responses

Ints = npt.NDArray[np.int64]
_FIRM = ["name", "code", "code_valid", "township", "wave"]


def response_table(
    register: Register,
    responses: Responses | None,
    wave: str,
    names: NameBook = NameBook(),  # noqa: B008 - a frozen value
) -> Coverage:
    """Return who of the register answered in `wave`, by township, sector and size as the register has them.

    A firm is found by its credit code, else by name and township, else by a name that both sides have once; what it was
    called in other waves, and decisions about firms, count as well. Responses that do not count answer for nobody.
    """
    firms = register.firms
    answered = np.zeros(len(firms), dtype=bool)
    unlisted = pd.DataFrame({column: [] for column in ("firm", "name", "code", "township", "position")})
    if responses is not None and len(responses):
        row_of = _links(register, responses, names)
        of_wave = (responses.firms["wave"] == wave).to_numpy() & responses.firms["counted"].to_numpy(dtype=bool)
        rows = row_of[of_wave]
        answered[rows[rows >= 0]] = True
        at = np.flatnonzero(of_wave & (row_of < 0))
        unlisted = responses.firms.iloc[at][["firm", "name", "code", "township"]].assign(position=at).reset_index(drop=True)
    groups = firms[list(GROUPS)].astype(object).fillna("")
    cells = groups.assign(registered=1, responded=answered.astype(np.int64)).groupby(list(GROUPS), sort=False).sum().reset_index()
    return Coverage(
        wave=wave,
        registered=len(firms),
        responded=int(answered.sum()),
        cells=cells,
        absent=firms.loc[~answered, list(REGISTER_COLUMNS)].reset_index(drop=True),
        unlisted=unlisted,
        unknown={group: int((groups[group] == "").sum()) for group in GROUPS},
    )


def register_codes(
    register: Register,
    responses: Responses,
    names: NameBook = NameBook(),  # noqa: B008 - a frozen value
) -> tuple[Finding, ...]:
    """Return `code.known` for each response with a wrong code whose firm the register lists with a right one."""
    places = FirmPlaces(responses)
    row_of = _links(register, responses, names)
    codes, right = register.firms["code"].fillna("").to_numpy(dtype=object), _valid(register.firms)
    wrong = (row_of >= 0) & (places.codes != "") & ~responses.firms["code_valid"].to_numpy(dtype=bool)
    findings = []
    for position in np.flatnonzero(wrong & right[row_of]).tolist():
        row = int(row_of[position])
        where = CellReference(register.name, str(register.firms["sheet"].iat[row]), int(register.firms["row"].iat[row]))
        place = places.of(position, places.codes[position])
        findings.append(report("code.known", place, places.codes[position], meant=codes[row], known=str(where)))
    return tuple(findings)


def _links(register: Register, responses: Responses, names: NameBook) -> Ints:
    """Return the register's row of each response's firm, −1 where it is not listed; shape (n_responses,)."""
    count = len(register.firms)
    listed = (
        register.firms[["name", "code", "township"]].astype(object).fillna("").assign(code_valid=_valid(register.firms), wave="")
    )
    both = pd.concat([listed[_FIRM], responses.firms[_FIRM].astype(object)], ignore_index=True)
    both["code_valid"] = both["code_valid"].astype(bool)
    keys = keys_of(both, np.array([f"\n{number}" for number in range(len(both))], dtype=object), names)
    groups = groups_of(keys)
    firm = pd.factorize(responses.firms["firm"])[0]
    row_in = _first(groups[:count], np.arange(count), int(groups.max(initial=-1)) + 1)[groups[count:]]
    found = np.flatnonzero(row_in >= 0)
    row_of = _first(firm[found], row_in[found], int(firm.max(initial=-1)) + 1)[firm]
    return _by_name_alone(keys, both["code_valid"].to_numpy(), row_of)


def _by_name_alone(keys: Keys, coded: npt.NDArray[np.bool_], row_of: Ints) -> Ints:
    """Link what is left over on both sides by a name that each side has once, unless both have valid codes."""
    count = len(keys) - len(row_of)
    names = np.array([name.partition("@")[0] for name in keys.names], dtype=object)
    free = np.setdiff1d(np.arange(count), row_of)
    listed = pd.DataFrame({"name": names[free], "row": free, "coded": coded[free]})
    left = np.flatnonzero(row_of < 0)
    there = pd.DataFrame({"name": names[count + left], "at": left, "coded": coded[count + left], "key": keys.names[count + left]})
    once = there.drop_duplicates(["name", "key"]).drop_duplicates("name", keep=False)["name"]
    there = there[there["name"].isin(once) & (there["name"] != "")]
    joined = there.merge(listed.drop_duplicates("name", keep=False), on="name", suffixes=("", "_listed"))
    joined = joined[~(joined["coded"] & joined["coded_listed"])]
    linked = row_of.copy()
    linked[joined["at"].to_numpy()] = joined["row"].to_numpy()
    return linked


def _first(groups: Ints, values: Ints, size: int) -> Ints:
    """Return for each group the first of its values, −1 for a group without one."""
    first = np.full(size, -1, dtype=np.int64)
    first[groups[::-1]] = values[::-1]
    return first


def _valid(firms: pd.DataFrame) -> npt.NDArray[np.bool_]:
    return valid_codes(firms["code"].fillna("").tolist())
