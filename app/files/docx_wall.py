"""目标墙 in a Word document: a table with a column a deadline and a row a layer, a card a goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.brief import PageLayout
from app.domain.wall import Band, Tile, Wall
from app.files.column_widths import POINT_MM
from app.files.docx_measure import line_count, pitch_mm
from app.files.docx_numbers import Numbers
from app.files.docx_table import PADDING_MM, CellLook, GridLook, cell_xml, row_xml, table_properties
from app.files.docx_type import Type
from app.files.docx_xml import TextLook, paragraph, run, twips

SIGNS = {"on_track": "●", "at_risk": "▲", "off_track": "■", "cannot_tell": "◇"}
FOUND = {"done": "√", "under_way": "◎", "none": "○", "unknown": "？"}  # of what evidence shows; all in GB 2312
MEASURED_WEIGHT = 4  # a card of a measured goal is as tall as so many lines of the others
STRIP = 2.2  # a deadline with so many times the goals of the others takes as many strips
FRONT_MM = 90.0  # of the title and legend above the wall and the notes below
BAR_SIGNS = 24  # letters of the bar
_RULES = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), (4, "9AA5A4"))


def wall_xml(wall: Wall, type_: Type, numbers: Numbers, said: str) -> str:
    """Return the wall as a table over the width of the page, with its legend above, as large as the page allows; `said` is its
    alternative text."""
    type_ = replace(type_, layout=_enlarged(wall, type_))
    width = type_.width
    strips = _strips(wall)
    total = sum(strips.values())
    widths = [twips(width / total) for _ in range(total)]
    look = GridLook(type_.cell(8, head=True), type_.cell(8), width, description=said)
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    rows = [_heads(wall, strips, widths, type_)]
    for band in wall.bands:
        rows += [_band(band, widths, type_), _cards(wall, band, strips, (widths, type_, numbers))]
    body = f"<w:tbl>{table_properties(look, sum(widths), _RULES)}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    return f"{_legend(wall, type_)}{body}"


def _enlarged(wall: Wall, type_: Type) -> PageLayout:
    """Return the page with the largest type of tables at which the wall still fits on it."""
    layout = type_.layout
    for size in (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0):
        sizes = {**layout.sizes, "table": size}
        larger = replace(layout, sizes=sizes, latin_sizes={**layout.latin_sizes, "table": size})
        if _height(wall, replace(type_, layout=larger)) <= type_.height - FRONT_MM:
            return larger
    return layout


def _height(wall: Wall, type_: Type) -> float:
    """Return about how tall the wall is in mm."""
    strips = _strips(wall)
    width = type_.width / sum(strips.values()) - PADDING_MM
    line = pitch_mm(_look(type_))
    total = line * (1 + 1.5 * len(wall.bands))
    for band in wall.bands:
        tallest = 0.0
        for horizon, _ in wall.horizons:
            tiles = [tile for tile in wall.tiles if tile.layer == band.layer and tile.horizon == horizon]
            for strip in _split(tiles, strips[horizon]):
                tallest = max(tallest, sum(_card_height(tile, type_, width) for tile in strip))
        total += tallest
    return total


def _card_height(tile: Tile, type_: Type, width: float) -> float:
    look = _look(type_)
    line = pitch_mm(look)
    if not tile.measured:
        said = "　".join((tile.wording.text, tile.value.text + tile.target.text, *(badge.text for badge in tile.badges)))
        return line_count(said, look, width - look.size * POINT_MM * 1.5, 1) * line + 0.5
    numbers = "　".join(f"{part.label} {part.text}" for part in tile.numbers)
    lines = sum(line_count(text, look, width) for text in (tile.wording.text, tile.target.text, numbers, tile.document.text))
    return (lines + 1) * line + (type_.size("table") + 5) * 1.3 * POINT_MM + 5.5


def _legend(wall: Wall, type_: Type) -> str:
    parts = []
    look = type_.note(align="center", keep=True, after=3)
    for sign, words in wall.legend:
        parts += [run(f"{SIGNS.get(sign) or FOUND[sign]} ", replace(look, colour=_colour(sign, type_))), run(f"{words}　", look)]
    return paragraph("".join(parts), look)


def _colour(sign: str, type_: Type) -> str:
    palette = type_.palette
    return {"on_track": palette.on_track, "at_risk": palette.at_risk, "off_track": palette.off_track}.get(sign, palette.muted)


def _strips(wall: Wall) -> dict[int, int]:
    """Return into how many strips the cards of each deadline are set, so that the wall is wide rather than tall."""
    weights = {horizon: 0 for horizon, _ in wall.horizons}
    for tile in wall.tiles:
        weights[tile.horizon] += _weight(tile)
    usual = sorted(weights.values())[(len(weights) - 1) // 2] or 1
    return {horizon: max(1, min(3, round(weight / usual / STRIP + 0.5))) for horizon, weight in weights.items()}


def _weight(tile: Tile) -> int:
    return MEASURED_WEIGHT if tile.measured else 1


def _heads(wall: Wall, strips: dict[int, int], widths: Sequence[int], type_: Type) -> str:
    cells, at = [], 0
    for horizon, title in wall.horizons:
        taken = widths[at : at + strips[horizon]]
        at += strips[horizon]
        cells.append(_spanned(paragraph(run(title, _look(type_, bold=True)), _look(type_, align="center")), taken))
    return row_xml(cells, head=True)


def _band(band: Band, widths: Sequence[int], type_: Type) -> str:
    look = _look(type_, bold=True)
    parts = [run(f"{band.title}　", look)]
    for count in band.counts:
        sign = SIGNS.get(count.sign) or FOUND[count.sign]
        parts.append(run(f"{sign} {count.word} {count.n}　", replace(look, bold=False, colour=_colour(count.sign, type_))))
    return row_xml([_spanned(paragraph("".join(parts), replace(look, keep=True)), widths, type_.palette.accent_soft)])


def _cards(wall: Wall, band: Band, strips: dict[int, int], made: tuple[Sequence[int], Type, Numbers]) -> str:
    widths, type_, numbers = made
    cells, at = [], 0
    for horizon, _ in wall.horizons:
        tiles = [tile for tile in wall.tiles if tile.layer == band.layer and tile.horizon == horizon]
        for strip in _split(tiles, strips[horizon]):
            content = "".join(_card(tile, type_, numbers) for tile in strip)
            cells.append(cell_xml(content or paragraph("", _look(type_)), widths[at], CellLook(top=True)))
            at += 1
    return row_xml(cells)


def _split(tiles: Sequence[Tile], strips: int) -> list[list[Tile]]:
    """Return the tiles in strips of nearly the same height, in reading order."""
    total = sum(map(_weight, tiles))
    made: list[list[Tile]] = [[] for _ in range(strips)]
    at = 0
    for tile in tiles:
        made[min(strips - 1, at * strips // max(total, 1))].append(tile)
        at += _weight(tile)
    return made


def _card(tile: Tile, type_: Type, numbers: Numbers) -> str:
    """Return a goal: a line for those told in words, a small block with its bar for those that are measured."""
    plain, muted = _look(type_), _look(type_, colour=type_.palette.muted)
    sign = SIGNS.get(tile.sign) or FOUND[tile.sign]
    marked = run(f"{sign} ", _look(type_, colour=_colour(tile.sign, type_), bold=True))
    badges = "".join(run(f"　{badge.text}", muted) for badge in tile.badges)
    if not tile.measured:
        value = "".join(part for part in (run("　", plain), numbers.runs(f"{tile.value.text}{tile.target.text}", muted)))
        return paragraph(f"{marked}{run(tile.wording.text, plain)}{value}{badges}", replace(plain, first=-1.2, left=1.2, after=1))
    strong = _look(type_, bold=True, before=3)
    large = type_.look("heading", type_.size("table") + 5, colour=type_.palette.accent, bold=True)
    lines = [
        paragraph(f"{marked}{run(tile.head.text, _look(type_, colour=_colour(tile.sign, type_), bold=True))}{badges}", strong),
        paragraph(numbers.runs(tile.wording.text, _look(type_, bold=True)), plain),
        paragraph(
            f"{numbers.runs(tile.value.text, large)}{run('　', plain)}{numbers.runs(tile.bounds.text, muted)}",
            replace(plain, line=round(large.size * 1.3, 1)),
        ),
        _bar(tile, type_),
        paragraph(numbers.runs(tile.target.text, plain), plain),
        paragraph(numbers.runs("　".join(f"{part.label} {part.text}" for part in tile.numbers), muted), muted),
        paragraph(run(tile.document.text, muted), replace(muted, after=3)),
    ]
    return "".join(lines)


def _bar(tile: Tile, type_: Type) -> str:
    """Return a bar of letters: how far the value has come, and where the target stands."""
    if tile.bullet is None:
        return ""
    look = _look(type_, colour=type_.palette.accent)
    filled, target = (round(max(0.0, min(1.0, share)) * BAR_SIGNS) for share in (tile.bullet.value, tile.bullet.target))
    open_ = replace(look, colour=type_.palette.hairline)
    mark = replace(look, colour=type_.palette.text)
    parts = [("■" * min(filled, target), look), ("□" * (target - filled), open_), ("|", mark)]
    parts += [("■" * (filled - target), look), ("□" * (BAR_SIGNS - max(filled, target)), open_)]
    return paragraph("".join(run(text, each) for text, each in parts), replace(look, size=6, line=8))


def _look(type_: Type, **more: object) -> TextLook:
    size = type_.size("table") - 1.5
    return type_.look("body", size, line=round(size * 1.3, 1), **more)


def _spanned(content: str, widths: Sequence[int], ground: str = "") -> str:
    return cell_xml(content, sum(widths), CellLook(ground, span=len(widths)))
