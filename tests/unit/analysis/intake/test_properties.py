"""What must hold for any sheet: where things stand never changes what they say."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.intake import combine
from app.analysis.intake.reports import SEVERITIES
from app.domain.sheet import Orientation
from tests.unit.analysis.intake.making import FIRMS, HEADER, only, read, sheet_of

EXTRA = ("备注", "联系人", "填报日期", "是否规上", "企业网址")
TITLES = ("附件1", "某县2026年企业人工智能应用情况调查表", "填报单位：河口镇人民政府", "表号：甲001表", "（2026年）")
PLAIN = only(read(sheet_of([HEADER, *FIRMS]))).responses


@settings(max_examples=60, deadline=None)
@given(
    order=st.permutations(range(len(HEADER))),
    extra=st.lists(st.sampled_from(EXTRA), unique=True, max_size=3),
    titles=st.lists(st.sampled_from(TITLES), unique=True, max_size=3),
    footer=st.booleans(),
    spacer=st.booleans(),
)
def test_that_order_extra_columns_titles_and_footers_never_change_a_value(order, extra, titles, footer, spacer):
    header = [HEADER[place] for place in order] + extra
    body = [[firm[place] for place in order] + ["某某"] * len(extra) for firm in FIRMS]
    if spacer:
        body.insert(1, [])
    rows = [[title] for title in titles] + [header, *body] + ([["填表人：甲某", "联系电话：0000-0000001"]] if footer else [])
    responses = only(read(sheet_of(rows))).responses
    assert responses.values.equals(PLAIN.values)
    assert responses.firms.drop(columns="township").equals(PLAIN.firms.drop(columns="township"))
    for position in range(len(FIRMS)):
        cell = responses.cell(position, "N1")
        assert rows[cell.row - 1][cell.column - 1] == FIRMS[position][0]


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.lists(st.one_of(st.text(max_size=6), st.integers(-5, 3000), st.sampled_from(HEADER)), max_size=6), max_size=12)
)
def test_that_no_sheet_whatever_breaks_intake_and_every_finding_is_known(rows):
    intake = read(sheet_of(rows))
    for sheet in intake.sheets:
        assert {finding.code for finding in sheet.findings} <= set(SEVERITIES)
        if sheet.responses is not None:
            layout = sheet.mapping.layout
            rows_read = 1 if layout.orientation is Orientation.LONG else len(layout.across or layout.body)
            assert len(sheet.responses.values) == len(sheet.responses.firms) == rows_read
            assert combine([sheet.responses], None)[0].firms["firm"].notna().all()


def test_that_every_finding_is_worded_with_its_severity(resources):
    worded = {code: kind.severity for code, kind in resources.finding_kinds.items() if code in SEVERITIES}
    assert worded == SEVERITIES


def test_that_every_finding_fills_its_sentence_from_its_own_places(resources):
    rows = [[*HEADER, "参加培训人数"], *[[*firm, 10] for firm in FIRMS]]
    rows += [["丁公司", "9111", "星际", "约30", "100-200", "也许", "无、机器学习", "2", "1", 99], ["合计", "", "", 5]]
    sheet = only(read(sheet_of(rows)))
    assert len({finding.code for finding in sheet.findings}) >= 9
    for finding in sheet.findings:
        kind = resources.finding_kinds[finding.code]
        for words in (kind.title, kind.message, kind.remedy):
            for text in (words.zh, words.en):
                assert "{" not in text.format(value=finding.value, **dict(finding.params))


def test_that_reasons_of_matches_are_worded(zh):
    sheet = only(read(sheet_of([[*HEADER, "备注", "年营收"], *[[*firm, "", 3] for firm in FIRMS]])))
    assert all(zh(match.reason) for match in sheet.mapping.matches)
