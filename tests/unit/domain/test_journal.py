"""The journal: each entry follows from the one before, and any change shows."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.journal import append, first_broken, head
from app.domain.study import JournalEntry

texts = st.text(max_size=6)


def chain(entries):
    journal = ()
    for time, command, parameters, effect in entries:
        journal = append(journal, time, command, parameters, effect)
    return journal


@given(st.lists(st.tuples(texts, texts, texts, texts), max_size=5))
def test_that_a_journal_as_written_holds(entries):
    journal = chain(entries)
    assert first_broken(journal) is None
    assert [entry.number for entry in journal] == list(range(1, len(entries) + 1))
    assert head(journal) == (journal[-1].hash if journal else "")


@pytest.mark.parametrize("field", [field.name for field in fields(JournalEntry)])
def test_that_a_change_of_any_field_shows_where_it_is(field):
    journal = chain([("t", "new", "{}", "{}"), ("t", "collect", "{}", "{}"), ("t", "assess", "{}", "{}")])
    altered = replace(journal[1], **{field: 7 if field == "number" else "other"})
    assert first_broken((journal[0], altered, journal[2])) == 2


def test_that_a_missing_or_moved_entry_shows():
    journal = chain([("t", "new", "{}", "{}"), ("t", "collect", "{}", "{}"), ("t", "assess", "{}", "{}")])
    assert first_broken((journal[0], journal[2])) == 2
    assert first_broken((journal[1], journal[0], journal[2])) == 1


def test_that_texts_cannot_be_shifted_from_one_field_to_the_next():
    assert head(append((), "t", "ab", "c", "")) != head(append((), "t", "a", "bc", ""))
