"""The ministry's digital level, both legs: firms of every level by hand, where the lower of points and scenarios wins."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.index import coherence, default_weighting, probe, rank_moves, score_firms
from app.analysis.index.matrix import score_matrix
from app.domain.task import run_to_end
from tests.unit.files.test_resources_rubric import responses

NONE = {
    **dict.fromkeys(("Q01", "Q04", "Q05", "Q06", "Q07", "Q08", "Q09", "Q10"), "none"),
    **{"Q02": 0.0, "Q03": 0.0, "Q11": 0.0, "Q12": "higher", "Q13": "lower", "Q14": "lower", "Q15": "higher"},
}
LINKS = "design|process|marketing|service|planning|control|quality|equipment|safety|energy|purchasing|warehouse|finance|people"
DATA = {"Q04": LINKS}  # 10 points
SYSTEMS = {"Q01": "control|linked|mobile|whole", "Q02": 0.7, "Q03": 0.7, "Q05": "all"}  # 8 + 6 + 6 + 10
OUTCOMES = {"Q12": "lower", "Q13": "higher", "Q14": "higher", "Q15": "lower"}  # 7 + 7 + 3 + 3
PLANS = {"Q08": "reviewed", "Q09": "lead|rules|incentive|review", "Q11": 0.7}  # 3 × 7.5
STAFF = {"Q10": "managers|staff|specialists|plan|partners"}  # 7.5
SAFETY = {"Q06": "rules|tools|assessment|boundary", "Q07": "rules|tools|assessment|register"}  # 5 + 5
POINTS = {
    0.0: NONE,
    19.3: NONE | {"Q04": LINKS.replace("design|", ""), "Q05": "all"},
    20.0: NONE | DATA | {"Q05": "all"},
    40.0: NONE | DATA | SYSTEMS,
    60.0: NONE | DATA | SYSTEMS | OUTCOMES,
    78.0: NONE | DATA | SYSTEMS | PLANS | STAFF | SAFETY | {"Q01": "control|linked|mobile"},
    80.0: NONE | DATA | SYSTEMS | PLANS | STAFF | SAFETY,
    100.0: DATA | SYSTEMS | OUTCOMES | PLANS | STAFF | SAFETY,
}
BINDING = (1, 3, 6, 7, 8, 9, 10, 11, 12, 13)
OTHERS = (2, 4, 5, 14, 15, 16)


def scenarios(level: int, binding: int, others: int, rest: int = 0) -> dict[str, str]:
    """So many binding and other scenarios at a level, the remaining ones at `rest`."""
    high = {*BINDING[:binding], *OTHERS[:others]}
    return {f"C{place:02d}": f"L{level if place in high else rest}" for place in range(1, 17)}


CASES = [
    # points, scenarios (level, binding, others, rest), level, the gate that holds it down
    (100.0, (4, 10, 6), "L4", ""),
    (80.0, (4, 6, 4), "L4", ""),  # just enough on both legs
    (78.0, (4, 10, 6), "L3", ""),  # points decide
    (100.0, (4, 6, 3, 3), "L3", "l4_all"),  # nine scenarios at level 4
    (100.0, (4, 5, 6, 3), "L3", "l4_binding"),  # eleven, but five binding
    (60.0, (3, 5, 3), "L3", ""),
    (60.0, (3, 4, 6, 2), "L2", "l3_binding"),
    (100.0, (3, 5, 2, 2), "L2", "l3_all"),
    (40.0, (4, 10, 6), "L2", ""),
    (40.0, (2, 3, 3), "L2", ""),
    (100.0, (2, 2, 6, 1), "L1", "l2_binding"),
    (100.0, (2, 5, 0, 1), "L1", "l2_all"),
    (20.0, (4, 10, 6), "L1", ""),
    (20.0, (1, 3, 3), "L1", ""),
    (19.3, (4, 10, 6), "L0", ""),
    (100.0, (1, 2, 6), "L0", "l1_binding"),
    (100.0, (4, 5, 0), "L0", "l1_all"),
    (0.0, (0, 0, 0), "L0", ""),
]


@pytest.fixture(scope="module")
def ministry(resources):
    return resources.instruments["miit-sme-2024"], resources.rubrics["miit-sme-2024"]


@pytest.fixture(scope="module")
def scored(ministry):
    form, rubric = ministry
    given = responses(form, [POINTS[points] | scenarios(*leg) for points, leg, _, _ in CASES])
    return given, score_firms(given, form, rubric, "2026")


def test_that_the_lower_of_points_and_scenarios_gives_the_level(scored):
    _, firms = scored
    assert firms["index"].tolist() == pytest.approx([points for points, _, _, _ in CASES])
    assert firms["level"].tolist() == [level for _, _, level, _ in CASES]
    assert firms["gate"].tolist() == [gate for _, _, _, gate in CASES]
    assert set(firms["level"]) == {"L0", "L1", "L2", "L3", "L4"}


def test_that_blank_scenarios_hold_no_level_and_could_have_opened_every_gate(ministry):
    form, rubric = ministry
    firm = score_firms(responses(form, [POINTS[100.0]]), form, rubric, "2026").iloc[0]
    assert (firm["level"], firm["level_worst"], firm["level_best"]) == ("L0", "L0", "L4")
    assert (firm["index_worst"], firm["index_best"]) == (100.0, 100.0)


def test_that_the_ministrys_rubric_runs_from_answers_to_robustness(ministry, scored):
    form, rubric = ministry
    given, firms = scored
    matrix = score_matrix(given, form, rubric, firms["position"].to_numpy())
    found, columns = run_to_end(probe(matrix, firms, rubric, 1, draws=64))
    assert found.firms == len(CASES)
    ceiling = np.array([0 if leg[0] == 0 else 4 for _, leg, _, _ in CASES])
    assert (columns["level_high"].cat.codes <= ceiling).all()
    assert columns["level_high"][CASES.index((20.0, (1, 3, 3), "L1", ""))] == "L1"  # no draw passes the scenario leg
    assert len(coherence(matrix, firms, rubric).pillars) == 6
    assert rank_moves(firms, rubric, default_weighting(rubric))[0].before == 1
