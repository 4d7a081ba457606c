"""The status components as files: JSON, YAML and CSV hold the same, and no cell begins a formula."""

from __future__ import annotations

import csv
import io
import json

import pytest

from app.domain.errors import UserError
from app.files.progress_components import write_components

SAID = 'a "quoted" \\ line\nwith: a colon # and 🤖\u2028\x7f\u200d'
COMPONENTS = {
    "n2027_penetration": {
        "progress_status": "moderate_progress",
        "score": 1.25,
        "n2027_penetration": {"base_value": 0.1 + 0.2, "current_year": 2026.5, "limit": None, "sign": 1},
        "about": {"indicator_name": SAID, "verify": True, "light": "no"},
    },
    "no": {"progress_status": "not_available", "score": None, "no": {}, "about": {"indicator_name": "=1+1", "verify": False}},
}


def test_that_json_holds_the_components(tmp_path):
    write_components(tmp_path / "a.json", COMPONENTS)
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == COMPONENTS


def test_that_yaml_writes_every_text_on_one_line_in_quotes(tmp_path):
    write_components(tmp_path / "a.yml", COMPONENTS)
    text = (tmp_path / "a.yml").read_text(encoding="utf-8")
    lines = text.split("\n")
    assert lines[:3] == ["n2027_penetration:", "  progress_status: moderate_progress", "  score: 1.25"]
    assert '    indicator_name: "a \\"quoted\\" \\\\ line\\u000awith: a colon # and 🤖\\u2028\\u007f\\u200d"' in lines
    assert "    base_value: 0.30000000000000004" in lines
    assert "    limit: null" in lines
    assert '    light: "no"' in lines
    assert '"no":' in lines and '  "no": {}' in lines
    assert all(character.isprintable() for character in text.replace("\n", ""))


def test_that_csv_has_a_row_a_goal_and_no_formula(tmp_path):
    write_components(tmp_path / "a.csv", COMPONENTS)
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    first, second = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert (first["goal"], float(first["base_value"]), first["indicator_name"], first["verify"]) == (
        "n2027_penetration",
        0.1 + 0.2,
        SAID,
        "true",
    )
    assert (second["score"], second["base_value"], second["indicator_name"]) == ("", "", "'=1+1")


def test_that_another_ending_is_refused(tmp_path):
    with pytest.raises(UserError) as caught:
        write_components(tmp_path / "a.xlsx", COMPONENTS)
    assert caught.value.code == "file.unknown_format"
    assert not list(tmp_path.iterdir())
