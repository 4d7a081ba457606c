"""The tiles of the goal wall: a measured goal as a card, goals without a measured value as lines under their document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.drawing import Box, Dot, Label, Mark, Path, Shape
from app.domain.wall import Bullet, Part, Tile
from app.present.draw.signs import sign_colour, sign_shapes
from app.present.draw.style import Rect, Style, mix, rule
from app.present.draw.text import ASCENT, shorten, text_width, wrap

INSIDE = 10  # pixels between a card's edge and what it holds
SIGN = 12  # pixels: the side of a sign
VALUE = 22  # pixels: the type of a measured value
BAR = 8  # pixels: the height of a bullet
MOST_WORDS, MOST_REASON = 3, 3  # lines


def px(style: Style, pixels: float) -> float:
    """Return pixels of the window's type size as millimetres."""
    return pixels * style.note / 12


def mark_of(part: Part) -> Mark | None:
    """Return what a part opens and says, None where it does neither."""
    return Mark(part.evidence, part.sentence or part.text) if part.evidence or part.sentence else None


@dataclass(frozen=True, slots=True)
class Laid:
    """A card laid out with its top left corner at the origin."""

    height: float
    shapes: tuple[Shape, ...]


def card(style: Style, tile: Tile, width: float) -> Laid:
    """Lay out a measured goal: light, words, value against target, what follows from it, why, and the document."""
    flow = _Card(style, tile, width)
    return Laid(flow.bottom, (_frame(style, tile, Rect(0, 0, width, flow.bottom)), *flow.shapes))


def listed(style: Style, tiles: Sequence[Tile], width: float) -> Laid:
    """Lay out the goals of one document under its name: sign, words, and what was reported or found."""
    flow = _List(style, tiles, width)
    return Laid(flow.bottom, (_frame(style, None, Rect(0, 0, width, flow.bottom)), *flow.shapes))


def moved(shape: Shape, right: float, down: float) -> Shape:
    """Return a shape moved to the right and down; written out, for `dataclasses.replace` takes five times as long."""
    s = shape
    if isinstance(s, Label):
        return Label(s.x + right, s.y + down, s.text, s.size, s.colour, s.anchor, s.bold, s.mark)
    if isinstance(s, Box):
        return Box(s.x + right, s.y + down, s.width, s.height, s.fill, s.stroke, s.line, s.hatch, s.radius, s.mark)
    if isinstance(s, Path):
        points = tuple((x + right, y + down) for x, y in s.points)
        return Path(points, s.stroke, s.line, s.fill, s.opacity, s.dash, s.closed, s.mark)
    return Dot(s.x + right, s.y + down, s.radius, s.fill, s.stroke, s.line, s.mark)


def _frame(style: Style, tile: Tile | None, area: Rect) -> Box:
    """Return the box of a card; that of a measured goal opens it, and has its light's colour at its edge."""
    stroke = style.palette.hairline
    if tile is not None:
        stroke = mix(style.palette.surface, sign_colour(style.palette, tile.sign), 0.55)
    mark = mark_of(tile.head) if tile is not None else None
    return Box(area.x, area.y, area.width, area.height, style.palette.surface, stroke, 0.3, radius=px(style, 6), mark=mark)


class _Flow:
    """Sets lines below each other inside a card and remembers how far it has come."""

    def __init__(self, style: Style, width: float) -> None:
        inside = px(style, INSIDE)
        self.style, self.y = style, px(style, 7)
        self.left, self.width = inside, width - 2 * inside
        self.shapes: list[Shape] = []

    @property
    def right(self) -> float:
        """The right edge of what it sets."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Where the card ends."""
        return self.y + px(self.style, 7)

    def gap(self, pixels: float) -> None:
        """Leave some room."""
        self.y += px(self.style, pixels)

    def text(self, x: float, part: Part, size: float, colour: str, bold: bool = False, dotted: bool = True) -> None:
        """Set one line of a part at the present height, dotted below where a number opens something on the screen."""
        base, mark = self.y + size * ASCENT, mark_of(part)
        self.shapes.append(Label(x, base, part.text, size, colour, bold=bold, mark=mark))
        if part.evidence and dotted and self.style.live:
            wide, under = text_width(part.text, size, bold), base + px(self.style, 2.5)
            dots = (px(self.style, 1.2), px(self.style, 1.8))
            self.shapes.append(Path(((x, under), (x + wide, under)), self.style.palette.neutral, 0.2, dash=dots))

    def lines(self, x: float, lines: Sequence[str], part: Part, size: float, colour: str, bold: bool = False) -> None:
        """Set several lines of one part and go on below them."""
        mark = mark_of(part)
        for line in lines:
            self.shapes.append(Label(x, self.y + size * ASCENT, line, size, colour, "start", bold, mark))
            self.y += self.style.line(size)

    def link(self, part: Part, size: float) -> None:
        """Set a document, as a link where it opens, cut where it is too long."""
        text = shorten(part.text, self.width, size)
        mark = Mark(part.evidence, part.sentence or part.text)
        base, under = self.y + size * ASCENT, self.y + size * (ASCENT + 0.2)
        accent = self.style.palette.accent
        self.shapes.append(Label(self.left, base, text, size, accent if self.style.live else self.style.palette.muted, mark=mark))
        if self.style.live:
            self.shapes.append(rule(self.left, under, self.left + text_width(text, size), under, accent, 0.18))
        self.y += self.style.line(size)

    def badges(self, badges: Sequence[Part]) -> float:
        """Set badges from the right edge inwards; return where they begin."""
        style, right = self.style, self.right
        for badge in reversed(badges):
            wide, tall = text_width(badge.text, style.note) + px(style, 12), px(style, 16)
            at = Rect(right - wide, self.y - px(style, 1), wide, tall)
            fill, ink = style.palette.accent_soft, style.palette.accent
            self.shapes.append(Box(at.x, at.y, at.width, at.height, fill, radius=tall / 2, mark=mark_of(badge)))
            self.shapes.append(Label(at.x + wide / 2, self.y + style.note * ASCENT, badge.text, style.note, ink, "middle"))
            right -= wide + px(style, 4)
        return right


class _Card(_Flow):
    """A measured goal."""

    def __init__(self, style: Style, tile: Tile, width: float) -> None:
        super().__init__(style, width)
        self._head(tile)
        words = wrap(tile.wording.text, self.width, style.body, MOST_WORDS, bold=True)
        self.lines(self.left, words, tile.wording, style.body, style.palette.text, bold=True)
        self.gap(2)
        self._value(tile)
        if tile.bullet is not None:
            self._bullet(tile.bullet)
        self._numbers(tile.numbers)
        if tile.reason:
            self.gap(2)
            reason = wrap(tile.reason, self.width, style.note, MOST_REASON)
            self.lines(self.left, reason, Part(tile.reason, "", tile.reason), style.note, style.palette.muted)
        self.gap(2)
        self.link(tile.document, style.note)

    def _head(self, tile: Tile) -> None:
        style = self.style
        side = px(style, SIGN)
        base = self.y + style.note * ASCENT
        self.shapes += sign_shapes(style.palette, tile.sign, Rect(self.left, base - side * 0.9, side, side))
        colour = sign_colour(style.palette, tile.sign)
        start = self.badges(tile.badges)
        word = shorten(tile.head.text, start - self.left - side - px(style, 10), style.note, bold=True)
        self.shapes.append(
            Label(self.left + side + px(style, 5), base, word, style.note, colour, bold=True, mark=mark_of(tile.head))
        )
        self.y += style.line(style.note) + px(style, 4)

    def _value(self, tile: Tile) -> None:
        """Set the value large, beside it its interval and the target; below it where there is no room."""
        style, size = self.style, px(self.style, VALUE)
        if not tile.value.text.endswith(("%", "‡")):  # words instead of a number
            size = style.body
        x = self.left + text_width(tile.value.text, size, bold=True) + px(style, 10)
        beside = [part for part in (tile.bounds, tile.target) if part.text]
        fits = all(x + text_width(part.text, style.note) <= self.right for part in beside)
        top = self.y
        self.text(self.left, tile.value, size, style.palette.text, bold=True)
        if fits:
            pitch = style.line(style.note)
            self.y = top + max(0.0, (style.line(size) - pitch * len(beside)) / 2)
            for part in beside:
                self.text(x, part, style.note, style.palette.muted, dotted=False)
                self.y += pitch
            self.y = top + max(style.line(size), pitch * len(beside)) + px(style, 3)
            return
        self.y = top + style.line(size)
        for part in beside:
            for line in wrap(part.text, self.width, style.note, 2):
                self.text(self.left, Part(line, part.evidence, part.sentence), style.note, style.palette.muted, dotted=False)
                self.y += style.line(style.note)
        self.gap(3)

    def _bullet(self, bullet: Bullet) -> None:
        """Draw the value as a bar with its interval, the target as an upright stroke."""
        style, palette, tall = self.style, self.style.palette, px(self.style, BAR)
        mark, top = Mark(bullet.evidence, bullet.sentence), self.y + px(self.style, 3)

        def at(share: float) -> float:
            return self.left + self.width * min(max(share, 0.0), 1.0)

        middle, hollow = top + tall / 2, bullet.low is None
        fill = palette.surface if hollow else palette.accent
        self.shapes.append(Box(self.left, top, self.width, tall, palette.raised, radius=px(style, 2), mark=mark))
        stroke = palette.accent if hollow else ""
        self.shapes.append(Box(self.left, top, at(bullet.value) - self.left, tall, fill, stroke, 0.25, radius=px(style, 2)))
        if bullet.low is not None and bullet.high is not None:
            self.shapes.append(rule(at(bullet.low), middle, at(bullet.high), middle, palette.text, px(style, 2)))
        x, over = at(bullet.target), px(style, 4)
        self.shapes.append(rule(x, top - over, x, top + tall + over, palette.text, px(style, 2)))
        self.y = top + tall + px(style, 7)

    def _numbers(self, numbers: Sequence[Part]) -> None:
        """Set label and number pairs in two columns where the widest of both fit, else one below the other."""
        style, between = self.style, px(self.style, 6)
        wide = [text_width(part.label, style.note) + between + text_width(part.text, style.note, bold=True) for part in numbers]
        left, right = max(wide[::2], default=0.0), max(wide[1::2], default=0.0)
        second = max(left + px(style, 10), min(self.width / 2, self.width - right))
        across = 2 if second + right <= self.width + px(style, 1) else 1
        pitch, top = style.line(style.note) + px(style, 2), self.y
        for place, part in enumerate(numbers):
            x, self.y = self.left + (place % across) * second, top + (place // across) * pitch
            self.shapes.append(Label(x, self.y + style.note * ASCENT, part.label, style.note, style.palette.muted))
            value = x + text_width(part.label, style.note) + between
            room = self.right - value + px(style, 2)
            shown = Part(shorten(part.text, room, style.note, bold=True), part.evidence, part.sentence)
            self.text(value, shown, style.note, style.palette.text, bold=True)
        self.y = top + -(-len(numbers) // across) * pitch


class _List(_Flow):
    """Goals of one document, a line each: what was reported or found stands at the right."""

    def __init__(self, style: Style, tiles: Sequence[Tile], width: float) -> None:
        super().__init__(style, width)
        self.link(tiles[0].document, style.note)
        for tile in tiles:
            self.gap(4)
            self._line(tile)

    def _line(self, tile: Tile) -> None:
        style, side = self.style, px(self.style, SIGN)
        x, top = self.left + side + px(style, 6), self.y
        self.shapes += sign_shapes(style.palette, tile.sign, Rect(self.left, top + px(style, 2), side, side), mark_of(tile.head))
        words = wrap(tile.wording.text, self.right - x, style.body, MOST_WORDS)
        self.lines(x, words, tile.wording, style.body, style.palette.text)
        lines = self._lines_of([(part, ink) for part, ink in self._states(tile) if part.text], self.right - x)
        if len(lines) == 1 and x + text_width(words[-1], style.body) + px(style, 12) + self._wide(lines[0]) <= self.right:
            self.y -= style.line(style.body)
            self.gap(1)  # the smaller type stands on the same line
        for line in lines:
            self._state(line, max(x, self.right - self._wide(line)))
        self.y = max(self.y, top + style.line(style.body) * len(words))

    def _wide(self, parts: Sequence[tuple[Part, str]]) -> float:
        """How wide parts are beside each other."""
        return sum(text_width(part.text, self.style.note) for part, _ in parts) + px(self.style, 5) * (len(parts) - 1)

    def _lines_of(self, parts: Sequence[tuple[Part, str]], room: float) -> list[list[tuple[Part, str]]]:
        """Break parts into as few lines as hold them."""
        lines: list[list[tuple[Part, str]]] = []
        for part in parts:
            if lines and self._wide([*lines[-1], part]) <= room:
                lines[-1].append(part)
            else:
                lines.append([part])
        return lines

    def _states(self, tile: Tile) -> list[tuple[Part, str]]:
        palette = self.style.palette
        badges = [(badge, palette.warning) for badge in tile.badges]
        return [*badges, (tile.value, palette.text), (tile.target, palette.muted)]

    def _state(self, parts: Sequence[tuple[Part, str]], x: float) -> None:
        """Set badges, what was reported or found, and the target in one line."""
        style, size = self.style, self.style.note
        for part, ink in parts:
            shown = Part(shorten(part.text, self.right - x + px(style, 1), size), part.evidence, part.sentence)
            self.text(x, shown, size, ink, dotted=ink == style.palette.text)
            x += text_width(shown.text, size) + px(style, 5)
        self.y += style.line(size)
