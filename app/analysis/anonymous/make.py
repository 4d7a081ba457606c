"""The anonymised firm file: strange ids, groups of at least k, bands, and a report of what that took."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from app.analysis.anonymous.bands import answer_texts, kept_items, score_texts
from app.analysis.anonymous.groups import BROAD, LEFT_OUT, NO_SIZE, NO_TOWNSHIP, QUASI, Grouped, grouped
from app.domain.anonymous import Anonymity, AnonymousFirms
from app.domain.study import Study

_HEX = 16  # 64 bits: two firms of a million share an id once in thirty million files
_FIRM = ("sector", "size", "township")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a file is made by: the secret `salt` (hex), `k`, and the broader group of each sector in words."""

    salt: str
    k: int
    broad: Mapping[str, str]


def anonymous_firms(study: Study, grounds: Grounds) -> AnonymousFirms:
    """Return the counted responses of a study that has answers, without anything that names a firm.

    A firm has one id and one sector, size and township (those of its newest wave) in every wave, so that nothing can be learnt by
    following it. Firms that cannot be told alike with k − 1 others are left out.
    """
    assert study.responses is not None
    counted = np.flatnonzero(study.responses.firms["counted"].to_numpy(dtype=bool))
    rows = study.responses.firms.iloc[counted]
    firms, names = pd.factorize(rows["firm"].astype("str"))
    known = _known(rows, firms, study)
    found = grouped(known, known["sector"].map(dict(grounds.broad)).fillna("*"), grounds.k)
    kept = np.flatnonzero(found.step[firms] != LEFT_OUT)
    items = kept_items(study.instrument, study.rubric)
    levels = _levels(study, counted[kept])
    ids = np.array([strange_id(grounds.salt, str(name)) for name in names], dtype=object)[firms[kept]]
    told = found.told.iloc[firms[kept]]
    values = study.responses.values.iloc[counted[kept]]
    columns: dict[str, Sequence[str]] = {"id": ids.tolist(), "wave": [str(each) for each in rows["wave"].iloc[kept]]}
    columns |= {name: told[name].tolist() for name in _FIRM} | levels
    columns |= {item.code: answer_texts(item, values[item.code]) for item in items if item.code in values}
    table = pd.DataFrame(columns, dtype="str").sort_values(["id", "wave"], kind="stable", ignore_index=True)
    codes = tuple(item.code for item in items if item.code in values)
    return AnonymousFirms(table, codes, _anonymity(found, grounds.k, (len(kept), firms[kept], levels.get("level"))))


def strange_id(salt: str, firm: str) -> str:
    """Return the id under which a firm leaves: HMAC-SHA256 under the study's salt (RFC 2104), F and 16 hex digits.

    The letter keeps spreadsheets from taking it for a number.
    """
    return "F" + hmac.new(bytes.fromhex(salt), firm.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:_HEX]


def _known(rows: pd.DataFrame, firms: np.ndarray, study: Study) -> pd.DataFrame:
    """Return QUASI of each firm: the waves it answered, and what its newest answer says of it."""
    order = {wave.id: place for place, wave in enumerate(study.waves)}
    wave = rows["wave"].astype("str").map(order).fillna(-1).to_numpy(dtype=np.int64)
    sorted_ = np.lexsort((wave, firms))
    last = sorted_[np.append(np.diff(firms[sorted_]) > 0, True)] if len(sorted_) else sorted_
    known = {name: _plain(rows[name].iloc[last]) for name in _FIRM}
    answered = pd.DataFrame({"firm": firms, "wave": wave}).drop_duplicates().sort_values(["firm", "wave"])
    patterns = answered["wave"].astype("str").groupby(answered["firm"]).agg("|".join)
    return pd.DataFrame({"waves": patterns.to_numpy(dtype=object), **known})


def _plain(column: pd.Series) -> list[str]:
    return [str(value) if isinstance(value, str) else "" for value in column.astype("object").tolist()]


def _levels(study: Study, positions: np.ndarray) -> dict[str, list[str]]:
    """Return level and band of the index of each response, "" where it has none; nothing before levels were computed."""
    if not study.assessments:
        return {}
    size = 0 if study.responses is None else len(study.responses)
    level, index = np.full(size, "", dtype=object), np.full(size, np.nan)
    for assessment in study.assessments:
        place = assessment.firms["position"].to_numpy()
        level[place] = _plain(assessment.firms["level"])
        index[place] = assessment.firms["index"].to_numpy(dtype=np.float64)
    return {"level": level[positions].tolist(), "index": score_texts(pd.Series(index[positions]))}


def _anonymity(found: Grouped, k: int, kept: tuple[int, np.ndarray, Sequence[str] | None]) -> Anonymity:
    rows, firms, levels = kept
    inside = found.told[found.step != LEFT_OUT]
    sizes = inside.groupby(list(QUASI), observed=True).size()
    diversity = None if levels is None else _diversity(found, firms, levels)
    counts = [int((found.step == at).sum()) for at in (NO_TOWNSHIP, NO_SIZE, BROAD, LEFT_OUT)]
    return Anonymity(
        k,
        len(found.step),
        rows,
        sum(counts[:3]),
        sum(counts[1:3]),
        counts[2],
        counts[3],
        int(sizes.min()) if len(sizes) else 0,
        len(sizes),
        None if diversity is None else diversity[0],
        0 if diversity is None else diversity[1],
    )


def _diversity(found: Grouped, firms: np.ndarray, levels: Sequence[str]) -> tuple[int, int] | None:
    """Return the least number of levels among the responses of a group, and the groups that have one alone."""
    if not len(firms):
        return None
    told = found.told.iloc[firms].assign(level=list(levels))
    kinds = told.groupby(list(QUASI), observed=True)["level"].nunique()
    return int(kinds.min()), int((kinds == 1).sum())
