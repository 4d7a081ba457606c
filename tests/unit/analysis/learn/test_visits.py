"""The visit list: exact probabilities, unsure firms more often, every sector seen, the same list for the same seed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.learn.inclusion import NO_LIST, NOT_VISITED, inclusion
from app.analysis.learn.pivotal import allocation, inclusion_probabilities, pivotal
from app.analysis.learn.visits import ALL_TOGETHER, BY_SECTOR, FLOOR, VisitRequest, draw_visits, uncertainty
from app.domain.errors import UserError
from app.domain.judgement import Judgements, Visit, VisitList

LEVELS = ("L0", "L1", "L2", "L3")


def county(n=120, seed=0, sectors=("A", "C", "I"), **columns):
    rng = np.random.default_rng(seed)
    table = pd.DataFrame({"firm": [f"f{i:04d}" for i in range(n)]})
    return table.assign(
        **{
            "code": table["firm"].astype(object),
            "name": table["firm"],
            "sector": np.array(sectors, dtype=object)[rng.integers(0, len(sectors), n)],
            "township": np.array(["t1", "t2"], dtype=object)[rng.integers(0, 2, n)],
            "size": "small",
            "uncertainty": rng.random(n),
            "weight": rng.uniform(1, 3, n),
            "assessed": False,
            **columns,
        }
    )


def asked(firms, n):
    return VisitRequest("v1", "2026", "2026-05-01", n, firms)


def test_that_firms_are_drawn_as_often_as_their_probability_says():
    firms, draws = county(60), 250
    chances, counts = {}, dict.fromkeys(firms["firm"], 0)
    for seed in range(draws):
        for visit in draw_visits(asked(firms, 20), seed).visits:
            counts[visit.firm] += 1
            chances[visit.firm] = visit.probability
    wanted = np.array([chances[firm] for firm in counts])
    errors = (np.array(list(counts.values())) / draws - wanted) / np.sqrt(np.maximum(wanted * (1 - wanted), 1e-12) / draws)
    assert np.abs(errors).max() < 4.2
    assert 0.7 < np.std(errors) < 1.3
    assert wanted.sum() == pytest.approx(20)


def test_that_the_pivotal_draw_keeps_every_probability_to_the_last_digits():
    chances, draws, rng = (
        inclusion_probabilities(np.random.default_rng(1).random(40) ** 3 + 0.02, 9),
        20_000,
        np.random.default_rng(2),
    )
    counts = np.zeros(40)
    for _ in range(draws):
        counts[pivotal(chances, rng)] += 1
    errors = (counts / draws - chances)[chances < 1] / np.sqrt(chances * (1 - chances) / draws)[chances < 1]
    assert np.abs(errors).max() < 4.2
    assert (counts[chances == 1] == draws).all()


@given(st.lists(st.floats(0.01, 50), min_size=1, max_size=40), st.integers(1, 45), st.integers(0, 99))
def test_that_a_draw_has_exactly_the_size_asked_for(sizes, n, seed):
    chances = inclusion_probabilities(np.array(sizes), n)
    assert chances.sum() == pytest.approx(min(n, len(sizes)))
    assert (chances > 0).all() and (chances <= 1).all()
    drawn = pivotal(chances, np.random.default_rng(seed))
    assert len(drawn) == len(set(drawn.tolist())) == min(n, len(sizes))
    assert set(np.flatnonzero(chances == 1.0).tolist()) <= set(drawn.tolist())


def test_that_a_firm_too_large_to_leave_out_is_certain_and_the_others_keep_their_proportions():
    chances = inclusion_probabilities(np.array([100.0, 1, 2, 3]), 2)
    assert chances.tolist() == pytest.approx([1.0, 1 / 6, 2 / 6, 3 / 6])


def test_that_visits_are_shared_by_the_square_root_of_the_firms_and_no_sector_is_left_out():
    assert allocation((900, 100, 1, 3), 43) == (30, 10, 1, 2)
    assert allocation((5, 5), 100) == (5, 5)
    assert allocation((50, 50), 3) is None


def test_that_an_unsure_firm_is_likelier_to_be_visited_and_no_probability_is_tiny():
    firms = county(300, sectors=("C",), uncertainty=np.r_[np.zeros(150), np.ones(150)], weight=1.0)
    visits = draw_visits(asked(firms, 30), 1).visits
    by_unsure = {visit.uncertainty: visit.probability for visit in visits}
    assert by_unsure[1.0] / by_unsure[0.0] == pytest.approx((FLOOR + 2 * (1 - FLOOR)) / FLOOR)
    assert by_unsure[0.0] >= FLOOR * 30 / 300 - 1e-12


def test_that_the_list_does_not_depend_on_the_order_of_the_rows():
    firms = county()
    mixed = firms.sample(frac=1, random_state=5)
    assert draw_visits(asked(firms, 25), 3) == draw_visits(asked(mixed, 25), 3)
    assert draw_visits(asked(firms, 25), 3) != draw_visits(asked(firms, 25), 4)


def test_that_assessed_firms_are_not_drawn_again_and_are_counted():
    firms = county()
    firms["assessed"] = np.arange(120) < 50
    made = draw_visits(asked(firms, 70), 3)
    assert made.excluded == 50
    assert sum(n for _, n in made.frame) == 70
    assert {visit.firm for visit in made.visits} == set(firms["firm"][50:])


def test_that_every_sector_gets_two_visits_at_least():
    firms = county(400)
    firms.loc[:3, "sector"] = "Z"
    made = draw_visits(asked(firms, 12), 9)
    seen = pd.Series([visit.sector for visit in made.visits]).value_counts()
    assert made.method == BY_SECTOR
    assert set(seen.index) == {"A", "C", "I", "Z"} and seen.min() >= 2


def test_that_too_few_visits_for_all_sectors_are_drawn_from_all_firms_together():
    made = draw_visits(asked(county(), 3), 9)
    assert made.method == ALL_TOGETHER
    assert len(made.visits) == 3
    assert max(visit.probability for visit in made.visits) < 0.1


def test_that_more_visits_than_firms_lists_everybody_for_certain():
    made = draw_visits(asked(county(20), 500), 1)
    assert len(made.visits) == 20
    assert {visit.probability for visit in made.visits} == {1.0}


@pytest.mark.parametrize(
    ("firms", "n", "code"),
    [(county(), 0, "visits.none_asked"), (county(0), 5, "visits.no_firms"), (county(9, assessed=True), 5, "visits.all_assessed")],
)
def test_that_what_cannot_be_drawn_is_a_plain_sentence(firms, n, code, resources):
    with pytest.raises(UserError) as error:
        draw_visits(asked(firms, n), 0)
    assert error.value.code == code
    assert f"error.{code}" in resources.words


def test_that_blanks_in_sector_uncertainty_and_weight_lose_no_firm():
    firms = county(30, sector=None, uncertainty=np.nan, weight=np.nan, township=None)
    made = draw_visits(asked(firms, 30), 0)
    assert len(made.visits) == 30
    assert {(visit.sector, visit.uncertainty, visit.weight) for visit in made.visits} == {("", 1.0, 1.0)}


def test_that_uncertainty_is_taken_from_the_model_else_from_the_blanks_else_is_whole():
    firms = pd.DataFrame(
        {
            "q_L0": [1.0, 0.25, np.nan, np.nan],
            "q_L1": [0.0, 0.25, np.nan, np.nan],
            "q_L2": [0.0, 0.25, np.nan, np.nan],
            "q_L3": [0.0, 0.25, np.nan, np.nan],
            "level_worst": ["L0", "L0", "L1", None],
            "level_best": ["L3", "L0", "L2", None],
        }
    )
    assert uncertainty(firms, LEVELS).tolist() == pytest.approx([0, 1, 1 / 3, 1])
    assert uncertainty(firms[["level_worst", "level_best"]], LEVELS).tolist() == pytest.approx([1, 0, 1 / 3, 1])
    assert uncertainty(firms[[]], LEVELS).tolist() == [1, 1, 1, 1]


def visited(id_, when, *firms, excluded=0, chance=0.2, sector="C", wave="2026"):
    visits = tuple(Visit(firm, "", firm, sector, "", "", chance, 0.5) for firm in firms)
    return VisitList(id_, wave, 1, when, BY_SECTOR, ((sector, 50),), visits, excluded)


def told(lists, *pairs):
    made = inclusion(Judgements(visit_lists=lists), "2026", [firm for firm, _ in pairs], [day for _, day in pairs])
    return made, [None if np.isnan(p) else round(float(p), 6) for p in made.probability]


def test_that_a_drawn_firm_has_the_probability_of_the_list_times_the_share_reached():
    made, chances = told((visited("v", "2026-05-01", "a", "b", "c", "d"),), ("a", "2026-05-20"), ("c", "2026-05-01"), ("d", ""))
    assert chances == [0.15, 0.15, 0.15]
    assert (made.list_id, made.drawn, made.visited, made.reason) == ("v", 4, 3, "")


def test_that_firms_known_before_the_draw_are_certain_and_firms_chosen_since_enter_nothing():
    pairs = (("a", "2026-05-20"), ("before", "2026-04-30"), ("that_day", "2026-05-01"), ("by_hand", "2026-05-21"))
    made, chances = told((visited("v", "2026-05-01", "a", excluded=2),), *pairs)
    assert chances == [0.2, 1.0, 1.0, None]
    assert made.before.tolist() == [False, True, True, False]


def test_that_a_drawn_firm_found_to_be_known_before_speaks_for_itself_alone():
    _, chances = told((visited("v", "2026-05-01", "a", "b"),), ("a", "2026-04-01"), ("b", "2026-05-09"))
    assert chances == [1.0, 0.2]


def test_that_firms_without_a_day_were_known_before_where_the_list_left_out_as_many():
    assert told((visited("v", "2026-05-01", "a", excluded=1),), ("a", ""), ("x", ""))[1] == [0.2, 1.0]
    assert told((visited("v", "2026-05-01", "a", excluded=0),), ("a", ""), ("x", ""))[1] == [0.2, None]


def test_that_a_new_list_does_not_count_before_half_of_it_is_visited():
    first, second = visited("v1", "2026-05-01", "a", "b"), visited("v2", "2026-06-01", "c", "d", "e", chance=0.3, excluded=2)
    known = (("a", "2026-05-03"), ("b", "2026-05-03"))
    made, chances = told((first, second), *known, ("c", "2026-06-05"))
    assert (made.list_id, chances) == ("v1", [0.2, 0.2, None])
    made, chances = told((first, second), *known, ("c", "2026-06-05"), ("d", "2026-06-05"))
    assert (made.list_id, chances) == ("v2", [1.0, 1.0, 0.2, 0.2])


def test_that_without_a_list_of_the_wave_or_a_visit_no_firm_has_a_probability(resources):
    other = visited("v", "2026-05-01", "a", wave="2025")
    for lists, reason in (((), NO_LIST), ((other,), NO_LIST), ((visited("v", "2026-05-01", "z"),), NOT_VISITED)):
        made, chances = told(lists, ("a", "2026-06-01"))
        assert (made.reason, chances) == (reason, [None])
        assert reason in resources.words


def test_that_the_route_ends_with_firms_whose_township_nobody_knows():
    firms = county(40)
    firms.loc[::5, "township"] = ""
    towns = [visit.township for visit in draw_visits(asked(firms, 40), 1).visits]
    assert towns == sorted(towns, key=lambda town: (not town, town))
    assert "" in towns and towns[0]
