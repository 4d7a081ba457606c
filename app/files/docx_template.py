"""A user's own Word document as a template: its named places are filled, everything else of it stays as it was.

docxtpl reads the places, which Word scatters over runs. Only places, `for` and `if` are understood: nothing in a template can
call, compute or loop long, and nothing that a firm wrote is ever read as a place.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.domain.brief import Brief
from app.domain.document import Document, Line
from app.domain.errors import UserError
from app.domain.words import Texts
from app.files.brief_places import BLOCK, BLOCK_END, IN_SECTION, Places, clean_text, known_places, places_of, unknown_place
from app.files.file_names import shown_name
from app.files.readback.document import read_document
from app.files.template_links import check_links, cut_off

LOOP_WORDS = ("loop", "first", "last", "index")
MOST_DEPTH = 2  # loops inside loops
_RAW = re.compile(r"\{\{(?:r|p|tr|tc)\s")
_UNDERSTOOD = frozenset(("Template", "Output", "TemplateData", "Name", "Const", "For", "If", "Getattr", "Not", "And", "Or"))


def filled(path: Path, brief: Brief, texts: Texts) -> tuple[bytes, Places]:
    """Return the user's document with its text places filled and block places still marked, and what its places hold.

    UserError: `document.*` for what is no Word document or unsafe; `places.linked` as `check_links`; `places.unknown` for a place
    there is none of, with the nearest known one; `places.none` where it names none at all; `places.syntax` for what cannot be
    read or is more than places, loops over sections and conditions.
    """
    places = places_of(brief, texts)
    context = _context(places)
    _named(path, context)
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    try:
        document = DocxTemplate(str(path))
        document.render(context, jinja_env=_environment(context, shown_name(path)))
        cut_off(document.docx)
        buffer = io.BytesIO()
        document.save(buffer)
    except TemplateError as error:
        raise UserError("places.syntax", file=shown_name(path), reason=_first_line(str(error.message or error))) from error
    except (ValueError, KeyError, OSError) as error:  # a document whose parts do not fit together
        raise UserError("document.damaged", file=shown_name(path)) from error
    return buffer.getvalue(), places


def named_places(path: Path) -> tuple[str, ...]:
    """Return the places that the document at `path` names, in order of the alphabet; UserError as `filled`."""
    return _named(path, dict.fromkeys(known_places(), ""))


def _named(path: Path, context: Mapping[str, Any]) -> tuple[str, ...]:
    found = read_document(path)
    if found.kind != "docx":
        raise UserError("places.not_docx", file=shown_name(path))
    check_links(path)
    _check_raw(found, shown_name(path))
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    try:
        names = DocxTemplate(str(path)).get_undeclared_template_variables(_environment(context, shown_name(path)))
    except TemplateError as error:
        raise UserError("places.syntax", file=shown_name(path), reason=_first_line(str(error.message or error))) from error
    except (ValueError, KeyError, OSError) as error:  # a document whose parts do not fit together
        raise UserError("document.damaged", file=shown_name(path)) from error
    if not names:
        raise UserError("places.none", file=shown_name(path))
    return tuple(sorted(names))


def _check_raw(document: Document, file: str) -> None:
    """UserError `places.syntax` for a place that would be put between the document's paragraphs, where no program shows it."""
    for item in document.items:
        texts = [item.text] if isinstance(item, Line) else [cell.text for row in item.rows for cell in row]
        raw = next(filter(None, map(_RAW.search, texts)), None)
        if raw is not None:
            raise UserError("places.syntax", file=file, reason=clean_text(raw.group()))


def _first_line(text: str) -> str:
    return clean_text(text).split("\n")[0][:120]


def _context(places: Places) -> dict[str, Any]:
    blocks = {name: f"{BLOCK}{name}{BLOCK_END}" for name in places.blocks}
    return {**blocks, **places.texts, "sections": list(places.sections)}


def _environment(context: Mapping[str, Any], file: str) -> Any:
    """Return a Jinja environment that escapes everything, runs nothing, and knows every place it meets or says so."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    class Environment(SandboxedEnvironment):
        """Looks at every template before it is compiled."""

        def _parse(self, source: str, name: str | None, filename: str | None) -> Any:
            tree = super()._parse(source, name, filename)
            _check(tree, context, file)
            return tree

    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.filters.clear()
    environment.globals.clear()
    return environment


def _check(tree: Any, context: Mapping[str, Any], file: str) -> None:
    """UserError for what a template may not do, and for a place there is none of."""
    from jinja2 import meta, nodes

    for kind in (type(node).__name__ for node in _all(tree)):
        if kind not in _UNDERSTOOD:  # before anything else: to look for names computes what is constant, however large
            raise UserError("places.syntax", file=file, reason=kind)
    for name in sorted(meta.find_undeclared_variables(tree)):
        if name not in context:
            raise unknown_place(name, (*known_places(), *context), file)
    for node in _all(tree):
        if isinstance(node, nodes.Getattr) and node.attr not in (*IN_SECTION, *LOOP_WORDS):
            raise unknown_place(f"{getattr(node.node, 'name', '')}.{node.attr}", tuple(f"section.{n}" for n in IN_SECTION), file)
    if _depth(tree) > MOST_DEPTH:
        raise UserError("places.syntax", file=file, reason="for … for … for")


def _all(tree: Any) -> Iterator[Any]:
    yield tree
    for child in tree.iter_child_nodes():
        yield from _all(child)


def _depth(node: Any) -> int:
    inner = max(map(_depth, node.iter_child_nodes()), default=0)
    return inner + (type(node).__name__ == "For")
