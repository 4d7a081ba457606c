from dataclasses import replace

import numpy as np
import pytest

from app.analysis.intake import intake_workbook
from app.analysis.intake.credit_code import code_fault, invented, valid_codes
from app.analysis.intake.industry import IndustryReader
from app.analysis.intake.rules import money_slips
from app.analysis.intake.size import size_classes
from app.domain.taxonomy import Section
from tests.unit.analysis.intake.making import CODES, FIRMS, HEADER, INSTRUMENT, TAXONOMY, only, read, sheet_of, workbook_of


def found(intake, code):
    return [(f.place.a1, f.value, dict(f.params)) for sheet in intake.sheets for f in sheet.findings if f.code == code]


def test_that_published_credit_codes_are_valid():
    assert valid_codes(CODES).all()


@pytest.mark.parametrize(
    ("code", "fault", "meant"),
    [
        ("91110000600037341X", "code.check", ""),
        ("9111000060003734IL", "code.confused", "91110000600037341L"),
        ("91110000600O37341L", "code.confused", "91110000600037341L"),
        ("9111", "code.length", ""),
        ("9111000060003734*L", "code.letters", ""),
    ],
)
def test_that_a_wrong_code_says_what_is_wrong_and_what_was_likely_meant(code, fault, meant):
    assert code_fault(code) == (fault, meant)


def test_that_a_wrong_code_is_kept_and_reported_at_its_cell():
    rows = [HEADER, *[list(firm) for firm in FIRMS]]
    rows[2][1] = "9111000060003734IL"
    intake = read(sheet_of(rows))
    firms = only(intake).responses.firms
    assert firms["code"].tolist()[1] == "9111000060003734IL" and firms["code_valid"].tolist() == [True, False, True]
    ((cell, value, params),) = found(intake, "code.confused")
    assert (cell, value, params["meant"]) == ("B3", "9111000060003734IL", "91110000600037341L")


def test_that_a_code_in_full_width_or_lower_case_is_the_same_code():
    rows = [HEADER, *[list(firm) for firm in FIRMS]]
    rows[1][1] = "９１３５０１００ m000100y43"
    assert only(read(sheet_of(rows))).responses.firms["code"].tolist()[0] == CODES[0]


def test_that_a_code_that_went_through_a_number_is_reported_as_lost():
    rows = [HEADER, *[list(firm) for firm in FIRMS]]
    rows[1][1], rows[2][1] = 913501000001000130, "9.1111E+17"
    intake = read(sheet_of(rows))
    assert [cell for cell, _, _ in found(intake, "code.precision")] == ["B2", "B3"] and not found(intake, "code.check")
    assert [params["kept"] for _, _, params in found(intake, "code.precision")] == ["15", "5"]


def test_that_noughts_in_place_of_lost_digits_never_pass_for_a_code():
    rows = [HEADER, *[list(firm) for firm in FIRMS]]
    rows[1][1] = 919901367003251000  # passes both checks by chance
    assert only(read(sheet_of(rows))).responses.firms["code_valid"].tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("text", "section", "division", "issue"),
    [
        ("C26", "C", "26", ""),
        ("26", "C", "26", ""),
        ("2614", "C", "26", ""),
        ("C2614", "C", "26", ""),
        ("1", "A", "01", ""),
        ("C", "C", "", ""),
        ("制造业", "C", "", ""),
        ("C制造业", "C", "", ""),
        ("化工", "C", "26", ""),
        ("化工行业", "C", "26", ""),
        ("C26化学原料和化学制品制造业", "C", "26", ""),
        ("2651 初级形态塑料", "C", "26", ""),
        ("制造业/医药制造业", "C", "27", ""),
        ("化学原料及化学制品制造业", "C", "26", "industry.near"),
        ("C26 批发业", "", "", "industry.conflict"),
        ("星际旅行", "", "", "industry.unknown"),
        ("2024年新材料", "", "", "industry.unknown"),
        ("F26", "", "", "industry.unknown"),
    ],
)
def test_that_an_industry_is_placed_by_code_or_name_or_not_at_all(text, section, division, issue):
    industry = IndustryReader(TAXONOMY).read(text)
    assert (industry.section, industry.division, industry.issue) == (section, division, issue)


@pytest.mark.parametrize(
    ("division", "staff", "revenue", "size"),
    [
        ("26", 1000, 40000, "large"),
        ("26", 1000, 39999, "medium"),
        ("26", 300, 2000, "medium"),
        ("26", 299, 50000, "small"),
        ("26", 20, 300, "small"),
        ("26", 19, 90000, "micro"),
        ("26", 500, np.nan, ""),
        ("01", np.nan, 500, "medium"),
        ("83", 500, 5000, ""),
    ],
)
def test_that_a_size_class_needs_every_lower_bound(division, staff, revenue, size):
    measures = {"X": np.array([staff], float), "Y": np.array([revenue], float)}
    assert size_classes([division], np.zeros(1, np.int32), measures, TAXONOMY).tolist() == [size]


def test_that_firms_get_sector_division_and_size():
    firms = only(read(sheet_of([HEADER, *FIRMS]))).responses.firms
    assert firms["sector"].tolist() == ["C", "C", "F"] and firms["division"].tolist() == ["26", "27", "51"]
    assert firms["size"].tolist() == ["medium", "small", "small"]


def test_that_a_sector_is_the_option_where_the_instrument_has_its_own_list():
    from dataclasses import replace

    from app.domain.instrument import ItemType
    from tests.unit.analysis.intake.making import option

    items = tuple(
        replace(item, type=ItemType.SINGLE, options=(option("fin", "金融"), option("edu", "教育"))) if item.code == "N3" else item
        for item in INSTRUMENT.items
    )
    rows = [HEADER, *[[*firm[:2], kind, *firm[3:]] for firm, kind in zip(FIRMS, ("金融", "教育", ""), strict=True)]]
    firms = only(read(sheet_of(rows), instrument=replace(INSTRUMENT, items=items))).responses.firms
    assert firms["sector"].tolist() == ["fin", "edu", ""]


def test_that_revenue_ten_thousand_times_too_high_or_too_low_is_suspected():
    staff = np.full(9, 50.0)
    revenue = np.array([2000, 1500, 3000, 2500, 900, 2000 * 1e4, 1800, 2200, 2000 / 1e4])
    assert np.flatnonzero(money_slips(revenue, staff)).tolist() == [5, 8]
    assert not money_slips(np.array([np.nan, 0.0, 500.0]), np.array([10.0, 5.0, np.nan])).any()


def test_that_more_people_than_employed_are_reported_at_the_cell():
    rows = [[*HEADER, "参加培训人数"], *[[*firm, people] for firm, people in zip(FIRMS, (10, 26, ""), strict=True)]]
    ((cell, value, params),) = found(read(sheet_of(rows)), "rule.broken")
    assert (cell, value, params["employees"]) == ("J3", "26", "25")


def test_that_a_line_without_name_and_code_is_reported():
    rows = [HEADER, *FIRMS, ["", "", *FIRMS[0][2:]]]
    assert [cell for cell, _, _ in found(read(sheet_of(rows)), "firm.unnamed")] == ["A5"]


@pytest.mark.parametrize(
    ("codes", "answer"),
    [
        (["91990136703267537W", "91990136707241000M", "91110000600037341L"], True),
        (["91990136703267537W", "91110000600037341L"], False),
        (["", "", "91990136703267537W"], True),
        (["", "9199"], False),
        ([], False),
    ],
)
def test_that_firms_of_a_province_that_does_not_exist_are_invented(codes, answer):
    assert invented(codes) is answer


def test_that_lines_named_like_an_example_or_a_sum_are_told_at_their_name():
    names = ["示例：某某公司", "（示例）", "企业数", "占比", "去年同期", "例外服饰有限公司", "样例科技有限公司", "比例阀厂"]
    rows = [HEADER, *([name, *FIRMS[0][1:]] for name in names)]
    assert [place for place, _, _ in found(read(sheet_of(rows)), "firm.example")] == ["A2", "A3", "A4", "A5", "A6"]


def test_that_an_industry_number_of_three_digits_among_classes_may_have_lost_its_nought():
    taxonomy = replace(TAXONOMY, codes={"0111": ("稻谷种植", "稻谷种植"), "2614": ("有机化学原料制造", "有机化学原料制造")})
    sections = {**TAXONOMY.sections, "B": Section("B", TAXONOMY.sections["C"].words, ("11",), "B")}
    taxonomy = replace(taxonomy, sections=sections)

    def noughts(*codes):
        rows = [HEADER, *([*FIRMS[0][:2], code, *FIRMS[0][3:]] for code in codes)]
        return [
            place for place, _, _ in found(intake_workbook(workbook_of(sheet_of(rows)), INSTRUMENT, taxonomy), "industry.nought")
        ]

    assert noughts(111, 2614) == ["C2"]
    assert noughts(111, 261) == [] and noughts("111", "2614") == []


def test_that_words_in_place_of_a_code_are_no_code():
    intake = read(sheet_of([HEADER, [FIRMS[0][0], "无", *FIRMS[0][2:]]]))
    assert only(intake).responses.firms["code"].tolist() == [""]
    assert found(intake, "cell.marker")[0][:2] == ("B2", "无") and not found(intake, "code.length")


def test_that_ditto_marks_name_neither_firm_nor_township():
    header = ["企业名称", "所在乡镇", "从业人员", "是否使用智能体"]
    intake = read(
        sheet_of([header, ["甲化工有限公司", "城关镇", 5, "是"], ["同上", "同上", 6, "否"], ["乙制药有限公司", "〃", 7, "否"]])
    )
    firms = only(intake).responses.firms
    assert firms["name"].tolist() == ["甲化工有限公司", "", "乙制药有限公司"] and firms["township"].tolist() == ["城关镇", "", ""]
    assert sorted(place for place, _, _ in found(intake, "cell.marker")) == ["A3", "B3", "B4"]
    assert [place for place, _, _ in found(intake, "firm.unnamed")] == ["A3"]


def test_that_a_code_that_csv_holds_as_a_formula_is_read_without_it():
    intake = read(sheet_of([HEADER, [FIRMS[0][0], f'="{CODES[0]}"', *FIRMS[0][2:]]]))
    assert only(intake).responses.firms["code"].tolist() == [CODES[0]] and not found(intake, "code.extra")
