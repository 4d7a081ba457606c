"""Exposure: indices in unlike units stand side by side by the place they give each section."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.analysis.watch.exposure import exposure_range, relative_exposure
from app.domain.watch import ExposureIndex
from app.domain.words import Words

W = Words("文", "text")


def index(values, id_="a"):
    return ExposureIndex(id_, W, "s", values, W)


def test_that_the_least_exposed_section_stands_at_nothing_and_the_most_at_all():
    found = relative_exposure([index({"A": -1.5, "C": 0.0, "I": 2.0})])
    assert found == {"A": {"a": 0.0}, "C": {"a": 0.5}, "I": {"a": 1.0}}


def test_that_sections_alike_share_the_middle_of_their_places():
    found = relative_exposure([index({"A": 1.0, "C": 1.0, "I": 1.0, "J": 2.0})])
    assert [found[section]["a"] for section in "ACI"] == [1 / 3] * 3


def test_that_a_section_has_only_the_indices_that_cover_it():
    found = relative_exposure([index({"A": 0.0, "C": 1.0}), index({"C": 0.0, "I": 1.0}, "b")])
    assert found["A"] == {"a": 0.0} and found["C"] == {"a": 1.0, "b": 0.0}


def test_that_an_index_of_one_section_says_nothing_of_a_rank():
    assert relative_exposure([index({"A": 3.0})]) == {"A": {"a": 0.0}}
    assert exposure_range(()) is None


@given(st.dictionaries(st.sampled_from("ABCDEFG"), st.floats(-5, 5), min_size=2), st.floats(0.125, 8), st.floats(-3, 3))
def test_that_the_unit_of_an_index_does_not_matter(values, scale, shift):
    turned = {section: round(value, 3) * scale + shift for section, value in values.items()}
    plain = {section: round(value, 3) for section, value in values.items()}
    if len(set(turned.values())) == len(set(plain.values())):
        assert relative_exposure([index(turned)]) == relative_exposure([index(plain)])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=7))
def test_that_the_middle_lies_between_lowest_and_highest(places):
    low, middle, high = exposure_range(places)
    assert min(places) == low <= middle <= high == max(places)


def test_that_shipped_indices_agree_on_the_ends_and_not_on_everything(resources):
    found = relative_exposure(resources.exposure)
    assert "T" not in found and len(found) == 19
    assert exposure_range(tuple(found["I"].values()))[0] > exposure_range(tuple(found["A"].values()))[2]
    assert any(high - low > 0.2 for low, _, high in (exposure_range(tuple(each.values())) for each in found.values()))
