"""A small study with every kind of content, made by hand; no reading, no assessing."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from app.domain import journal as chain
from app.domain.assessment import Assessment, ClassifierReport, IntervalKind, SectorProfile, Share
from app.domain.condition import Condition
from app.domain.findings import CellReference, Finding, Severity
from app.domain.goals import Goal, GoalKind, GoalProgress, Layer, Light, Measure, Observation
from app.domain.responses import Block, Responses
from app.domain.study import Design, Source, Study, Wave
from app.domain.words import Words
from app.files.resources import definition_texts, parse_instrument, parse_rubric

INSTRUMENT = Path(__file__).parent / "e2e" / "kaggle_2021.toml"
CONTENT = "企业名称,行业\n东河造纸,制造业\n".encode() * 500
SHA = hashlib.sha256(CONTENT).hexdigest()


def empty_study(name: str = "东河县") -> Study:
    """A new study with its first journal entry."""
    definition = definition_texts(str(INSTRUMENT))
    journal = chain.append((), "2026-09-01T08:00:00+08:00", "new", "{}", "{}")
    return Study(name, parse_instrument(definition[0]), parse_rubric(definition[1]), definition, journal=journal)


def grown(study: Study, number: int = 0) -> Study:
    """The study after one more command that left a trace."""
    finding = Finding(
        "value.unclear", Severity.WARNING, CellReference("甲.csv", "Sheet1", 7, number + 1), "约三成", (("n", "3"),)
    )
    journal = chain.append(study.journal, f"2026-09-01T09:00:{number:02d}+08:00", "touch", '{"n":1}', "{}")
    return replace(study, findings=(*study.findings, finding), journal=journal)


def full_study() -> Study:
    """A study with a source, answers, findings, levels and progress."""
    study = grown(empty_study())
    wave = Wave("2026", "2026-06-30", Design.CENSUS, {"I01": 40})
    source = Source(SHA, "甲.csv", len(CONTENT), "2026", "csv", "read", 3, 5, 0, zlib.compress(CONTENT))
    return replace(
        study,
        waves=(wave,),
        sources=(source,),
        responses=_responses(),
        assessments=(_assessment(),),
        progress=(_progress(),),
        synthetic=True,
    )


def _responses() -> Responses:
    values = pd.DataFrame({"Q20": pd.Categorical(["I01", "I01", None]), "Q26": pd.Categorical(["M0", None, "M2"])})
    firms = pd.DataFrame(
        {
            "firm": pd.array(["f1", "f2", "f3"], dtype="str"),
            "name": pd.array(["甲", "乙", "丙 𠮷"], dtype="str"),
            "code": pd.array(["", "", ""], dtype="str"),
            "code_valid": [False, False, False],
            "sector": pd.Categorical(["I01", "I01", ""]),
            "division": pd.Categorical(["", "", ""]),
            "size": pd.Categorical(["", "", ""]),
            "township": pd.Categorical(["", "", ""]),
            "wave": pd.Categorical(["2026"] * 3),
            "counted": [True, True, False],
        }
    )
    places = pd.DataFrame({"block": np.zeros(3, "int32"), "row": np.array([2, 3, 4], "int32")})
    block = Block(SHA, "甲.csv", "Sheet1", "2026", {"Q20": (0, 2), "Q26": (0, 3)})
    return Responses(values, values.copy(), firms, places, (block,))


def _assessment() -> Assessment:
    share = Share(0.5, 0.095, 0.905, 1, 2)
    profile = SectorProfile(
        "*", "2026", 2, 2, 0, 40, {"L0": share}, {"L1+": share}, {"data": None}, 31.5, IntervalKind.WILSON_FPC
    )
    firms = pd.DataFrame({"position": [0, 1], "level": pd.Categorical(["L0", "L1"]), "index": [12.5, np.nan]})
    report = ClassifierReport("logistic", "majority", 2, 1, 0, 5, None, None, None, (("L0", 1),), ("Q20",), 7, "few")
    return Assessment("2026", "kaggle-2021", "1", firms, (profile,), profile, report)


def _progress() -> GoalProgress:
    words = Words("普及率", "penetration")
    condition = Condition("any", parts=(Condition("answer", "Q23", includes=("recent",)),))
    measure = Measure("m", words, condition, None, "firms", True, "own")
    goal = Goal("g", Layer.STATE, GoalKind.RATE, 2027, ">", 0.7, "", words, "国发", "2025", words, (), "m", words, "s", True)
    observation = Observation("2026", 2026.5, 0.41, 0.38, None, 300, 400, None)
    return GoalProgress(
        goal,
        measure,
        (observation,),
        0.29,
        19.3,
        None,
        None,
        Light.CANNOT_TELL,
        "light.one_wave",
        (("n", "1"),),
        ((2026.5, 0.41),),
    )
