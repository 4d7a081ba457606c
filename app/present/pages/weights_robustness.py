"""稳健性: what other choices would have given, which of them matter, and what was varied and what was not."""

from __future__ import annotations

from app.domain.numbers import number, percent
from app.domain.robustness import Robustness, Varied
from app.present.estimates import reason_words
from app.present.figures.parts import factor_words, make_sobol
from app.present.figures.ranks import has_ranks, make_robust_ranks
from app.present.pages.common import assess_again
from app.present.pages.section import Listing, Part, Passage, Section
from app.present.pages.values import Column, PageTable
from app.present.view import View


def robustness_section(view: View) -> Section:
    """Return rank intervals, Sobol indices and the log, or that nothing was recomputed."""
    texts = view.texts
    found = view.assessment.robustness if view.assessment is not None else None
    if found is None:
        return Section(texts("assess.robust.none"), step=assess_again(view))
    first: list[Part] = [make_robust_ranks(view)] if has_ranks(found.sectors) else [_few(view)]
    if found.indices:
        first.append(make_sobol(view))
    rows = [tuple(first)]
    if found.log:
        rows.append((_log(view, found),))
    return Section(_headline(view, found), tuple(rows), (texts("assess.robust.note_rank"), texts("assess.robust.note_sobol")))


def _headline(view: View, found: Robustness) -> str:
    texts, draws = view.texts, number(found.draws, "count")
    if found.stable is None:
        return texts("assess.robust.headline_open", draws=draws)
    return texts("assess.robust.headline", draws=draws, stable=percent(found.stable), firms=number(found.firms, "count"))


def _few(view: View) -> Passage:
    return Passage("robust.few", view.texts("assess.robust.ranks"), (view.texts("assess.robust.few"),))


def _log(view: View, found: Robustness) -> Listing:
    texts = view.texts
    columns = (
        Column("factor", texts("assess.column.factor")),
        Column("varied", texts("assess.column.varied")),
        Column("how", texts("assess.column.how"), "prose"),
    )
    ordered = sorted(found.log, key=lambda line: not line.varied)
    rows = [(factor_words(view, line.factor), _varied(view, line), _how(view, line)) for line in ordered]
    ids = tuple(line.factor for line in ordered)
    return Listing("robust.log", texts("assess.robust.log"), PageTable(columns, tuple(zip(*rows, strict=True)), ids))


def _varied(view: View, line: Varied) -> str:
    return view.texts("assess.robust.varied" if line.varied else "assess.robust.fixed")


def _how(view: View, line: Varied) -> str:
    texts = view.texts
    return texts(line.how, **dict(line.params)) if line.how in texts.entries else reason_words(texts, line.how)
