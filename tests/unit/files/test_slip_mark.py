"""The mark by which a returned slip is known."""

from __future__ import annotations

import numpy as np

from app.domain.sheet import CellKind, RawColumn, RawSheet, RawWorkbook
from app.files.slip_mark import mark_text, slip_mark


def workbook(*sheets):
    made = []
    for number, texts in enumerate(sheets):
        column = RawColumn(
            np.arange(1, len(texts) + 1, dtype=np.int32), ("", *texts), (CellKind.EMPTY, *[CellKind.TEXT] * len(texts))
        )
        made.append(RawSheet(f"s{number}", len(texts), (column,)))
    return RawWorkbook("a.xlsx", "0" * 64, 1, tuple(made), "calamine")


def test_that_a_slip_names_the_source_it_was_made_from():
    assert slip_mark(workbook(["企业"], ["核查结果", f"本件编号：{mark_text('ab' * 32)}"])) == "ab" * 32


def test_that_the_last_summary_counts():
    assert slip_mark(workbook([mark_text("aa" * 32)], [mark_text("bb" * 32)])) == "bb" * 32


def test_that_any_other_workbook_has_no_mark():
    assert slip_mark(workbook(["企业", "zhiheng-slip:", "zhiheng-slip:abc", mark_text("ab" * 33)])) == ""
    assert slip_mark(workbook()) == ""
