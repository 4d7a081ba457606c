"""The goal wall: every goal of the book as a tile, by deadline and layer, under the filters of the selection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from app.analysis.disclosure import Policy
from app.analysis.progress.cube import key_of
from app.analysis.progress.lights import OFF_TRACK, ON_TRACK
from app.domain.figure import Figure, FigureKind
from app.domain.goals import GoalProgress, Layer, Light, Measure
from app.domain.numbers import number, percent
from app.domain.release import Cell, CellStatus, Manner, Provenance, Row
from app.domain.study import Wave
from app.domain.wall import Band, Count, Tile, Wall
from app.present import wording
from app.present.figures.ranked import headline, penetration_table
from app.present.figures.wall_tile import Hidden, measured_cell, sectors_of, tile_of
from app.present.goal_standing import filters_of, progress_of, view_words
from app.present.provenance import measure_provenance
from app.present.view import View

WALL = "wall"
HORIZONS = (2027, 2028, 2030, 2035)  # the years of the national opinions and of the plans of the ministries
LIGHTS = ("on_track", "at_risk", "off_track", "cannot_tell")
EVIDENCE = ("done", "under_way", "none", "unknown")


def make_wall(view: View) -> Figure:
    """Return `wall`; the caller has made sure that goals were held against the answers."""
    texts = view.texts
    progress = in_layers(progress_of(view))
    hidden = hidden_sectors(view, progress)
    progress = [told(view, one, hidden) for one in progress]
    cells = [measured_cell(view, one, hidden) for one in progress]
    tiles = tuple(tile_of(view, one, cell, horizon(one.goal.year)) for one, cell in zip(progress, cells, strict=True))
    title = wall_finding(view, tiles)
    return Figure(
        id=WALL,
        kind=FigureKind.WALL,
        title=title,
        subtitle=wall_line(view, progress),
        table=view.door.release(WALL, (texts("wall.value"),), _rows(view, progress, cells)),
        provenance=_provenance(view, progress),
        alt=texts("wall.alt", n=len(tiles), title=title),
        wall=Wall(_horizons(view, tiles), _bands(view, tiles), tiles, _legend(view), _notes(view)),
    )


def horizon(year: int) -> int:
    """Return the column of a goal's year: the first horizon not before it, the last for what comes later."""
    return next((horizon for horizon in HORIZONS if year <= horizon), HORIZONS[-1])


def wall_finding(view: View, tiles: Sequence[Tile]) -> str:
    """Say how the goals stand in one sentence."""
    texts, signs = view.texts, Counter(tile.sign for tile in tiles)
    judged = sum(signs[sign] for sign in LIGHTS[:3])
    filters = filters_of(view)
    if not judged:
        return texts("wall.finding_part_none" if filters else "wall.finding_none", n=len(tiles), filters=view_words(view))
    told = [texts(f"wall.count_{sign}", n=signs[sign]) for sign in LIGHTS[:3] if signs[sign]]
    key = "wall.finding_part" if filters else "wall.finding"
    return texts(key, n=len(tiles), judged=judged, told=wording.joined(texts, told), filters=view_words(view))


def wall_line(view: View, progress: Sequence[GoalProgress]) -> str:
    """Say what is counted: the wave, the firms, and under filters that they are a part."""
    texts, wave = view.texts, _wave(view, progress)
    if wave is None:
        return texts("wall.line_none", version=view.resources.goal_book.version)
    most = max((one.latest.n for one in progress if one.latest is not None and one.latest.wave == wave.id), default=0)
    said = {"n": number(most, "count") if most >= 5 else texts("wall.few"), "date": wording.date_text(texts, wave.date)}
    if filters_of(view):
        return texts("wall.line_part", filters=view_words(view), **said)
    return texts("wall.line", everyone=wording.all_firms(texts, wave), version=view.resources.goal_book.version, **said)


def _wave(view: View, progress: Sequence[GoalProgress]) -> Wave | None:
    """Return the newest wave that any goal was measured in."""
    seen = {one.latest.wave for one in progress if one.latest is not None and one.latest.wave}
    return next((wave for wave in reversed(view.study.waves) if wave.id in seen), None)


def in_layers(progress: Sequence[GoalProgress]) -> list[GoalProgress]:
    """Put layers in order from the top down, the book's order within."""
    layers = list(Layer)
    return sorted(progress, key=lambda one: layers.index(one.goal.layer))


def hidden_sectors(view: View, progress: Sequence[GoalProgress]) -> Hidden:
    """Return the sectors that the tables by sector hide, for the measures and waves where a value is of some sectors only."""
    found = {}
    for one in progress:
        measure = one.measure
        if measure is None or not sectors_of(view, one):
            continue
        for wave in (seen.wave for seen in one.observations if seen.wave and (measure.id, seen.wave) not in found):
            found[measure.id, wave] = frozenset() if _all_large(view, measure, wave) else _few(view, measure, wave)
    return found


def _few(view: View, measure: Measure, wave: str) -> frozenset[str]:
    table = penetration_table(view, measure, view.study.wave(wave))
    return frozenset(row.key for row in table.rows if row.cells[0].status is CellStatus.HIDDEN)


def told(view: View, progress: GoalProgress, hidden: Hidden) -> GoalProgress:
    """Return the progress without light, pace and chance where an earlier wave is hidden: each would give its value back."""
    measure, sectors = progress.measure, sectors_of(view, progress)
    if measure is None or not any(
        seen.wave and (seen.n < Policy().hide_below or sectors & hidden.get((measure.id, seen.wave), frozenset()))
        for seen in progress.observations[:-1]
    ):
        return progress
    bare = GoalProgress(
        progress.goal, measure, progress.observations, None, None, None, None, Light.CANNOT_TELL, "brief.goals.hidden"
    )
    return replace(bare, breaks=progress.breaks, as_of=progress.as_of)


def _all_large(view: View, measure: Measure, wave: str) -> bool:
    """Whether every sector has firms enough for its own row, so that the table by sector hides none; a quick look."""
    held = view.study.tallies
    if held is None or key_of(measure) not in held["measure"].cat.categories or wave not in held["wave"].cat.categories:
        return False
    codes = {name: held[name].cat.codes.to_numpy() for name in ("measure", "wave", "sector")}
    rows = codes["measure"] == held["measure"].cat.categories.get_loc(key_of(measure))
    rows &= codes["wave"] == held["wave"].cat.categories.get_loc(wave)
    firms = np.bincount(codes["sector"][rows], held["n"].to_numpy()[rows])
    return bool((firms[firms > 0] >= Policy().hide_below).all())


def _rows(view: View, progress: Sequence[GoalProgress], cells: Sequence[Cell | None]) -> list[Row]:
    found = zip(progress, cells, strict=True)
    return [Row(one.goal.id, view.texts.of(one.goal.words), (cell,)) for one, cell in found if cell is not None]


def _notes(view: View) -> tuple[str, ...]:
    """Return what a bar shows, and, where nothing leaves the screen, what a click opens."""
    bar = view.texts("wall.legend_bar")
    return (bar,) if view.door.manner is Manner.TOGETHER else (bar, view.texts("wall.legend_open"))


def _horizons(view: View, tiles: Sequence[Tile]) -> tuple[tuple[int, str], ...]:
    held = {tile.horizon for tile in tiles}
    return tuple((year, view.texts("wall.horizon", year=year)) for year in HORIZONS if year in held)


def _bands(view: View, tiles: Sequence[Tile]) -> tuple[Band, ...]:
    return tuple(_band(view, layer, list(inside)) for layer, inside in groupby(tiles, key=lambda tile: tile.layer))


def _band(view: View, layer: str, tiles: Sequence[Tile]) -> Band:
    texts, signs = view.texts, Counter(tile.sign for tile in tiles)
    counts = tuple(Count(sign, sign_word(view, sign), signs[sign]) for sign in (*LIGHTS, *EVIDENCE) if signs[sign])
    return Band(layer, texts("wall.band", layer=texts(f"term.layer.{layer}"), n=len(tiles)), counts)


def sign_word(view: View, sign: str) -> str:
    """Return what a sign means in a word."""
    return view.texts(f"term.light.{sign}" if sign in LIGHTS else f"wall.state.{sign}")


def _legend(view: View) -> tuple[tuple[str, str], ...]:
    texts = view.texts
    said = {"on": percent(ON_TRACK), "off": percent(OFF_TRACK)}
    lights = [(light, texts(f"wall.legend.{light}", word=sign_word(view, light), **said)) for light in LIGHTS]
    return (*lights, *((sign, sign_word(view, sign)) for sign in EVIDENCE))


def _provenance(view: View, progress: Sequence[GoalProgress]) -> Provenance:
    texts = view.texts
    note = texts("wall.note_part") if filters_of(view) else ""
    seen = [one for one in progress if one.measure is not None and one.latest is not None and one.latest.wave]
    if not seen:
        synthetic = view.study.synthetic
        return Provenance(texts("wall.value"), "", "", "", "", "", texts("wall.source"), note, synthetic)
    measure, latest = headline(tuple(seen))
    return measure_provenance(view, measure, view.study.wave(latest.wave), latest.n, ("", note))
