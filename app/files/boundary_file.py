"""Read outlines of townships from a GeoJSON file that the user supplies; without a map approval number (审图号) it is refused.

GeoJSON: RFC 7946 (positions are longitude, latitude in degrees). A map that is shown to the public must print its approval
number, made of the code of the office, the year and a serial number: 《地图管理条例》（国务院令第664号）, 《地图审核管理规定》
(自然资源部令第5号修正). The file is hostile until read: size, depth, counts and numbers are bounded before it is used,
and nothing in it is ever fetched.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from app.domain.boundary import Area, Boundary, Ring
from app.domain.errors import UserError
from app.domain.words import normal_form
from app.files.small_text import read_small_text

MOST_BYTES = 16_000_000
MOST_AREAS = 2_000
MOST_POINTS = 400_000
APPROVAL_NAMES = ("审图号", "approval", "map_approval", "approval_number")
AREA_NAMES = ("name", "NAME", "Name", "名称", "乡镇", "乡镇名称", "街道", "township", "XZMC", "XZQMC")
_APPROVAL = re.compile(r"[A-Z\u4e00-\u9fff]{1,8}[(\uff08\[〔【]\s*(?:19|20)\d{2}\s*[)\uff09\]〕】]\s*\d{1,6}\s*号")
_PREFIX = re.compile(r"^\s*审图号\s*[:\uff1a]?\s*")


def read_boundary(path: Path, approval: str = "", towns: Sequence[str] = ()) -> Boundary:
    """Return the outlines in `path`; `approval` is the approval number where the file does not hold it.

    The names are taken from the property that most often holds one of `towns`. UserError `boundary.*` where the file is too
    large, no GeoJSON, not in degrees, without outlines or names, or without an approval number that reads like one.
    """
    root = _parsed(path)
    number = checked_approval(approval or _own_approval(root), path.name)
    features = _features(root, path.name)
    field = _name_field(features, towns, path.name)
    areas: dict[str, list[Ring]] = {}
    budget = MOST_POINTS
    for feature in features:
        rings = list(_rings(feature.get("geometry"), path.name))
        budget -= sum(map(len, rings))
        if budget < 0:
            raise UserError("boundary.large", file=path.name, most=f"{MOST_POINTS:,}")
        name = str(_properties(feature).get(field) or "").strip()
        areas.setdefault(name, []).extend(rings)
    found = tuple(Area("", name, tuple(rings)) for name, rings in areas.items() if rings)
    if not found:
        raise UserError("boundary.no_areas", file=path.name)
    return Boundary(number, found, path.name)


def checked_approval(text: str, file: str) -> str:
    """Return an approval number without its label; UserError `boundary.no_approval` or `boundary.approval_form`."""
    number = _PREFIX.sub("", text.strip())
    if not number:
        raise UserError("boundary.no_approval", file=file)
    if not _APPROVAL.fullmatch(number):
        raise UserError("boundary.approval_form", file=file, value=number[:60])
    return number


def _parsed(path: Path) -> Mapping[str, Any]:
    """Return the root object of the file; numbers that are none, endless digits and bottomless nesting are refused."""
    if path.exists() and path.is_file() and path.stat().st_size > MOST_BYTES:
        raise UserError("boundary.large", file=path.name, most=f"{MOST_BYTES // 1_000_000} MB")
    text = read_small_text(path, MOST_BYTES, "boundary.unreadable")

    def refuse(_: str) -> NoReturn:
        raise ValueError("no number")

    try:
        root = json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise UserError("boundary.unreadable", file=path.name) from error
    if not isinstance(root, dict):
        raise UserError("boundary.unreadable", file=path.name)
    return root


def _own_approval(root: Mapping[str, Any]) -> str:
    """Return the approval number that the file itself holds: at its top, or in its properties or metadata."""
    holders = [holder for holder in (root, root.get("properties"), root.get("metadata")) if isinstance(holder, dict)]
    found = (holder.get(name) for holder in holders for name in APPROVAL_NAMES)
    return next((text for text in found if isinstance(text, str) and text.strip()), "")


def _features(root: Mapping[str, Any], file: str) -> list[Mapping[str, Any]]:
    listed = (
        root.get("features") if root.get("type") == "FeatureCollection" else [root] if root.get("type") == "Feature" else None
    )
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise UserError("boundary.unreadable", file=file)
    if len(listed) > MOST_AREAS:
        raise UserError("boundary.large", file=file, most=f"{MOST_AREAS:,}")
    return listed


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _name_field(features: Sequence[Mapping[str, Any]], towns: Sequence[str], file: str) -> str:
    """Return the property that holds most names of townships, the usual ones first where several do alike."""
    wanted = {normal_form(town) for town in towns if town}
    counts: dict[str, int] = {}
    for feature in features:
        for field, value in list(_properties(feature).items())[:100]:
            if isinstance(value, str) and value.strip():
                counts[field] = counts.get(field, 0) + (normal_form(value[:200]) in wanted)
    if not counts:
        raise UserError("boundary.no_names", file=file)
    usual = {name: -place for place, name in enumerate(AREA_NAMES)}
    return max(counts, key=lambda field: (counts[field], usual.get(field, -len(usual)), field))


def _rings(geometry: Any, file: str) -> Iterator[Ring]:
    """Yield the rings of a polygon or of several; lines and points of a file have no area and are passed over."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return
    shapes = geometry.get("coordinates")
    polygons = [shapes] if geometry["type"] == "Polygon" else shapes
    if not isinstance(polygons, list):
        raise UserError("boundary.unreadable", file=file)
    for polygon in polygons:
        if not isinstance(polygon, list):
            raise UserError("boundary.unreadable", file=file)
        for ring in polygon:
            points = _points(ring, file)
            if len(set(points)) > 2:
                yield points


def _points(ring: Any, file: str) -> Ring:
    if not isinstance(ring, list):
        raise UserError("boundary.unreadable", file=file)
    points = tuple(_point(position, file) for position in ring)
    return points[:-1] if len(points) > 1 and points[0] == points[-1] else points


def _point(position: Any, file: str) -> tuple[float, float]:
    numbers = position[:2] if isinstance(position, list) else []
    plain = len(numbers) == 2 and all(isinstance(one, int | float) and not isinstance(one, bool) for one in numbers)
    try:
        x, y = (float(one) for one in numbers) if plain else (math.nan, math.nan)
    except OverflowError:  # a whole number of hundreds of digits
        x = y = math.nan
    if not (math.isfinite(x) and math.isfinite(y)):
        raise UserError("boundary.unreadable", file=file)
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise UserError("boundary.projected", file=file)
    return x, y
