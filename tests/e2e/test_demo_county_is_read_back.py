"""Forty workbooks out and in again: every answer equals the key, or a finding says why not."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from math import isclose, isnan

import pytest

from app.domain.task import Progress, run_to_end
from app.files.demo_county import write_county

SEED = 2026


@dataclass(frozen=True)
class Answer:
    """One answer of the key: its place, its item and the value that must be stored (None: blank)."""

    file: str
    sheet: str
    row: int
    item: str
    cell: str
    value: object


@dataclass(frozen=True)
class Outcome:
    """How one answer came back: equal, covered by a finding, or neither."""

    answer: Answer
    found: object
    equal: bool
    codes: tuple[str, ...]


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    folder = tmp_path_factory.mktemp("county")
    summary = run_to_end(write_county(folder, SEED))
    return folder, summary, json.loads((folder / "answer_key.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def intakes(county, resources):
    from app.analysis.intake import intake_workbook
    from app.files.read_workbook import read_workbooks

    folder, summary, key = county
    instrument = resources.instruments[key["instrument"]]
    read = [book for book in read_workbooks([folder / name for name in summary.workbooks]) if not isinstance(book, Progress)]
    return {
        name: intake_workbook(book, instrument, resources.taxonomy) for name, book in zip(summary.workbooks, read, strict=True)
    }


@pytest.fixture(scope="module")
def outcomes(county, intakes):
    key = county[2]
    found: list[Outcome] = []
    for file in key["files"]:
        intake = intakes[file["file"]]
        stored, findings = stored_values(intake), findings_by_cell(intake)
        for answer in answers_of(file):
            value = stored.get((answer.sheet, answer.row, answer.item))
            equal = same(answer.value, value)
            found.append(Outcome(answer, value, equal, tuple(findings.get((answer.sheet, answer.cell), ()))))
    return found


def answers_of(file):
    for sheet in file["sheets"]:
        for row, _firm, *values in sheet["rows"]:
            cells = sheet["cells"] if row == 0 else [f"{letters}{row}" for letters in sheet["columns"]]
            for item, cell, value in zip(sheet["items"], cells, values, strict=True):
                yield Answer(file["file"], sheet["sheet"], row, item, cell, value)


def stored_values(intake):
    """Every stored value by sheet, row (0: a firm a sheet) and item; blanks are absent."""
    stored = {}
    for sheet in intake.sheets:
        responses = sheet.responses
        if responses is None:
            continue
        for item in responses.values.columns:
            for position, value in enumerate(responses.values[item].tolist()):
                row = int(responses.places["row"].iat[position])
                block = responses.blocks[int(responses.places["block"].iat[position])]
                if item in block.cells:
                    stored[block.sheet, row, item] = value
    return stored


def findings_by_cell(intake):
    """Finding codes by sheet and address; a finding of a whole column is kept under the column's letters."""
    by_cell = {}
    for finding in [*intake.findings, *(finding for sheet in intake.sheets for finding in sheet.findings)]:
        by_cell.setdefault((finding.place.sheet, finding.place.a1), []).append(finding.code)
    return by_cell


def same(expected, value):
    blank = value is None or (isinstance(value, float) and isnan(value))
    if expected is None or blank:
        return expected is None and blank
    if isinstance(expected, (int, float)) and isinstance(value, (int, float)):
        return isclose(expected, value, rel_tol=1e-9, abs_tol=1e-9)
    return expected == value


def kinds_of(outcomes):
    """Mismatches counted by file, item and what was found instead: the first thing to read when this fails."""
    return Counter(
        (o.answer.file, o.answer.item, str(o.answer.value), str(o.found), o.codes) for o in outcomes if not o.equal
    ).most_common(40)


def test_that_every_answer_equals_the_key_or_is_covered_by_a_finding(outcomes):
    silent = [outcome for outcome in outcomes if not outcome.equal and not outcome.codes]
    assert len(outcomes) > 250_000
    assert not silent, "\n".join(map(str, kinds_of(silent)))


def test_that_only_spoiled_answers_differ(county, outcomes):
    planted = {(row[2], row[3], row[4]) for row in county[2]["faults"]}
    unequal = [outcome for outcome in outcomes if not outcome.equal]
    strange = [o for o in unequal if (o.answer.file, o.answer.sheet, o.answer.cell) not in planted]
    assert not strange, "\n".join(map(str, kinds_of(strange)))
    assert 1 - len(unequal) / len(outcomes) > 0.999


def test_that_no_error_or_warning_stands_where_nothing_was_spoiled(county, intakes, resources):
    planted = {(row[2], row[3], row[4]) for row in county[2]["faults"]}
    false = []
    for name, intake in intakes.items():
        for (sheet, cell), codes in findings_by_cell(intake).items():
            loud = [code for code in codes if resources.finding_kinds[code].severity.value != "note"]
            whole_file = not cell
            if loud and not whole_file and (name, sheet, cell) not in planted:
                false.append((name, sheet, cell, loud))
    assert not false, "\n".join(map(str, false[:40]))


def test_that_no_firm_is_missed_and_none_is_made_up(county, intakes):
    for file in county[2]["files"]:
        expected = sum(len(sheet["rows"]) for sheet in file["sheets"])
        got = sum(len(sheet.responses) for sheet in intakes[file["file"]].sheets if sheet.responses is not None)
        assert got == expected, file["file"]


def test_that_every_planted_fault_in_a_cell_is_found_by_its_code(county, intakes):
    key = county[2]
    missed = []
    for code, kind, file, sheet, cell, text, _item, _firm in key["faults"]:
        codes = findings_by_cell(intakes[file]).get((sheet, cell), [])
        if kind != "repeat" and code not in codes:
            missed.append((code, kind, file, cell, text, codes))
    assert not missed, "\n".join(map(str, missed))


def test_that_forty_workbooks_ask_at_most_three_questions(intakes):
    from app.analysis.intake import merge_questions

    asked = merge_questions(question for intake in intakes.values() for question in intake.questions)
    assert len(asked) <= 3, [(question.kind, question.subject, question.answers) for question in asked]


def test_that_every_row_of_every_sheet_has_a_role_and_every_firm_is_one(county, intakes):
    from app.domain.sheet import Orientation, RowRole

    for name, intake in intakes.items():
        for sheet in intake.sheets:
            if sheet.responses is None or sheet.mapping.layout.orientation is not Orientation.WIDE:
                continue
            firms = {place for place, role in enumerate(sheet.roles, 1) if role is RowRole.FIRM}
            assert set(sheet.responses.places["row"].tolist()) <= firms, name


def test_that_forms_of_two_years_are_one_template(county, intakes):
    by_shape = {}
    for file in county[2]["files"]:
        templates = {sheet.template for sheet in intakes[file["file"]].sheets if sheet.responses is not None}
        by_shape.setdefault(frozenset(templates), []).append(file["file"])
    assert len(by_shape) < 40
    assert all("" not in templates for templates in by_shape)


def test_that_firms_reported_twice_are_counted_once(county, intakes):
    from app.analysis.intake import assign_wave, combine

    key = county[2]
    for wave in key["waves"]:
        names = [file["file"] for file in key["files"] if file["wave"] == wave["id"]]
        parts = [
            assign_wave(sheet.responses, wave["id"])
            for name in names
            for sheet in intakes[name].sheets
            if sheet.responses is not None
        ]
        responses, findings = combine(parts, None)
        firms = {row[1] for file in key["files"] if file["file"] in names for sheet in file["sheets"] for row in sheet["rows"]}
        planted = [row for row in key["faults"] if row[1] == "repeat" and row[2] in names]
        assert planted
        assert int(responses.firms["counted"].sum()) == len(firms)
        assert sum(finding.code == planted[0][0] for finding in findings) >= len(planted)


def test_that_sectors_are_recognised_except_where_the_industry_was_spoiled(county, intakes):
    key = county[2]
    odd = {(row[2], row[3], row[4]) for row in key["faults"] if row[1] == "odd_industry"}
    wrong = []
    for file in key["files"]:
        by_place = {}
        for sheet in intakes[file["file"]].sheets:
            if sheet.responses is not None:
                blocks, places = sheet.responses.blocks, sheet.responses.places
                for position, sector in enumerate(sheet.responses.firms["sector"].tolist()):
                    by_place[blocks[int(places["block"].iat[position])].sheet, int(places["row"].iat[position])] = sector
        for sheet in file["sheets"]:
            place = sheet["items"].index("ID03")
            for row, firm, *values in sheet["rows"]:
                cell = sheet["cells"][place] if row == 0 else f"{sheet['columns'][place]}{row}"
                expected = "" if (file["file"], sheet["sheet"], cell) in odd else key["firms"][firm][2]
                if by_place.get((sheet["sheet"], row)) != expected:
                    wrong.append((file["file"], cell, values[place], expected, by_place.get((sheet["sheet"], row))))
    assert not wrong, wrong[:20]
