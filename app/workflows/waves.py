"""Which wave a collection belongs to: what the user said, else what is already known, else this year."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.errors import UserError
from app.domain.instrument import Instrument, Role
from app.domain.study import Design, Source, Wave
from app.domain.taxonomy import SIZES, Taxonomy
from app.domain.words import Words

_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Said:
    """What the user said of a wave; what is empty is unsaid. `design` is a Design value or ""; `due` the last day for forms.

    `strata` and `cells` belong to `frame`, as in Wave.
    """

    wave: str = ""
    date: str = ""
    design: str = ""
    frame: Mapping[str, int] = field(default_factory=dict)
    due: str = ""
    strata: tuple[str, ...] = ()
    cells: Mapping[str, int] = field(default_factory=dict)


def settle_wave(waves: Sequence[Wave], said: Said, today: str, instrument: str = "") -> Wave:
    """Return the wave that is meant; unsaid: the id is the year of the date, the date today, the design a census.

    `instrument` is the version a new wave is asked with. A wave already in the study keeps what is not said anew. UserError
    `wave.*` for an impossible date, or for a wave named after another year than today's with no date to go by.
    """
    check_date(said.date)
    check_date(said.due)
    id_ = said.wave.strip() or (said.date or today)[:4]
    known = next((wave for wave in waves if wave.id == id_), None)
    if known is not None:
        design = Design(said.design) if said.design else known.design
        counts = said if said.frame else known
        date, due = said.date or known.date, said.due or known.due
        return Wave(id_, date, design, counts.frame, due, counts.strata, counts.cells, known.instrument)
    if not said.date and _YEAR.fullmatch(id_) and id_ != today[:4]:
        raise UserError("wave.date_needed", wave=id_)
    design = Design(said.design or Design.CENSUS)
    return Wave(id_, said.date or today, design, said.frame, said.due, said.strata, said.cells, instrument)


def version_of(instrument: Instrument) -> str:
    """Return how a wave names the instrument it is asked with."""
    return f"{instrument.id} {instrument.version}"


def check_date(date: str) -> None:
    """Refuse with UserError `wave.date` what is no calendar date YYYY-MM-DD of 1900–2099; an empty text is unsaid and passes.

    Waves are put in order by these texts, so the other ways that ISO 8601 has of writing a day are refused as well.
    """
    if not date:
        return
    try:
        day = datetime.date.fromisoformat(date)
    except ValueError as error:
        raise UserError("wave.date", date=date) from error
    if day.isoformat() != date or not _YEAR.match(date):
        raise UserError("wave.date", date=date)


def is_late(source: Source, waves: Sequence[Wave]) -> bool:
    """Whether a source came after the day by which the forms of its wave were due."""
    due = next((wave.due for wave in waves if wave.id == source.wave), "")
    return bool(due) and source.arrived[: len(due)] > due


def with_wave(waves: Sequence[Wave], wave: Wave) -> tuple[Wave, ...]:
    """Return the waves with `wave` added or replaced, oldest first."""
    others = [other for other in waves if other.id != wave.id]
    return tuple(sorted([*others, wave], key=lambda each: (each.date, each.id)))


def sector_names(instrument: Instrument, taxonomy: Taxonomy) -> Mapping[str, str]:
    """Return every way a frame may name a sector, with its code: by the instrument's own industries, else GB/T 4754."""
    item = instrument.with_role(Role.INDUSTRY)
    if item is not None and item.options:
        named = {option.code: (option.code, option.words.zh, option.words.en, *option.synonyms) for option in item.options}
    else:
        named = {letter: (letter, section.words.zh, section.words.en) for letter, section in taxonomy.sections.items()}
    return {name: code for code, names in named.items() for name in names}


def size_names(instrument: Instrument, words: Mapping[str, Words]) -> Mapping[str, str]:
    """Return every way a frame may name a size class, with its code: by the instrument's own question, and as screens do."""
    item = instrument.with_role(Role.SIZE)
    named: list[tuple[str, ...]] = [(code, code, words[f"term.size.{code}"].zh, words[f"term.size.{code}"].en) for code in SIZES]
    for option in item.options if item is not None else ():
        if option.code in SIZES:
            named.append((option.code, option.words.zh, option.words.en, *option.synonyms))
    return {name: code for code, *names in named for name in names}
