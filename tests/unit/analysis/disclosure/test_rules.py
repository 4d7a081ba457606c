"""Primary rules and protection levels: by the handbook's formulas and examples, and the same cells as established tools find."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.disclosure.dominance import Dominance, dominated, leading
from app.analysis.disclosure.rules import Rules, needs_of_counts, needs_of_sums


def one(*values, rules):
    needs = needs_of_sums(np.array(values, dtype=float), np.zeros(len(values), dtype=np.int64), 1, rules)
    return bool(needs.unsafe[0]), float(needs.below[0]), float(needs.above[0])


def only(dominance=None, p=None, q=1.0, threshold=1):
    return Rules(threshold, dominance, p, q)


def test_that_the_upper_level_of_dominance_is_the_handbooks():
    # example 4 of §4.2.2: 300 + 20 + 10 by (1,85): the upper bound must reach 352.94
    unsafe, below, above = one(300, 20, 10, rules=only(Dominance(1, 0.85)))
    assert unsafe and above == pytest.approx(352.94 - 330, abs=0.005) and below == above
    # by hand, (2,85): (300 + 20)/0.85 − 330
    assert one(300, 20, 10, rules=only(Dominance(2, 0.85)))[2] == pytest.approx(320 / 0.85 - 330)


def test_that_the_upper_level_of_p_and_pq_is_the_handbooks():
    assert one(300, 20, 10, rules=only(p=0.10)) == (True, pytest.approx(20.0), pytest.approx(20.0))  # 30 − 10
    assert one(300, 20, 10, rules=only(p=0.10, q=0.50)) == (True, pytest.approx(50.0), pytest.approx(50.0))  # 0.1/0.5 · 300 − 10
    assert one(300, 35, 40, rules=only(p=0.10))[0] is False  # 35 is left, not under 30
    # example 2 of §4.2.1: safe by p = 10, not by the (2,k) rule that corresponds to it
    big = [52_000, 50_000, *[1_000] * 8]
    assert one(*big, rules=only(p=0.10))[0] is False
    assert one(*big, rules=only(Dominance(2, 100 / 110)))[0] is True


def test_that_an_example_safe_by_one_largest_is_found_by_what_the_second_knows():
    values = [50_000, 49_000, *[100] * 10]  # example 1 of §4.2.1: x̂₁ is 2 % over
    assert one(*values, rules=only(Dominance(1, 0.90)))[0] is False
    assert one(*values, rules=only(p=0.10))[0] is True


def test_that_a_level_below_never_goes_under_nothing():
    unsafe, below, above = one(10, rules=only(Dominance(1, 0.25)))
    assert unsafe and above == pytest.approx(30) and below == 10


def test_that_too_few_firms_are_unsafe_however_even_they_are():
    assert one(10, 10, 10, 10, rules=Rules(5, None, 0.10)) == (True, pytest.approx(4.0), pytest.approx(4.0))
    assert one(10, 10, 10, 10, 10, rules=Rules(5, None, 0.10)) == (False, 0.0, 0.0)


def test_that_few_firms_that_add_nothing_are_not_told_to_add_nothing():
    needs = needs_of_sums(np.array([0.0, 0.0, 4.0, 3.0, 4.0, 4.0, 3.0, 3.0]), np.array([0, 0, *[1] * 6]), 3)
    assert needs.unsafe.tolist() == [True, False, False] and needs.width[0] == 3.0


def test_that_counts_are_known_no_closer_than_the_threshold():
    needs = needs_of_counts(np.array([0.0, 1.0, 4.0, 5.0]))
    assert needs.unsafe.tolist() == [False, True, True, False]
    assert needs.width.tolist() == [0.0, 5.0, 5.0, 0.0] and needs.alone.tolist() == [False, True, False, False]


def test_that_rules_say_what_they_are_and_refuse_what_is_none():
    assert Rules().id == "n<5; (2,85) dominance; p 10 %"
    assert Rules(3, None, 0.2, 0.5).id == "n<3; (p,q) 20,50 %"
    for p, q in ((0.0, 1.0), (0.5, 0.5), (0.1, 1.5)):
        with pytest.raises(ValueError, match="rules"):
            Rules(p=p, q=q)
    with pytest.raises(ValueError, match="contribution"):
        needs_of_sums(np.array([-1.0]), np.array([0]), 1)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60)), max_size=40), st.integers(1, 3))
def test_that_groups_are_told_as_if_each_stood_alone(pairs, places):
    of, values = np.array([g for g, _ in pairs], dtype=np.int64), np.array([v for _, v in pairs], dtype=float)
    rules = Rules(3, Dominance(2, 0.85), 0.10)
    needs = needs_of_sums(values, of, 4, rules)
    for group in range(4):
        own = sorted((v for g, v in pairs if g == group), reverse=True)
        assert leading(values, of, 4, places)[group].tolist() == (own + [0] * places)[:places]
        first, second = [*own, 0, 0][:2]
        expected = 0 < len(own) < 3 or first + second > 0.85 * sum(own) or sum(own) - first - second < 0.10 * first
        assert bool(needs.unsafe[group]) == expected
    assert not (dominated(values, of, 4) & ~needs.unsafe).any()


# Published examples. Facts and figures only:
# - GaussSuppression 1.2 (Statistics Norway), vignette "Magnitude table suppression", data `magnitude1` of SSBtools, tables 1–3, 10.
# - sdcTable (Statistics Austria), tests/testthat/test-primarySuppression.r, data `microdata1`.

SECTORS = ("Agriculture", "Entertainment", "Governmental", "Industry")
PLACES = ("Iceland", "Portugal", "Spain")
MAGNITUDE1 = {
    "Agriculture Portugal": (75.9, 24.5),
    "Agriculture Spain": (96.6, 43.2),
    "Entertainment Iceland": (16.8,),
    "Entertainment Portugal": (7.1, 2.3),
    "Entertainment Spain": (77.4, 11.5, 16.4),
    "Governmental Portugal": (21.6, 2.0),
    "Governmental Spain": (6.5, 2.7),
    "Industry Iceland": (9.6, 8.8, 1.9),
    "Industry Portugal": (25.7, 3.4),
    "Industry Spain": (8.4,),
}


def primary(rules):
    """Return the unsafe cells of sectors × places with all their totals, over what each row of the data adds to each."""
    cells = [f"{s} {p}" for s in (*SECTORS, "Total") for p in (*PLACES, "Total")]
    rows = [(name.split(), value) for name, values in MAGNITUDE1.items() for value in values]
    added = [
        (place, value)
        for place, cell in enumerate(cells)
        for own, value in rows
        if all(part in (asked, "Total") for asked, part in zip(own, cell.split(), strict=True))
    ]
    needs = needs_of_sums(np.array([v for _, v in added]), np.array([c for c, _ in added]), len(cells), rules)
    return {cell for cell, unsafe in zip(cells, needs.unsafe, strict=True) if unsafe}


def test_that_gauss_suppression_finds_the_same_cells_on_one_firm():
    assert primary(Rules(2, None, None)) == {"Entertainment Iceland", "Industry Spain"}


def test_that_gauss_suppression_finds_the_same_cells_by_dominance():
    expected = {"Entertainment Iceland", "Governmental Portugal", "Industry Portugal", "Industry Spain"}
    assert primary(only(Dominance(1, 0.80))) == expected


def test_that_gauss_suppression_finds_the_same_cells_by_p():
    known = {"Entertainment Iceland", "Industry Iceland", "Governmental Portugal", "Agriculture Spain"}  # printed as primary
    found = primary(only(p=0.30))
    assert known <= found
    # printed with an interval, and so primary, in table 10; those printed without one are not
    inner = {f"{s} {p}" for s in SECTORS for p in PLACES} - {"Agriculture Iceland", "Governmental Iceland"}
    assert found == inner | {"Governmental Total"}


MICRODATA1 = {
    "A male": (10, 11, 5, 7, 13, 15, 13, 6, 9, 7, 9, 8, 9, 10, 10, 18, 6, 12),
    "A female": (9, 11),
    "B male": (11, 5, 7, 12, 14, 15, 9, 10, 10, 7, 10, 8, 8, 14),
    "B female": (10, 16, 12, 8, 18, 11, 8, 12, 14, 13, 7, 9, 14, 5, 13, 8, 10, 9, 7),
    "C male": (9, 11, 18, 12, 10, 6, 11, 6, 6, 11, 6, 12),
    "C female": (10, 12, 11, 7, 12, 9, 9, 19, 9, 8),
    "D male": (280, 9, 9, 8, 7, 9, 8, 7, 8, 11, 10),
    "D female": (10, 6, 11, 16, 14, 9, 7, 6, 14, 10, 11, 9, 11, 18),
}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (Rules(3, None, None), [6]),  # freq, maxN 2
        (only(Dominance(2, 0.75)), [6, 14]),
        (only(p=0.70), [6, 14]),
        (only(p=0.60, q=0.80), [6, 14]),
    ],
)
def test_that_sdctable_finds_the_same_cells(rules, expected):
    # its cells are numbered region by region, the total first: total, male, female
    cells = [f"{r} {g}" for r in ("*", *"ABCD") for g in ("*", "male", "female")]
    added = [
        (place, value)
        for place, cell in enumerate(cells)
        for name, values in MICRODATA1.items()
        if all(asked in ("*", own) for asked, own in zip(cell.split(), name.split(), strict=True))
        for value in values
    ]
    needs = needs_of_sums(np.array([float(v) for _, v in added]), np.array([c for c, _ in added]), len(cells), rules)
    assert (np.flatnonzero(needs.unsafe) + 1).tolist() == expected
