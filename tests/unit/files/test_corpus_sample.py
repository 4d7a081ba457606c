"""A small sample of the collections: what any library reads by itself we read too, and cells are as Excel saved them."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from tests.benchmarks import bench_corpus, poi_oracle
from tests.benchmarks.single_readers import READERS, count, in_child

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="children are forked")
OUR_LIMITS = {"READ_FAR_CELLS", "READ_TOO_LARGE", "READ_UNSAFE"}


def test_that_no_library_reads_a_workbook_that_we_do_not(shared_data, capsys):
    files = bench_corpus.sample(bench_corpus.corpus([shared_data / "workbooks"]), 40)
    ours = bench_corpus.read_ours(files)
    for path, workbook in ours.items():
        if workbook.sheets or {finding.code for finding in workbook.findings} & OUR_LIMITS:
            continue
        alone = {name: count(name, path) for name, (_, endings) in READERS.items() if path.suffix.lower() in endings}
        assert not any(outcome.result for outcome in alone.values()), (path, workbook.findings, alone)
    assert "past 30 s: False" in capsys.readouterr().out


def test_that_cells_are_as_excel_saved_them(shared_data, capsys):
    folder = shared_data / "workbooks" / "apache_poi" / "test-data" / "spreadsheet"
    names = ["44891.xls", "SampleSS.xlsx", "53446.xls", "DateFormats.xls", "ErrPtg.xls", "WithTable.xlsx", "3dFormulas.xls"]
    files = [folder / name for name in names if (folder / name).exists()]
    shares = bench_corpus.poi(shared_data / "workbooks" / "apache_poi_oracle", bench_corpus.read_ours(files))
    assert shares["ours"].compared > 1000
    assert shares["ours"].share > 0.998
    assert shares["ours"].equal >= shares["calamine"].equal


@pytest.mark.parametrize(
    ("kind", "text", "expected", "equal"),
    [
        ("n", "2000.0", "2000", True),
        ("n", "0.16666666666666666", "0.166666667", True),
        ("n", "0.17", "0.166666667", False),
        ("n", "1.23456789012e+20", "1.23457E+20", True),
        ("n", "-1591179.7124999994", "-1591179.713", True),
        ("n", "12.0", "", False),
        ("n", "12.0", "12 %", False),
        ("t", "企业", "__", True),
        ("t", "a\r\nb", "a\nb", True),
        ("t", "a ", "a", False),
        ("b", "TRUE", "TRUE", True),
        ("e", "#N/A", "", False),
    ],
)
def test_that_cells_are_held_to_what_excel_shows(kind, text, expected, equal):
    assert poi_oracle.is_equal(kind, text, expected) is equal


def test_that_a_csv_is_laid_over_the_used_area():
    told = {(2, 1): ("t", "甲"), (2, 2): ("n", "3.0"), (3, 1): ("t", "x")}
    share = poi_oracle.compare("a", 0, told, {(0, 0): "_", (0, 1): "3", (1, 0): "y"}, {(9, 9)})
    assert (share.equal, share.compared) == (2, 3)
    assert share.unequal == [("a", 0, 3, 1, "t x", "y")]


def test_that_a_library_that_hangs_dies_or_fails_is_told():
    assert in_child(lambda: time.sleep(9), seconds=0.2).error == "hang"
    assert in_child(lambda: os.kill(os.getpid(), signal.SIGKILL)).error == "died 9"
    assert in_child(lambda: 1 / 0).error == "ZeroDivisionError"
    assert in_child(lambda: [1, "二"]).result == [1, "二"]
