"""The firms there are by sector: what is read, and that every mistake names its row."""

from __future__ import annotations

import os

import pytest

from app.domain.errors import UserError
from app.files.frame_counts import FrameCounts, read_frame_counts

KNOWN = {"C": "C", "制造业": "C", "I": "I"}
SIZES = {"large": "large", "大型": "large", "small": "small"}


def counts(tmp_path, content):
    path = tmp_path / "总数.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_frame_counts(path, KNOWN, SIZES)


def test_that_sectors_go_by_letter_or_name_in_either_encoding(tmp_path):
    assert counts(tmp_path, "sector,count\n制造业,40\nI,0\n".encode("gb18030")) == FrameCounts({"C": 40, "I": 0})


def test_that_sizes_and_townships_make_cells_and_sectors_their_sums(tmp_path):
    content = "乡镇,行业,规模,企业数,备注\n东镇,制造业,大型,3,\n东镇,C,small,40,x\n,C,,7,\n西|镇,I,large,0,\n"
    assert counts(tmp_path, content) == FrameCounts(
        {"C": 50, "I": 0},
        ("sector", "size", "township"),
        {"C|large|东镇": 3, "C|small|东镇": 40, "C||": 7, "I|large|西|镇": 0},
    )


def test_that_townships_alone_may_part_the_sectors(tmp_path):
    found = counts(tmp_path, "sector,township,count\nC,a,1\nC,b,2\n")
    assert (found.sectors, found.strata, found.cells) == ({"C": 3}, ("sector", "township"), {"C|a": 1, "C|b": 2})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "frame.columns"),
        ("a,b\n1,2\n", "frame.columns"),
        ("sector,count\n", "frame.columns"),
        ("sector\tcount\nC\t1\n", "frame.columns"),
        (b"\xff\x00\x81", "frame.columns"),
        ('sector,count\n"' + "x" * 200_000, "frame.columns"),
        ("x" * (2 << 20), "frame.columns"),
        ("sector,count\nZZ,5\n", "frame.unknown_sector"),
        ("sector,count\nC,1\n制造业,2\n", "frame.repeated_sector"),
        ("sector,size,count\nC,large,1\n制造业,大型,2\n", "frame.repeated_row"),
        ("sector,size,count\nC,巨型,1\n", "frame.unknown_size"),
        ("size,count\nlarge,1\n", "frame.columns"),
        ("sector,size\nC,large\n", "frame.columns"),
        *((f"sector,count\nC,{wrong}\n", "frame.count") for wrong in ("-5", "5.5", "", "５", "100000001", "9" * 30)),
    ],
)
def test_that_what_is_no_table_of_counts_is_refused(tmp_path, content, code):
    with pytest.raises(UserError) as caught:
        counts(tmp_path, content)
    assert caught.value.code == code
    assert caught.value.params["file"] == "总数.csv"


@pytest.mark.skipif(os.name == "nt", reason="needs a device")
def test_that_a_folder_and_a_device_without_end_are_refused(tmp_path):
    for path in (tmp_path, tmp_path.__class__("/dev/zero")):
        with pytest.raises(UserError) as caught:
            read_frame_counts(path, KNOWN)
        assert caught.value.code == "frame.columns"
    with pytest.raises(UserError):
        read_frame_counts(tmp_path / "没有.csv", KNOWN)
