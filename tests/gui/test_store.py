"""One study, one signal, and no result of yesterday's study."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.instrument import Instrument
from app.domain.rubric import Rubric
from app.domain.study import JournalEntry, Study, Wave
from app.domain.words import Words
from app.gui.store import Store, changed_fields


@pytest.fixture
def study():
    words = Words("问卷", "form")
    return Study("县", Instrument("i", "1", words, "", ()), Rubric("r", "1", words, "", (), (), (), ()))


@pytest.fixture
def later(study):
    return replace(study, waves=(Wave("2025", "2025-06-30", "census", {}),))


def test_that_only_fields_with_another_identity_count_as_changed(study, later):
    assert changed_fields(study, later) == {"waves"}
    assert changed_fields(study, replace(study)) == set()


def test_that_a_result_made_from_an_earlier_study_is_refused(study, later):
    store = Store()
    store.open(study, None)
    assert store.put(later, study, "收表")
    assert not store.put(replace(study, name="旧"), study, "评估")
    assert store.study is later


def test_that_undo_goes_back_and_redo_forward(study, later):
    store, heard = Store(), []
    store.open(study, None)
    store.changed.connect(lambda _study, names: heard.append(names))
    store.put(later, study, "收表")
    assert (store.undo_label, store.redo_label) == ("收表", "")
    store.step_back(store.earlier())
    assert store.study is study
    assert (store.undo_label, store.redo_label) == ("", "收表")
    store.step_forward(store.later())
    assert store.study is later
    assert heard == [{"waves"}] * 3


def test_that_undo_at_the_beginning_does_nothing(study):
    store = Store()
    store.open(study, None)
    store.step_back(replace(study, name="旧"))
    assert store.study is study


def test_that_a_hundred_thousand_signals_reach_their_slot(study, qapp):
    store, count = Store(), 0

    def hear(_study, _names):
        nonlocal count
        count += 1

    store.changed.connect(hear)
    for _ in range(100_000):
        store.changed.emit(study, frozenset())
    assert count == 100_000


def test_that_a_journal_that_grew_in_the_file_is_taken_over_and_undo_stays(study, later):
    store, told = Store(), []
    store.open(study, None)
    store.put(later, study, "收表")
    store.changed.connect(lambda _study, fields: told.append(fields))
    entry = JournalEntry(1, "2026-07-01T08:00:00", "responses", "{}", "{}", "ab" * 32)
    store.adopt((entry,))
    assert (store.study.journal, store.study.waves, store.earlier()) == ((entry,), later.waves, study)
    store.adopt((entry,))
    assert told == [{"journal"}]


def test_that_what_followed_by_itself_is_taken_back_with_its_cause(study, later):
    store = Store()
    store.open(study, None)
    store.put(later, study, "启用权重")
    assessed = replace(later, name="再评估")
    store.put(assessed, later, "评估")
    store.join()
    assert (store.undo_label, store.earlier()) == ("启用权重", study)
    store.step_back(study)
    assert (store.study, store.later(), store.earlier()) == (study, assessed, None)
    store.join()  # nothing to join is no harm
    assert store.earlier() is None
