"""What stands in the columns of a form: one an item, with its group, heading, answers to choose from and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from app.domain.instrument import Instrument, Item, ItemType, Role
from app.domain.register import Register
from app.domain.taxonomy import Taxonomy
from app.domain.words import Lang, Texts

CLOSED = (ItemType.YES_NO, ItemType.SINGLE, ItemType.LADDER, ItemType.MULTI)
NUMERIC = (ItemType.COUNT, ItemType.NUMBER, ItemType.MONEY, ItemType.PERCENT)
YES_NO = ("yes", "no", "planned", "unknown", "na")
_WIDTHS = {Role.NAME: 30.0, Role.CREDIT_CODE: 22.0, Role.INDUSTRY: 20.0, Role.TOWNSHIP: 16.0}
_SERIAL = 6.0
_PAGE = 1_110.0  # pixels across a landscape A4 page at the scale of the form, with room for programs that reckon wider
_LITTLE = 0.35  # share of a page below which a group that is larger than a page rather begins on the next


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: `note` names its unit, `choices` to pick from (() for free answers), `width` in characters."""

    item: Item
    group: str
    label: str
    note: str
    question: str
    choices: tuple[str, ...]
    width: float

    @property
    def heading(self) -> str:
        """The label with its unit."""
        return f"{self.label}{self.note}"


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A form to be written: its columns, and for each firm known beforehand the texts of some of them by item code."""

    title: str
    version: str
    columns: tuple[FormColumn, ...]
    firms: tuple[Mapping[str, str], ...]


def plan_form(
    instrument: Instrument, groups: Mapping[str, str], taxonomy: Taxonomy, texts: Texts, register: Register | None = None
) -> FormPlan:
    """Return the plan of `instrument`'s form in the language of `texts`; `groups` name its pillars by code."""
    firms = _firms(instrument, taxonomy, texts.lang, register)
    township = instrument.with_role(Role.TOWNSHIP)
    code = township.code if township is not None else ""
    known = tuple(dict.fromkeys(firm[code] for firm in firms if firm.get(code)))
    columns = tuple(_column(item, groups, taxonomy, texts, known) for item in instrument.items)
    return FormPlan(texts.of(instrument.words), instrument.version, _with_room(columns), firms)


def _with_room(columns: Sequence[FormColumn]) -> tuple[FormColumn, ...]:
    """Widen a column that stands alone in its group until the name of the group fits above it."""
    found: list[FormColumn] = []
    for name, members in groupby(columns, key=lambda column: column.group):
        own = list(members)
        found += own if len(own) > 1 else [replace(own[0], width=max(own[0].width, letters(name) + 3.0))]
    return tuple(found)


def choices(item: Item, taxonomy: Taxonomy, texts: Texts) -> tuple[str, ...]:
    """Return the answers that an item offers, in the words of the language; () where people write freely."""
    if item.options:
        return tuple(texts.of(option.words) for option in item.options)
    if item.type is ItemType.YES_NO:
        return tuple(texts(f"form.answer.{answer}") for answer in YES_NO)
    if item.type is ItemType.INDUSTRY:
        return tuple(texts.of(taxonomy.divisions[code]) for code in sorted(taxonomy.divisions))
    return ()


def runs(columns: Sequence[FormColumn]) -> list[tuple[str, int, int]]:
    """Return each run of neighbouring columns of one group on one page: its name, first and last place."""
    breaks = set(page_breaks(columns))
    found: list[tuple[str, int, int]] = []
    for place, column in enumerate(columns):
        if found and found[-1][0] == column.group and place not in breaks:
            found[-1] = (column.group, found[-1][1], place)
        else:
            found.append((column.group, place, place))
    return found


def page_breaks(columns: Sequence[FormColumn]) -> list[int]:
    """Return the places of columns before which a printed page ends: where a group ends when it can, else where it is full.

    The running number and the first column are printed on every page.
    """
    widths = [_pixels(column.width) for column in columns]
    stem = _pixels(_SERIAL) + widths[0]
    breaks: list[int] = []
    used = _pixels(_SERIAL)
    for _, members in groupby(range(len(columns)), key=lambda place: columns[place].group):
        places = list(members)
        whole, left = sum(widths[place] for place in places), _PAGE - used
        fits = whole <= _PAGE - stem
        for place in places:
            early = place == places[0] and whole > left and (fits or left < _LITTLE * _PAGE)
            if place and (early or used + widths[place] > _PAGE):
                breaks.append(place)
                used = stem
            used += widths[place]
    return breaks


def _pixels(width: float) -> float:
    """Return how wide a column of so many characters is on the screen, as Excel reckons: 7 a character, 5 around."""
    return 7 * width + 5


def _column(item: Item, groups: Mapping[str, str], taxonomy: Taxonomy, texts: Texts, townships: tuple[str, ...]) -> FormColumn:
    label = texts.of(item.words)
    note = texts("form.unit", unit=item.unit) if item.unit else ""
    offered = choices(item, taxonomy, texts)
    if item.role is Role.TOWNSHIP and not offered:
        offered = townships
    group = groups.get(item.pillar) or texts("form.group_firm")
    return FormColumn(item, group, label, note, texts.of(item.question) or label, offered, _width(item, label, offered))


def _width(item: Item, label: str, offered: Sequence[str]) -> float:
    if item.role in _WIDTHS:
        return _WIDTHS[item.role]
    longest = max((letters(choice) for choice in offered), default=0)
    if item.type is ItemType.MULTI:
        longest = max(22, longest)
    head = letters(label) / 3  # a heading may stand in three lines
    return float(min(26, max(9, head + 2, longest + 3 if offered else 11)))


def letters(text: str) -> int:
    """Return how wide a text is, in Latin letters."""
    return sum(1 if ord(letter) < 0x2E80 else 2 for letter in text)


def _firms(instrument: Instrument, taxonomy: Taxonomy, lang: Lang, register: Register | None) -> tuple[Mapping[str, str], ...]:
    """Return what is known of each firm of the register by item code: name, code, township and industry."""
    if register is None:
        return ()
    items = {role: instrument.with_role(role) for role in (Role.NAME, Role.CREDIT_CODE, Role.TOWNSHIP, Role.INDUSTRY)}
    industry = items[Role.INDUSTRY]
    frame = register.firms
    texts = {name: frame[name].astype(object).fillna("").tolist() for name in ("name", "code", "township", "sector", "division")}
    pairs = zip(texts["sector"], texts["division"], strict=True)
    texts["industry"] = [_industry(industry, taxonomy, lang, sector, division) for sector, division in pairs]
    columns = {Role.NAME: "name", Role.CREDIT_CODE: "code", Role.TOWNSHIP: "township", Role.INDUSTRY: "industry"}
    known = {item.code: texts[columns[role]] for role, item in items.items() if item is not None}
    return tuple(dict(zip(known, row, strict=True)) for row in zip(*known.values(), strict=True))


def _industry(item: Item | None, taxonomy: Taxonomy, lang: Lang, sector: str, division: str) -> str:
    """Return a firm's industry as the form's own list has it."""
    if item is not None and item.options:
        return next((option.words.in_(lang) for option in item.options if option.code == sector), "")
    if division in taxonomy.divisions:
        return taxonomy.divisions[division].in_(lang)
    return taxonomy.sections[sector].words.in_(lang) if sector in taxonomy.sections else ""
