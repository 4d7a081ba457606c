"""Heading → item by meaning, never by position: code, known wording, group, unit, answers, then similarity."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.analysis.intake.evidence import looks_like_codes
from app.analysis.intake.furniture import is_serial
from app.analysis.intake.headings import Heading
from app.analysis.intake.known import UNIT_KINDS, Scores, known_items, similar_scores
from app.analysis.intake.lexicon import Lexicon
from app.analysis.intake.one_hot import Part, option_columns, strangers
from app.analysis.intake.units import unit_kind
from app.domain.instrument import Item, Role
from app.domain.sheet import Match

__all__ = ["EARLIER", "LOWEST", "THRESHOLD", "UNLISTED", "Heading", "Trouble", "match_headings"]
THRESHOLD = 0.75  # confidence below which a heading stays without an item
LOWEST = 0.45  # confidence below which an item is not even asked about
UNLISTED = "match.option_unlisted"  # a column among those of an item's options that is none of them
_RIVAL = 0.05  # two items nearer than this are not told apart
_VALUES, _OPTIONS = 0.8, 0.9
_REPEATED = 2  # headings that a table beside the first repeats
_MOST = 4  # candidates named for one heading
EARLIER = re.compile(r"上年同期|去年同期|上期|同期|前年|去年|上年|同比|增速|增长|增减|环比|last year|previous", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A finding about one heading."""

    position: int
    code: str
    header: str
    params: Mapping[str, str]


def match_headings(
    headings: Sequence[Heading], lexicon: Lexicon, units: Sequence[str] = (), decided: Sequence[str | None] = ()
) -> tuple[tuple[Match, ...], tuple[Trouble, ...]]:
    """Return one match a heading, and the findings; `units` are those of the sheet's unit note.

    No item is given below the threshold, between two items that are nearly as likely, or twice: the best heading of an
    item has it. `decided` holds for each heading the item that people gave it, "" for none of ours, None where nobody said.
    """
    items = lexicon.items_of
    said = [_said(heading, answer, items) for heading, answer in zip(headings, decided or [None] * len(headings), strict=True)]
    scores: list[Scores] = [{} if said[place] else known_items(heading, lexicon) for place, heading in enumerate(headings)]
    unknown = [place for place, score in enumerate(scores) if not score and not said[place] and headings[place].text]
    parts = option_columns(headings, unknown, lexicon)
    left = [place for place, match in enumerate(said) if match and not match.item]
    beside = strangers(headings, [*unknown, *left], parts, lexicon)
    for place in unknown:
        if place not in parts:
            near = similar_scores(headings[place], lexicon, EARLIER)
            scores[place] = {code: score for code, score in near.items() if code != beside.get(place)}
    matches = [match or _decide(heading, score) for heading, score, match in zip(headings, scores, said, strict=True)]
    matches = [_part_match(match, parts[place]) if place in parts else match for place, match in enumerate(matches)]
    matches = [_beside(match, beside[place]) if place in beside else match for place, match in enumerate(matches)]
    matches = _by_values(matches, headings, items)
    matches, repeated = _once_each(matches, headings, items)
    units_of = [_unit(heading, match, items, units) for heading, match in zip(headings, matches, strict=True)]
    matches = [replace(match, unit=unit) for match, unit in zip(matches, units_of, strict=True)]
    return tuple(matches), (*repeated, *_troubles(matches, items, {trouble.position for trouble in repeated}))


def _said(heading: Heading, answer: str | None, items: Mapping[str, Item]) -> Match | None:
    if answer is None or (answer and answer not in items):
        return None  # an item that another instrument has says nothing here
    return Match(heading.position, heading.text, answer or None, 1.0, "match.decided")


def _part_match(match: Match, part: Part) -> Match:
    return replace(match, item=part.item, confidence=_OPTIONS, reason="match.option", rivals=(), option=part.option)


def _beside(match: Match, item: str) -> Match:
    """Return the match of a column that stands among the options of `item` and is none of them: told, unless decided."""
    reason = match.reason if match.reason == "match.decided" else UNLISTED
    return match if match.item else replace(match, reason=reason, rivals=(item, *match.rivals))


def _decide(heading: Heading, scores: Scores) -> Match:
    """Return the best item above the threshold, none where another comes too near."""
    if not scores:
        return Match(heading.position, heading.text, None, 0.0, "match.none")
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1][0], pair[0]))
    best, (score, reason) = ranked[0]
    rivals = tuple(code for code, (other, _) in ranked[1:] if other >= max(THRESHOLD, score - _RIVAL))
    if score < THRESHOLD:
        near = tuple(code for code, (other, _) in ranked[1:_MOST] if other >= LOWEST)
        return Match(heading.position, heading.text, None, round(score, 3), "match.weak", rivals=(best, *near))
    if rivals:
        return Match(heading.position, heading.text, None, round(score, 3), "match.rivals", rivals=(best, *rivals))
    return Match(heading.position, heading.text, best, round(score, 3), reason)


def _by_values(matches: list[Match], headings: Sequence[Heading], items: Mapping[str, Item]) -> list[Match]:
    """Give the credit code to the one unmatched column that holds such codes, when no heading names it."""
    item = next((item for item in items.values() if item.role is Role.CREDIT_CODE), None)
    if item is None or any(match.item == item.code for match in matches):
        return matches
    open_places = [place for place, match in enumerate(matches) if match.item is None and match.reason != "match.decided"]
    places = [place for place in open_places if looks_like_codes(headings[place].answers)]
    if len(places) != 1:
        return matches
    found = replace(matches[places[0]], item=item.code, confidence=_VALUES, reason="match.values", rivals=())
    return [found if place == places[0] else match for place, match in enumerate(matches)]


def _once_each(
    matches: list[Match], headings: Sequence[Heading], items: Mapping[str, Item]
) -> tuple[list[Match], tuple[Trouble, ...]]:
    """Keep each item at its best heading only: the surest, then the latest year, then the one with most answers.

    A question that has a column of its own is not read from the columns of its options as well.
    """
    best: dict[str, int] = {}
    second = _second_table(matches, items)
    for place, match in enumerate(matches):
        beside = match.item in best and place >= second > best[match.item or ""]
        better = _rank(headings, matches, place) > _rank(headings, matches, best.get(match.item or ""))
        if match.item and not match.option and better and not beside:
            best[match.item] = place
    kept, troubles = list(matches), []
    for place, match in enumerate(matches):
        if match.item and best.get(match.item, place) != place:
            kept[place] = replace(match, item=None, reason="match.repeated", rivals=(match.item,), option="")
            params = {"item": items[match.item].words.zh, "kept": matches[best[match.item]].header}
            troubles.append(Trouble(match.position, "column.repeated", match.header, params))
    return kept, tuple(troubles)


def _second_table(matches: Sequence[Match], items: Mapping[str, Item]) -> int:
    """Return the place from which headings of a table beside the first repeat it, from the firm's name or code on.

    Where none does it is the number of headings. The firms of the two differ: no answer of one is taken for the other's.
    """
    firm = {code for code, item in items.items() if item.role in (Role.NAME, Role.CREDIT_CODE)}
    first: dict[str, int] = {}
    again = [place for place, match in enumerate(matches) if match.item and first.setdefault(match.header, place) != place]
    starts = [place for place in again if matches[place].item in firm]
    if not starts or sum(place >= starts[0] for place in again) < _REPEATED:
        return len(matches)
    return starts[0]


def _rank(headings: Sequence[Heading], matches: Sequence[Match], place: int | None) -> tuple[float, int, int, int]:
    if place is None:
        return (-1.0, 0, 0, 0)
    years = [int(year) for year in _YEAR.findall(headings[place].text)]
    earlier = 0 if EARLIER.search(headings[place].text) else 1
    return round(matches[place].confidence, 2), earlier, max(years, default=0), len(headings[place].answers)


def _unit(heading: Heading, match: Match, items: Mapping[str, Item], units: Sequence[str]) -> str:
    """Return the unit in which the answers stand: the heading's own, else the one of the sheet's note that suits the item."""
    if heading.unit or match.item is None:
        return heading.unit
    wanted = UNIT_KINDS.get(items[match.item].type)
    if wanted not in ("money", "percent"):
        return ""
    return next((unit for unit in units if unit_kind(unit) == wanted), "")


def _troubles(matches: Sequence[Match], items: Mapping[str, Item], told: set[int]) -> tuple[Trouble, ...]:
    troubles = []
    for match in matches:
        settled = match.item or match.position in told or match.reason == "match.decided"
        if settled or not match.header or is_serial(match.header):
            continue
        labels = "、".join(items[code].words.zh for code in match.rivals)
        code = "column.ambiguous" if match.reason == "match.rivals" else "column.unmatched"
        troubles.append(Trouble(match.position, code, match.header, {"items": labels} if code == "column.ambiguous" else {}))
    return tuple(troubles)
