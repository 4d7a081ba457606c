"""The small study with everything a classifier, assessors and visits can add to it, made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import small_study

from app.domain.assessment import ClassifierReport
from app.domain.judgement import Judgements, Label, Override, Ruling, Visit, VisitList
from app.domain.learning import (
    CalibrationBin,
    ConformalReport,
    Drift,
    GroupError,
    LabelsFrom,
    Leak,
    ModelScore,
)

LEVELS = ("L0", "L1", "L2", "L3", "L4")
CONFUSION = ((18, 6, 1, 0, 0), (5, 31, 9, 0, 0), (0, 8, 40, 7, 0), (0, 0, 9, 22, 2), (0, 0, 0, 4, 8))
MEANINGS = {
    "L0": ("没有使用，也没有准备", "Not in use and not prepared"),
    "L1": ("有人了解，做过试点", "People know of it and have piloted it"),
    "L2": ("至少一个环节日常在用", "At least one step of the work uses it daily"),
    "L3": ("多个环节打通在用", "Several connected steps use it"),
    "L4": ("核心业务由智能驱动", "The core business runs on it"),
}


def report(**changes) -> ClassifierReport:
    """Return a full report of 170 assessed firms."""
    made = ClassifierReport(
        model="ordinal",
        baseline="rubric",
        n_train=170,
        n_predicted=140,
        n_abstained=46,
        folds=5,
        accuracy=0.70,
        baseline_accuracy=0.58,
        kappa=0.76,
        classes=(("L0", 25), ("L1", 45), ("L2", 55), ("L3", 33), ("L4", 12)),
        predictors=("people", "revenue", "agent"),
        seed=7,
        labels_from=LabelsFrom.ASSESSORS,
        repeats=3,
        scores=(
            ModelScore("majority", 0.0, 0.182, 0.009, 0.10, 0.81, 0.32, 0.77, 0.02, None, 1.0, 1.0),
            ModelScore("rubric", 0.61, 0.131, 0.008, 0.52, 0.62, 0.58, 0.93, 0.11, None, 1.0, 1.0),
            ModelScore("ordinal", 0.76, 0.094, 0.007, 0.64, 0.44, 0.70, 0.97, 0.062, 0.031, 1.0, 1.0),
            ModelScore("boosting", 0.77, 0.091, 0.008, 0.65, 0.43, 0.71, 0.97, 0.094, 0.036, 0.93, 0.99),
        ),
        levels=LEVELS,
        confusion=CONFUSION,
        calibration_before=tuple(CalibrationBin(c, s, n) for c, s, n in BEFORE),
        calibration_after=tuple(CalibrationBin(c, s, n) for c, s, n in AFTER),
        conformal=ConformalReport(
            0.9, 170, 0.906,
            (("L0", 0.92, 25), ("L1", 0.91, 45), ("L2", 0.90, 55), ("L3", 0.88, 33), ("L4", 1.0, 12)),
            1.42, 0.61, (("L0", 0.71), ("L1", 0.64), ("L2", 0.60), ("L3", 0.66), ("L4", None)),
        ),
        groups=(
            GroupError("size", "large", 22, 0.73, 0.05, -0.21, 0.31),
            GroupError("size", "medium", 48, 0.71, 0.02, -0.14, 0.18),
            GroupError("size", "small", 61, 0.70, -0.04, -0.18, 0.10),
            GroupError("size", "micro", 39, 0.66, 0.21, 0.03, 0.39),
            GroupError("ownership", "private", 120, 0.71, 0.03, -0.07, 0.13),
            GroupError("ownership", "state", 47, 0.68, -0.09, -0.28, 0.10),
            GroupError("ownership", "foreign", 3, None, None, None, None),
            GroupError("township", "城关镇", 58, 0.69, 0.06, -0.10, 0.22),
            GroupError("township", "东风乡", 112, 0.71, 0.00, -0.11, 0.11),
            GroupError("sector", "C", 70, 0.72, 0.01, -0.12, 0.14),
            GroupError("sector", "F", 52, 0.69, -0.19, -0.35, -0.03),
            GroupError("sector", "I", 34, 0.70, 0.11, -0.08, 0.30),
            GroupError("sector", "J", 8, 0.63, 0.25, None, None),
        ),
        drift=(Drift("people", 0.04, "ok"), Drift("revenue", 0.13, "watch"), Drift("agent", 0.31, "stop")),
        leaks=(Leak("agent", 0.93),),
        left_out=(),
        libraries=(("scikit-learn", "1.7"),),
    )  # fmt: skip
    return replace(made, **changes)


BEFORE = ((0.05, 0.02, 160), (0.16, 0.08, 74), (0.27, 0.17, 52), (0.38, 0.30, 40), (0.5, 0.47, 36), (0.62, 0.70, 42),
          (0.74, 0.84, 60), (0.85, 0.93, 88), (0.96, 0.99, 128))  # fmt: skip
AFTER = ((0.02, 0.02, 190), (0.11, 0.13, 66), (0.23, 0.21, 44), (0.35, 0.38, 30), (0.49, 0.44, 28), (0.61, 0.63, 34),
         (0.75, 0.73, 48), (0.89, 0.91, 82), (0.985, 0.98, 158))  # fmt: skip


def rubric():
    """Return the small rubric with meanings of its levels."""
    from app.domain.words import Words

    plain = small_study.rubric()
    return replace(plain, levels=tuple(replace(level, meaning=Words(*MEANINGS[level.code])) for level in plain.levels))


def learned(firms):
    """Return the firm scores with bounds, labels, predictions and sets."""
    n = len(firms)
    place = np.nan_to_num(firms["index"].to_numpy(dtype=float)) / 20.0
    best = np.clip(np.floor(place), 0, 4).astype(int)
    unsure = np.arange(n) % 3 == 0
    high = np.where(unsure, np.minimum(best + 1, 4), best)
    codes = np.array(LEVELS, dtype=object)
    made = firms.assign(
        index_worst=firms["index"] - 4.0,
        index_best=firms["index"] + 8.0,
        level_worst=codes[best],
        level_best=codes[np.minimum(best + (np.arange(n) % 4 == 0), 4)],
        label=np.where(np.arange(n) % 5 == 0, codes[best], ""),
        predicted=codes[best],
        set_low=codes[best],
        set_high=codes[high],
    )
    for k, level in enumerate(LEVELS):
        made[f"q_{level}"] = np.where(best == k, 0.7, np.where(high == k, 0.2, 0.1 / 3))
    return made


def judgements(study, wave="2026") -> Judgements:
    """Return labels by two assessors, a ruling, an override, and a visit list of 24 firms of which nine were visited."""
    firms = study.responses.firms
    here = np.flatnonzero((firms["wave"] == wave).to_numpy())
    drawn = here[::6][:24]
    names = firms["name"].to_numpy()
    visits = tuple(_visit(firms.iloc[at], k) for k, at in enumerate(drawn.tolist()))
    visits = tuple(sorted(visits, key=lambda visit: (visit.township, visit.sector, visit.firm)))
    labels = []
    for k, at in enumerate(drawn[:9].tolist()):
        labels.append(_label(wave, names[at], LEVELS[(k % 3) + 1], "王敏", f"2026-09-{k + 1:02d}"))
        if k < 5:
            other = LEVELS[(k % 3) + 1 + (k in (1, 3))]
            labels.append(_label(wave, names[at], other, "李强", f"2026-09-{k + 11:02d}"))
    labels.append(_label(wave, "查无此厂", "L2", "王敏", "2026-09-20", "评估表.xlsx · Sheet1 · A17"))
    labels.append(_label("2025", names[here[0]], "L1", "王敏", "2025-09-20"))
    ruling = Ruling(wave, "", str(names[drawn[3]]), "L2", "赵科长", "2026-10-02", "复看后，排产系统确实日常在用。")
    override = Override(
        wave, "", str(names[drawn[6]]), "L3", "赵科长", "2026-10-03", "今年新上了两条智能产线，问卷填报在前。", "现场照片12张"
    )
    frame = tuple((sector, int((firms["sector"].iloc[here] == sector).sum())) for sector in small_study.FIRMS)
    listed = VisitList("v1", wave, 7, "2026-08-28", "pivotal", frame, visits)
    return Judgements(labels=tuple(labels), rulings=(ruling,), overrides=(override,), visit_lists=(listed,))


def study(found: ClassifierReport | None = None, synthetic: bool = False):
    """Return the small study, its newest wave learnt from and visited."""
    plain = replace(small_study.study(synthetic=synthetic), rubric=rubric())
    newest = plain.assessments[-1]
    taught = replace(newest, firms=learned(newest.firms), classifier=found or report())
    return replace(plain, assessments=(plain.assessments[0], taught), judgements=judgements(plain))


def _visit(firm, k: int) -> Visit:
    doubt = (0.91, 0.42, 0.12, 0.7)[k % 4]
    text = (str(firm[name]) for name in ("firm", "code", "name", "sector", "township", "size"))
    return Visit(*text, probability=0.08 + 0.05 * (k % 5), uncertainty=doubt, weight=1.0 + (k % 3))


def _label(wave: str, name: str, level: str, who: str, when: str, place: str = "") -> Label:
    why = {"L1": "有一台试用的质检相机，尚未日常使用。", "L2": "排产系统每天在用，订单自动排序。"}.get(
        level, "多个车间数据打通。"
    )
    return Label(wave, "", str(name), level, who, when, why, "现场记录" if level != "L1" else "", place)
