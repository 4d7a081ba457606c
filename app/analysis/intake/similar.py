"""How much unknown headings resemble the wordings of items."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from app.analysis.intake.lexicon import bare_header, item_wordings
from app.analysis.intake.option_book import same_polarity
from app.domain.instrument import Instrument, Item
from app.domain.words import normal_form

_LOWEST = 70.0  # similarity (0–100) below which nothing is looked at
_SHORTEST = 4  # characters a wording needs to be looked for inside a longer heading
_LATIN = 0.88  # letters say less than characters: Ending is not Spending, and asset_id not assets
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=8)
def _wordings(items: tuple[Item, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return all wordings in normal form, and the item code of each."""
    pairs = dict.fromkeys((_form(text), item.code) for item in items for text in item_wordings(item))
    texts, codes = zip(*(pair for pair in pairs if pair[0]), strict=True)
    return texts, codes


def _form(text: str) -> str:
    return normal_form(bare_header(text)).replace("人工智能", "ai")


def similar_items(headings: Sequence[str], instrument: Instrument) -> list[Mapping[str, float]]:
    """Return for each heading the items it resembles with their similarity (0–1): whole path or last part, best wording."""
    texts, codes = _wordings(instrument.items)
    if not headings:
        return []
    paths = [_form(heading.replace(" / ", "")) for heading in headings]
    lasts = [_form(heading.split(" / ")[-1]) for heading in headings]
    scores = np.maximum(_scores(paths, texts), _scores(lasts, texts))
    return [_best(last, row, texts, codes) for last, row in zip(lasts, scores, strict=True)]


def _scores(headings: Sequence[str], texts: Sequence[str]) -> np.ndarray:
    """Return similarities (n_headings, n_texts) of 0–100: of the whole, or a little less for a wording inside a heading."""
    scores: np.ndarray = process.cdist(headings, texts, scorer=fuzz.ratio, score_cutoff=_LOWEST).astype(np.float64)
    long = [place for place, text in enumerate(texts) if len(text) >= _SHORTEST]
    inside = process.cdist(headings, [texts[place] for place in long], scorer=fuzz.partial_ratio, score_cutoff=90.0)
    for row, column in np.argwhere(inside > 0).tolist():
        heading, text = headings[row], texts[long[column]]
        if len(heading) >= len(text):
            weighed = float(inside[row, column]) * _share(heading, text)
            scores[row, long[column]] = max(scores[row, long[column]], weighed)
    return scores


def _share(heading: str, text: str) -> float:
    """Return the weight of a wording found inside a heading: the more of the heading it leaves unexplained, the less.

    A wording at the end weighs more: a Chinese heading ends in the noun it is about (使用智能体数量 asks for a number).
    """
    return 0.6 + 0.34 * len(text) / len(heading) + (0.06 if heading.endswith(text) else 0.0)


def _best(heading: str, scores: np.ndarray, texts: Sequence[str], codes: Sequence[str]) -> Mapping[str, float]:
    best: dict[str, float] = {}
    for place in np.flatnonzero(scores >= _LOWEST).tolist():
        text, score = texts[place], float(scores[place]) / 100
        if not same_polarity(heading, text):
            score -= 0.4  # 未应用 and 应用 resemble each other and mean the opposite
        if set(_DIGITS.findall(text)) - set(_DIGITS.findall(heading)):
            score -= 0.15
        if heading.isascii():
            score *= _LATIN
        if score > best.get(codes[place], 0.0):
            best[codes[place]] = score
    return best
