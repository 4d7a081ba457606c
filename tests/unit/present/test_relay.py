"""Packages in words and as sheets: a number that not all places tell never looks like one that all do."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.relay import merged_tables
from app.domain.relay import ALL, Note, RelayCell, RelayRow, RelayTable
from app.domain.words import Words
from app.present.relay import content_lines, note_line, relay_sheets, short_name, table_name
from tests.unit.files.relay_samples import content


def cell(n):
    return RelayCell() if n is None else RelayCell(n, float(n), float(n), 1, 1)


def measure(*rows):
    made = tuple(RelayRow(key, tuple(map(cell, cells))) for key, *cells in rows)
    return RelayTable("measure m@1", "firms", ("yes", "no", ALL), made, ((ALL, ("yes", "no")),))


ONE = content("990101", "东", tables=(measure(("A", 10, 30, 40), ("B", None, None, 12), (ALL, None, None, 52)),))
TWO = content("990102", "西", tables=(measure(("A", 10, 10, 20), ("C", 6, 6, 12), (ALL, 16, 16, 32)),))


def rows_of(texts, *contents):
    merged = replace(contents[0], tables=merged_tables(contents))
    (sheet,) = relay_sheets(texts, merged)
    return {row[0]: row[1:] for row in sheet.rows}


def test_that_whole_numbers_are_numbers_and_others_say_how_many_places_tell_them(zh):
    rows = rows_of(zh, ONE, TWO)
    assert rows["A"] == (20.0, 40.0, 60.0, 20 / 60)
    assert rows["全部"][:3] == ("≥16（2地中1地）", "≥16（2地中1地）", 84.0)
    assert rows["C"] == (6.0, 6.0, 12.0, 0.5)


def test_that_no_firm_elsewhere_never_passes_for_none_at_all(zh):
    assert rows_of(zh, ONE, TWO)["B"] == ("‡", "‡", 12.0, "未全报")


def test_that_a_table_is_called_by_its_measure(zh, en):
    named = content(tables=ONE.tables, labels={"measure m@1": Words("应用率（分子：甲）", "Use (numerator: a)")})
    assert table_name(zh, named, "measure m@1") == "口径：应用率（分子：甲）"
    assert short_name(zh, named, "measure m@1") == "口径：应用率"
    assert short_name(en, named, "measure m@1") == "Measure: Use"
    assert table_name(zh, named, "levels") == "各等级企业数"


def test_that_a_rounded_table_says_so_and_shows_no_shares(zh, en):
    exact = RelayTable("levels", "firms", ("L2+", ALL), (RelayRow(ALL, (cell(5), cell(20))),))
    for texts, said in ((zh, "5的倍数"), (en, "multiples of 5")):
        one, other = relay_sheets(texts, content(tables=(exact, replace(exact, id="measure m@1", rounded=5))))
        assert len(one.header) == len(other.header) + 1
        assert not any(said in line for line in one.lines)
        assert sum(said in line for line in other.lines) == 1


def test_that_notes_and_lines_are_sentences_in_both_languages(zh, en):
    note = Note("relay.note.leaks", (("name", "东河县"), ("table", "levels")))
    assert "各等级企业数" in note_line(zh, note)
    assert "Firms by level" in note_line(en, note)
    for texts in (zh, en):
        lines = content_lines(texts, content(synthetic=True))
        assert len(lines) >= 6
        assert "东河县" in "".join(lines)
