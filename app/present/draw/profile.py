"""PROFILE: a row a sector with shaded scores, its class, its share with interval, and the ranks it may have."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.drawing import Box, Dot, Label, Mark, Path, Shape
from app.domain.figure import Figure, Said
from app.domain.numbers import HIDDEN_SIGN, interval
from app.domain.release import Cell, CellStatus, Row
from app.present.draw.axis import ShareAxis, share_axis, tick_text
from app.present.draw.levels import row_label
from app.present.draw.style import (
    Rect,
    Style,
    block,
    centred,
    label_column,
    lines_height,
    mark_of,
    mix,
    n_text,
    note_label,
    readable_on,
    row_height,
    rule,
    value_text,
)
from app.present.draw.text import ASCENT, balanced, shorten, text_width
from app.present.wording import chance_text

HEAD_LINES = 4
LABELS = 0.66  # of the page, of which labels may take their usual part where they must break
COMFORT = 3.3  # sizes of type that a score's column takes before any label has to break
SMALLER = 0.78  # of the size of notes, for Latin heads of narrow columns
BARS = 0.3  # of what scores and bars share
THICKEST = 4.6
TALLEST = 9.0
SIGN = "◇"  # cannot tell


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the columns stand: left edge and width by column, the labels' lines, the axis of the shares."""

    left: tuple[float, ...]
    width: tuple[float, ...]
    label: float
    labels: tuple[tuple[str, ...], ...]
    axis: ShareAxis
    names: bool  # whether classes are named or only coded


class ProfileBody:
    """One line a sector: from what it scores to what may be said of its rank."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return the heads, a row a sector, and the axis of the shares."""
        grid = self._grid(figure, style, Rect(0, 0, width, 0))
        height = max(row_height(style, grid.labels), style.body * 1.7)
        return self._head(figure, style, grid) + height * len(grid.labels) + self._foot(style)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return heads, rows and axis."""
        grid = self._grid(figure, style, area)
        head, rows = self._head(figure, style, grid), figure.table.rows
        room = (area.height - head - self._foot(style)) / max(len(rows), 1)
        pitch = min(room, max(TALLEST * style.scale, row_height(style, grid.labels)))
        shapes = self._heads(figure, style, grid, area.y + head)
        base = area.y + head - style.pad * 0.5 - style.note * (1 - ASCENT)
        shapes.append(note_label(style, area.right, base, style.texts("figure.draw.n"), "end"))
        top = area.y + head
        plot = Rect(0, top, 0, pitch * len(rows))
        shapes += self._axis(figure, style, grid, plot)
        said = {found.row: found for found in figure.said}
        for place, row in enumerate(rows):
            box = Rect(area.x, top + pitch * place, area.width, pitch)
            shapes += row_label(style, figure, row, grid.labels[place], (area.x + grid.label, box.y + pitch / 2))
            for column, role in enumerate(figure.roles):
                at = Rect(grid.left[column], box.y, grid.width[column], pitch)
                shapes += _PAINTERS[role](_Spot(figure, style, row, column, said.get(row.key), at, grid))
            if row.key and row.key == figure.table.total and place + 1 < len(rows):
                shapes.append(rule(area.x, box.bottom, area.right, box.bottom, style.palette.neutral, 0.25))
            shapes += centred(
                style, (n_text(row),), Label(area.right, box.y + pitch / 2, "", style.note, style.palette.muted, "end")
            )
        return shapes

    def keys(self, figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return what the thin line means, and the figure's own keys."""
        share = [row.cells[figure.roles.index("share")] for row in figure.table.rows]
        first = (style.texts("figure.draw.interval_key"),) if any(cell.low is not None for cell in share) else ()
        return (*first, *figure.keys)

    def _grid(self, figure: Figure, style: Style, area: Rect) -> Grid:
        """Give the scores what the words leave; on a narrow page labels break first, then classes are coded, not named."""
        texts = [style.texts("figure.draw.n"), *(n_text(row) for row in figure.table.rows)]
        firms = max(text_width(text, style.note) for text in texts)
        scores, least = figure.roles.count("score"), text_width("100", style.body) + style.pad * 0.3
        share = [row.cells[figure.roles.index("share")] for row in figure.table.rows]
        for part, names in ((1.0, True), (LABELS, True), (LABELS, False)):
            label, labels = label_column(style, figure.table.rows, area.width * part)
            fixed = {
                "class": _class_width(figure, style, names) + style.pad * 2,
                "rank": _rank_width(figure, style) + style.pad * 2,
            }
            used = sum(fixed[role] for role in figure.roles if role in fixed)
            left = area.width - label - firms - used - style.pad * 3
            bars = max(left * BARS, text_width("100%", style.body) * 4) if scores else left
            if not scores or (left - bars) / scores >= (COMFORT * style.body if part == 1.0 else least):
                break
        cell = (left - bars) / scores if scores else 0.0
        if cell < least:  # a page for which scores are too much: the share takes their room
            cell, bars = 0.0, left
        widths = [cell if role == "score" else bars if role == "share" else fixed[role] for role in figure.roles]
        lefts = [area.x + label + style.pad + sum(widths[:place]) for place in range(len(widths))]
        return Grid(tuple(lefts), tuple(widths), label, labels, share_axis(share), names)

    def _head(self, figure: Figure, style: Style, grid: Grid) -> float:
        most = max(len(lines) for lines, _ in self._titles(figure, style, grid))
        return lines_height(style, max(most, 1), style.note) + style.pad

    def _foot(self, style: Style) -> float:
        return style.line(style.note) + style.pad * 0.4

    def _titles(self, figure: Figure, style: Style, grid: Grid) -> list[tuple[tuple[str, ...], float]]:
        """Return the lines and size of each head; a long word is hyphenated rather than torn."""
        titles: list[tuple[tuple[str, ...], float]] = []
        for name, width in zip(figure.table.columns, grid.width, strict=True):
            size = style.note * (SMALLER if name.isascii() and width < style.note * 8 else 1.0)
            if not width:
                titles.append(((), size))
                continue
            words = " ".join(hyphenated(word, width * 0.96, size) for word in name.split(" "))
            titles.append((balanced(words, width * 0.96, size, HEAD_LINES), size))
        return titles

    def _heads(self, figure: Figure, style: Style, grid: Grid, bottom: float) -> list[Shape]:
        shapes: list[Shape] = []
        for place, (lines, size) in enumerate(self._titles(figure, style, grid)):
            top = bottom - style.pad * 0.5 - lines_height(style, len(lines), size)
            role, left, width = figure.roles[place], grid.left[place], grid.width[place]
            x, anchor = (left + width / 2, "middle") if role == "score" else (left + style.pad, "start")
            shapes += block(style, lines, Label(x, top, "", size, style.palette.muted, anchor))  # type: ignore[arg-type]
        return shapes

    def _axis(self, figure: Figure, style: Style, grid: Grid, plot: Rect) -> list[Shape]:
        place = figure.roles.index("share")
        bar = _bar_room(style, grid, place)
        shapes: list[Shape] = []
        base = plot.bottom + style.pad * 0.3 + style.note * ASCENT
        ends = (grid.axis.ticks[0], grid.axis.ticks[-1])
        for tick in grid.axis.ticks:
            x = bar.x + bar.width * grid.axis.part(tick)
            shapes.append(rule(x, plot.y, x, plot.bottom, style.palette.neutral if tick == 0 else style.palette.hairline))
            if tick in ends:
                shapes.append(Label(x, base, tick_text(tick), style.note, style.palette.muted, "middle"))
        total = next((row.cells[place] for row in figure.table.rows if row.key == figure.table.total and row.key), None)
        if total is not None and total.value is not None:
            x = bar.x + bar.width * grid.axis.part(total.value)
            shapes.append(Path(((x, plot.y), (x, plot.bottom)), stroke=style.palette.reference, line=0.35, dash=(1.2, 1.0)))
        return shapes


@dataclass(frozen=True, slots=True)
class _Spot:
    """One cell to paint: its row, column, what is said of the row, and its box."""

    figure: Figure
    style: Style
    row: Row
    column: int
    said: Said | None
    box: Rect
    grid: Grid

    @property
    def cell(self) -> Cell:
        return self.row.cells[self.column]

    @property
    def middle(self) -> float:
        return self.box.y + self.box.height / 2

    def mark(self) -> Mark:
        return mark_of(self.style.texts, self.row, self.figure.table.columns, self.column)


def hyphenated(word: str, width: float, size: float) -> str:
    """Return a Latin word too wide for its column in parts that fit, each but the last ending in a hyphen."""
    if not word.isascii() or text_width(word, size) <= width or len(word) < 5:
        return word
    most = max(3, int(len(word) * (width - text_width("-", size)) / text_width(word, size)))
    halves = max(2, -(-len(word) // most))
    step = -(-len(word) // halves)
    parts = [word[start : start + step] for start in range(0, len(word), step)]
    return "- ".join(parts)


def _class_width(figure: Figure, style: Style, names: bool) -> float:
    shown = [_class_text(found, names) for found in figure.said]
    chance = text_width(">99%", style.note) + style.pad * 1.5  # half a pad more, so that rounding cuts nothing
    return max((text_width(text, style.body) for text in shown), default=0.0) + style.body * 1.2 + chance


def _class_text(found: Said, names: bool) -> str:
    """Return the class in words, or its code alone; of what cannot be told the levels it may be, beside the sign."""
    if names:
        return found.text
    parts = found.text.split(" ")
    return parts[0] if found.level >= 0 else parts[-1] if "/" in parts[-1] else ""


def _rank_width(figure: Figure, style: Style) -> float:
    places = [place for place, role in enumerate(figure.roles) if role == "rank"]
    texts = [_rank_text(row.cells[place]) for place in places for row in figure.table.rows]
    heads = [word for place in places for word in (figure.table.columns[place][:4],)]
    return max((text_width(text, style.body) for text in (*texts, *heads)), default=0.0)


def _rank_text(cell: Cell) -> str:
    if cell.status is CellStatus.HIDDEN:
        return HIDDEN_SIGN
    if cell.value is None:
        return ""
    return interval(cell.low, cell.high, "rank") if cell.low != cell.high else f"{cell.value:.0f}"


def _bar_room(style: Style, grid: Grid, place: int) -> Rect:
    """Return the room of the bars: their column less the values at its right."""
    value = text_width("100%†", style.body) + style.pad
    width = max(grid.width[place] - value - 2 * style.pad, style.note)
    return Rect(grid.left[place] + style.pad, 0, width, 0)


def _score(spot: _Spot) -> list[Shape]:
    if not spot.box.width:
        return []
    cell, style, box = spot.cell, spot.style, spot.box
    palette, mark = style.palette, spot.mark()
    small = cell.status is CellStatus.SMALL
    shade = mix(palette.heat[0], palette.heat[1], (cell.value or 0.0) / 100)
    fill = palette.surface if small or cell.value is None else shade
    stroke = shade if small else palette.surface
    inset = 0.35 if small else 0.0
    at = Box(box.x + inset, box.y + inset, box.width - 2 * inset, box.height - 2 * inset, fill, stroke, 0.5, mark=mark)
    ink = palette.muted if cell.value is None else readable_on(fill)
    label = Label(box.x + box.width / 2, spot.middle, "", style.body, ink, "middle", mark=mark)
    return [at, *centred(style, (value_text(cell).rstrip("†"),), label)]  # the hollow box says it already


def _class(spot: _Spot) -> list[Shape]:
    """Return the swatch of the level, its words, and how likely it is."""
    cell, style, box, said = spot.cell, spot.style, spot.box, spot.said
    palette = style.palette
    if cell.status is CellStatus.HIDDEN or said is None:
        sign = HIDDEN_SIGN if cell.status is CellStatus.HIDDEN else "—"
        mark = spot.mark()
        return list(centred(style, (sign,), Label(box.x + style.pad, spot.middle, "", style.body, palette.muted, mark=mark)))
    mark = Mark(cell.evidence, said.sentence)
    side, x = style.body * 0.78, box.x + style.pad
    shapes: list[Shape] = []
    if said.level >= 0:
        fill = palette.levels[said.level % len(palette.levels)]
        shapes.append(Box(x, spot.middle - side / 2, side, side, fill, palette.neutral, 0.15, radius=0.4, mark=mark))
    else:
        shapes += centred(style, (SIGN,), Label(x, spot.middle, "", style.body, palette.cannot_tell, mark=mark))
    chance = chance_text(cell.value) if cell.value is not None and said.level >= 0 else ""
    taken = text_width(chance, style.note) + style.pad if chance else 0.0
    room = box.right - style.pad - taken - x - style.body * 1.2
    words = shorten(_class_text(said, spot.grid.names), max(room, style.body), style.body)
    ink = palette.text if said.level >= 0 else palette.muted
    shapes += centred(style, (words,), Label(x + style.body * 1.2, spot.middle, "", style.body, ink, mark=mark))
    right = Label(box.right - style.pad, spot.middle, "", style.note, palette.muted, "end", mark=mark)
    return [*shapes, *(centred(style, (chance,), right) if chance else [])]


def _share(spot: _Spot) -> list[Shape]:
    """Return the bar from zero, its interval and mark, and the value at the right."""
    cell, style, palette, mark = spot.cell, spot.style, spot.style.palette, spot.mark()
    bar, y = _bar_room(style, spot.grid, spot.column), spot.middle
    shapes: list[Shape] = []
    if cell.value is not None:
        thick = min(spot.box.height * 0.5, THICKEST)
        x = bar.x + bar.width * spot.grid.axis.part(cell.value)
        small, lit = cell.status is CellStatus.SMALL, spot.row.key in (spot.figure.table.total, spot.figure.chosen)
        fill = palette.surface if small else palette.selection if lit and spot.row.key else palette.accent_soft
        hatched = spot.said is not None and spot.said.imputed
        width = max(x - bar.x, 0.0)
        stroke = palette.accent if small else ""
        shapes.append(Box(bar.x, y - thick / 2, width, thick, fill, stroke, 0.25, hatched, mark=mark))
        if cell.low is not None and cell.high is not None:
            ends = tuple((bar.x + bar.width * spot.grid.axis.part(bound), y) for bound in (cell.low, cell.high))
            shapes.append(Path(ends, stroke=palette.muted, line=0.35, mark=mark))
        inside = palette.surface if small else palette.accent
        shapes.append(Dot(x, y, 1.0 * style.scale, inside, palette.accent, 0.35, mark))
    ink = palette.text if cell.value is not None else palette.muted
    bold = bool(spot.row.key) and spot.row.key in (spot.figure.table.total, spot.figure.chosen)
    at = Label(spot.box.right - style.pad, y, "", style.body, ink, "end", bold, mark)
    return [*shapes, *centred(style, (value_text(cell),), at)]


def _rank(spot: _Spot) -> list[Shape]:
    text, style, cell = _rank_text(spot.cell), spot.style, spot.cell
    if not text:
        return []
    ranks = interval(cell.low, cell.high, "rank")
    key = "figure.profile.rank_sentence" if cell.value is not None else "figure.draw.hidden_sentence"
    words = style.texts(key, row=spot.row.label, column=spot.figure.table.columns[spot.column], ranks=ranks)
    mark = Mark(cell.evidence, words)
    ink = style.palette.text if cell.value is not None else style.palette.muted
    label = Label(spot.box.x + style.pad, spot.middle, "", style.body, ink, mark=mark)
    return list(centred(style, (text,), label))


_PAINTERS = {"score": _score, "class": _class, "share": _share, "rank": _rank}
