"""A boundary file is read only with its approval number, and never trusted."""

from __future__ import annotations

import json

import pytest

from app.domain.errors import UserError
from app.files.boundary_file import MOST_AREAS, MOST_BYTES, checked_approval, read_boundary

APPROVAL = "示S（2026）012号"
RING = [[120.0, 29.0], [120.1, 29.0], [120.1, 29.1], [120.0, 29.1], [120.0, 29.0]]


def feature(name="城关镇", ring=None, kind="Polygon", field="name"):
    rings = [ring or RING]
    return {
        "type": "Feature",
        "properties": {field: name, "code": "x1"},
        "geometry": {"type": kind, "coordinates": rings if kind == "Polygon" else [rings, [[[x + 1, y] for x, y in RING]]]},
    }


def write(folder, root):
    path = folder / "界.geojson"
    path.write_text(root if isinstance(root, str) else json.dumps(root, ensure_ascii=False), encoding="utf-8")
    return path


def collection(*features, **more):
    return {"type": "FeatureCollection", "features": list(features), **more}


def test_that_outlines_are_read_by_the_property_that_names_townships(tmp_path):
    path = write(tmp_path, collection(feature("城关镇", field="XZ"), feature("东风乡", kind="MultiPolygon", field="XZ")))
    found = read_boundary(path, APPROVAL, ("城关镇", "东风乡"))
    assert [area.name for area in found.areas] == ["城关镇", "东风乡"]
    assert [len(area.rings) for area in found.areas] == [1, 2]
    assert found.areas[0].rings[0] == tuple((x, y) for x, y in RING[:-1])
    assert found.approval == APPROVAL
    assert found.file == "界.geojson"


def test_that_several_outlines_of_one_name_are_one_area(tmp_path):
    path = write(tmp_path, collection(feature("城关镇"), feature("城关镇")))
    assert [len(area.rings) for area in read_boundary(path, APPROVAL).areas] == [2]


@pytest.mark.parametrize("holder", [{"审图号": APPROVAL}, {"properties": {"approval": f"审图号：{APPROVAL}"}}])
def test_that_the_approval_number_may_stand_in_the_file(tmp_path, holder):
    assert read_boundary(write(tmp_path, collection(feature(), **holder))).approval == APPROVAL


@pytest.mark.parametrize("text", ["GS（2024）0650号", "GS京(2022)1061号", "川S【2021】00058号", "审图号：GS〔2019〕1822号"])
def test_that_approval_numbers_as_they_are_written_are_taken(text):
    assert checked_approval(text, "a").endswith("号")


@pytest.mark.parametrize("text", ["随便", "GS2024", "=cmd|'/c calc'!A1", "GS（1824）0650号", "<b>GS（2024）0650号</b>"])
def test_that_anything_else_is_refused_with_a_sentence(text, zh):
    with pytest.raises(UserError) as caught:
        checked_approval(text, "a.geojson")
    assert caught.value.code == "boundary.approval_form"
    assert "审图号" in zh(f"error.{caught.value.code}", **caught.value.params)


def test_that_without_approval_number_nothing_is_drawn(tmp_path, zh, en):
    with pytest.raises(UserError) as caught:
        read_boundary(write(tmp_path, collection(feature())))
    assert caught.value.code == "boundary.no_approval"
    assert "方格图" in zh("error.boundary.no_approval", **caught.value.params)
    assert "--approval" in en("error.boundary.no_approval", **caught.value.params)


@pytest.mark.parametrize(
    ("root", "code"),
    [
        ("不是 JSON", "unreadable"),
        ("[1,2]", "unreadable"),
        ("{}", "unreadable"),
        ("[" * 200_000, "unreadable"),
        ('{"type":"FeatureCollection","features":[' + "[" * 5000 + "]" * 5000 + "]}", "unreadable"),
        ('{"type":"FeatureCollection","features":[{"a":' + "9" * 6000 + "}]}", "unreadable"),
        (json.dumps(collection(feature(ring=[[1, float("nan")]] * 4))), "unreadable"),
        (json.dumps(collection(feature(ring=[[1, "x"]] * 4))), "unreadable"),
        (json.dumps(collection(feature(ring=[[10**400, 1]] * 4))), "unreadable"),
        (json.dumps(collection(feature(ring=[[1, 1]] * 5))), "no_areas"),
        (json.dumps(collection(feature(ring=[[True, False]] * 4))), "unreadable"),
        (json.dumps(collection(feature(ring=[[500000.0, 3200000.0]] * 4))), "projected"),
        (json.dumps(collection({"type": "Feature", "properties": {"name": "甲"}, "geometry": None})), "no_areas"),
        (json.dumps(collection({**feature(), "properties": {"code": 7}})), "no_names"),
        (json.dumps(collection(*([{"type": "Feature"}] * (MOST_AREAS + 1)))), "large"),
    ],
)
def test_that_a_bad_or_hostile_file_is_a_plain_sentence(tmp_path, zh, root, code):
    with pytest.raises(UserError) as caught:
        read_boundary(write(tmp_path, root), APPROVAL)
    assert caught.value.code == f"boundary.{code}"
    assert zh(f"error.{caught.value.code}", **caught.value.params)


def test_that_a_file_that_is_too_large_or_missing_is_not_opened(tmp_path):
    path = tmp_path / "a.geojson"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    for place, code in ((path, "boundary.large"), (tmp_path / "b.geojson", "file.missing")):
        with pytest.raises(UserError) as caught:
            read_boundary(place, APPROVAL)
        assert caught.value.code == code


def test_that_points_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr("app.files.boundary_file.MOST_POINTS", 6)
    with pytest.raises(UserError) as caught:
        read_boundary(write(tmp_path, collection(feature(), feature("东风乡"))), APPROVAL)
    assert caught.value.code == "boundary.large"
