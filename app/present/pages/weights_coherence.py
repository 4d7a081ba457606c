"""内部一致性: whether the questions of a pillar, and the pillars, belong together before they are added up."""

from __future__ import annotations

from app.domain.numbers import number, percent
from app.domain.robustness import Coherence, CoherenceFlag, PillarCoherence
from app.present.pages.common import assess_again
from app.present.pages.section import Listing, Part, Passage, Section
from app.present.pages.values import Column, PageTable
from app.present.view import View

ALPHA = 0.7  # what is commonly asked of a scale (Nunnally 1978, Psychometric Theory, ch. 7)
LENIENT = 0.6  # below it a pillar is flagged (analysis.index.coherence_flags)
GOOD, FAIR = "good", "fair"


def coherence_section(view: View) -> Section:
    """Return a row a pillar, what to look at with the remedy, and how pillars go together; or that nothing was checked."""
    texts = view.texts
    found = view.assessment.coherence if view.assessment is not None else None
    if found is None:
        return Section(texts("assess.coherence.none"), step=assess_again(view))
    correlations = _correlations(view, found)
    rows: list[tuple[Part, ...]] = [(_pillars(view, found),), (_flags(view, found),)]
    if correlations is not None:
        rows.append((correlations,))
    return Section(
        _headline(view, found), tuple(rows), tuple(texts(f"assess.coherence.note_{name}") for name in ("alpha", "first", "value"))
    )


def _headline(view: View, found: Coherence) -> str:
    texts = view.texts
    known = [pillar for pillar in found.pillars if pillar.alpha is not None]
    if not known:
        return texts("assess.coherence.headline_few")
    good = sum((pillar.alpha or 0.0) >= ALPHA for pillar in known)
    return texts("assess.coherence.headline", known=len(known), good=good, flags=len(found.flags))


def _pillars(view: View, found: Coherence) -> Listing:
    texts = view.texts
    columns = (
        Column("pillar", texts("assess.column.pillar")),
        Column("items", texts("assess.column.items"), "number"),
        Column("alpha", texts("assess.column.alpha"), "number"),
        Column("word", texts("assess.column.judged")),
        Column("first", texts("assess.column.first"), "number"),
        Column("firms", texts("assess.column.firms"), "number"),
    )
    rows = [_pillar(view, pillar) for pillar in found.pillars]
    ids = tuple(pillar.pillar for pillar in found.pillars)
    return Listing("coherence", texts("assess.coherence.title"), PageTable(columns, tuple(zip(*rows, strict=True)), ids))


def _pillar(view: View, pillar: PillarCoherence) -> tuple[object, ...]:
    texts = view.texts
    alpha = f"{pillar.alpha:.2f}".replace("-", "−") if pillar.alpha is not None else "—"
    first = percent(pillar.first_component) if pillar.first_component is not None else "—"
    firms = number(pillar.firms, "count")
    return view.pillar_label(pillar.pillar), pillar.items, alpha, texts(f"assess.coherence.{alpha_word(pillar)}"), first, firms


def alpha_word(pillar: PillarCoherence) -> str:
    """Return how far the questions of a pillar go together: good | fair | poor | few | one_item; what is flagged is poor."""
    if pillar.alpha is None:
        return "one_item" if pillar.items < 2 else "few"
    return GOOD if pillar.alpha >= ALPHA else FAIR if pillar.alpha >= LENIENT else "poor"


def _flags(view: View, found: Coherence) -> Part:
    """Return what to look at, a row each, with what is wrong and what to do about it."""
    texts = view.texts
    if not found.flags:
        return Passage("coherence.flags", texts("assess.coherence.flags"), (texts("assess.coherence.no_flags"),))
    names = ("item", "pillar", "problem", "value", "remedy")
    kinds = {"value": "number", "remedy": "prose"}
    columns = tuple(Column(name, texts(f"assess.coherence.flag_{name}"), kinds.get(name, "text")) for name in names)
    rows = [flag_row(view, flag) for flag in found.flags]
    ids = tuple(f"{flag.kind}.{flag.item}.{flag.other}" for flag in found.flags)
    return Listing("coherence.flags", texts("assess.coherence.flags"), PageTable(columns, tuple(zip(*rows, strict=True)), ids))


def flag_row(view: View, flag: CoherenceFlag) -> tuple[str, str, str, str, str]:
    """Return a flag in words: the question or pillar, what it is held against, the problem, the number that raised it, the
    remedy."""
    texts, kind = view.texts, flag.kind if f"assess.flag.{flag.kind}" in view.texts.entries else "other"
    against = _name(view, flag.other) if flag.other else ""
    value = "" if kind == "constant" else _value(flag)
    return _name(view, flag.item), against, texts(f"assess.flag.{kind}"), value, texts(f"assess.flag.{kind}_remedy")


def _value(flag: CoherenceFlag) -> str:
    return f"{flag.value:,.0f}" if flag.kind == "few" else f"{flag.value:.2f}".replace("-", "−")


def _name(view: View, code: str) -> str:
    """Return a pillar or a question in words."""
    item = next((known for known in view.study.instrument.items if known.code == code), None)
    return view.texts.of(item.words) if item is not None else view.pillar_label(code)


def _correlations(view: View, found: Coherence) -> Listing | None:
    """Return how pillars go together, each pair once, None where no pair is known."""
    codes = [pillar.pillar for pillar in found.pillars]
    if not any(value is not None for line in found.correlations for value in line):
        return None
    texts, names = view.texts, [view.pillar_label(code) for code in codes]
    columns = (Column("pillar", ""), *(Column(f"with.{code}", name, "number") for code, name in zip(codes, names, strict=True)))
    data = [tuple(_correlation(found.correlations[i][j]) if j < i else "" for i in range(len(codes))) for j in range(len(codes))]
    table = PageTable(columns[:-1], (tuple(names), *data[:-1]), tuple(codes))
    return Listing("correlations", texts("assess.coherence.correlations"), table)


def _correlation(value: float | None) -> str:
    return f"{value:.2f}".replace("-", "−") if value is not None else "—"
