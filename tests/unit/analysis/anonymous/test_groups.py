"""No group smaller than k is ever told, and nothing is coarsened that need not be."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.anonymous.bands import banded
from app.analysis.anonymous.groups import ANY, BROAD, FULL, LEFT_OUT, NO_SIZE, NO_TOWNSHIP, QUASI, grouped

FIRM = st.tuples(
    st.sampled_from(["0", "1", "0|1"]),
    st.sampled_from(["A", "C", "F", "G", ""]),
    st.sampled_from(["large", "small", "micro", ""]),
    st.sampled_from(["东河镇", "西河镇", "南乡", ""]),
)
BROADER = {"A": "一", "C": "二", "F": "三", "G": "三"}


def told(firms, k):
    known = pd.DataFrame(firms, columns=list(QUASI), dtype="str")
    return grouped(known, known["sector"].map(BROADER).fillna(ANY), k)


@given(st.lists(FIRM, max_size=120), st.integers(3, 12))
def test_that_no_group_in_the_result_has_fewer_than_k_firms(firms, k):
    found = told(firms, k)
    kept = found.told[found.step != LEFT_OUT]
    sizes = kept.groupby(list(QUASI), observed=True).size()
    assert (sizes >= k).all()
    for own, (_, row), step in zip(firms, found.told.iterrows(), found.step, strict=True):
        assert row["waves"] == own[0]
        assert row["township"] in ((own[3],) if step == FULL else (ANY,))
        assert row["size"] == (own[2] if step < NO_SIZE else ANY)
        assert row["sector"] == (own[1] if step < BROAD else BROADER.get(own[1], ANY)) or step == LEFT_OUT


def test_that_firms_give_up_township_then_size_then_sector_and_the_rest_are_left_out():
    firms = [("0", "C", "small", "东河镇")] * 5 + [("0", "C", "small", f"镇{n}") for n in range(5)]
    firms += [("0", "F", size, f"镇{n}") for n, size in enumerate(["large", "small", "micro", "", "medium"])]
    firms += [("0", "G", "small", "东河镇")] * 3 + [("0", "F", "small", "东河镇")] * 2 + [("0", "A", "small", "东河镇")]
    found = told(firms, 5)
    steps = found.step.tolist()
    assert steps[:5] == [FULL] * 5
    assert steps[5:10] == [NO_TOWNSHIP] * 5
    assert steps[10] == NO_SIZE
    assert set(steps[15:18]) == {LEFT_OUT}
    assert steps[-1] == LEFT_OUT


def test_that_numbers_stand_in_bands_and_what_is_missing_stays_blank():
    values = pd.Series([0.0, 0.5, 5.0, 99.9, 100.0, 1e9, float("nan"), -3.0])
    assert banded(values, (0.0, 5.0, 100.0)) == ["0", "(0,5)", "[5,100)", "[5,100)", "≥100", "≥100", "", "0"]
    assert banded(pd.Series([3.0, 10.0, 95.0]), tuple(range(10, 100, 10))) == ["[0,10)", "[10,20)", "≥90"]
