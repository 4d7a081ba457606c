"""The firm table taken apart by source and put together again, so that one file can be read anew among many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.domain.instrument import Instrument, ItemType
from app.domain.responses import Responses

_ALIGNED = ("values", "originals", "firms", "places")  # the frames with one row a response


def pieces(old: Responses | None, order: Sequence[str], fresh: Mapping[str, Sequence[Responses]]) -> tuple[Responses, ...]:
    """Return the responses of the sources `order` (sha256), in that order: those of `fresh` where it has them, else of `old`.

    Neighbours that stay as they were stay in one piece.
    """
    found: list[Responses] = []
    kept: list[str] = []
    for sha256 in (*order, ""):
        if sha256 and sha256 not in fresh:
            kept.append(sha256)
            continue
        if kept and old is not None:
            found.append(_of(old, kept))
        kept = []
        found += fresh.get(sha256, ())
    return tuple(piece for piece in found if piece.blocks)


def part_of(responses: Responses, source: str) -> Responses:
    """Return what came from one source (its hash): a table without rows when nothing did."""
    return _of(responses, (source,))


def in_plain_order(responses: Responses, instrument: Instrument) -> Responses:
    """Return the same responses with the categories of open columns in the order of their texts, none unused.

    The way by which the table came about then leaves no trace in it: same answers, same bytes. Closed items have their
    answers as categories, whatever was answered, and stay as they are.
    """
    multi = {item.code for item in instrument.items if item.type is ItemType.MULTI}
    inexact = responses.qualifiers
    return replace(
        responses,
        values=_plain(responses.values, multi),
        originals=_plain(responses.originals, set(responses.originals.columns)),
        firms=_plain(responses.firms, set(responses.firms.columns)),
        qualifiers=None if inexact is None else _plain(inexact, set(inexact.columns)),
    )


def same(one: Responses | None, other: Responses | None) -> bool:
    """Whether two tables hold the same answers of the same places."""
    if one is None or other is None or one is other:
        return one is other
    if one.blocks != other.blocks or (one.qualifiers is None) != (other.qualifiers is None):
        return False
    pairs = [(getattr(one, name), getattr(other, name)) for name in (*_ALIGNED, "qualifiers")]
    return all(ours is theirs or ours.equals(theirs) for ours, theirs in pairs)


def _of(old: Responses, sources: Sequence[str]) -> Responses:
    """The part of `old` that came from `sources`."""
    wanted = set(sources)
    chosen = np.array([block.source in wanted for block in old.blocks], dtype=bool)
    if chosen.all():
        return old
    block = old.places["block"].to_numpy()
    rows = np.flatnonzero(chosen[block])
    number = (np.cumsum(chosen) - 1).astype(np.int32)
    frames = {name: getattr(old, name).take(rows).reset_index(drop=True) for name in _ALIGNED}
    frames["places"] = frames["places"].assign(block=number[block[rows]])
    blocks = tuple(each for each, is_in in zip(old.blocks, chosen, strict=True) if is_in)
    return replace(old, **frames, blocks=blocks, qualifiers=_inexact(old, rows))


def _inexact(old: Responses, rows: npt.NDArray[np.intp]) -> pd.DataFrame | None:
    """The qualifiers of `rows`, by their new positions."""
    if old.qualifiers is None:
        return None
    place = np.full(len(old), -1, dtype=np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    position = place[old.qualifiers["position"].to_numpy()]
    kept = np.flatnonzero(position >= 0)
    return old.qualifiers.take(kept).reset_index(drop=True).assign(position=position[kept])


def _plain(frame: pd.DataFrame, columns: set[str]) -> pd.DataFrame:
    changed: dict[str, Any] = {}
    for name in frame.columns:
        column = frame[name].array
        if name in columns and isinstance(column, pd.Categorical):
            tidy = _sorted(column)
            if tidy is not column:
                changed[name] = tidy
    return frame.assign(**changed) if changed else frame


def _sorted(column: pd.Categorical) -> pd.Categorical:
    categories, codes = column.categories.to_numpy(dtype=object), column.codes
    used = np.flatnonzero(np.bincount(codes[codes >= 0], minlength=len(categories)))
    order = np.array(sorted(used, key=categories.__getitem__), dtype=np.int64)
    if len(order) == len(categories) and (order == np.arange(len(order))).all():
        return column
    table: npt.NDArray[np.int32] = np.full(len(categories) + 1, -1, dtype=np.int32)  # the last place is that of a missing answer
    table[order] = np.arange(len(order), dtype=np.int32)
    dtype = pd.CategoricalDtype(pd.Index(categories[order].tolist(), dtype="str"))
    return pd.Categorical.from_codes(table[codes], dtype=dtype, validate=False)
