"""How much unknown headings resemble the wordings of items."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from app.analysis.intake.lexicon import Lexicon, bare_header, item_wordings
from app.analysis.intake.option_book import same_polarity
from app.domain.words import normal_form

_LOWEST = 70.0  # similarity (0–100) below which nothing is looked at
_SHORTEST = 4  # characters a wording needs to be looked for inside a longer heading
_LATIN = 0.88  # letters say less than characters: Ending is not Spending, and asset_id not assets
_LAST = re.compile(r" / |/\s*(?=其中)|(?<=\S)\s*其中\s*[:：]")  # 从业人员/其中：研发人员 is about the last of them
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=8)
def _wordings(lexicon: Lexicon) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]:
    """Return all wordings in normal form, the item code of each, and which are long enough to be looked for inside headings."""
    pairs = dict.fromkeys((_form(text), item.code) for item in lexicon.items_of.values() for text in item_wordings(item))
    texts, codes = zip(*(pair for pair in pairs if pair[0]), strict=True)
    return texts, codes, tuple(place for place, text in enumerate(texts) if len(text) >= _SHORTEST)


def _form(text: str) -> str:
    return normal_form(bare_header(text)).replace("人工智能", "ai").replace("的", "")


@lru_cache(maxsize=16_384)
def similar_items(heading: str, lexicon: Lexicon) -> Mapping[str, float]:
    """Return the items a heading resembles with their similarity (0–1): whole path or last part, best wording.

    Kept between calls: the files of a form have the same unknown headings.
    """
    texts, codes, long = _wordings(lexicon)
    path, last = _form(heading.replace(" / ", "")), _form(_LAST.split(heading)[-1])
    forms = [path] if path == last else [path, last]
    return _best(last, _scores(forms, texts, long).max(axis=0), texts, codes)


def _scores(headings: Sequence[str], texts: Sequence[str], long: Sequence[int]) -> np.ndarray:
    """Return similarities (n_headings, n_texts) of 0–100: of the whole, or a little less for a wording inside a heading."""
    scores: np.ndarray = process.cdist(headings, texts, scorer=fuzz.ratio, score_cutoff=_LOWEST).astype(np.float64)
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
