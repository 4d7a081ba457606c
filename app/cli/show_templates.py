"""What `templates` prints: each template with its sections, then the places that a document of one's own can name."""

from __future__ import annotations

from app.cli.session import Session
from app.workflows.templates import Offered

GROUPS = ("share", "range", "penetration", "text", "section", "table", "figure")


def show_templates(offered: Offered, session: Session) -> int:
    """Print what there is."""
    if session.as_json:
        session.json(
            {
                "templates": [
                    {"id": each.id, "formats": each.formats, "sections": each.sections, "layout": each.layout}
                    for each in offered.templates
                ],
                "places": offered.places,
                "file": offered.file or None,
                "named": offered.named,
            }
        )
        return 0
    if offered.file:
        session.say("templates.named", file=offered.file, n=len(offered.named), names=" ".join(offered.named))
        return 0
    texts = session.texts
    heads = [texts(f"templates.{name}") for name in ("id", "name", "formats", "sections")]
    rows = [(each.id, texts.of(each.words), " ".join(each.formats), " ".join(each.sections)) for each in offered.templates]
    session.table(heads, rows)
    session.say("templates.places")
    for name, words in _grouped(offered.places):
        session.say("templates.place", name=name, words=texts(f"templates.of.{words}"))
    session.say("templates.loop")
    return 0


def _grouped(places: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return (names, key of their words): places that begin alike stand on one line."""
    groups: dict[str, list[str]] = {}
    for place in places:
        first = place.partition("_")[0]
        groups.setdefault(first if first in GROUPS else place, []).append(place)
    return [(" ".join(names), key) for key, names in groups.items()]
