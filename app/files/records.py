"""Frozen dataclasses as JSON and back, led by their own annotations; no type is ever named by the file."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T")


def encode_record(value: object) -> str:
    """Return `value` (dataclasses, tuples, mappings, enums, plain values) as compact ASCII JSON, order kept."""
    return json.dumps(_plain(value), separators=(",", ":"))


def decode_record(kind: type[T], text: str) -> T:
    """Return the value of type `kind` that this JSON describes; ValueError when it does not fit the type."""
    try:
        value: T = _build(kind, json.loads(text))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"a stored record does not fit {kind}: {error}") from error
    return value


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"{type(value).__name__} cannot be stored in a record")


def _build(kind: Any, plain: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return _build_union(typing.get_args(kind), plain)
    if origin is tuple:
        return _build_tuple(typing.get_args(kind), plain)
    if origin is not None and issubclass(origin, Mapping):
        of = typing.get_args(kind)[1]
        return {key: _build(of, entry) for key, entry in plain.items()}
    if dataclasses.is_dataclass(kind):
        hints = _hints(typing.cast(Any, kind))
        return kind(**{name: _build(hints[name], entry) for name, entry in plain.items()})  # type: ignore[operator]
    return _build_simple(kind, plain)


def _build_union(kinds: tuple[Any, ...], plain: Any) -> Any:
    if plain is None:
        return None
    return _build(next(kind for kind in kinds if kind is not types.NoneType), plain)


def _build_tuple(kinds: tuple[Any, ...], plain: Any) -> tuple[Any, ...]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_build(kinds[0], entry) for entry in plain)
    return tuple(_build(kind, entry) for kind, entry in zip(kinds, plain, strict=True))


def _build_simple(kind: Any, plain: Any) -> Any:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(plain)
    if kind is float and isinstance(plain, int) and not isinstance(plain, bool):
        return float(plain)
    if not isinstance(plain, kind):
        raise TypeError(f"{plain!r} is no {kind.__name__}")
    return plain


@lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)
