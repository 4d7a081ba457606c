"""What one heading says of the items it may mean: exactly, through its group, or by resemblance, weighed by unit and answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.analysis.intake.evidence import listed_share, support
from app.analysis.intake.headings import Heading
from app.analysis.intake.lexicon import Lexicon, bare_header, header_keys
from app.analysis.intake.option_book import LABEL
from app.analysis.intake.similar import similar_items
from app.analysis.intake.units import unit_kind
from app.domain.instrument import Item, ItemType
from app.domain.words import normal_form

Scores = Mapping[str, tuple[float, str]]  # item → confidence and reason
UNIT_KINDS = {ItemType.MONEY: "money", ItemType.PERCENT: "percent", ItemType.COUNT: "other"}
_CODE, _LABEL, _KNOWN, _GROUP = 1.0, 0.99, 0.97, 0.88
_DOUBTED = 0.6  # a short code over answers of another kind is chance
_LISTED = 0.1  # what a drop-down list of nothing but an item's own options adds
_BY_OPTIONS = 0.7  # answers alone are worth a question, not a guess
_LOOKED = 20  # answers that are enough to tell
_NEARLY = 0.9  # share of answers that must be an item's own options
_GENERIC = re.compile(
    r"^(?:本年|本期|本年数|本期数|本年实际|本期实际|实际|金额|数值|数量|人数|合计|总计|小计|是否|有无|情况|选项|答案|填报|填报内容|内容|比例|占比|"
    r"(?:19|20)\d\d年?度?|selected choice|value|total)$",
    re.IGNORECASE,
)


def known_items(heading: Heading, lexicon: Lexicon) -> Scores:
    """Return the items that the heading names exactly, with confidence and reason."""
    items = lexicon.items_of
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
    scores = {code: (_weighed(base, heading, items[code], parts, lexicon), reason) for code in found}
    return scores if len(scores) < 2 else _told_apart(scores, heading, items, parts)


def similar_scores(heading: Heading, lexicon: Lexicon, earlier: re.Pattern[str]) -> Scores:
    """Return the items whose wording resembles the heading, with confidence moved by unit, answers, lists and period."""
    scores: dict[str, tuple[float, str]] = {}
    for code, similarity in similar_items(heading.text, lexicon).items():
        item = lexicon.items_of[code]
        score = 0.95 * similarity
        if _unit_conflict(heading, item):
            score -= 0.25
        if earlier.search(heading.text) and not any(earlier.search(text) for text in (item.words.zh, *item.synonyms)):
            score -= 0.3
        evidence = support(item, (*heading.entries, *heading.answers))
        if evidence is not None:
            score += 0.05 if evidence >= 0.8 else -0.3 if evidence <= 0.3 else 0.0
        score += _LISTED * listed_share(item, heading.entries)
        scores[code] = (round(min(0.95, max(0.0, score)), 4), "match.similar")
    told = _told_by_options(heading, lexicon)
    if told and scores.get(told, (0.0, ""))[0] < _BY_OPTIONS:
        scores[told] = (_BY_OPTIONS, "match.values")
    return scores


def _told_by_options(heading: Heading, lexicon: Lexicon) -> str:
    """Return the one item whose options the drop-down list, or the answers under the heading, are; "" none or several."""
    texts = (heading.entries or heading.answers)[:_LOOKED]
    known = sum(normal_form(LABEL.sub("", text, count=1)) in lexicon.answers for text in texts)
    if not texts or known < _NEARLY * len(texts):
        return ""
    fitting = [item.code for item in lexicon.items_of.values() if listed_share(item, texts) >= _NEARLY]
    return fitting[0] if len(fitting) == 1 else ""


def _wording(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    return next((lexicon.headers[key] for key in header_keys(text) if key in lexicon.headers), ())


def _weighed(base: float, heading: Heading, item: Item, parts: Sequence[str], lexicon: Lexicon) -> float:
    """Return the confidence in an exact wording: a label weighs more than a synonym, a wrong unit or other answers less."""
    own = lexicon.labels[item.code]
    label = any(key in own for key in header_keys(parts[-1]))
    score = max(base, _LABEL) if label and base == _KNOWN else base
    if _unit_conflict(heading, item):
        score -= 0.1
    evidence = support(item, heading.answers)
    if evidence is not None and evidence < 0.2:
        score -= 0.1
    return score


def _told_apart(
    scores: Mapping[str, tuple[float, str]], heading: Heading, items: Mapping[str, Item], parts: Sequence[str]
) -> Scores:
    """Let the group over a heading, its drop-down list and its answers speak for one of several items that share it."""
    group = normal_form("".join(parts[:-1]))
    marks = [normal_form(part) for part in parts[:-1] if part]
    told = {}
    for code, (score, reason) in scores.items():
        words = normal_form(items[code].words.zh + items[code].question.zh)
        near = bool(group) and (group in words or any(len(mark) > 1 and mark in words for mark in marks))
        evidence = support(items[code], (*heading.entries, *heading.answers))
        score += (0.0 if near or not group else -0.1) + 0.05 * ((0.5 if evidence is None else evidence) - 0.5)
        told[code] = (min(1.0, score), reason)
    return told


def _unit_conflict(heading: Heading, item: Item) -> bool:
    kind, wanted = unit_kind(heading.unit), UNIT_KINDS.get(item.type)
    return bool(kind and wanted and kind != wanted)
