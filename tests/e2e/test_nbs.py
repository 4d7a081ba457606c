"""Real exports of the statistics bureau: GB18030, three lines of preamble, notes and sources below."""

from __future__ import annotations

import pytest

from tests.e2e.shell import zhiheng


@pytest.fixture(scope="module")
def files(shared_data):
    ended = zhiheng("check", shared_data / "workbooks" / "nbs", "--json")
    assert ended.code == 0, ended.err
    return {file["file"]: file for file in ended.json["files"] if file["sheets"]}


def test_that_each_export_is_one_table_of_31_provinces_without_preamble_and_footer(files):
    assert len(files) == 4
    for file in files.values():
        (sheet,) = file["sheets"]
        assert file["error"] is None
        assert sheet["header_rows"] == [4]
        assert (sheet["first_row"], sheet["last_row"], sheet["rows"]) == (5, 35, 31)
        assert sheet["orientation"] == "wide"


def test_that_headers_are_read_as_chinese_and_claimed_by_no_item(files):
    for file in files.values():
        columns = file["sheets"][0]["columns"]
        assert columns[0]["header"] == "地区"
        assert any("2019" in column["header"] for column in columns)
        assert not [column for column in columns if column["item"]]
