"""企业: every counted firm of a wave in one table."""

from __future__ import annotations

import pandas as pd

from app.domain.assessment import Basis
from app.domain.numbers import number
from app.domain.resources import Resources
from app.domain.responses import Responses
from app.domain.selection import Selection
from app.domain.study import Study, Wave
from app.domain.words import Texts
from app.present import wording
from app.present.judged import judged
from app.present.pages.common import absent, chips, in_wave, labels, needs_responses, newest_wave, synthetic
from app.present.pages.values import Column, Empty, FirmsPage, Head, PageTable
from app.present.view import ALL, View

_COLUMNS = (
    ("name", "text"),
    ("code", "code"),
    ("sector", "text"),
    ("size", "text"),
    ("township", "text"),
    ("index", "score"),
    ("level", "level"),
    ("gate", "text"),
    ("basis", "text"),
)
_OPTIONAL = ("code", "size", "township", "gate", "basis")  # a firm's panel tells them too
_SCORES = ("position", "index", "level", "gate", "basis")
_LEARNED = ("label", "predicted", "set_low", "set_high")
_BESIDE = ("label", "predicted", "override")  # columns that stand after the level, only where some firm has something in them
_AFTER = 1 + [name for name, _ in _COLUMNS].index("level")


def firms_page(study: Study, resources: Resources, texts: Texts, selection: Selection = ALL) -> FirmsPage:
    """Return the firm table of the chosen (newest collected) wave inside the selection; row ids are response positions."""
    view = View(study, resources, texts, selection)
    columns = tuple(Column(key, texts(f"page.column.{key}"), kind, optional=key in _OPTIONAL) for key, kind in _COLUMNS)
    wave = newest_wave(view)
    if study.responses is None or wave is None:
        return FirmsPage(needs_responses(view), PageTable(columns, ((),) * len(columns), ()))
    everyone = _firms(view, study.responses, wave)
    shown = _chosen(everyone, selection)
    ids = tuple(map(str, shown["position"].tolist()))
    beside, more = _beside(view, everyone, shown)
    data = _data(view, shown)
    table = PageTable((*columns[:_AFTER], *beside, *columns[_AFTER:]), (*data[:_AFTER], *more, *data[_AFTER:]), ids)
    return FirmsPage(_head(view, wave, everyone, shown), table)


def _firms(view: View, responses: Responses, wave: Wave) -> pd.DataFrame:
    """Return the counted firms of a wave with their scores, missing where not assessed."""
    positions = in_wave(view, wave)
    firms = responses.firms.iloc[positions][["name", "code", "sector", "size", "township"]].astype("object")
    firms = firms.fillna("").astype("str").reset_index(drop=True).assign(position=positions)
    assessment = next((found for found in view.study.assessments if found.wave == wave.id), None)
    if assessment is None:
        return firms.assign(index=float("nan"), level="", gate="", basis="")
    learned = [name for name in _LEARNED if name in assessment.firms]
    texts = ["level", "gate", "basis", *learned]
    scores = assessment.firms[[*_SCORES, *learned]].astype(dict.fromkeys(texts, "str"))
    joined = firms.merge(scores, on="position", how="left")
    return joined.fillna(dict.fromkeys(texts, ""))


def _chosen(firms: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    for field in ("sector", "size", "township", "level"):
        value = getattr(selection, field)
        if value:
            firms = firms[firms[field] == value]
    return firms


def _data(view: View, firms: pd.DataFrame) -> tuple[tuple[object, ...], ...]:
    texts = view.texts
    gates = {gate.id: texts.of(gate.words) for gate in view.study.rubric.gates}

    def worded(field: str) -> tuple[object, ...]:
        return labels(firms[field], {code: view.filter_value(field, code) for code in firms[field].unique()})

    levels = labels(firms["level"], {code: wording.level_name(texts, code) for code in firms["level"].unique()})
    capped = labels(firms["gate"], {code: gates.get(code, code) for code in firms["gate"].unique()})
    codes = firms["basis"].unique()
    bases = labels(firms["basis"], {code: texts(f"term.basis.{code}") if code else "" for code in codes})
    names, numbers = tuple(firms["name"].tolist()), tuple(firms["code"].tolist())
    index = absent(firms["index"])
    return (names, numbers, worded("sector"), worded("size"), worded("township"), index, levels, capped, bases)


def _beside(view: View, everyone: pd.DataFrame, shown: pd.DataFrame) -> tuple[tuple[Column, ...], tuple[tuple[object, ...], ...]]:
    """Return what stands beside the computed level: assessed level, classifier with its set where unsure, a person's level."""
    noted = _overrides(view, everyone)
    made = shown.assign(override=[noted.get(position, "") for position in shown["position"].tolist()])
    if "set_low" in made:
        wide = (made["set_low"] != made["set_high"]) & (made["set_low"] != "")
        ends = made["set_low"] + "–" + made["set_high"]
        made["predicted"] = [
            view.texts("page.firms.set", level=level, set=ends) if unsure else level
            for level, ends, unsure in zip(shown["predicted"].tolist(), ends.tolist(), wide.tolist(), strict=True)
        ]
    there = [name for name in _BESIDE if name in made and (made[name] != "").any()]
    columns = tuple(Column(name, view.texts(f"page.column.{name}"), "text") for name in there)
    return columns, tuple(tuple(made[name].tolist()) for name in there)


def _overrides(view: View, everyone: pd.DataFrame) -> dict[int, str]:
    """Return the level a person noted beside the computed one, by position."""
    if not view.study.judgements.overrides or everyone.empty or view.study.responses is None:
        return {}
    wave = str(view.study.responses.firms["wave"].iat[int(everyone["position"].iat[0])])
    found = judged(view, wave)
    return {position: override.level for position, override in found.matched.overrides} if found is not None else {}


def _head(view: View, wave: Wave, everyone: pd.DataFrame, shown: pd.DataFrame) -> Head:
    texts = view.texts
    name, n = view.filter_value("wave", wave.id), number(len(everyone), "count")
    model = int((everyone["basis"] == str(Basis.MODEL)).sum())
    levelled = int((everyone["level"] != "").sum()) - model
    counts = {"n_level": levelled, "n_model": model, "none": len(everyone) - levelled - model}
    key = "page.firms.headline" if levelled else "page.firms.headline_plain"
    headline = texts(key, wave=name, n=n, **{word: number(count, "count") for word, count in counts.items()})
    date = wording.date_text(texts, wave.date)
    return Head(
        headline=wording.sentence_case(texts, headline),
        measure_line=texts("page.firms.measure", shown=number(len(shown), "count"), date=date),
        chips=chips(view, ("wave", "sector", "size", "township", "level")),
        notes=(texts("page.firms.note"),),
        synthetic=synthetic(view),
        empty=Empty(texts("page.empty.no_firms")) if shown.empty else None,
    )
