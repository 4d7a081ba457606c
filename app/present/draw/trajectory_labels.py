"""Labels of a trajectory, each where it meets nothing: breaks, the goal's own target and the newest value come first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.drawing import Anchor, Label, Mark, Shape
from app.domain.figure import Figure, Flag, Target
from app.present.draw.place import Placer, inside, overlap
from app.present.draw.style import Rect, Style, block, lines_height
from app.present.draw.text import balanced, text_width
from app.present.draw.trajectory_axes import Scale, value_text
from app.present.draw.trajectory_key import ARROW, letters_of
from app.present.draw.trajectory_marks import observed_mark, seen

WIDTHS = (46.0, 34.0, 26.0)  # millimetres that the lines of one label may take, first choice first
MOST_LINES = 3
FLAG_WIDTH, FLAG_LINES = 44.0, 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label looking for its place: the point it belongs to, its words, how it looks, how far it keeps from its mark.

    `near`: it stands close by or nowhere, for further off it would be taken for another's. `above` and `below`: how far its mark
    reaches, an interval or an arrow.
    """

    point: tuple[float, float]
    text: str
    look: Label
    gap: float
    near: bool = False
    above: float = 0.0
    below: float = 0.0


def label_shapes(figure: Figure, style: Style, scale: Scale) -> list[Shape]:
    """Return the labels that find room; one without is left to the hover and to the table."""
    placer = Placer(scale.plot)
    _keep_off(figure, style, scale, placer)
    shapes: list[Shape] = []
    for flag in figure.flags:
        shapes += _flag_label(style, scale, placer, flag)
    for wanted in _wanted(figure, style, scale):
        shapes += place_block(style, placer, wanted)
    return shapes


def _wanted(figure: Figure, style: Style, scale: Scale) -> list[Wanted]:
    """Return labels in the order in which they choose their place."""
    own = [_target_label(style, scale, target) for target in figure.targets if target.own]
    rest = [_target_label(style, scale, target) for target in figure.targets if not target.own]
    values = []
    for series, row, (time, value, low, high) in seen(figure):
        before, y = series.role == "earlier", scale.at(time, value)[1]
        reach = [abs(scale.at(time, bound)[1] - y) for bound in (high, low) if bound is not None] or [0.0, 0.0]
        colour = style.palette.muted if before else style.palette.accent
        look = Label(0, 0, "", style.body, colour, bold=not before, mark=observed_mark(figure, style, row))
        text = value_text(style.texts, figure, value)
        values.append(Wanted(scale.at(time, value), text, look, 2.2 * style.scale, True, *reach))
    newest = [replace(each, near=False) for each in values[-1:]]  # it is the figure's finding, and found wherever it stands
    older = values[-2::-1]
    return [*newest, *own, *rest, *_letters(figure, style, scale), *older]


def _letters(figure: Figure, style: Style, scale: Scale) -> list[Wanted]:
    letters = letters_of(figure)
    found = []
    for series in figure.series:
        if series.role == "reference" and series.points:
            time, value, _, _ = series.points[-1]
            look = Label(0, 0, "", style.note, style.palette.muted, bold=True, mark=Mark("", series.sentence))
            arrow = ARROW * style.scale if series.bound else 0.0
            found.append(Wanted(scale.at(time, value), letters[series.id], look, 1.2 * style.scale, True, arrow))
    return found


def _target_label(style: Style, scale: Scale, target: Target) -> Wanted:
    look = Label(0, 0, "", style.note, style.palette.text, bold=target.own, mark=Mark(target.evidence, target.label))
    return Wanted(scale.at(target.time, target.value), target.label, look, 2.6 * style.scale)


def _keep_off(figure: Figure, style: Style, scale: Scale, placer: Placer) -> None:
    """Keep labels off everything drawn but bands, which may lie under a text."""
    thin = 0.4 * style.scale
    for series in figure.series:
        for time, value, low, high in series.points:
            if series.bound:
                x, y = scale.at(time, value)
                placer.line([(x, y), (x, y - ARROW * style.scale)], thin)
            placer.block(scale.at(time, value), (0.9 if series.role == "reference" else 1.4) * style.scale)
            if series.role in ("observed", "earlier") and low is not None and high is not None:
                placer.line([scale.at(time, low), scale.at(time, high)], thin)
        if series.role not in ("earlier", "upper"):
            placer.line([scale.at(time, value) for time, value, _, _ in series.points], thin)
    for target in figure.targets:
        placer.block(scale.at(target.time, target.value), 1.9 * style.scale)
    for flag in figure.flags:
        x = scale.x(flag.time)
        placer.line([(x, scale.plot.y), (x, scale.plot.bottom)], 0.7 * style.scale)


def _flag_label(style: Style, scale: Scale, placer: Placer, flag: Flag) -> list[Label]:
    """Return a flag's words at the top of the plot, beside its line: to the right where there is room, else to the left."""
    colour = style.palette.text if flag.kind == "break" else style.palette.reference
    width, plot = FLAG_WIDTH * style.scale, scale.plot
    x, gap = scale.x(flag.time), 1.6 * style.scale
    mark = Mark(flag.evidence, flag.sentence)
    sides: tuple[Anchor, ...] = ("start", "end") if flag.kind == "break" else ("end", "start")
    for top in range(5):
        for anchor in sides:
            room = plot.right - x - gap if anchor == "start" else x - gap - plot.x
            if room < style.note * 5:
                continue
            lines = balanced(flag.label, min(width, room), style.note, FLAG_LINES)
            y = plot.y + style.pad * 0.4 + top * style.line(style.note)
            at = Label(x + (gap if anchor == "start" else -gap), y, "", style.note, colour, anchor, mark=mark)
            box = _box(style, lines, at)
            if inside(box, plot) and not any(overlap(box, other) for other in placer.taken):
                placer.taken.append(box)
                return [shape for shape in block(style, lines, at) if isinstance(shape, Label)]
    return []


def place_block(style: Style, placer: Placer, wanted: Wanted) -> list[Label]:
    """Return the lines of a label at the first free place around its point: beside, above, below, then further off."""
    for width in WIDTHS:
        lines = balanced(wanted.text, width * style.scale, wanted.look.size, 0, wanted.look.bold)
        if len(lines) > MOST_LINES:
            continue
        for at in _spots(style, lines, wanted):
            box = _box(style, lines, at)
            if inside(box, placer.area) and not any(overlap(box, other) for other in placer.taken):
                placer.taken.append(box)
                return [shape for shape in block(style, lines, at) if isinstance(shape, Label)]
    return []


def _spots(style: Style, lines: Sequence[str], wanted: Wanted) -> list[Label]:
    """Return where the first line's box may begin, nearest first."""
    x, y = wanted.point
    look, gap = wanted.look, wanted.gap
    height, line = lines_height(style, len(lines), look.size), style.line(look.size)
    spots: list[tuple[float, float, Anchor]] = []
    for step in (0.0,) if wanted.near else (0.0, 1.0, -1.0, 2.0, -2.0, 3.0):
        shift = step * line * 0.8
        spots += [(x + gap, y - height / 2 - shift, "start"), (x - gap, y - height / 2 - shift, "end")]
        if step >= 0:
            up, down = y - max(gap, wanted.above + gap * 0.4) - height, y + max(gap, wanted.below + gap * 0.4)
            spots += [(x, up - shift, "middle"), (x, down + shift, "middle")]
    if wanted.near:
        aside, up, down = gap * 0.6, y - gap * 0.5 - height, y + gap * 0.5
        spots += [(x - aside, up, "end"), (x + aside, down, "start"), (x + aside, up, "start"), (x - aside, down, "end")]
    return [Label(sx, sy, "", look.size, look.colour, anchor, look.bold, look.mark) for sx, sy, anchor in spots]


def _box(style: Style, lines: Sequence[str], at: Label) -> Rect:
    width = max(text_width(line, at.size, at.bold) for line in lines)
    left = {"start": at.x, "middle": at.x - width / 2, "end": at.x - width}[at.anchor]
    return Rect(left, at.y, width, lines_height(style, len(lines), at.size))
