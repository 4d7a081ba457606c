"""WALL: every goal on one page: a column a deadline, a band a layer; measured goals as cards, the rest as lines by document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.drawing import Label, Shape
from app.domain.figure import Figure
from app.domain.wall import Band, Tile, Wall
from app.present.draw.signs import sign_shapes
from app.present.draw.style import Rect, Style, lines_height, note_label, rule
from app.present.draw.text import ASCENT, text_width, wrap
from app.present.draw.wall_tile import Laid, card, listed, moved, px

LEAST, SPACE = 244, 10  # pixels of a tile's width and between tiles, at the window's type size


@dataclass(frozen=True, slots=True)
class Place:
    """The cards of one deadline in one band, each laid out at the origin; `stacks` where they stand on 1, 2 … strips."""

    band: Band
    year: int
    cards: tuple[Laid, ...]
    stacks: tuple[Stack, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Places beside each other, of one band or of several, the strips each takes, and how high the row is below its heads.

    `continued`: the row above shows the same band, whose name is not said again.
    """

    places: tuple[Place, ...]
    strips: tuple[int, ...]
    height: float
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Strips:
    """How many strips of tiles stand beside each other, and how wide each is."""

    count: int
    width: float


@dataclass(frozen=True, slots=True)
class Stack:
    """Cards set one after the other into the lowest of some strips: (strip, offset) of each, and how high the highest became."""

    places: tuple[tuple[int, float], ...]
    height: float


class WallBody:
    """Legend first, then a band a layer; short bands share a row, and where a band is too wide it goes on below."""

    def begun(self, figure: Figure, style: Style, width: float) -> LaidWall:
        """Return the wall laid out for a width."""
        return LaidWall(figure, style, width)

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return the height of legend and rows."""
        return self.begun(figure, style, width).least_height(figure, style, width)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return everything."""
        return self.begun(figure, style, area.width).shapes(figure, style, area)

    def keys(self, _figure: Figure, _style: Style) -> tuple[str, ...]:
        """Return nothing: the legend stands above."""
        return ()


class LaidWall:
    """A wall whose rows are known."""

    def __init__(self, figure: Figure, style: Style, width: float) -> None:
        self._wall, self._strips = _wall(figure), _strips(style, width)
        self._rows = _rows(style, self._wall, self._strips)

    def least_height(self, _figure: Figure, style: Style, width: float) -> float:
        """Return the height of legend and rows."""
        return _legend(style, self._wall, Rect(0, 0, width, 0))[1] + sum(_row_height(style, row) for row in self._rows)

    def shapes(self, _figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return everything."""
        shapes, used = _legend(style, self._wall, area)
        titles, y = dict(self._wall.horizons), area.y + used
        for row in self._rows:
            shapes += _row_shapes(style, row, titles, self._strips, (area.x, y))
            y += _row_height(style, row)
        return shapes

    def keys(self, _figure: Figure, _style: Style) -> tuple[str, ...]:
        """Return nothing: the legend stands above."""
        return ()


def _wall(figure: Figure) -> Wall:
    if figure.wall is None:
        raise ValueError(figure.id)
    return figure.wall


def _strips(style: Style, width: float) -> Strips:
    space = px(style, SPACE)
    count = max(1, int((width + space) / (px(style, LEAST) + space)))
    return Strips(count, (width - (count - 1) * space) / count)


def _cards(style: Style, tiles: Sequence[Tile], width: float) -> tuple[Laid, ...]:
    """Return the cards of one place: measured goals first, each by itself, then the lists of documents in their order."""
    lists: dict[str, list[Tile]] = {}
    for tile in tiles:
        if not tile.measured:
            lists.setdefault(tile.document.text, []).append(tile)
    cards = [card(style, tile, width) for tile in tiles if tile.measured]
    return (*cards, *(listed(style, of_document, width) for of_document in lists.values()))


def _rows(style: Style, wall: Wall, strips: Strips) -> list[Row]:
    """Return the rows of the wall, lowest altogether: each holds one band, or the next ones too where their deadlines fit."""
    bands = [_places(style, wall, band, strips) for band in wall.bands]
    best: list[tuple[float, list[Row]]] = [(0.0, [])]  # of the bands from the last one on
    for first in reversed(range(len(bands))):
        tried = []
        for last in range(first, len(bands)):
            together = [place for band in bands[first : last + 1] for place in band]
            if last > first and len(together) > strips.count:
                break
            parts = [together[start : start + strips.count] for start in range(0, len(together), strips.count)]
            rows = [_shared(part, strips, place > 0) for place, part in enumerate(parts)]
            below, later = best[len(bands) - last - 1]
            tried.append((sum(_row_height(style, row) for row in rows) + below, [*rows, *later]))
        best.append(min(tried, key=lambda each: each[0]))
    return best[-1][1]


def _places(style: Style, wall: Wall, band: Band, strips: Strips) -> list[Place]:
    found = []
    for year, _ in wall.horizons:
        tiles = [tile for tile in wall.tiles if (tile.layer, tile.horizon) == (band.layer, year)]
        if tiles:
            cards = _cards(style, tiles, strips.width)
            stacks = tuple(_stack(style, cards, n) for n in range(1, strips.count + 1))
            found.append(Place(band, year, cards, stacks))
    return found


def _shared(places: Sequence[Place], strips: Strips, continued: bool) -> Row:
    """Give each place a strip, and every further strip to the one that makes the row lowest."""

    crowds = [place.stacks[0].height for place in places]

    def height(shares: Sequence[int]) -> float:
        return max(place.stacks[n - 1].height for place, n in zip(places, shares, strict=True))

    def crowd(shares: Sequence[int]) -> float:
        """Of shares that make a row equally low, the better one gives its strip to the fullest place."""
        return sum(n * full for full, n in zip(crowds, shares, strict=True))

    best = [1] * len(places)
    for _ in range(strips.count - len(places)):
        tried = [[n + (place == wider) for place, n in enumerate(best)] for wider in range(len(places))]
        best = min(tried, key=lambda shares: (height(shares), -crowd(shares)))
    return Row(tuple(places), tuple(best), height(best), continued)


def _stack(style: Style, cards: Sequence[Laid], strips: int) -> Stack:
    tops, space = [0.0] * strips, px(style, SPACE)
    places = []
    for laid in cards:
        strip = tops.index(min(tops))
        places.append((strip, tops[strip]))
        tops[strip] += laid.height + space
    return Stack(tuple(places), max(tops))


def _row_height(style: Style, row: Row) -> float:
    return (0.0 if row.continued else _band_head(style)) + _year_head(style) + row.height


def _year_head(style: Style) -> float:
    return style.line(style.note) + px(style, 5)


def _band_head(style: Style) -> float:
    return style.line(style.title) + px(style, 3)


def _row_shapes(style: Style, row: Row, titles: dict[int, str], strips: Strips, at: tuple[float, float]) -> list[Shape]:
    """Return the bands of a row with their deadlines and cards, from `at` on."""
    shapes: list[Shape] = []
    x, y = at
    pitch, titled = strips.width + px(style, SPACE), row.places[0].band.layer if row.continued else ""
    down = y if row.continued else y + _band_head(style)
    for place, count in zip(row.places, row.strips, strict=True):
        if place.band.layer != titled:
            titled = place.band.layer
            own = sum(n for other, n in zip(row.places, row.strips, strict=True) if other.band.layer == titled)
            shapes += _band_title(style, place.band, Rect(x, y, own * pitch - px(style, SPACE), 0))
        shapes += _place_shapes(style, place, (titles[place.year], count), strips, (x, down))
        x += count * pitch
    return shapes


def _place_shapes(style: Style, place: Place, head: tuple[str, int], strips: Strips, at: tuple[float, float]) -> list[Shape]:
    """Return one deadline: its head (words, strips) with a line below, then its cards."""
    (x, y), (title, count), pitch = at, head, strips.width + px(style, SPACE)
    under = y + style.line(style.note)
    shapes: list[Shape] = [
        Label(x, y + style.note * ASCENT, title, style.note, style.palette.muted, bold=True),
        rule(x, under, x + count * pitch - px(style, SPACE), under, style.palette.hairline),
    ]
    for laid, (strip, top) in zip(place.cards, place.stacks[count - 1].places, strict=True):
        shapes += [moved(shape, x + strip * pitch, y + _year_head(style) + top) for shape in laid.shapes]
    return shapes


def _band_title(style: Style, band: Band, area: Rect) -> list[Shape]:
    """Return the name of a layer and, as far as there is room, how many of its goals bear each sign."""
    unit, base = px(style, 1), area.y + style.title * ASCENT
    shapes: list[Shape] = [Label(area.x, base, band.title, style.title, style.palette.text, bold=True)]
    x = area.x + text_width(band.title, style.title, bold=True) + 16 * unit
    words = [f"{count.word} {count.n}" for count in band.counts]
    if x + sum(text_width(text, style.note) + 27 * unit for text in words) > area.right + 12 * unit:
        words = [str(count.n) for count in band.counts]
    for count, text in zip(band.counts, words, strict=True):
        shapes += sign_shapes(style.palette, count.sign, Rect(x, base - 10 * unit, 11 * unit, 11 * unit))
        shapes.append(note_label(style, x + 15 * unit, base, text))
        x += text_width(text, style.note) + 27 * unit
    return shapes


def _legend(style: Style, wall: Wall, area: Rect) -> tuple[list[Shape], float]:
    """Return what the signs mean, flowing over the width, and the height it takes."""
    unit, pitch = px(style, 1), style.line(style.note) * 1.15
    shapes: list[Shape] = []
    x, y = area.x, area.y
    for sign, words in wall.legend:
        width = 15 * unit + text_width(words, style.note)
        if x > area.x and x + width > area.right:
            x, y = area.x, y + pitch
        base = y + style.note * ASCENT
        shapes += sign_shapes(style.palette, sign, Rect(x, base - 10 * unit, 11 * unit, 11 * unit))
        shapes.append(note_label(style, x + 15 * unit, base, words))
        x += width + 16 * unit
    for note in wall.notes:
        if x + text_width(note, style.note) <= area.right:
            shapes.append(note_label(style, x, y + style.note * ASCENT, note))
            x += text_width(note, style.note) + 16 * unit
            continue
        y += pitch
        lines = wrap(note, area.width, style.note)
        for place, text in enumerate(lines):
            shapes.append(note_label(style, area.x, y + style.note * ASCENT + place * style.line(style.note), text))
        x, y = area.right, y + lines_height(style, len(lines) - 1, style.note)
    return shapes, y + pitch - area.y + style.pad
