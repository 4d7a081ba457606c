"""The report of an anonymised firm file, in words."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.anonymous import Anonymity
from app.domain.numbers import number
from app.domain.signing import Release
from app.domain.words import Texts
from app.present.view import View
from app.present.wording import date_text, joined


def report_lines(texts: Texts, found: Anonymity, release: Release, earlier: Sequence[Release]) -> tuple[str, ...]:
    """Return what stands at the head of the file: purpose, how it was made, what it cost, and what it does not protect from."""
    said = {
        name: number(getattr(found, name), "count") for name in ("firms", "rows", "no_township", "no_size", "broad", "left_out")
    }
    lines = [
        texts("anonymous.purpose", purpose=release.purpose, who=release.who, when=date_text(texts, release.when)),
        texts("anonymous.ids"),
        texts("anonymous.left", **said),
        texts("anonymous.groups", k=found.k, groups=number(found.groups, "count"), smallest=number(found.smallest, "count")),
        texts("anonymous.coarser", **said),
    ]
    if found.diversity is not None:
        key = "anonymous.alike" if found.alike else "anonymous.diverse"
        lines.append(texts(key, n=found.diversity, alike=number(found.alike, "count"), groups=number(found.groups, "count")))
    lines.append(texts("anonymous.answers"))
    if earlier:
        when = joined(texts, [f"{each.id} {each.when}" for each in earlier])
        lines.append(texts("anonymous.earlier", releases=when))
    return (*lines, texts("anonymous.journal", hash=release.journal))


def headings(texts: Texts, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the column headings: words for what every file has, codes for the questions."""
    return tuple(texts(f"anonymous.column.{name}") if f"anonymous.column.{name}" in texts.entries else name for name in columns)


def codebook(view: View, items: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """Return code, question and possible answers of each question in the file, and what the sectors and sizes are called."""
    texts = view.texts
    rows = []
    for code in items:
        item = view.study.instrument.item(code)
        options = "；".join(f"{option.code} {texts.of(option.words)}" for option in item.options)
        rows.append((code, texts.of(item.question) or texts.of(item.words), options or item.unit))
    sectors = "；".join(f"{letter} {texts.of(section.words)}" for letter, section in view.resources.taxonomy.sections.items())
    sizes = "；".join(f"{size} {view.filter_value('size', size)}" for size in ("large", "medium", "small", "micro"))
    own = (("sector", sectors), ("size", sizes), ("township", texts("anonymous.any")))
    return (*((name, texts(f"anonymous.column.{name}"), said) for name, said in own), *rows)
