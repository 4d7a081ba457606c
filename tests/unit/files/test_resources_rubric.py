"""The rubric of our form gives typical firms the levels that its words promise."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from app.analysis.index import score_firms
from app.domain.instrument import ItemType
from app.domain.responses import FIRM_COLUMNS, PLACE_COLUMNS, Responses

NUMBERS = (ItemType.NUMBER, ItemType.COUNT, ItemType.MONEY, ItemType.PERCENT)
TECHNOLOGIES = [f"T{n}" for n in range(1, 9)]

IDLE = {
    **dict.fromkeys((*TECHNOLOGIES, "K1", "A1", "U1", "U2", "O2", "O4", "D3", "G12", "N2", "N3"), "no"),
    "P1": "none",
    "U3": "none",
    "D1": "scattered",
    "D2": 0.2,
    "S1": "finance",
    "S2": 0.1,
    "S3": "none",
    "R2": 0.0,
    "R3": "none",
    "O1": "none",
    "V1": "none",
    "N1": 0.0,
}
CURIOUS = IDLE | {"U1": "yes", "U2": "yes", "O1": "discussed", "D1": "central", "D2": 0.4, "S1": "finance|office", "R2": 0.05}
SINGLE = CURIOUS | {
    "T3": "yes",
    "T5": "yes",
    "P1": "marketing|administration",
    "O1": "included",
    "O2": "yes",
    "R2": 0.2,
    "R3": "part",
    "S1": "finance|office|erp",
    "S3": "occasional",
    "V1": "rules|tools",
    "G12": "yes",
    "G15": "no",
    "E1": "better",
    "E2": "same",
    "E3": "same",
    "N1": 0.05,
}
AGENTS = {
    "A1": "yes",
    "G3": "partly",
    "G4": "isolated",
    "G5": "no",
    "G6": "yes",
    "G7": "no",
    "G8": "masked",
    "G9": "long",
    "G10": "review",
    "G11": "yes",
    "G14": "na",
}
INTEGRATED = (
    SINGLE
    | AGENTS
    | {
        "T6": "yes",
        "T7": "yes",
        "P1": "marketing|production|administration|research",
        "U3": "one",
        "O1": "separate",
        "O4": "yes",
        "D1": "governed",
        "D2": 0.7,
        "D3": "yes",
        "S1": "finance|office|erp|customer",
        "S2": 0.6,
        "S3": "steady",
        "R2": 0.4,
        "R3": "full",
        "N1": 0.15,
    }
)
NATIVE = INTEGRATED | {
    "U3": "several",
    "K1": "yes",
    "D1": "reused",
    "D2": 0.95,
    "R3": "team",
    "N1": 0.6,
    "N2": "yes",
    "N3": "yes",
}
FIRMS = {"L0": IDLE, "L1": CURIOUS, "L2": SINGLE, "L3": INTEGRATED, "L4": NATIVE}


MINISTRY = {
    "Q01": "control|linked|mobile",  # 6 of 8
    "Q02": 0.2,  # 1.5 of 6: the bin is closed on the right
    "Q03": 0.41,  # 4.5 of 6
    "Q04": "design|process|finance|people",  # 3 × 0.7 + 0.9
    "Q05": "two",  # 5 of 10
    "Q06": "rules|tools",  # 2.5 of 5
    "Q07": "none",  # 0 of 5
    "Q08": "adopted",  # 4.5 of 7.5
    "Q09": "lead|rules",  # 3.75 of 7.5
    "Q10": "managers|staff|plan",  # 4.5 of 7.5
    "Q11": 0.05,  # 0 of 7.5
    "Q12": "lower",  # 7 of 7
    "Q13": "same",  # 3.5 of 7
    "Q14": "higher",  # 3 of 3
    "Q15": "lower",  # 3 of 3
}


def responses(form, answers):
    n = len(answers)
    values = {}
    for item in form.items:
        given = [row.get(item.code) for row in answers]
        kind = "float64" if item.type in NUMBERS else "category"
        values[item.code] = pd.Series(
            np.array([np.nan if v is None else v for v in given], dtype=float) if kind == "float64" else given
        ).astype(kind)
    firms = pd.DataFrame({name: [""] * n for name in FIRM_COLUMNS})
    firms["firm"], firms["sector"], firms["wave"], firms["counted"] = [f"f{i}" for i in range(n)], "C", "2026", True
    places = pd.DataFrame({name: range(n) for name in PLACE_COLUMNS})
    frame = pd.DataFrame(values)
    return Responses(frame, frame, firms, places, ())


@pytest.fixture(scope="module")
def graded(resources):
    def grade(*answers, form="aiplus-2026"):
        form, rubric = resources.instruments[form], resources.rubrics[form]
        return score_firms(responses(form, answers), form, rubric, "2026")

    return grade


def test_that_typical_firms_get_the_level_their_description_names(graded):
    assert list(graded(*FIRMS.values())["level"]) == list(FIRMS)


def test_that_each_gate_holds_a_firm_down(graded):
    cases = {
        "l1_awareness": (
            NATIVE | IDLE | {"D1": "reused", "D2": 1.0, "S1": "finance|office|erp|customer|supply", "V1": "rules|tools"},
            "L0",
        ),
        "l2_governance": (SINGLE | {"G12": "no", "O2": "no", "V1": "none", "O4": "yes", "D1": "reused", "D2": 1.0}, "L1"),
        "l3_purposes": (INTEGRATED | {"P1": "production|research"}, "L2"),
        "l3_core": (INTEGRATED | {"U3": "trial"}, "L2"),
        "l3_data": (INTEGRATED | {"D1": "central", "D2": 0.5, "D3": "no"}, "L2"),
        "l4_native": (NATIVE | {"N3": "no"}, "L3"),
        "l4_evidence": (NATIVE | {"N2": "no", "N1": 0.2}, "L3"),
    }
    scored = graded(*(answers for answers, _ in cases.values()))
    assert list(scored["level"]) == [level for _, level in cases.values()]
    assert list(scored["gate"]) == list(cases)


def test_that_a_firm_without_agents_is_not_judged_on_agent_questions(graded):
    blank, refused = graded(SINGLE, SINGLE | {"G5": "yes", "G7": "yes", "G4": "office", "G9": "none"})["p_governance"]
    assert blank > 0
    assert blank == refused


def scenarios(levels):
    return {f"C{place:02d}": f"L{level}" for place, level in enumerate(levels, 1)}


def test_that_the_index_of_the_ministry_is_its_published_points(graded):
    scored = graded(MINISTRY | scenarios([2] * 16), form="miit-sme-2024")
    assert scored["index"][0] == pytest.approx(51.75)
    assert scored["level"][0] == "L2"


def test_that_a_level_of_the_ministry_needs_points_and_scenarios(graded):
    few = scenarios([1] * 11 + [2] * 5)  # five scenarios at level 2, two of them binding
    not_binding = scenarios([1, 2, 1, 2, 2, 1, 1, 1, 1, 1, 1, 2, 1, 2, 2, 2])  # seven at level 2, one binding
    scored = graded(MINISTRY | few, MINISTRY | not_binding, MINISTRY | scenarios([4] * 16), form="miit-sme-2024")
    assert list(scored["level"]) == ["L1", "L1", "L2"]
    assert list(scored["gate"]) == ["l2_all", "l2_binding", ""]
