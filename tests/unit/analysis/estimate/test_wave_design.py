"""From a wave's declaration and its answers to weights, strata and notes."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.estimate import survey_design
from app.domain.study import Design
from tests.unit.analysis.estimate.survey_samples import answered, scored, wave


def design_of(sectors, frame, sizes=(), **more):
    firms = scored([2] * len(sectors), sectors)
    return survey_design(firms, wave(frame, **more), answered(len(sectors), sizes).firms)


def test_that_firms_stand_for_their_share_of_the_frame():
    found = design_of(["C"] * 10 + ["G"] * 5, {"C": 40, "G": 5})
    assert found.weights.tolist() == [4.0] * 10 + [1.0] * 5
    assert found.unseen.tolist() == [0.75, 0.0]
    assert found.notes == ()


def test_that_without_a_frame_all_firms_are_one_stratum_that_stands_for_itself():
    found = design_of(["C", "G", "G"], {})
    assert (found.weights.tolist(), found.strata.tolist(), found.unseen.tolist()) == ([1, 1, 1], [0, 0, 0], [1.0])
    assert found.notes == ("estimate.note.no_frame",)


def test_that_a_sector_outside_the_frame_stands_for_itself_and_is_said():
    found = design_of(["C"] * 10 + ["G"] * 6 + [""], {"C": 40})
    assert found.weights.tolist() == [4.0] * 10 + [1.0] * 7
    assert found.unseen.tolist() == [0.75, 1.0]
    assert found.notes == ("estimate.note.no_frame",)


def test_that_a_frame_smaller_than_its_answers_is_not_believed_and_is_said():
    found = design_of(["C"] * 10 + ["G"] * 6, {"C": 40, "G": 5})
    assert found.weights[10:].tolist() == [1.0] * 6
    assert found.unseen.tolist() == [0.75, 1.0]
    assert found.notes == ("estimate.note.small_frame",)


def test_that_a_silent_sector_is_spoken_for_by_another_and_that_is_said():
    found = design_of(["C"] * 10 + ["G"] * 20, {"C": 40, "G": 40, "H": 10})
    assert found.weights.sum() == pytest.approx(90)
    assert found.notes == ("estimate.note.collapsed.sector",)


CELLS = {"C|large": 3, "C|small": 60, "C|micro": 77}


def test_that_sizes_weigh_as_the_frame_has_them():
    found = design_of(
        ["C"] * 40, {"C": 140}, ["large"] * 3 + ["small"] * 12 + ["micro"] * 25, cells=CELLS, strata=("sector", "size")
    )
    assert sorted(set(found.weights)) == [1.0, 77 / 25, 5.0]
    assert found.unseen.tolist() == pytest.approx([0, 52 / 77, 0.8])
    assert found.weights.sum() == pytest.approx(140)


def test_that_joined_sizes_are_raked_back_to_their_totals():
    found = design_of(
        ["C"] * 20, {"C": 140}, ["large"] * 3 + ["small"] * 3 + ["micro"] * 14, cells=CELLS, strata=("sector", "size")
    )
    assert found.notes == ("estimate.note.collapsed.size", "estimate.note.raked")
    assert found.weights == pytest.approx([1.0] * 3 + [20.0] * 3 + [5.5] * 14)
    assert found.unseen.tolist() == pytest.approx([0, 120 / 137])
    assert found.weights.sum() == pytest.approx(140)


def test_that_silence_is_trimmed_and_the_rates_of_a_sample_are_not():
    sectors, frame = ["C"] * 5 + ["G"] * 95, {"C": 500, "G": 190}
    census, sample = design_of(sectors, frame), design_of(sectors, frame, design=Design.SAMPLE)
    assert sample.weights.tolist() == [100.0] * 5 + [2.0] * 95
    assert sample.notes == ()
    assert census.weights[0] == pytest.approx(3 * 6.9)
    assert census.weights.sum() == pytest.approx(690)
    assert census.notes == ("estimate.note.trimmed",)


def test_that_nobody_makes_an_empty_design():
    found = design_of([], {"C": 9})
    assert (len(found.weights), len(found.answered)) == (0, 0)


def test_that_the_order_of_rows_changes_nothing():
    sectors = ["C"] * 10 + ["G"] * 3 + ["I"] * 9
    order = np.random.default_rng(0).permutation(22)
    straight, mixed = (
        design_of(sectors, {"C": 40, "G": 20, "I": 30}),
        design_of([sectors[row] for row in order], {"C": 40, "G": 20, "I": 30}),
    )
    assert mixed.weights.tolist() == straight.weights[order].tolist()
    assert mixed.strata.tolist() == straight.strata[order].tolist()
