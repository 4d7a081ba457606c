"""Levels and lights can be told apart by readers who do not see red or green, and never by colour alone.

Simulation: Machado, G. M., Oliveira, M. M., Fernandes, L. A. F. (2009), "A physiologically-based model for simulation of color
vision deficiency", IEEE TVCG 15(6), severity 1.0, on linear RGB. Difference: CIEDE2000, Sharma, G., Wu, W., Dalal, E. N. (2005),
Color Research & Application 30(1), whose published pairs check it.
"""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from app.domain.drawing import Label
from app.files.resources import load_palette
from app.present.draw import draw
from app.present.draw.signs import sign_shapes
from app.present.draw.style import Rect
from app.present.figures import make_figure

MACHADO = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
}
CLEAR = 10.0  # ΔE00: seen at a glance; 1 is just noticeable side by side
NEIGHBOURS = [(theme, sight) for theme in ("light", "dark") for sight in MACHADO]


def seen(colour: str, sight: str) -> np.ndarray:
    """Return CIELAB (D65) of a colour as this reader sees it."""
    rgb = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.array(MACHADO[sight]) @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ linear
    ratio = xyz / np.array([0.95047, 1.0, 1.08883])
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Return the CIEDE2000 difference of two CIELAB colours."""
    chroma = [np.hypot(lab[1], lab[2]) for lab in (one, other)]
    mean7 = np.mean(chroma) ** 7
    g = 0.5 * (1 - np.sqrt(mean7 / (mean7 + 25.0**7)))
    a = [(1 + g) * lab[1] for lab in (one, other)]
    c = [np.hypot(x, lab[2]) for x, lab in zip(a, (one, other), strict=True)]
    h = [np.degrees(np.arctan2(lab[2], x)) % 360 for x, lab in zip(a, (one, other), strict=True)]
    turn = 0.0 if c[0] * c[1] == 0 else (h[1] - h[0] + 180) % 360 - 180
    dl, dc, dh = other[0] - one[0], c[1] - c[0], 2 * np.sqrt(c[0] * c[1]) * np.sin(np.radians(turn / 2))
    l_, c_ = (one[0] + other[0]) / 2, (c[0] + c[1]) / 2
    h_ = h[0] + h[1] if c[0] * c[1] == 0 else (h[0] + turn / 2) % 360
    t = 1 - 0.17 * np.cos(np.radians(h_ - 30)) + 0.24 * np.cos(np.radians(2 * h_))
    t += 0.32 * np.cos(np.radians(3 * h_ + 6)) - 0.20 * np.cos(np.radians(4 * h_ - 63))
    sl = 1 + 0.015 * (l_ - 50) ** 2 / np.sqrt(20 + (l_ - 50) ** 2)
    sc, sh = 1 + 0.045 * c_, 1 + 0.015 * c_ * t
    rt = -2 * np.sqrt(c_**7 / (c_**7 + 25.0**7)) * np.sin(np.radians(60 * np.exp(-(((h_ - 275) / 25) ** 2))))
    return float(np.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rt * (dc / sc) * (dh / sh)))


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ],
)
def test_that_the_difference_is_that_of_the_published_pairs(one, other, published):
    assert difference(np.array(one), np.array(other)) == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize(("theme", "sight"), NEIGHBOURS)
def test_that_neighbouring_levels_differ_at_a_glance(theme, sight):
    levels = load_palette(theme).levels
    gaps = [difference(seen(one, sight), seen(other, sight)) for one, other in pairwise(levels)]
    assert min(gaps) > CLEAR, gaps


@pytest.mark.parametrize(("theme", "sight"), NEIGHBOURS)
def test_that_the_scale_of_scores_runs_from_light_to_dark_for_everybody(theme, sight):
    low, high = (seen(colour, sight) for colour in load_palette(theme).heat)
    assert abs(low[0] - high[0]) > 40


def test_that_each_light_has_a_shape_of_its_own():
    palette, area = load_palette("light"), Rect(0, 0, 4, 4)
    forms = set()
    for sign in ("on_track", "at_risk", "off_track", "cannot_tell"):
        shape = sign_shapes(palette, sign, area)[0]
        forms.add((type(shape).__name__, len(getattr(shape, "points", ()))))
    assert len(forms) == 4


def test_that_a_wide_segment_names_its_level_beside_its_share(small, small_resources, chinese):
    drawing = draw(make_figure(small, small_resources, "levels-by-sector", chinese), load_palette("light"), 200, 90, chinese)
    words = {shape.text.split(" ")[0] for shape in drawing.shapes if isinstance(shape, Label) and shape.text.endswith("%")}
    assert {"L1", "L2", "L3"} <= words


def test_that_lines_that_rise_and_fall_differ_in_more_than_colour():
    from app.domain.figure import Figure, FigureKind, Said
    from app.domain.release import Cell, CellStatus, Provenance, ReleasedTable, Row
    from app.present.draw.slope import SlopeBody
    from app.present.draw.style import Style
    from tests.unit.present.small_study import texts

    rows = [Row(key, key, tuple(Cell(CellStatus.SHOWN, "fraction", value, n=20) for value in pair))
            for key, pair in (("A", (0.2, 0.4)), ("B", (0.5, 0.3)), ("C", (0.3, 0.3)))]  # fmt: skip
    said = tuple(Said(key, "", way, "") for key, way in (("A", 1), ("B", -1), ("C", 0)))
    table = ReleasedTable("t", ("1", "2"), tuple(rows), "", 0)
    figure = Figure("t", FigureKind.SLOPE, "t", "", table, Provenance(*[""] * 7), "t", said=said)
    shapes = SlopeBody().shapes(figure, Style(load_palette("light"), texts("zh"), 1.0), Rect(0, 0, 200, 90))
    lines = [shape for shape in shapes if getattr(shape, "mark", None) and getattr(shape, "points", ()) and shape.line >= 0.35]
    assert len({(line.dash, line.line) for line in lines}) == 3


def test_that_no_two_lights_are_told_apart_by_hue_alone():
    for theme in ("light", "dark"):
        palette = load_palette(theme)
        colours = [palette.on_track, palette.at_risk, palette.off_track, palette.cannot_tell]
        close = [
            pair for pair in combinations(colours, 2) if difference(*(seen(colour, "deuteranopia") for colour in pair)) < CLEAR
        ]
        assert len(close) <= 3  # such pairs exist; it is the shape and the word that tell
