"""Forms: clean to fill in, and back without a single question."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.analysis.intake import intake_workbook
from app.domain.errors import UserError
from app.domain.instrument import ItemType, Role
from app.domain.register import REGISTER_COLUMNS, Register
from app.domain.task import run_to_end
from app.files.read_workbook import read_workbook
from app.files.write_form_plan import YES_NO
from app.workflows.form import write_form
from tests.study_samples import INSTRUMENT
from tests.unit.workflows.samples import context

NOW = "2026-07-01T08:00:00+08:00"
BODY, CODES, HEAD, GROUP, ORDINAL = 7, 5, 4, 3, 6  # one-based rows of the form
FIRMS = 3


def make(path, resources, instrument="aiplus-2026", lang="zh", register=None):
    return run_to_end(write_form(instrument, path, lang, context(resources, NOW), register))


def columns_of(sheet):
    """Item code → one-based column."""
    return {cell.value: cell.column for cell in sheet[CODES] if cell.value}


def firms(*rows):
    texts = {name: pd.array([row.get(name, "") for row in rows], dtype="str") for name in REGISTER_COLUMNS if name != "row"}
    return Register("名录.xlsx", "", "名录", pd.DataFrame({**texts, "row": range(2, 2 + len(rows))}))


def offered(item, words, lang):
    """What a firm may pick: the text and the stored answer."""
    if item.type is ItemType.YES_NO and not item.options:
        return [(words[f"form.answer.{answer}"].in_(lang), answer) for answer in YES_NO]
    return [(option.words.in_(lang), option.code) for option in item.options]


@st.composite
def answers(draw, item, words, lang):
    """The cells and the stored answers of one item for every firm."""
    if item.role is Role.NAME:
        return [(f"澄砚县第{k}精密制造有限公司",) * 2 for k in range(FIRMS)]
    if item.type is ItemType.CODE:
        return [
            (f"91330106MA2CK{k:04d}X",) * 2
            for k in draw(st.lists(st.integers(0, 9999), min_size=FIRMS, max_size=FIRMS, unique=True))
        ]
    if item.type is ItemType.MULTI:
        options = [pair for pair, option in zip(offered(item, words, lang), item.options, strict=True) if not option.exclusive]
        alone = [((option.words.in_(lang),), option.code) for option in item.options if option.exclusive]
        several = st.lists(st.sampled_from(options), min_size=1, max_size=len(options), unique=True)
        mark = words["form.separator"].in_(lang)
        order = [option.code for option in item.options]
        cells = several.map(
            lambda pairs: (mark.join(t for t, _ in pairs), "|".join(sorted((c for _, c in pairs), key=order.index)))
        )
        return [
            draw(cells | st.sampled_from([(text[0], code) for text, code in alone])) if alone else draw(cells)
            for _ in range(FIRMS)
        ]
    if item.type is ItemType.COUNT:
        numbers = st.integers(int(item.low or 0), int(min(item.high or 10**6, 10**6)))
        return [(number, float(number)) for number in draw(st.lists(numbers, min_size=FIRMS, max_size=FIRMS))]
    if item.type is ItemType.PERCENT:
        first, other = draw(st.tuples(st.integers(1, 99), st.integers(1, 99)))
        return [(k / 100, k / 100) for k in (first, *[other] * (FIRMS - 1))]
    if item.type in (ItemType.MONEY, ItemType.NUMBER):
        numbers = st.integers(0, 10**7).map(lambda k: k / 100)
        return [(number, number) for number in draw(st.lists(numbers, min_size=FIRMS, max_size=FIRMS))]
    if pairs := offered(item, words, lang):
        return [draw(st.sampled_from(pairs)) for _ in range(FIRMS)]
    texts = ["制造业", "软件和信息技术服务业"] if item.type is ItemType.INDUSTRY else ["河口镇", "城关镇"]
    return [(text, text) for text in draw(st.lists(st.sampled_from(texts), min_size=FIRMS, max_size=FIRMS))]


def fill(path, cells):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    place = columns_of(sheet)
    for code, pairs in cells.items():
        for row, (text, _) in enumerate(pairs, BODY):
            sheet.cell(row, place[code]).value = text
    filled = path.with_name(f"填好_{path.name}")
    book.save(filled)
    return filled


def took_in(path, instrument, resources):
    workbook = run_to_end(read_workbook(path))
    return intake_workbook(workbook, instrument, resources.taxonomy)


@pytest.fixture(scope="module")
def blanks(tmp_path_factory, resources):
    folder = tmp_path_factory.mktemp("forms")
    return {
        (i, lang): make(folder / f"{i}_{lang}.xlsx", resources, i, lang) for i in resources.instruments for lang in ("zh", "en")
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("instrument", ["aiplus-2026", "miit-sme-2024"])
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_that_a_filled_form_comes_back_whole_and_without_a_question(blanks, resources, instrument, lang, data):
    questions = resources.instruments[instrument]
    cells = {item.code: data.draw(answers(item, resources.words, lang), item.code) for item in questions.items}
    intake = took_in(fill(blanks[instrument, lang], cells), questions, resources)
    (sheet,) = [each for each in intake.sheets if each.responses is not None]
    found = {match.item: match.confidence for match in sheet.mapping.matches if match.item}
    assert set(found) == {item.code for item in questions.items}
    assert min(found.values()) >= 0.97
    assert not intake.questions
    assert len(sheet.responses) == FIRMS
    for item in questions.items:
        stored = sheet.responses.values[item.code].astype(object).tolist()
        assert stored == pytest.approx([value for _, value in cells[item.code]]), item.code
    assert [finding for finding in sheet.findings if finding.place.row == 0 and finding.severity != "note"] == []


def test_that_shares_typed_into_percent_cells_come_back_as_such(blanks, resources):
    questions = resources.instruments["aiplus-2026"]
    shares = {item.code: [0.31, 0.76, 1.0] for item in questions.items if item.type is ItemType.PERCENT}
    named = {"ID01": [("甲有限公司",) * 2, ("乙有限公司",) * 2, ("丙有限公司",) * 2]}
    cells = {code: [(share, share) for share in column] for code, column in shares.items()}
    intake = took_in(fill(blanks["aiplus-2026", "zh"], named | cells), questions, resources)
    (sheet,) = [each for each in intake.sheets if each.responses is not None]
    assert {code: sheet.responses.values[code].tolist() for code in shares} == shares
    assert not intake.questions


def test_that_a_form_as_sent_out_holds_no_response(blanks, resources):
    intake = took_in(blanks["aiplus-2026", "zh"], resources.instruments["aiplus-2026"], resources)
    assert sum(len(sheet.responses) for sheet in intake.sheets if sheet.responses is not None) == 0
    assert not intake.questions


def test_that_headers_are_locked_and_answers_are_not(blanks):
    sheet = openpyxl.load_workbook(blanks["aiplus-2026", "zh"])["填报表"]
    assert sheet.protection.sheet and not sheet.protection.password
    assert all(cell.protection.locked for row in (GROUP, HEAD, CODES, ORDINAL) for cell in sheet[row] if cell.value)
    assert not any(cell.protection.locked for cell in sheet[BODY])
    assert sheet.row_dimensions[CODES].hidden
    assert sheet.freeze_panes == "C7"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$6"


def test_that_codes_and_choices_are_kept_as_text(blanks, resources):
    sheet = openpyxl.load_workbook(blanks["aiplus-2026", "zh"])["填报表"]
    place = columns_of(sheet)
    for item in resources.instruments["aiplus-2026"].items:
        text = item.type not in (ItemType.COUNT, ItemType.NUMBER, ItemType.MONEY, ItemType.PERCENT)
        assert (sheet.cell(BODY, place[item.code]).number_format == "@") is text, item.code


@pytest.mark.parametrize("instrument", ["aiplus-2026", "miit-sme-2024"])
def test_that_every_closed_answer_has_its_list_and_every_number_its_limits(blanks, resources, instrument):
    book = openpyxl.load_workbook(blanks[instrument, "zh"])
    sheet = book["填报表"]
    place = columns_of(sheet)
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    for item in resources.instruments[instrument].items:
        rule = rules.get(sheet.cell(BODY, place[item.code]).coordinate)
        if pairs := offered(item, resources.words, "zh"):
            assert listed(book, rule) == [text for text, _ in pairs], item.code
            assert item.type is ItemType.MULTI or rule.errorStyle in (None, "stop")
        elif item.type in (ItemType.COUNT, ItemType.PERCENT, ItemType.MONEY, ItemType.NUMBER):
            assert rule.type == ("whole" if item.type is ItemType.COUNT else "decimal")
            assert float(rule.formula1) == (item.low or 0)
            assert rule.error and "{" not in rule.error


def listed(book, rule):
    """The choices of a rule, wherever they stand."""
    if rule.formula1.startswith('"'):
        return rule.formula1.strip('"').split(",")
    name = rule.formula1.lstrip("=")
    ((title, area),) = book.defined_names[name].destinations
    assert book[title].sheet_state != "visible"
    return [row[0].value for row in book[title][area]]


def test_that_known_firms_are_filled_in_and_come_back(tmp_path, resources):
    known = firms(
        {"name": "澄砚县清远机械有限公司", "code": "91330106MA2CK0001X", "township": "河口镇", "division": "34", "sector": "C"},
        {"name": "=危险()", "code": "012345678901234567", "township": "城关镇", "sector": "C"},
    )
    path = make(tmp_path / "f.xlsx", resources, register=known)
    sheet = openpyxl.load_workbook(path)["填报表"]
    place = columns_of(sheet)
    rows = [[sheet.cell(row, place[code]).value for code in ("ID01", "ID02", "ID03", "ID04")] for row in (BODY, BODY + 1)]
    assert rows == [
        ["澄砚县清远机械有限公司", "91330106MA2CK0001X", "通用设备制造业", "河口镇"],
        ["=危险()", "012345678901234567", "制造业", "城关镇"],
    ]
    assert sheet.cell(BODY + 1, place["ID01"]).data_type == "s"
    questions = resources.instruments["aiplus-2026"]
    t1 = [("是", "yes"), ("否", "no")]
    (back,) = [each for each in took_in(fill(path, {"T1": t1}), questions, resources).sheets if each.responses is not None]
    assert back.responses.firms["code"].tolist() == ["91330106MA2CK0001X", "012345678901234567"]
    assert back.responses.values["T1"].tolist() == ["yes", "no"]


def test_that_a_townships_list_is_that_of_the_register(tmp_path, resources):
    path = make(
        tmp_path / "f.xlsx", resources, register=firms({"name": "甲", "township": "河口镇"}, {"name": "乙", "township": "城关镇"})
    )
    book = openpyxl.load_workbook(path)
    sheet = book["填报表"]
    cell = sheet.cell(BODY, columns_of(sheet)["ID04"]).coordinate
    rule = next(rule for rule in sheet.data_validations.dataValidation if str(rule.sqref).startswith(f"{cell}:"))
    assert (listed(book, rule), rule.errorStyle) == (["河口镇", "城关镇"], "warning")


def test_that_the_same_instrument_gives_the_same_bytes(tmp_path, resources):
    assert make(tmp_path / "a.xlsx", resources).read_bytes() == make(tmp_path / "b.xlsx", resources).read_bytes()


def test_that_an_instrument_of_ones_own_has_a_form_too(tmp_path, resources):
    sheet = openpyxl.load_workbook(make(tmp_path / "f.xlsx", resources, str(INSTRUMENT)))["填报表"]
    assert set(columns_of(sheet)) == {"Q20", "Q21", "Q22", "Q23", "Q26"}


def test_that_another_ending_is_refused(tmp_path, resources):
    with pytest.raises(UserError) as told:
        make(tmp_path / "f.xls", resources)
    assert told.value.code == "file.unknown_format"
