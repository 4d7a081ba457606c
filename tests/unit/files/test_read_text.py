"""Delimited text and web pages in the encodings offices send."""

from __future__ import annotations

import base64
import quopri

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.task import run_to_end
from app.files.read_workbook import read_content
from app.files.text_tables import MIXED, find_delimiter, find_encoding, text_lines

ROWS = "企业名称,员工人数\n青山机械有限公司,120\n白水镇食品厂,36\n"


def read(name: str, content: bytes):
    return run_to_end(read_content(name, content))


def codes(workbook) -> list[str]:
    return [finding.code for finding in workbook.findings]


@pytest.mark.parametrize(
    ("text", "codec", "found"),
    [
        (ROWS, "utf-8", "utf-8"),
        (ROWS, "utf-8-sig", "utf-8-sig"),
        (ROWS, "gb18030", "gb18030"),
        (ROWS.replace("机", "𠮷"), "gb18030", "gb18030"),
        (ROWS, "utf-16", "utf-16"),
        (ROWS, "utf-16-le", "utf-16-le"),
        (ROWS, "utf-16-be", "utf-16-be"),
        ("企業名稱,員工人數\n青山機械有限公司,120\n經濟發展處,3\n", "big5", "big5"),
        ("name,staff\nA,1\n", "ascii", "utf-8"),
    ],
)
def test_that_the_encoding_is_found(tmp_path, text, codec, found):
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(codec))
    assert find_encoding(path) == found
    assert "".join(text_lines(path, found)) == text


def test_that_lines_in_two_encodings_are_each_decoded_by_their_own(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("企业,甲\n".encode() + "集聚,乙\n".encode("gb18030"))
    assert find_encoding(path) == MIXED
    assert "".join(text_lines(path, MIXED)) == "企业,甲\n集聚,乙\n"


@pytest.mark.parametrize(
    ("head", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a\tb\n1\t2\n", "\t"),
        ("a;b;c\n1,5;2,5;3,5\n0,1;4,2;5,0\n", ";"),
        ("数据库：分省\n指标：人口\n地区,2025年,2024年\n北京市,,22470\n", ","),
        ('a,b\n"1;2;3;4",x\n"1;2;3;4",y\n', ","),
        ("只有一列\n甲\n", ","),
    ],
)
def test_that_the_delimiter_is_the_one_most_rows_agree_on(head, delimiter):
    assert find_delimiter(head) == delimiter


def test_that_text_cells_keep_every_character():
    workbook = read("名录.csv", '\ufeff代码,名称,备注\n00123, 甲 ,"第一行\n第二行"\n１２３,2000.0,"他说""好"""\n'.encode())
    (sheet,) = workbook.sheets
    assert sheet.name == "名录"
    assert list(sheet.rows(0, 9)) == [
        ("代码", "名称", "备注"),
        ("00123", " 甲 ", "第一行\n第二行"),
        ("１２３", "2000.0", '他说"好"'),
    ]
    assert workbook.findings == ()


def test_that_ragged_and_blank_lines_keep_their_places():
    (sheet,) = read("a.csv", "标题\n\na,b,c\n1,2\n".encode()).sheets
    assert list(sheet.rows(0, 9)) == [("标题", "", ""), ("", "", ""), ("a", "b", "c"), ("1", "2", "")]


def test_that_a_quote_never_closed_does_not_swallow_the_rows_behind_it():
    workbook = read("a.csv", b'a,b\n1,"x\n2,3\n4,5\n')
    assert codes(workbook) == ["READ_OPEN_QUOTE"]
    assert list(workbook.sheets[0].rows(1, 4)) == [("1", '"x'), ("2", "3"), ("4", "5")]


def test_that_nul_characters_are_taken_out_with_a_finding_at_their_line():
    workbook = read("a.csv", b"a,b\n" + b"1,2\n" * 20 + b"3,\0\0x\n")
    assert codes(workbook) == ["READ_NUL"]
    assert str(workbook.findings[0].place) == "a.csv · a · 22"
    assert workbook.sheets[0].row(21) == ("3", "x")


def test_that_control_characters_are_not_taken_for_text():
    assert codes(read("a.csv", bytes(range(1, 32)) * 40)) == ["READ_OTHER_FORMAT"]


def test_that_a_table_too_wide_is_refused_with_its_far_cell():
    workbook = read("a.csv", b"a" + b"," * 16_384 + b"\n")
    assert codes(workbook) == ["READ_FAR_CELLS"]
    assert dict(workbook.findings[0].params)["cell"] == "XFE1"


def test_that_a_number_with_thousands_is_not_torn_where_tabs_part_the_cells():
    sheet = read("a.txt", "1,234\t企业\n5,678\t工厂\n".encode()).sheets[0]
    assert sheet.row(0) == ("1,234", "企业")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    codec=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    cells=st.lists(
        st.from_regex(r"(9[0-9A-HJ-NPQRTUWXY]{17}|0{1,4}[0-9]{1,14}|[０-９]{2,18}|[0-9]{18})", fullmatch=True),
        min_size=3,
        max_size=60,
    ),
)
def test_that_no_identifier_is_altered_in_text_files(codec, cells):
    text = "统一社会信用代码,企业名称\n" + "".join(f"{cell},青山机械有限公司\n" for cell in cells)
    (sheet,) = read("名录.csv", text.encode(codec)).sheets
    assert [sheet.text(row, 0) for row in range(1, sheet.n_rows)] == cells


def test_that_a_web_page_named_xls_is_read_with_its_spans():
    page = """<html><head><style>td {color: red}</style></head><body><table>
      <tr><th rowspan=2>企业</th><th colspan="2">人工智能</th></tr><tr><td>应用</td><td>投入<br>（万元）</td></tr>
      <tr><td>甲<td>是<td>&nbsp;3&nbsp;<script>x</script></table><table><tr><td>二</td></tr></table></body></html>"""
    workbook = read("导出.xls", page.encode("gb18030"))
    assert codes(workbook) == ["READ_MISLABELLED"]
    first, second = workbook.sheets
    assert list(first.rows(0, 9)) == [("企业", "人工智能", ""), ("", "应用", "投入\n（万元）"), ("甲", "是", "3")]
    assert first.merges == ((0, 0, 1, 0), (0, 1, 0, 2))
    assert second.row(0) == ("二",)


def test_that_the_exports_of_the_statistics_bureau_are_read(shared_data):
    files = sorted((shared_data / "workbooks" / "nbs").glob("*.csv"))
    assert len(files) == 4
    for path in files:
        workbook = read(path.name, path.read_bytes())
        (sheet,) = workbook.sheets
        assert workbook.reader == "text gb18030"
        assert workbook.findings == ()
        assert sheet.text(0, 0) == "数据库：分省年度数据"
        assert sheet.row(3)[:2] in {("地区", "2025年"), ("地区", "2024年")}
        assert sum(sheet.text(row, 0).endswith(("省", "市", "区")) for row in range(4, sheet.n_rows)) >= 31


SIMPLIFIED = "企业名称员工人数营业收入是否应用人工智能大模型研发投入万元制造业批发零售软件信息技术服务青山镇白水县开发区有限公司"
TRADITIONAL = "企業名稱員工人數營業收入是否應用人工智慧大模型研發投入萬元製造業批發零售軟體資訊技術服務青山鎮白水縣開發區有限公司"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"]),
    data=st.data(),
)
def test_that_text_comes_back_in_every_encoding(codec, data):
    alphabet = TRADITIONAL if codec == "big5" else SIMPLIFIED
    names = data.draw(st.lists(st.text(alphabet, min_size=6, max_size=20), min_size=2, max_size=20))
    workbook = read("名录.csv", "".join(f"{name},{row}\n" for row, name in enumerate(names)).encode(codec))
    (sheet,) = workbook.sheets
    assert [sheet.text(row, 0) for row in range(sheet.n_rows)] == names
    assert workbook.reader == f"text {codec}"


MHTML = """MIME-Version: 1.0
X-Document-Type: Workbook
Content-Type: multipart/related; boundary="----=_NextPart"

------=_NextPart
Content-Type: text/html; charset="gb2312"
Content-Transfer-Encoding: quoted-printable

{first}
------=_NextPart
Content-Type: text/css

table {{color: red}}
------=_NextPart
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

{second}
------=_NextPart--
"""


def test_that_a_page_saved_with_its_parts_is_read_part_by_part():
    first = quopri.encodestring("<html><table><tr><td>企业</td><td>员工</td></tr></table></html>".encode("gbk")).decode()
    second = base64.b64encode("<table><tr><td>第二张</td></tr></table>".encode()).decode()
    workbook = read("导出.xls", MHTML.format(first=first, second=second).encode())
    assert [sheet.row(0) for sheet in workbook.sheets] == [("企业", "员工"), ("第二张",)]
    assert workbook.reader == "html gb18030"
    assert codes(workbook) == ["READ_MISLABELLED"]
