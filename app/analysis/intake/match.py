"""Heading → item by meaning, never by position: code, known wording, group, unit, answers, then similarity."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.analysis.intake.evidence import looks_like_codes, support
from app.analysis.intake.furniture import is_serial
from app.analysis.intake.lexicon import Lexicon, bare_header, header_keys
from app.analysis.intake.similar import similar_items
from app.analysis.intake.units import unit_kind
from app.domain.instrument import Instrument, Item, ItemType, Role
from app.domain.sheet import Match
from app.domain.words import normal_form

THRESHOLD = 0.75  # confidence below which a heading stays without an item
_RIVAL = 0.05  # two items nearer than this are not told apart
_CODE, _LABEL, _KNOWN, _GROUP, _VALUES = 1.0, 0.99, 0.97, 0.88, 0.8
_DOUBTED = 0.6  # a short code over answers of another kind is chance
_GENERIC = re.compile(
    r"^(?:本年|本期|本年数|本期数|本年实际|本期实际|实际|金额|数值|数量|人数|合计|总计|小计|是否|有无|情况|选项|答案|填报|填报内容|内容|比例|占比|"
    r"(?:19|20)\d\d年?度?|selected choice|value|total)$",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"上年同期|去年同期|上期|同期|前年|去年|上年|同比|增速|增长|增减|环比|last year|previous", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_KINDS = {ItemType.MONEY: "money", ItemType.PERCENT: "percent", ItemType.COUNT: "other"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A header to be matched: its place, text, unit, and a sample of the distinct answers under it."""

    position: int
    text: str
    unit: str = ""
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """A finding about one heading."""

    position: int
    code: str
    header: str
    params: Mapping[str, str]


def match_headings(
    headings: Sequence[Heading], instrument: Instrument, lexicon: Lexicon, units: Sequence[str] = ()
) -> tuple[tuple[Match, ...], tuple[Trouble, ...]]:
    """Return one match a heading, and the findings; `units` are those of the sheet's unit note.

    No item is given below the threshold, between two items that are nearly as likely, or twice: the best heading of an
    item has it.
    """
    items = {item.code: item for item in instrument.items}
    scores = [_known(heading, items, lexicon) for heading in headings]
    open_places = [place for place, score in enumerate(scores) if not score and headings[place].text]
    for place, near in zip(open_places, similar_items([headings[i].text for i in open_places], instrument), strict=True):
        scores[place] = _similar(headings[place], near, items)
    matches = [_decide(heading, score) for heading, score in zip(headings, scores, strict=True)]
    matches = _by_values(matches, headings, instrument)
    matches, repeated = _once_each(matches, headings, items)
    units_of = [_unit(heading, match, items, units) for heading, match in zip(headings, matches, strict=True)]
    matches = [replace(match, unit=unit) for match, unit in zip(matches, units_of, strict=True)]
    return tuple(matches), (*repeated, *_troubles(matches, items, {trouble.position for trouble in repeated}))


def _known(heading: Heading, items: Mapping[str, Item], lexicon: Lexicon) -> dict[str, tuple[float, str]]:
    """Return the items that the heading names exactly, with confidence and reason."""
    parts = [part for part in heading.text.split(" / ") if part]
    for part in parts:
        code = lexicon.code(part)
        if code:
            evidence = support(items[code], heading.answers)
            return {code: (_CODE if evidence is None or evidence >= 0.2 else _DOUBTED, "match.code")}
    found = _wording(heading.text, lexicon) or (_wording(" / ".join(parts[-2:]), lexicon) if parts else ())
    if not found and parts:
        found = _wording(parts[-1], lexicon)
    reason, base = "match.wording", _KNOWN
    if not found and len(parts) > 1 and _GENERIC.match(bare_header(parts[-1])):
        found, reason, base = _wording(parts[-2], lexicon), "match.group", _GROUP
    scores = {code: (_weighed(base, heading, items[code], parts), reason) for code in found}
    return scores if len(scores) < 2 else _told_apart(scores, heading, items, parts)


def _wording(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    return next((lexicon.headers[key] for key in header_keys(text) if key in lexicon.headers), ())


def _weighed(base: float, heading: Heading, item: Item, parts: Sequence[str]) -> float:
    """Return the confidence in an exact wording: a label weighs more than a synonym, a wrong unit or other answers less."""
    own = {normal_form(text) for text in (item.words.zh, item.words.en, item.question.zh, item.question.en)}
    label = any(key in own for key in header_keys(parts[-1]))
    score = max(base, _LABEL) if label and base == _KNOWN else base
    if _unit_conflict(heading, item):
        score -= 0.1
    evidence = support(item, heading.answers)
    if evidence is not None and evidence < 0.2:
        score -= 0.1
    return score


def _told_apart(
    scores: dict[str, tuple[float, str]], heading: Heading, items: Mapping[str, Item], parts: Sequence[str]
) -> dict[str, tuple[float, str]]:
    """Let the group over a heading that several items share speak for one of them."""
    group = normal_form("".join(parts[:-1]))
    told = {}
    for code, (score, reason) in scores.items():
        words = normal_form(items[code].words.zh + items[code].question.zh)
        near = bool(group) and (group in words or any(len(mark) > 1 and mark in words for mark in _marks(parts[:-1])))
        evidence = support(items[code], heading.answers)
        told[code] = (min(1.0, score + (0.0 if near or not group else -0.1) + 0.05 * ((evidence or 0.5) - 0.5)), reason)
    return told


def _marks(parts: Sequence[str]) -> list[str]:
    return [normal_form(part) for part in parts if part]


def _similar(heading: Heading, near: Mapping[str, float], items: Mapping[str, Item]) -> dict[str, tuple[float, str]]:
    """Return the items whose wording resembles the heading, with confidence moved by unit, answers and period."""
    scores = {}
    for code, similarity in near.items():
        item = items[code]
        score = 0.95 * similarity
        if _unit_conflict(heading, item):
            score -= 0.25
        if _EARLIER.search(heading.text) and not any(_EARLIER.search(text) for text in (item.words.zh, *item.synonyms)):
            score -= 0.3
        evidence = support(item, heading.answers)
        if evidence is not None:
            score += 0.05 if evidence >= 0.8 else -0.3 if evidence <= 0.3 else 0.0
        scores[code] = (round(min(0.95, max(0.0, score)), 4), "match.similar")
    return scores


def _unit_conflict(heading: Heading, item: Item) -> bool:
    kind, wanted = unit_kind(heading.unit), _KINDS.get(item.type)
    return bool(kind and wanted and kind != wanted)


def _decide(heading: Heading, scores: Mapping[str, tuple[float, str]]) -> Match:
    """Return the best item above the threshold, none where another comes too near."""
    if not scores:
        return Match(heading.position, heading.text, None, 0.0, "match.none")
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1][0], pair[0]))
    best, (score, reason) = ranked[0]
    rivals = tuple(code for code, (other, _) in ranked[1:] if other >= max(THRESHOLD, score - _RIVAL))
    if score < THRESHOLD:
        return Match(heading.position, heading.text, None, round(score, 3), "match.weak", rivals=(best,))
    if rivals:
        return Match(heading.position, heading.text, None, round(score, 3), "match.rivals", rivals=(best, *rivals))
    return Match(heading.position, heading.text, best, round(score, 3), reason)


def _by_values(matches: list[Match], headings: Sequence[Heading], instrument: Instrument) -> list[Match]:
    """Give the credit code to the one unmatched column that holds such codes, when no heading names it."""
    item = instrument.with_role(Role.CREDIT_CODE)
    if item is None or any(match.item == item.code for match in matches):
        return matches
    places = [i for i, match in enumerate(matches) if match.item is None and looks_like_codes(headings[i].answers)]
    if len(places) != 1:
        return matches
    found = replace(matches[places[0]], item=item.code, confidence=_VALUES, reason="match.values", rivals=())
    return [found if place == places[0] else match for place, match in enumerate(matches)]


def _once_each(
    matches: list[Match], headings: Sequence[Heading], items: Mapping[str, Item]
) -> tuple[list[Match], tuple[Trouble, ...]]:
    """Keep each item at its best heading only: the surest, then the latest year, then the one with most answers."""
    best: dict[str, int] = {}
    for place, match in enumerate(matches):
        if match.item and (
            match.item not in best or _rank(headings, matches, place) > _rank(headings, matches, best[match.item])
        ):
            best[match.item] = place
    kept, troubles = list(matches), []
    for place, match in enumerate(matches):
        if match.item and best[match.item] != place:
            kept[place] = replace(match, item=None, reason="match.repeated", rivals=(match.item,))
            params = {"item": items[match.item].words.zh, "kept": matches[best[match.item]].header}
            troubles.append(Trouble(match.position, "column.repeated", match.header, params))
    return kept, tuple(troubles)


def _rank(headings: Sequence[Heading], matches: Sequence[Match], place: int) -> tuple[float, int, int, int]:
    years = [int(year) for year in _YEAR.findall(headings[place].text)]
    earlier = 0 if _EARLIER.search(headings[place].text) else 1
    return round(matches[place].confidence, 2), earlier, max(years, default=0), len(headings[place].answers)


def _unit(heading: Heading, match: Match, items: Mapping[str, Item], units: Sequence[str]) -> str:
    """Return the unit in which the answers stand: the heading's own, else the one of the sheet's note that suits the item."""
    if heading.unit or match.item is None:
        return heading.unit
    wanted = _KINDS.get(items[match.item].type)
    if wanted not in ("money", "percent"):
        return ""
    return next((unit for unit in units if unit_kind(unit) == wanted), "")


def _troubles(matches: Sequence[Match], items: Mapping[str, Item], told: set[int]) -> tuple[Trouble, ...]:
    troubles = []
    for match in matches:
        if match.item or match.position in told or not match.header or is_serial(match.header):
            continue
        labels = "、".join(items[code].words.zh for code in match.rivals)
        code = "column.ambiguous" if match.reason == "match.rivals" else "column.unmatched"
        troubles.append(Trouble(match.position, code, match.header, {"items": labels} if code == "column.ambiguous" else {}))
    return tuple(troubles)
