"""An instrument as an XLSForm: each question with its type, choices and limits, in both languages."""

from __future__ import annotations

import openpyxl
import pytest

from app.domain.instrument import ItemType
from app.domain.task import run_to_end
from app.workflows.context import Context
from app.workflows.form import write_form

NOW = "2026-07-01T08:00:00+08:00"
TYPES = {
    ItemType.TEXT: "text",
    ItemType.CODE: "text",
    ItemType.INDUSTRY: "text",
    ItemType.COUNT: "integer",
    ItemType.NUMBER: "decimal",
    ItemType.MONEY: "decimal",
    ItemType.PERCENT: "decimal",
}


@pytest.fixture(params=["aiplus-2026", "miit-sme-2024"])
def written(request, tmp_path, resources):
    """The instrument, and the rows of the three sheets as the tools read them: by the headings of row 1."""
    path = tmp_path / "form.xlsform.xlsx"
    run_to_end(write_form(request.param, path, "zh", Context(resources, NOW)))
    return resources.instruments[request.param], {
        sheet.title: rows_of(sheet) for sheet in openpyxl.load_workbook(path).worksheets
    }


def rows_of(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    return [{name: value for name, value in zip(head, row, strict=True) if value is not None} for row in rows]


def questions(sheets):
    return {row["name"]: row for row in sheets["survey"] if row["type"] not in ("begin_group", "end_group")}


def test_that_every_item_is_asked_once_in_its_order_and_in_both_languages(written):
    instrument, sheets = written
    asked = questions(sheets)
    assert list(asked) == [item.code for item in instrument.items]
    for item in instrument.items:
        assert asked[item.code]["label::中文 (zh)"].startswith(item.question.zh or item.words.zh)
        assert asked[item.code]["label::English (en)"].startswith(item.question.en or item.words.en)


def test_that_closed_items_take_one_or_several_of_their_own_list(written):
    instrument, sheets = written
    asked = questions(sheets)
    lists = {}
    for row in sheets["choices"]:
        lists.setdefault(row["list_name"], []).append(row["name"])
    for item in instrument.items:
        kind, _, name = asked[item.code]["type"].partition(" ")
        if item.options:
            assert kind == ("select_multiple" if item.type is ItemType.MULTI else "select_one")
            assert lists[name] == [option.code for option in item.options]
        elif item.type is ItemType.YES_NO:
            assert (kind, lists[name]) == ("select_one", ["yes", "no", "planned", "unknown", "na"])
        else:
            assert kind == TYPES[item.type]
    assert all(" " not in name for names in lists.values() for name in names)


def test_that_limits_are_told_in_the_unit_that_is_asked_for(written):
    instrument, sheets = written
    asked = questions(sheets)
    for item in instrument.items:
        row = asked[item.code]
        if item.type is ItemType.PERCENT:
            assert (
                row["constraint"] == f". >= {100 * (item.low or 0):g} and . <= {100 * (1 if item.high is None else item.high):g}"
            )
            assert "35" in row["hint::中文 (zh)"]
        if item.type is ItemType.COUNT and item.high is not None:
            assert row["constraint"] == f". >= {item.low:g} and . <= {item.high:.15g}"
        if item.type is ItemType.MULTI and any(option.exclusive for option in item.options):
            assert row["constraint"] == "not(selected(., 'none') and count-selected(.) > 1)"
        assert ("constraint" in row) == ("constraint_message::English (en)" in row) == ("constraint_message::中文 (zh)" in row)


def test_that_groups_open_and_close_and_the_settings_name_the_form(written):
    instrument, sheets = written
    depth = 0
    for row in sheets["survey"]:
        depth += {"begin_group": 1, "end_group": -1}.get(row["type"], 0)
        assert depth in (0, 1)
    assert depth == 0
    assert sheets["settings"] == [
        {
            "form_title": instrument.words.zh,
            "form_id": instrument.id,
            "version": instrument.version,
            "default_language": "中文 (zh)",
        }
    ]


def test_that_an_xlsform_can_be_asked_for_under_any_name(tmp_path, resources):
    path = tmp_path / "f.xlsx"
    run_to_end(write_form("aiplus-2026", path, "en", Context(resources, NOW), xlsform=True))
    assert openpyxl.load_workbook(path).sheetnames == ["survey", "choices", "settings"]
