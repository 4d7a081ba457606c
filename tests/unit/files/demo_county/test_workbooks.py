"""The 40 workbooks: all there, the same bytes for a seed, and every cell where the answer key says it is."""

from __future__ import annotations

import csv
import hashlib
import json
import re

import openpyxl
import pytest
import python_calamine

from app.domain.errors import UserError
from app.domain.task import run_to_end
from app.files.demo_county import write_county

SEED = 2026


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    steps = []
    folder = tmp_path_factory.mktemp("county")
    summary = run_to_end(write_county(folder, SEED), steps.append)
    key = json.loads((folder / "answer_key.json").read_text("utf-8"))
    return folder, summary, key, steps


def hashes(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def xlsx_of(key, shape):
    return next(file for file in key["files"] if file["shape"] == shape)


def test_that_twenty_townships_report_in_two_waves(county):
    folder, summary, key, _ = county
    assert len(summary.workbooks) == len(set(summary.workbooks)) == 40
    assert all((folder / name).is_file() for name in summary.workbooks)
    assert [file["file"] for file in key["files"]] == list(summary.workbooks)
    assert summary.firms == 2400
    assert all(2000 < count < 2300 for count in summary.responses)


def test_that_progress_names_every_workbook(county):
    steps = county[3]
    assert [step.done for step in steps] == list(range(41))
    assert {step.step for step in steps} == {"progress.demo.workbook"}
    assert {step.total for step in steps} == {40}


def test_that_the_same_seed_gives_the_same_bytes_and_another_seed_others(county, tmp_path):
    folder = county[0]
    run_to_end(write_county(tmp_path / "again", SEED))
    assert hashes(tmp_path / "again") == hashes(folder)
    run_to_end(write_county(tmp_path / "other", SEED + 1))
    assert (tmp_path / "other" / "answer_key.json").read_bytes() != (folder / "answer_key.json").read_bytes()


def test_that_there_are_at_least_ten_shapes_and_every_format(county):
    files = county[2]["files"]
    assert len({file["shape"] for file in files}) >= 10
    assert {file["format"] for file in files} == {"xlsx", "xls", "html", "csv-gb18030", "csv-utf8"}
    assert {sheet["orientation"] for file in files for sheet in file["sheets"]} == {"wide", "long"}


def test_that_formats_are_what_they_claim_or_openly_are_not(county):
    folder, _, key, _ = county
    starts = {"xlsx": b"PK", "xls": b"\xd0\xcf\x11\xe0", "html": b"<html", "csv-utf8": b"\xef\xbb\xbf"}
    for file in key["files"]:
        content = (folder / file["file"]).read_bytes()
        if file["format"] == "csv-gb18030":
            assert "企业" in content.decode("gb18030")
            with pytest.raises(UnicodeDecodeError):
                content.decode("utf-8")
        else:
            assert content.startswith(starts[file["format"]])


def same(cell, value, item_type):
    if value is None:
        return cell in (None, "")
    if item_type in ("text", "code", "industry"):
        return str(cell) == value
    return cell not in (None, "")


@pytest.mark.parametrize("shape", ["annex-two-row", "platform-export", "messy", "sector-groups", "yuan", "firm-a-sheet"])
def test_that_the_keys_cells_hold_what_was_written(county, resources, shape):
    folder, _, key, _ = county
    instrument = resources.instruments[key["instrument"]]
    file = xlsx_of(key, shape)
    spoiled = {(row[3], row[4]) for row in key["faults"] if row[2] == file["file"]}
    book = openpyxl.load_workbook(folder / file["file"], data_only=True)
    for sheet in file["sheets"]:
        for row, _firm, *values in sheet["rows"]:
            cells = sheet["cells"] if row == 0 else [f"{letters}{row}" for letters in sheet["columns"]]
            for code, cell, value in zip(sheet["items"], cells, values, strict=True):
                if (sheet["sheet"], cell) not in spoiled:
                    found = book[sheet["sheet"]][cell].value
                    assert same(found, value, instrument.item(code).type), (sheet["sheet"], cell, found, value)


def test_that_numbers_in_yuan_are_ten_thousand_times_the_keys(county):
    folder, _, key, _ = county
    file = xlsx_of(key, "yuan")
    sheet = file["sheets"][0]
    place = sheet["items"].index("ID06")
    cells = openpyxl.load_workbook(folder / file["file"])[sheet["sheet"]]
    checked = 0
    for row, _firm, *values in sheet["rows"]:
        cell = cells[f"{sheet['columns'][place]}{row}"].value
        if isinstance(cell, (int, float)) and values[place] is not None:
            assert cell == pytest.approx(values[place] * 10000)
            checked += 1
    assert checked > 80


def test_that_a_text_file_holds_the_keys_names_in_their_rows(county):
    folder, _, key, _ = county
    file = xlsx_of(key, "legacy-text")
    sheet = file["sheets"][0]
    rows = list(csv.reader((folder / file["file"]).read_bytes().decode("gb18030").splitlines()))
    column = openpyxl.utils.column_index_from_string(sheet["columns"][sheet["items"].index("ID01")]) - 1
    for row, firm, *_ in sheet["rows"]:
        assert rows[row - 1][column] == key["firms"][firm][0]


def test_that_planted_faults_stand_where_the_key_says(county):
    folder, _, key, _ = county
    names = key["fault_columns"]
    faults = [dict(zip(names, row, strict=True)) for row in key["faults"]]
    assert {fault["kind"] for fault in faults} >= {"wrong_check", "letter_o", "unit_slip", "total", "repeat", "contradiction"}
    sheets = {}
    for fault in faults:
        if fault["file"].endswith(".xlsx"):
            if fault["file"] not in sheets:
                book = python_calamine.load_workbook(folder / fault["file"])
                sheets[fault["file"]] = {name: book.get_sheet_by_name(name).to_python(False) for name in book.sheet_names}
            row, column = openpyxl.utils.cell.coordinate_to_tuple(fault["cell"])
            found = sheets[fault["file"]][fault["sheet"]][row - 1][column - 1]
            assert str(found) == fault["text"] or float(found) == float(fault["text"])


def test_that_totals_add_up_except_where_one_was_spoiled(county):
    folder, _, key, _ = county
    spoiled = {(row[2], row[4]) for row in key["faults"] if row[1] == "total"}
    assert spoiled
    for file in key["files"]:
        if file["format"] != "xlsx" or not file["sheets"][0]["total_rows"]:
            continue
        sheet = file["sheets"][0]
        place = sheet["items"].index("ID05")
        cell = f"{sheet['columns'][place]}{sheet['total_rows'][0]}"
        found = openpyxl.load_workbook(folder / file["file"], data_only=True)[sheet["sheet"]][cell].value
        total = sum(row[2 + place] or 0 for row in sheet["rows"])
        assert (found == pytest.approx(total)) == ((file["file"], cell) not in spoiled)


def test_that_every_file_says_that_it_is_synthetic(county):
    folder, summary, key, _ = county
    for file in key["files"]:
        names = file["file"] + "".join(sheet["sheet"] for sheet in file["sheets"])
        content = (folder / file["file"]).read_bytes()
        texts = [names]
        if file["format"] == "xlsx":
            texts += [str(v) for r in openpyxl.load_workbook(folder / file["file"]).worksheets[0].values for v in r if v]
        if file["format"] == "xls":
            texts.append(content.decode("utf-16-le", "ignore") + content[1:].decode("utf-16-le", "ignore"))
        if file["format"] == "html":
            texts.append(content.decode("utf-8"))
        if file["format"].startswith("csv"):
            texts.append(content.decode("gb18030" if file["format"] == "csv-gb18030" else "utf-8"))
        assert any("示范数据" in text for text in texts), file["file"]
    assert "invented" in (folder / "README.txt").read_text("utf-8-sig")
    assert summary.county in (folder / "README.txt").read_text("utf-8-sig")


def test_that_no_telephone_number_looks_real(county):
    folder, _, key, _ = county
    for file in key["files"]:
        if file["format"] == "xlsx":
            book = openpyxl.load_workbook(folder / file["file"], read_only=True)
            texts = [str(v) for sheet in book for row in sheet.values for v in row if v and "电话" in str(v)]
            assert all(re.search(r"0000", text) for text in texts if re.search(r"\d", text))


def test_that_the_frames_count_the_register(county):
    folder, summary, key, _ = county
    for name in summary.frames:
        rows = list(csv.DictReader((folder / name).open(encoding="utf-8")))
        assert set(rows[0]) == {"sector", "count"}
        total = sum(int(row["count"]) for row in rows)
        assert 2250 < total < 2400
        assert {row["sector"] for row in rows} == {firm[2] for firm in key["firms"]}


def test_that_a_folder_that_cannot_be_written_is_said_plainly(tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(UserError) as caught:
        run_to_end(write_county(tmp_path / "taken", SEED))
    assert caught.value.code.startswith("file.")
