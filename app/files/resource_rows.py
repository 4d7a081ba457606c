"""Rows of a resource file: typed access that uses up every field and says file and row when one is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.domain.words import Words


class ResourceError(UserError, ValueError):
    """A resource that does not say what it must. `code` is `resource.<kind>`; params always hold `file` and `row`."""

    def __init__(self, kind: str, file: str, row: str, **params: object) -> None:
        super().__init__(f"resource.{kind}", file=file, row=row or "-", **params)


@dataclass(frozen=True, slots=True)
class Row:
    """One table of a resource file. Reading a field uses it up; `close` complains about fields nobody read."""

    file: str
    name: str
    fields: dict[str, Any]
    sources: Mapping[str, str] = field(default_factory=dict)

    def error(self, kind: str, **params: object) -> ResourceError:
        """Return the error of this row, to be raised."""
        return ResourceError(kind, self.file, self.name, **params)

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        """Return field `key` if it is of `kind`, `default` where it is absent; ResourceError otherwise."""
        if key not in self.fields:
            if default is ...:
                raise self.error("missing", field=key)
            return default
        value = self.fields.pop(key)
        flag_for_number = isinstance(value, bool) and kind is not bool
        if flag_for_number or not isinstance(value, kind):
            raise self.error("kind", field=key, value=value)
        return value

    def text(self, key: str, default: Any = ...) -> str:
        """Return a text; a required text must not be blank."""
        value: str = self.take(key, str, default)
        if default is ... and not value.strip():
            raise self.error("blank", field=key)
        return value

    def number(self, key: str, default: Any = ...) -> float:
        """Return a number."""
        return float(self.take(key, (int, float), default))

    def optional_number(self, key: str) -> float | None:
        """Return a number, or None where the field is absent."""
        return self.number(key) if key in self.fields else None

    def integer(self, key: str) -> int:
        """Return a whole number."""
        value: int = self.take(key, int)
        return value

    def flag(self, key: str) -> bool:
        """Return a yes/no field, false where it is absent."""
        value: bool = self.take(key, bool, False)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where it is absent."""
        values = self.take(key, list, [])
        if not all(isinstance(value, str) and value for value in values):
            raise self.error("kind", field=key, value=values)
        return tuple(values)

    def words(self, key: str = "") -> Words:
        """Return a zh/en pair: the table `key`, or the fields zh and en of this row itself."""
        row = self.child(key) if key else self
        pair = Words(row.text("zh"), row.text("en"))
        if row is not self:
            row.close()
        return pair

    def optional_words(self, key: str) -> Words:
        """Return the zh/en pair `key`, blank in both languages where it is absent."""
        return self.words(key) if key in self.fields else Words("", "")

    def source(self, key: str = "source", default: str | None = None) -> str:
        """Return the public source of the row: a key of the file's [sources], or the citation itself."""
        named = self.text(key) if default is None else self.text(key, default)
        return self.sources.get(named, named)

    def child(self, key: str) -> Row:
        """Return the table under `key`."""
        return Row(self.file, f"{self.name}.{key}".lstrip("."), dict(self.take(key, dict)), self.sources)

    def children(self, key: str) -> tuple[Row, ...]:
        """Return the list of tables under `key`, each named by its place and its code or id; empty where absent."""
        tables = self.take(key, list, [])
        if not all(isinstance(table, dict) for table in tables):
            raise self.error("kind", field=key, value=tables)
        return tuple(self._numbered(key, place, table) for place, table in enumerate(tables, 1))

    def named(self, key: str) -> Iterator[tuple[str, Row]]:
        """Yield name and table of each table under `key`."""
        group = self.child(key)
        for name in tuple(group.fields):
            yield name, group.child(name)

    def close(self) -> None:
        """Raise ResourceError when a field was never read: most likely a misspelt name."""
        if self.fields:
            raise self.error("unknown", field=sorted(self.fields)[0])

    def _numbered(self, key: str, place: int, table: Mapping[str, Any]) -> Row:
        label = table.get("code") or table.get("id") or table.get("item") or ""
        prefix = f"{self.name} " if self.name else ""
        return Row(self.file, f"{prefix}{key} {place} {label}".rstrip(), dict(table), self.sources)


def parse_toml(text: str, file: str) -> Row:
    """Return the root table of a TOML text, its [sources] set aside; ResourceError names the line that is not TOML."""
    try:
        fields = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ResourceError("syntax", file, "", problem=error) from error
    sources = fields.pop("sources", {})
    return Row(file, "", fields, sources)


def read_toml(path: Path) -> Row:
    """Return the root table of a TOML file; ResourceError when it is unreadable or not UTF-8 TOML."""
    return parse_toml(read_resource_text(path), path.name)


def read_resource_text(path: Path) -> str:
    """Return the text of a UTF-8 file; ResourceError when it cannot be read as that."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError("unreadable", path.name, "", problem=type(error).__name__) from error


def require_unique(row: Row, names: Sequence[str]) -> None:
    """Raise ResourceError when a name occurs twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise row.error("duplicate", field=name)
        seen.add(name)
