"""Answers given by the letters or numbers of the form's own drop-down list, which may have another order than ours."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.intake.distinct import Distinct
from app.analysis.intake.option_book import LABEL, SEPARATORS, option_book, whole
from app.analysis.intake.tidy import tidy
from app.domain.instrument import Item, ItemType

_CLOSED = (ItemType.SINGLE, ItemType.LADDER, ItemType.MULTI)
_MARK = " .。、)(（）"


def worded(distinct: Distinct, item: Item, entries: tuple[str, ...]) -> Distinct:
    """Return the answers with each letter or number of a labelled drop-down list (A.未起步, 2、试点) replaced by its wording.

    The list holds only if every labelled entry is an option of the item; otherwise nothing is changed.
    """
    labels = _labels(entries, item) if entries and item.type in _CLOSED else {}
    if not labels:
        return distinct
    texts = tuple(_worded(text, labels, several=item.type is ItemType.MULTI) for text in distinct.texts)
    return distinct if texts == distinct.texts else replace(distinct, texts=texts)


def _labels(entries: tuple[str, ...], item: Item) -> dict[str, str]:
    book = option_book(item)
    labels: dict[str, str] = {}
    for entry in entries:
        match = LABEL.match(tidy(entry))
        text = tidy(entry)[match.end() :] if match else ""
        if match is None or whole(text, book) is None:
            return {}
        labels[match[1].casefold()] = text
    return labels


def _worded(text: str, labels: dict[str, str], *, several: bool) -> str:
    parts = [part for part in SEPARATORS.split(tidy(text)) if part.strip()] if several else [tidy(text)]
    if several and len(parts) == 1 and parts[0].isascii() and parts[0].isalpha():
        parts = list(parts[0])  # ACD
    marks = [part.strip(_MARK).casefold() for part in parts]
    return "；".join(labels[mark] for mark in marks) if marks and all(mark in labels for mark in marks) else text
