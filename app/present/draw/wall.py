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
from app.present.draw.wall_tile import card_height, card_shapes, list_height, list_shapes, px

LEAST, SPACE = 244, 10  # pixels of a tile's width and between tiles, at the window's type size


@dataclass(frozen=True, slots=True)
class Card:
    """What stands in one frame: a measured goal, or all others of one document in one column and band."""

    tiles: tuple[Tile, ...]

    @property
    def measured(self) -> bool:
        """Whether it holds a measured goal."""
        return self.tiles[0].measured

    def height(self, style: Style, width: float) -> float:
        """Return how high it is at this width."""
        return card_height(style, self.tiles[0], width) if self.measured else list_height(style, self.tiles, width)

    def shapes(self, style: Style, area: Rect) -> list[Shape]:
        """Return what it draws."""
        return card_shapes(style, self.tiles[0], area) if self.measured else list_shapes(style, self.tiles, area)


@dataclass(frozen=True, slots=True)
class Row:
    """Deadlines of one band beside each other: of each its year and cards, the strips it takes, and how high the row is."""

    years: tuple[int, ...]
    cards: tuple[tuple[Card, ...], ...]
    strips: tuple[int, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Strips:
    """How many strips of tiles stand beside each other, and how wide each is."""

    count: int
    width: float


class WallBody:
    """Legend first, then a band a layer; where not all deadlines of a band fit beside each other they go on below."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return the height of legend and bands."""
        wall, strips = _wall(figure), _strips(style, width)
        bands = sum(
            _band_head(style) + sum(_row_height(style, row) for row in _rows(style, wall, band, strips)) for band in wall.bands
        )
        return _legend(style, wall, Rect(0, 0, width, 0))[1] + bands

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return everything."""
        wall, strips = _wall(figure), _strips(style, area.width)
        shapes, used = _legend(style, wall, area)
        titles, y = dict(wall.horizons), area.y + used
        for band in wall.bands:
            shapes += _band_title(style, band, Rect(area.x, y, area.width, 0))
            y += _band_head(style)
            for row in _rows(style, wall, band, strips):
                shapes += _row_shapes(style, row, titles, strips, (area.x, y))
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


def _cards(tiles: Sequence[Tile]) -> tuple[Card, ...]:
    """Return the cards of one place: measured goals first, then the lists of documents in their order."""
    lists: dict[str, list[Tile]] = {}
    for tile in tiles:
        if not tile.measured:
            lists.setdefault(tile.document.text, []).append(tile)
    return (*(Card((tile,)) for tile in tiles if tile.measured), *(Card(tuple(tiles)) for tiles in lists.values()))


def _rows(style: Style, wall: Wall, band: Band, strips: Strips) -> list[Row]:
    """Return the rows of a band: its deadlines, as many beside each other as there are strips."""
    places = [
        (year, [tile for tile in wall.tiles if (tile.layer, tile.horizon) == (band.layer, year)]) for year, _ in wall.horizons
    ]
    held = [(year, _cards(tiles)) for year, tiles in places if tiles]
    return [_shared(style, held[start : start + strips.count], strips) for start in range(0, len(held), strips.count)]


def _shared(style: Style, held: Sequence[tuple[int, tuple[Card, ...]]], strips: Strips) -> Row:
    """Give each deadline a strip, and every further strip to the one that makes the row lowest."""
    heights = [[card.height(style, strips.width) for card in cards] for _, cards in held]

    def height(shares: Sequence[int]) -> float:
        return max(max(_stack(style, of, n)[1]) for of, n in zip(heights, shares, strict=True))

    best = [1] * len(held)
    for _ in range(strips.count - len(held)):
        tried = [[n + (place == wider) for place, n in enumerate(best)] for wider in range(len(held))]
        best = min(tried, key=lambda shares: (height(shares), -_crowd(heights, shares)))
    return Row(tuple(year for year, _ in held), tuple(cards for _, cards in held), tuple(best), height(best))


def _crowd(heights: Sequence[Sequence[float]], shares: Sequence[int]) -> float:
    """Of shares that make a row equally low, the better one gives its strip to the fullest deadline."""
    return sum(n * sum(of) for of, n in zip(heights, shares, strict=True))


def _stack(style: Style, heights: Sequence[float], strips: int) -> tuple[list[tuple[int, float]], list[float]]:
    """Put cards one after the other into the lowest strip: (strip, offset) of each, and how high every strip has become."""
    tops = [0.0] * strips
    places = []
    for height in heights:
        strip = tops.index(min(tops))
        places.append((strip, tops[strip]))
        tops[strip] += height + px(style, SPACE)
    return places, tops


def _row_height(style: Style, row: Row) -> float:
    return _year_head(style) + row.height + px(style, 2)


def _year_head(style: Style) -> float:
    return style.line(style.note) + px(style, 6)


def _band_head(style: Style) -> float:
    return style.line(style.title) + px(style, 6)


def _row_shapes(style: Style, row: Row, titles: dict[int, str], strips: Strips, at: tuple[float, float]) -> list[Shape]:
    """Return the deadlines of a row with their cards, from `at` on."""
    shapes: list[Shape] = []
    x, y = at
    pitch = strips.width + px(style, SPACE)
    for year, cards, count in zip(row.years, row.cards, row.strips, strict=True):
        under = y + style.line(style.note)
        shapes.append(Label(x, y + style.note * ASCENT, titles[year], style.note, style.palette.muted, bold=True))
        shapes.append(rule(x, under, x + count * pitch - px(style, SPACE), under, style.palette.hairline))
        places, _ = _stack(style, [card.height(style, strips.width) for card in cards], count)
        for card, (strip, top) in zip(cards, places, strict=True):
            left, high = x + strip * pitch, y + _year_head(style) + top
            shapes += card.shapes(style, Rect(left, high, strips.width, card.height(style, strips.width)))
        x += count * pitch
    return shapes


def _band_title(style: Style, band: Band, area: Rect) -> list[Shape]:
    """Return the name of a layer and how many of its goals bear each sign."""
    unit, base = px(style, 1), area.y + style.title * ASCENT
    shapes: list[Shape] = [Label(area.x, base, band.title, style.title, style.palette.text, bold=True)]
    x = area.x + text_width(band.title, style.title, bold=True) + 16 * unit
    for count in band.counts:
        shapes += sign_shapes(style.palette, count.sign, Rect(x, base - 10 * unit, 11 * unit, 11 * unit))
        x += 15 * unit
        text = f"{count.word} {count.n}"
        shapes.append(note_label(style, x, base, text))
        x += text_width(text, style.note) + 12 * unit
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
    y += pitch
    for note in wall.notes:
        lines = wrap(note, area.width, style.note)
        shapes += [
            note_label(style, area.x, y + style.note * ASCENT + k * style.line(style.note), text) for k, text in enumerate(lines)
        ]
        y += lines_height(style, len(lines), style.note)
    return shapes, y - area.y + style.pad * 1.6
