"""The table of responses: every answer beside its cell, in Parquet and csv alike."""

from __future__ import annotations

import csv
import time

import fastparquet
import numpy as np
import pandas as pd
import pytest

from app.domain.errors import UserError
from app.domain.responses import FIRM_COLUMNS, Block, Responses
from app.files.write_responses import response_table, write_csv, write_parquet

ITEMS = ("T1", "ID05", "NOTE")


def made(n=4, blocks=None, row=None, qualifiers=None, notes=None):
    firms = {name: pd.array([f"{name}{k}" for k in range(n)], dtype="str") for name in FIRM_COLUMNS}
    firms |= {"code_valid": np.ones(n, dtype=bool), "counted": np.arange(n) % 2 == 0}
    values = {
        "T1": pd.Categorical([("yes", "no", None, "planned")[k % 4] for k in range(n)]),
        "ID05": [float("nan") if k % 4 == 1 else k * 1000.5 for k in range(n)],
        "NOTE": pd.array(notes or [f"说明{k}" for k in range(n)], dtype="str"),
    }
    places = pd.DataFrame({"block": np.arange(n) % len(blocks or [0]), "row": row or list(range(5, 5 + n))})
    cells = {"T1": (0, 3), "ID05": (0, 28), "NOTE": (0, 1)}
    frame = pd.DataFrame(values)
    blocks = tuple(blocks or [Block("0" * 64, "城关镇.xlsx", "填报表", "2026", cells)])
    return Responses(frame, frame.astype(str).astype("category"), pd.DataFrame(firms), places, blocks, qualifiers)


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_that_each_answer_stands_beside_the_cell_it_was_read_from():
    responses = made()
    table = response_table(responses)
    assert list(table.columns) == [*FIRM_COLUMNS, *(name for item in ITEMS for name in (item, f"{item}.cell"))]
    for position in range(4):
        for item in ITEMS:
            assert table[f"{item}.cell"][position] == str(responses.cell(position, item))
    assert table["ID05.cell"].tolist()[:2] == ["城关镇.xlsx · 填报表 · AB5", "城关镇.xlsx · 填报表 · AB6"]


def test_that_long_sheets_sheets_across_and_unasked_items_have_their_own_places():
    blocks = [
        Block("1" * 64, "甲.xlsx", "一", "2026", {"T1": (7, 2), "ID05": (8, 2)}),
        Block("2" * 64, "乙.xlsx", "二", "2026", {"T1": (4, 0), "NOTE": (9, 0)}),
    ]
    responses = made(blocks=blocks, row=[0, 27, 0, 28])
    table = response_table(responses)
    expected = [[None if (cell := responses.cell(p, item)) is None else str(cell) for p in range(4)] for item in ITEMS]
    told = [[None if pd.isna(cell) else cell for cell in table[f"{item}.cell"]] for item in ITEMS]
    assert told == expected
    assert expected[0] == ["甲.xlsx · 一 · B7", "乙.xlsx · 二 · AA4", "甲.xlsx · 一 · B7", "乙.xlsx · 二 · AB4"]
    assert expected[2][0] is None


def test_that_numbers_that_were_not_exact_say_how():
    marks = pd.DataFrame(
        {
            "position": np.array([2], dtype=np.int32),
            "item": pd.Categorical(["ID05"]),
            "qualifier": pd.Categorical(["range"]),
            "low": [100.0],
            "high": [300.0],
            "rest": [""],
        }
    )
    table = response_table(made(qualifiers=marks))
    assert table["ID05.qualifier"].fillna("").tolist() == ["", "", "range", ""]
    assert table.loc[2, ["ID05.low", "ID05.high"]].tolist() == [100.0, 300.0]
    assert "T1.qualifier" not in table.columns


def test_that_parquet_gives_back_every_value(tmp_path):
    table = response_table(made())
    write_parquet(table, tmp_path / "a.parquet", {"instrument": "x"})
    file = fastparquet.ParquetFile(str(tmp_path / "a.parquet"))
    back = file.to_pandas()
    assert file.key_value_metadata["instrument"] == "x"
    assert list(back.columns) == list(table.columns)
    for name in table.columns:
        pairs = zip(back[name].tolist(), table[name].tolist(), strict=True)
        assert all(one == other or (pd.isna(one) and pd.isna(other)) for one, other in pairs), name
    assert back["ID05"].dtype == "float64" and back["counted"].dtype == bool


def test_that_csv_gives_back_every_value(tmp_path):
    write_csv(response_table(made()), tmp_path / "a.csv")
    rows = read_csv(tmp_path / "a.csv")
    assert [row["T1"] for row in rows] == ["yes", "no", "", "planned"]
    assert [row["ID05"] for row in rows] == ["0", "", "2001", "3001.5"]
    assert [row["counted"] for row in rows] == ["true", "false", "true", "false"]
    assert rows[0]["NOTE.cell"] == "城关镇.xlsx · 填报表 · A5"
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", ["=1+1", "+86", "-见注", "@SUM(A1)", "\t=1", "\n=1"])
def test_that_no_text_becomes_a_formula(tmp_path, text):
    write_csv(response_table(made(1, notes=[text])), tmp_path / "a.csv")
    assert read_csv(tmp_path / "a.csv")[0]["NOTE"] == f"'{text}"


def test_that_numbers_below_zero_stay_numbers(tmp_path):
    table = pd.DataFrame({"x": [-1.5, 0.1 + 0.2, 1e15, np.nan]})
    write_csv(table, tmp_path / "a.csv")
    assert [row["x"] for row in read_csv(tmp_path / "a.csv")][:3] == ["-1.5", "0.30000000000000004", "1e+15"]


def test_that_a_hundred_thousand_responses_take_seconds(tmp_path):
    responses = made(100_000, notes=[f"说明{k}" for k in range(100_000)])
    wide = response_table(responses)
    start = time.perf_counter()
    write_parquet(wide, tmp_path / "a.parquet", {})
    write_csv(wide, tmp_path / "a.csv")
    assert time.perf_counter() - start < 30
    assert len(fastparquet.ParquetFile(str(tmp_path / "a.parquet")).to_pandas(["firm"])) == 100_000


@pytest.mark.parametrize("write", [lambda t, p: write_csv(t, p), lambda t, p: write_parquet(t, p, {})], ids=["csv", "parquet"])
def test_that_the_same_table_gives_the_same_bytes_and_a_folder_that_is_not_there_is_told(tmp_path, write):
    table = response_table(made())
    write(table, tmp_path / "a")
    write(table, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    with pytest.raises(UserError) as told:
        write(table, tmp_path / "none" / "a")
    assert told.value.code == "file.no_folder"
