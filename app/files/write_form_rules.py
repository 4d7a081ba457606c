"""What a form lets people enter, and what it tells them when they enter something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.instrument import Item, ItemType
from app.domain.words import Texts
from app.files.write_form_plan import NUMERIC, FormColumn

_INLINE = 240  # characters of a list within a rule; Excel takes 255
_MESSAGE, _TITLE = 255, 32  # characters of a rule's texts
_MOST = 1e12  # no answer in 万元, people or pieces is larger
_CODE_LENGTH = 18  # GB 32100-2015


def list_name(item: Item) -> str:
    """Return the name under which the choices of an item stand in the workbook."""
    return f"list_{item.code}"


def is_inline(column: FormColumn) -> bool:
    """Return whether the choices of a column go into the rule itself: short, and none with a comma."""
    return len(",".join(column.choices)) <= _INLINE and not any("," in choice for choice in column.choices)


def rule(column: FormColumn, texts: Texts) -> Mapping[str, Any] | None:
    """Return the rule of a column as XlsxWriter takes it, None for free text."""
    item = column.item
    if column.choices:
        return _list(column, texts)
    if item.type in NUMERIC:
        return _range(item, texts)
    if item.type is ItemType.CODE:
        told = _told(texts, "code", stop=False)
        return {"validate": "length", "criteria": "==", "value": _CODE_LENGTH, **told}
    return None


def limits(item: Item) -> tuple[float, float]:
    """Return the lowest and highest answer of a number, in the stored unit; a share without limits lies in 0–1."""
    low = item.low if item.low is not None else 0.0 if item.type is not ItemType.NUMBER else -_MOST
    high = item.high if item.high is not None else 1.0 if item.type is ItemType.PERCENT else _MOST
    return low, high


def limit_texts(item: Item) -> tuple[str, str]:
    """Return the limits as people read them: shares in percent; "" where there is none but that of the program."""
    percent = item.type is ItemType.PERCENT
    told = (f"{value * 100:g}%" if percent else f"{value:,.15g}" for value in limits(item))
    low, high = told
    return ("" if limits(item)[0] == -_MOST else low), ("" if limits(item)[1] == _MOST else high)


def _list(column: FormColumn, texts: Texts) -> Mapping[str, Any]:
    source = list(column.choices) if is_inline(column) else f"={list_name(column.item)}"
    kind = column.item.type
    if kind is ItemType.MULTI:  # several are written one after another, which a list cannot hold against
        message = texts("form.tell.multi", options=texts("form.separator").join(column.choices))
        return {"validate": "list", "source": source, "show_error": False, **_hint(column, message)}
    if kind in (ItemType.INDUSTRY, ItemType.TEXT):
        return {"validate": "list", "source": source, **_told(texts, "near_list", stop=False)}
    return {"validate": "list", "source": source, **_told(texts, "list", stop=True)}


def _range(item: Item, texts: Texts) -> Mapping[str, Any]:
    low, high = limits(item)
    shown = limit_texts(item)
    whole = item.type is ItemType.COUNT
    key = "whole" if whole else "percent" if item.type is ItemType.PERCENT else "number"
    bounds = (
        texts("form.tell.between", low=shown[0], high=shown[1]) if all(shown) else texts("form.tell.from", low=shown[0] or "0")
    )
    told = _told(texts, key, stop=True, bounds=bounds, unit=item.unit)
    return {"validate": "integer" if whole else "decimal", "criteria": "between", "minimum": low, "maximum": high, **told}


def _told(texts: Texts, key: str, *, stop: bool, **values: str) -> Mapping[str, Any]:
    title, message = texts(f"form.error.{key}.title", **values), texts(f"form.error.{key}.message", **values)
    return {"error_title": title[:_TITLE], "error_message": message[:_MESSAGE], "error_type": "stop" if stop else "warning"}


def _hint(column: FormColumn, message: str) -> Mapping[str, Any]:
    short = message if len(message) <= _MESSAGE else message[: _MESSAGE - 1] + "…"
    return {"input_title": column.heading[:_TITLE], "input_message": short}
