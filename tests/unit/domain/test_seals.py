"""Marks of lines: the same numbers, the same mark, whatever the words."""

from __future__ import annotations

from app.domain.document import Document, Entry, Grid, GridKind, Line
from app.domain.seals import LENGTH, line_keys, row_keys, seal_of, sealed_in, seals_of


def test_that_words_do_not_change_a_mark_and_numbers_do():
    assert seal_of(line_keys("占41%（36–46%）")) == seal_of(line_keys("比重为４１％，区间36-46%"))
    assert seal_of(line_keys("占41%（36–46%）")) != seal_of(line_keys("占47%（36–46%）"))


def test_that_a_stored_number_keeps_its_mark_when_a_program_rounds_its_last_bits():
    assert row_keys((Entry("", 0.34346666666666664),)) == row_keys((Entry("", 0.343466666666667),))


def test_that_marks_written_in_a_row_are_read_back():
    grid = Grid(GridKind.SHEET, ((Entry("甲"), Entry("", 0.5)), (Entry("乙"), Entry("", 0.6))))
    marks = seals_of(Document("xlsx", (Line("没有数字"), Line("41%"), grid)))
    assert len(marks) == 3
    assert all(len(mark) == LENGTH for mark in marks)
    assert sealed_in("".join(marks)) == set(marks)
