"""What the side panel shows, made from values of the core."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.errors import UserError
from app.domain.findings import CellReference
from app.domain.instrument import Item, ItemType
from app.domain.responses import Responses
from app.domain.words import Texts
from app.gui.widgets.side_panel import Block, Link, Panel, Words

if TYPE_CHECKING:
    from app.domain.study import Study
    from app.gui.work import Asked

CLOSED = (ItemType.SINGLE, ItemType.LADDER, ItemType.MULTI, ItemType.YES_NO)


def firm_panel(asked: Asked, position: int) -> Panel:
    """Return every answer of response `position`: as cleaned, as received, and its cell."""
    study, texts = asked.study, asked.texts
    responses = _answers(study)
    firm = responses.firms.iloc[position]
    about = texts("gui.separator").join(
        str(part) for part in (firm["code"], firm["township"], firm["wave"]) if part and part == part
    )
    blocks: list[Block] = [Words("", about, "note"), *_levels(study, position, texts)]
    for item in study.instrument.items:
        if item.code in responses.values.columns:
            blocks.append(_answer(responses, position, item, texts))
    return Panel(str(firm["name"]), "", tuple(blocks))


def help_panel(page: str, texts: Texts) -> Panel:
    """Return how a page works, in three sentences."""
    return Panel(texts("gui.command.help.method"), "", (Words(texts(f"gui.page.{page}"), texts(f"gui.help.{page}")),))


def place_text(place: CellReference) -> str:
    """Return a place as one text that `place_of` reads back."""
    return "\n".join((place.source, place.sheet, str(place.row), str(place.column)))


def place_of(text: str) -> CellReference:
    """Read a place written by `place_text`."""
    source, sheet, row, column = text.split("\n")
    return CellReference(source, sheet, int(row), int(column))


def _levels(study: Study, position: int, texts: Texts) -> list[Words]:
    for assessment in study.assessments:
        found = assessment.firms[assessment.firms["position"] == position]
        if len(found):
            level, index = str(found["level"].iat[0]), found["index"].iat[0]
            words = next((texts.of(known.words) for known in study.rubric.levels if known.code == level), level)
            score = f"{index:.0f}" if index == index else "—"
            return [Words(texts("gui.page.readiness"), texts("gui.separator").join((words, score)), "title")]
    return []


def _answers(study: Study) -> Responses:
    if study.responses is None:
        raise UserError("study.no_answers", name=study.name)
    return study.responses


def _answer(responses: Responses, position: int, item: Item, texts: Texts) -> Link:
    value, original = responses.values[item.code].iat[position], responses.originals[item.code].iat[position]
    place = responses.cell(position, item.code)
    cleaned = answer_text(item, value, texts) if value == value else texts("gui.firms.blank")
    if place is None:
        return Link(texts.of(item.words), texts("gui.firms.not_asked"), "")
    text = cleaned
    if original == original and str(original) != cleaned:
        text = f"{cleaned}\n{texts('gui.firms.original', text=original)}"
    return Link(texts.of(item.words), text, str(place), "cell.open", (("place", place_text(place)),))


def answer_text(item: Item, value: object, texts: Texts) -> str:
    """Return a cleaned answer in words: options by their names, shares as percent, numbers with their unit."""
    if item.type in CLOSED:
        known = {option.code: texts.of(option.words) for option in item.options}
        return "；".join(known.get(code, code) for code in str(value).split("|"))
    if item.type is ItemType.PERCENT:
        return f"{float(str(value)):.1%}"
    if item.type in (ItemType.NUMBER, ItemType.COUNT, ItemType.MONEY):
        return f"{float(str(value)):,.10g} {item.unit}".strip()
    return str(value)
