"""Which strata join which, and which are left alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.analysis.estimate.strata import LEAST, Stratum, collapse


def strata(table: dict[str, tuple[int, int]]) -> list[Stratum]:
    return [Stratum(tuple(key.split("|")), (number,), *pair) for number, (key, pair) in enumerate(table.items())]


def joined(table: dict[str, tuple[int, int]], columns: tuple[str, ...]) -> tuple[set[frozenset[str]], tuple[str, ...]]:
    keys = list(table)
    left, given_up = collapse(strata(table), columns)
    return {frozenset(keys[member] for member in stratum.members) for stratum in left}, given_up


def groups(*names: str) -> set[frozenset[str]]:
    return {frozenset(name.split()) for name in names}


def test_that_full_strata_stay_as_they_are():
    assert joined({"C": (5, 9), "G": (40, 50)}, ("sector",)) == (groups("C", "G"), ())


def test_that_townships_go_before_sizes_and_sizes_before_sectors():
    table = {"C|small|a": (2, 9), "C|small|b": (3, 9), "C|large|a": (1, 5), "G|small|a": (9, 20)}
    assert joined(table, ("sector", "size", "township")) == (
        groups("C|small|a C|small|b C|large|a", "G|small|a"),
        ("township", "size"),
    )


def test_that_a_size_joins_its_neighbour_and_not_the_far_one_with_fewer_answers():
    table = {"C|large": (2, 4), "C|medium": (30, 40), "C|micro": (6, 90)}
    assert joined(table, ("sector", "size"))[0] == groups("C|large C|medium", "C|micro")


def test_that_a_sector_with_few_answers_joins_that_with_the_fewest():
    assert joined({"C": (3, 40), "G": (9, 20), "I": (50, 80)}, ("sector",)) == (groups("C G", "I"), ("sector",))


def test_that_a_stratum_asked_whole_stands_alone_however_small():
    assert joined({"C": (1, 1), "G": (3, 20), "I": (50, 80)}, ("sector",))[0] == groups("C", "G I")
    assert joined({"C|large": (2, 2), "C|small": (9, 20)}, ("sector", "size"))[0] == groups("C|large", "C|small")


def test_that_the_silent_are_spoken_for_by_their_sector_even_where_that_was_asked_whole():
    table = {"C|large": (6, 6), "C|small": (0, 40), "G|small": (20, 30)}
    assert joined(table, ("sector", "size"))[0] == groups("C|large C|small", "G|small")


def test_that_few_answers_with_nobody_to_join_stay():
    assert joined({"C": (2, 9)}, ("sector",)) == (groups("C"), ())
    assert joined({"C": (2, 9), "G": (7, 7)}, ("sector",)) == (groups("C", "G"), ())


counts = st.tuples(st.integers(0, 12), st.integers(0, 30)).map(lambda pair: (pair[0], sum(pair))).filter(lambda pair: pair[1] > 0)
keys = st.tuples(st.sampled_from("CGI"), st.sampled_from(("large", "small", "micro")), st.sampled_from("ab")).map("|".join)


@given(st.dictionaries(keys, counts, min_size=1), st.randoms())
def test_that_nobody_is_lost_and_order_does_not_matter(table, random):
    columns = ("sector", "size", "township")
    left, _ = collapse(strata(table), columns)
    assert sorted(member for stratum in left for member in stratum.members) == list(range(len(table)))
    assert sum(stratum.frame for stratum in left) == sum(frame for _, frame in table.values())
    shuffled = strata(table)
    random.shuffle(shuffled)
    assert {stratum.members for stratum in collapse(shuffled, columns)[0]} == {stratum.members for stratum in left}
    small = [stratum for stratum in left if stratum.answered < LEAST and not stratum.is_complete]
    assert len(small) <= 1
