"""Names of slips, safe wherever they are sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.files.slip_names import own_ending, slip_name

MARK = "（请核对）"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("城关镇.xlsx", "城关镇（请核对）.xlsx"),
        ("上报.zip/城关镇 2026.xls", "城关镇 2026（请核对）.xlsx"),
        ("../../etc/passwd", "passwd（请核对）.xlsx"),
        ("a\\b:c?.xlsx", "a_b_c_（请核对）.xlsx"),
        ("CON.xlsx", "_CON（请核对）.xlsx"),
        ("无后缀", "无后缀（请核对）.xlsx"),
        (".xlsx", ".xlsx（请核对）.xlsx"),
    ],
)
def test_that_a_slip_is_called_after_its_source(source, name):
    assert slip_name(source, MARK, ".xlsx", set()).lstrip(".") == name.lstrip(".")


def test_that_no_two_slips_have_one_name_even_where_case_does_not_count():
    taken = set()
    names = [slip_name(source, MARK, ".xlsx", taken) for source in ("A.xls", "a.xlsx", "b.zip/A.xlsx")]
    assert names == ["A（请核对）.xlsx", "a（请核对）-2.xlsx", "A（请核对）-3.xlsx"]


@given(st.text(max_size=300), st.integers(1, 3))
def test_that_every_name_fits_and_holds_nothing_a_system_refuses(source, times):
    taken = set()
    for _ in range(times):
        name = slip_name(source, MARK, ".xlsx", taken)
        assert len(name.encode(errors="surrogatepass")) <= 180
        assert not set(name) & set('<>:"/\\|?*\0\n')
        assert name.endswith(".xlsx")
    assert len(taken) == times


@pytest.mark.parametrize(
    ("source", "macros", "ending"),
    [
        ("a.XLSX", False, ".xlsx"),
        ("a.xlsm", True, ".xlsm"),
        ("a.xls", False, ".xlsx"),
        ("a.et", True, ".xlsm"),
        ("a", False, ".xlsx"),
    ],
)
def test_that_the_ending_tells_what_the_workbook_is(source, macros, ending):
    assert own_ending(source, macros=macros) == ending
