"""The words of firm names from resources/taxonomy/name_parts.toml."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from app.domain.firm_names import NameBook
from app.files.resource_rows import Row, read_toml, require_unique


def read_names(path: Path) -> NameBook:
    """Return the book of firm names; ResourceError for a bad row."""
    row = read_toml(path)
    row.text("version")
    row.source()
    alike = row.child("alike")
    alike.source()
    written = alike.child("forms")
    branch, places, telling, trades = (row.child(name) for name in ("branch", "places", "telling", "trades"))
    places.source()
    named = [*places.texts("country"), *places.texts("provinces"), *places.texts("prefectures"), *places.texts("county_cities")]
    require_unique(places, named)
    words = trades.texts("words")
    require_unique(trades, words)
    book = NameBook(
        alike=MappingProxyType({form: written.text(form) for form in tuple(written.fields)}),
        forms=MappingProxyType(_families(row.child("forms"))),
        companies=branch.texts("companies"),
        branches=branch.texts("ends"),
        places=frozenset(named),
        place_ends=places.texts("ends"),
        ordinary=places.texts("ordinary"),
        trades=frozenset(words),
        telling=frozenset(telling.text("characters")),
    )
    for part in (alike, branch, places, telling, trades, row):
        part.close()
    return book


def _families(row: Row) -> dict[str, str]:
    """Return legal form → family; no form may be in two."""
    families = {family: row.texts(family) for family in tuple(row.fields)}
    require_unique(row, [form for forms in families.values() for form in forms])
    return {form: family for family, forms in families.items() for form in forms}
