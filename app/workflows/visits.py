"""Visit lists: drawn from the newest levels, kept in the study, and written to print and fill in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from app.analysis.estimate.wave_design import survey_design
from app.analysis.learn.visits import VisitRequest, draw_visits, uncertainty
from app.domain.assessment import Assessment
from app.domain.errors import UserError
from app.domain.instrument import Role
from app.domain.judgement import Visit, VisitList
from app.domain.responses import Responses
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.files.endings import check_ending
from app.files.resources import load_palette
from app.files.visit_list import Value, VisitSheet, breaks_of, write_visit_list
from app.present.view import View
from app.workflows.context import Context
from app.workflows.labels import judged, match_wave

ENDINGS = (".xlsx", ".csv")
MOST = 10_000
"""Firms that one list may hold: more is no list but a census."""
_DOUBTS = ((0.66, "great"), (0.33, "some"), (0.0, "little"))


def draw(study: Study, n: int, seed: int, context: Context) -> Task[Study]:
    """Return the study with one more visit list, of `n` firms of the newest wave that has levels and no assessment yet.

    UserError `visits.*`: there are no levels yet, nobody is left to visit, or n is no number of firms.
    """
    assessment, responses = study.latest_assessment, study.responses
    if assessment is None or responses is None:
        raise UserError("visits.not_assessed", name=study.name)
    if n > MOST:
        raise UserError("visits.too_many", n=n, most=MOST)
    yield Progress("progress.visits", detail=assessment.wave)
    firms = _firms(study, assessment, responses, context)
    request = VisitRequest(_next_id(study), assessment.wave, context.today, n, firms)
    said = study.judgements
    drawn = draw_visits(request, seed)
    return judged(study, replace(said, visit_lists=(*said.visit_lists, drawn)), context)


def _firms(study: Study, assessment: Assessment, responses: Responses, context: Context) -> pd.DataFrame:
    """Return the assessed firms as `VisitRequest.firms` has them."""
    scores = assessment.firms
    position = scores["position"].to_numpy()
    known = responses.firms.take(position)
    weights = survey_design(scores, study.wave(assessment.wave), responses.firms).weights
    whose = match_wave(study, assessment.wave, context)
    seen = np.union1d(whose.whose[whose.whose >= 0], whose.positions)
    columns = {name: known[name].astype(object).fillna("").to_numpy() for name in ("code", "name", "township", "size")}
    return pd.DataFrame(
        {
            "firm": known["firm"].astype(object).to_numpy(),
            **columns,
            "sector": known["sector"].astype(object).fillna("").to_numpy(),
            "uncertainty": uncertainty(scores, [level.code for level in study.rubric.levels]),
            "weight": weights,
            "assessed": np.isin(position, seen),
        }
    )


def find_list(study: Study, id_: str = "") -> VisitList:
    """Return the visit list of this id, the newest when none is said; UserError `visits.no_list`, `visits.unknown_list`."""
    lists = study.judgements.visit_lists
    if not lists:
        raise UserError("visits.no_list", name=study.name)
    found = next((each for each in lists if each.id == id_), None) if id_ else lists[-1]
    if found is None:
        raise UserError("visits.unknown_list", list=id_, known="、".join(each.id for each in lists))
    return found


def write_list(study: Study, found: VisitList, path: Path, lang: Lang, context: Context) -> Task[Path]:
    """Write a visit list to `path` (.xlsx or .csv) in `lang`, firms by township; no level is shown to those who assess.

    UserError `file.unknown_format`, or why the disk will not have it.
    """
    check_ending(path, *ENDINGS)
    yield Progress("progress.visits", detail=path.name)
    view = View(study, context.resources, Texts(lang, context.resources.words))
    write_visit_list(visit_sheet(view, found), path, load_palette("light"), view.texts, context.now)
    return path


def visit_sheet(view: View, found: VisitList) -> VisitSheet:
    """Return a visit list as it is written; firms without township stand last."""
    texts, study = view.texts, view.study
    visits = sorted(found.visits, key=lambda visit: (not visit.township, visit.township, visit.sector, visit.firm))
    staff = _staff(study, found.wave)
    levels = tuple(view.level_label(level.code) for level in study.rubric.levels)
    told = {"list": found.id, "wave": found.wave, "seed": found.seed, "when": found.when}
    return VisitSheet(
        title=texts("visits.title", study=study.name, list=found.id, wave=found.wave, n=len(visits)),
        note=texts("visits.note"),
        how=texts("visits.how", levels="、".join(levels)),
        footer=texts("visits.footer", method=texts(f"visits.method.{found.method}"), **told),
        rows=tuple(_row(view, at, visit, found.wave, staff) for at, visit in enumerate(visits, 1)),
        levels=levels,
        breaks=breaks_of([visit.township for visit in visits]),
    )


def _row(view: View, number: int, visit: Visit, wave: str, staff: dict[str, float]) -> tuple[Value, ...]:
    """Return one line of the list; a firm that gave neither name nor code is called by where it answered."""
    reason = next(name for least, name in _DOUBTS if visit.uncertainty >= least)
    firm = (visit.name or ("" if visit.code else visit.firm), visit.code, visit.township, view.sector_label(visit.sector))
    size = view.texts(f"term.size.{visit.size or 'unknown'}")
    chance = (visit.probability, visit.weight, view.texts(f"visits.reason.{reason}"))
    return (number, *firm, size, staff.get(visit.firm), *chance, "", "", wave)


def _staff(study: Study, wave: str) -> dict[str, float]:
    """Return the employees of each counted firm of a wave that said how many it has."""
    item, responses = study.instrument.with_role(Role.EMPLOYEES), study.responses
    if item is None or responses is None or not pd.api.types.is_numeric_dtype(responses.values[item.code]):
        return {}
    firms, people = responses.firms, responses.values[item.code].to_numpy(dtype=np.float64)
    here = firms["counted"].to_numpy(dtype=bool) & (firms["wave"] == wave).to_numpy() & np.isfinite(people)
    return dict(zip(firms["firm"].astype(object).to_numpy()[here].tolist(), people[here].tolist(), strict=True))


def _next_id(study: Study) -> str:
    """Return V1, V2 …: the first that no list has."""
    taken = {each.id for each in study.judgements.visit_lists}
    return next(id_ for number in range(1, len(taken) + 2) if (id_ := f"V{number}") not in taken)
