"""Templates of documents and the pages they are set on, from resources/briefing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.domain.brief import BriefTemplate, PageLayout
from app.files.resource_rows import ResourceError, Row, read_toml

ROLES = ("title", "text", "heading", "subheading", "body", "number")  # what fonts are named for
SIZES = ("title", "text", "heading", "subheading", "table", "note", "number")


def read_layouts(paths: Sequence[Path]) -> dict[str, PageLayout]:
    """Return the page layouts of these files by id, one a file; ResourceError for a bad or repeated one."""
    layouts: dict[str, PageLayout] = {}
    for path in paths:
        row = read_toml(path)
        layout = _layout(row)
        row.close()
        if layout.id in layouts:
            raise row.error("duplicate", field=layout.id)
        layouts[layout.id] = layout
    return layouts


def read_templates(paths: Sequence[Path], layouts: Mapping[str, PageLayout]) -> dict[str, BriefTemplate]:
    """Return the templates of these files by id, one a file; ResourceError for a bad or repeated one, or one of no known page."""
    templates: dict[str, BriefTemplate] = {}
    for path in paths:
        row = read_toml(path)
        template = _template(row)
        row.close()
        if template.id in templates:
            raise row.error("duplicate", field=template.id)
        if template.layout not in layouts:
            raise ResourceError("kind", path.name, template.id, field="layout", value=template.layout)
        templates[template.id] = template
    return templates


def _layout(row: Row) -> PageLayout:
    sizes, fonts = row.child("sizes"), row.child("fonts")
    latin = _latin(row)
    layout = PageLayout(
        id=row.text("id"),
        words=row.words(),
        **{name: row.number(name) for name in ("width", "height", "top", "bottom", "left", "right")},
        sizes={name: sizes.number(name) for name in SIZES},
        fonts={role: fonts.texts(role) for role in ROLES},
        line=row.optional_number("line"),
        lines=row.integer("lines"),
        characters=row.integer("characters"),
        page_number=row.text("page_number"),
        source=row.source(),
        verify=row.flag("verify"),
        outer_numbers=row.flag("outer_numbers"),
        contents=row.flag("contents"),
        annexes=row.flag("annexes"),
        latin=latin[0],
        latin_sizes=latin[1],
    )
    sizes.close()
    fonts.close()
    lacking = next((role for role, names in layout.fonts.items() if not names), "")
    if lacking:
        raise row.error("missing", field=f"fonts.{lacking}")
    return layout


def _latin(row: Row) -> tuple[dict[str, tuple[str, ...]], dict[str, float]]:
    """Return fonts and sizes of English text; a page that names none sets it as Chinese."""
    fonts: dict[str, tuple[str, ...]] = {}
    sizes: dict[str, float] = {}
    if "latin" in row.fields:
        named = row.child("latin")
        fonts = {role: named.texts(role) for role in ROLES}
        named.close()
    if "latin_sizes" in row.fields:
        given = row.child("latin_sizes")
        sizes = {name: given.number(name) for name in SIZES}
        given.close()
    return fonts, sizes


def _template(row: Row) -> BriefTemplate:
    template = BriefTemplate(
        id=row.text("id"),
        words=row.words(),
        formats=row.texts("formats"),
        sections=row.texts("sections"),
        layout=row.text("layout"),
        off=row.texts("off"),
        unnumbered=row.texts("unnumbered"),
        most_slides=row.integer("most_slides") if "most_slides" in row.fields else 0,
        signed=row.flag("signed"),
    )
    if not template.formats or not template.sections:
        raise row.error("missing", field="formats" if not template.formats else "sections")
    unknown = next((name for name in (*template.off, *template.unnumbered) if name not in template.sections), "")
    if unknown:
        raise row.error("kind", field="off", value=unknown)
    return template
