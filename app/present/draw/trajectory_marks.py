"""Lines and marks of a trajectory. A line never crosses a break, and one wave alone has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.drawing import Dot, Mark, Path, Shape
from app.domain.figure import Figure, Flag, Series, Target
from app.domain.release import CellStatus, Row
from app.present import wording
from app.present.draw.style import Style, mix, rule
from app.present.draw.trajectory_axes import Scale, value_text
from app.present.draw.trajectory_key import (
    Point,
    dash_of,
    fan_stroke,
    joined_pairs,
    path_stroke,
    reference_sign,
    square,
    upper_band,
)

GAP = 0.9  # millimetres between the two lines of a break


def line_shapes(figure: Figure, style: Style, scale: Scale, series: Series) -> list[Shape]:
    """Return the line or band of one of our own series; values before a break are never joined, nor those of volunteers."""
    if series.role in ("fan", "upper"):
        return _band(style, scale, series)
    if series.role == "path":
        return [path_stroke(style, tuple(scale.at(time, value) for time, value, _, _ in series.points))]
    if series.role == "reference":
        return []
    pairs = joined_pairs(series, figure.unit)
    return [Path((scale.at(*one[:2]), scale.at(*other[:2])), stroke=style.palette.accent, line=0.6) for one, other in pairs]


def _band(style: Style, scale: Scale, series: Series) -> list[Shape]:
    upper = [scale.at(time, high if high is not None else value) for time, value, _, high in series.points]
    lower = [scale.at(time, low if low is not None else value) for time, value, low, _ in series.points]
    around = (*upper, *reversed(lower))
    if series.role == "upper":
        return [upper_band(style, around)]
    middle = tuple(scale.at(time, value) for time, value, _, _ in series.points)
    return [Path(around, fill=style.palette.accent, opacity=0.14, closed=True), fan_stroke(style, middle)]


def reference_shapes(figure: Figure, style: Style, scale: Scale) -> list[Shape]:
    """Return the series from elsewhere: thin dashed lines, apart where they were asked otherwise; arrows on lower bounds."""
    shapes: list[Shape] = []
    for series in figure.series:
        if series.role != "reference":
            continue
        dash, colour = dash_of(figure, series), style.palette.neutral
        for one, other in joined_pairs(series):
            shapes.append(Path((scale.at(*one[:2]), scale.at(*other[:2])), stroke=colour, line=0.35, dash=dash))
        for point in series.points:
            shapes += _reference_mark(figure, style, scale, (series, point))
    return shapes


def _reference_mark(figure: Figure, style: Style, scale: Scale, told: tuple[Series, Point]) -> list[Shape]:
    series, (time, value, _, _) = told
    x, y = scale.at(time, value)
    said = value_text(style.texts, figure, value)
    said = style.texts("figure.draw.more_than", value=said) if series.bound else said
    year = int(time - 1e-6)
    mark = Mark("", style.texts("figure.draw.reference_sentence", year=year, value=said, sentence=series.sentence))
    return reference_sign(style, (x, y), series.bound, mark)


def flag_lines(style: Style, scale: Scale, flags: Sequence[Flag]) -> list[Shape]:
    """Return a double line where the series breaks, and a dotted one with a ring where a goal gives no number."""
    shapes: list[Shape] = []
    plot, palette = scale.plot, style.palette
    for flag in flags:
        x, mark = scale.x(flag.time), Mark(flag.evidence, flag.sentence)
        if flag.kind == "break":
            white = ((x - GAP, plot.y), (x + GAP, plot.y), (x + GAP, plot.bottom), (x - GAP, plot.bottom))
            shapes.append(Path(white, fill=palette.surface, closed=True, mark=mark))
            shapes += [rule(at, plot.y, at, plot.bottom, palette.muted, 0.3) for at in (x - GAP / 2, x + GAP / 2)]
            continue
        faint = mix(palette.surface, palette.reference, 0.7)
        shapes.append(Path(((x, plot.y), (x, plot.bottom)), stroke=faint, line=0.3, dash=(0.5, 1.0)))
        shapes.append(Dot(x, plot.y, 1.2 * style.scale, palette.surface, palette.reference, 0.4, mark))
    return shapes


def target_shapes(style: Style, scale: Scale, targets: Sequence[Target]) -> list[Shape]:
    """Return a diamond a target; the goal's own is filled."""
    shapes: list[Shape] = []
    for target in targets:
        x, y = scale.at(target.time, target.value)
        r = (1.8 if target.own else 1.5) * style.scale
        corners = ((x, y - r), (x + r, y), (x, y + r), (x - r, y))
        fill = style.palette.reference if target.own else style.palette.surface
        mark = Mark(target.evidence, target.label)
        shapes.append(Path(corners, stroke=style.palette.reference, line=0.4, fill=fill, closed=True, mark=mark))
    return shapes


def observation_shapes(figure: Figure, style: Style, scale: Scale) -> list[Shape]:
    """Return interval and sign of each value: a dot, hollow below ten firms; a square before the last break."""
    shapes: list[Shape] = []
    for series, row, (time, value, low, high) in seen(figure):
        x, y = scale.at(time, value)
        mark = observed_mark(figure, style, row)
        before = series.role == "earlier"
        if low is not None and high is not None:
            ends = (scale.at(time, low), scale.at(time, high))
            shapes.append(Path(ends, stroke=style.palette.muted if before else style.palette.text, line=0.35, mark=mark))
        if before:
            shapes.append(square(style, (x, y), mark))
            continue
        hollow = row.cells[0].status is CellStatus.SMALL
        fill = style.palette.surface if hollow else style.palette.accent
        shapes.append(Dot(x, y, 1.3 * style.scale, fill, style.palette.accent, 0.4, mark))
    return shapes


def seen(figure: Figure) -> Iterator[tuple[Series, Row, Point]]:
    """Yield each value that is drawn with its series and its row of the table, oldest first."""
    rows = iter([row for row in figure.table.rows if row.cells[0].value is not None])
    for series in figure.series:
        if series.role in ("earlier", "observed"):
            yield from ((series, row, point) for point, row in zip(series.points, rows, strict=False))


def observed_mark(figure: Figure, style: Style, row: Row) -> Mark:
    """Return the mark of an observed value."""
    cell = row.cells[0]
    if figure.unit != "fraction":
        value = f"{value_text(style.texts, figure, cell.value or 0.0)}{figure.unit_word}"
        return Mark(cell.evidence, style.texts("figure.draw.reported_sentence", time=row.label, value=value))
    words = wording.cell_words(style.texts, cell)
    return Mark(cell.evidence, style.texts("figure.draw.observed_sentence", time=row.label, value=words, n=f"{cell.n or 0:,}"))
