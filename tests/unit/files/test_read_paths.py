"""From what is dropped on the program to the files that are read."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from app.files.read_causes import SEVERITY
from app.files.read_workbook import expand


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a,b\n")
    return path


def test_that_folders_are_searched_in_the_order_of_names_and_the_rest_is_counted(tmp_path):
    kept = [touch(tmp_path / name) for name in ("a.csv", "b.XLSX", "乡镇/c.xls", "乡镇/深/d.ods")]
    for name in ("~$b.XLSX", ".hidden.xlsx", "照片.png", ".git/e.csv", "乡镇/说明.docx"):
        touch(tmp_path / name)
    files, findings = expand([tmp_path])
    assert files == tuple(kept)
    assert [finding.code for finding in findings] == ["READ_SKIPPED_FILES"]
    assert dict(findings[0].params)["n"] == "5"
    assert "~$b.XLSX" in findings[0].value


def test_that_a_file_named_outright_is_kept_whatever_its_ending_and_only_once(tmp_path):
    path = touch(tmp_path / "导出.dat")
    assert expand([path, path, tmp_path]) == ((path,), expand([tmp_path])[1])


def test_that_a_missing_file_is_named_and_the_others_go_on(tmp_path):
    path = touch(tmp_path / "a.csv")
    files, (finding,) = expand([tmp_path / "没有.xlsx", path])
    assert files == (path,)
    assert (finding.code, finding.place.source) == ("READ_MISSING", "没有.xlsx")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_that_pipes_devices_and_links_are_refused_within_a_second(tmp_path):
    os.mkfifo(tmp_path / "fifo.xlsx")
    (tmp_path / "link.xlsx").symlink_to(touch(tmp_path / "real" / "a.xlsx"))
    started = time.perf_counter()
    files, findings = expand([tmp_path / "fifo.xlsx", Path("/dev/zero"), tmp_path / "link.xlsx"])
    assert time.perf_counter() - started < 1
    assert files == ()
    assert {finding.code for finding in findings} == {"READ_NOT_A_FILE"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_that_a_pipe_inside_a_folder_is_left_out(tmp_path):
    os.mkfifo(tmp_path / "fifo.xlsx")
    assert expand([tmp_path])[0] == ()


def test_that_every_finding_of_reading_is_worded_with_its_severity_and_params(resources):
    params = {
        "file": "a.xlsx",
        "kind": "PDF",
        "detail": "x",
        "amount": "1 MB",
        "limit": "2 MB",
        "cell": "C7",
        "columns": "1",
        "cells": "2",
        "n": "3",
        "reader": "xlrd",
    }
    for code, severity in SEVERITY.items():
        kind = resources.finding_kinds[code]
        assert kind.severity == severity
        for words in (kind.title, kind.message, kind.remedy):
            for text in (words.zh, words.en):
                assert text.format(value="v", **params)
    assert {code for code in resources.finding_kinds if code.startswith("READ_")} == set(SEVERITY)


def test_that_refusals_have_at_most_fifteen_causes():
    assert sum(severity == "error" for code, severity in SEVERITY.items() if not code.startswith("READ_SHEET")) <= 15
