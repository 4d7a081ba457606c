"""走访: which firms to look at on site, what was found there, and what is still to be settled."""

from __future__ import annotations

from app.domain.judgement import VisitList
from app.domain.learning import Agreement
from app.domain.numbers import number, percent
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.words import Texts
from app.present import wording
from app.present.judged import Judged, judged
from app.present.pages.classifier_tables import two
from app.present.pages.common import chips, needs_responses, synthetic
from app.present.pages.values import Chip, Fact, Head
from app.present.pages.visits_tables import disagreement, label_table, override_table, visit_list
from app.present.pages.visits_values import DrawForm, LevelChoice, VisitsPage
from app.present.view import ALL, View

_STRONG, _SOME = 0.6, 0.4  # lower ends of kappa from which assessors agree well, or by and large
_SAME = 0.7  # share of firms given the same level, without which it is not called well
LEAST_AGREED = 10  # firms seen by two, below which their agreement says nothing
SUGGESTED = 40  # firms of a first list: a few days on the road
MOST_DRAWN = 10_000  # more is no list but a census
MOST_NAMES = 2_000  # names offered while a label is typed in


def visits_page(study: Study, resources: Resources, texts: Texts, selection: Selection = ALL) -> VisitsPage:
    """Return the newest visit list of the chosen wave, its labels, the disagreements and the overrides."""
    view = View(study, resources, texts, Selection(wave=selection.wave))
    found = judged(view, view.wave.id) if view.wave is not None else None
    if found is None:
        return VisitsPage(needs_responses(view))
    wave = found.matched.wave
    newest = next((each for each in reversed(study.judgements.visit_lists) if each.wave == wave), None)
    listed = visit_list(view, newest, found) if newest is not None else None
    visited = sum(each != "" for each in _done(newest, found))
    return VisitsPage(
        head=_head(view, newest, visited, found),
        wave=wave,
        stale="" if view.assessment is not None else texts(f"page.visits.stale_{'labels' if found.firms else 'none'}"),
        facts=_facts(view, newest, visited, found),
        form=_form(view, found) if wave == study.waves[-1].id else None,
        list=listed,
        labels=label_table(view, found),
        agreement=agreement_words(texts, found.matched.summary.agreement),
        disagreements=tuple(disagreement(view, position, found) for position in found.disagreements),
        overrides=override_table(view, found),
        levels=level_choices(view),
        suggestions=_suggestions(view, found),
    )


def wave_chip(view: View) -> tuple[Chip, ...]:
    """Return the chip of the wave, where there is more than one to choose from."""
    return chips(view, ("wave",)) if len(view.study.waves) > 1 else ()


def level_choices(view: View) -> tuple[LevelChoice, ...]:
    """Return the levels of the rubric with their meanings, lowest first."""
    return tuple(
        LevelChoice(level.code, view.level_label(level.code), view.texts.of(level.meaning)) for level in view.study.rubric.levels
    )


def agreement_words(texts: Texts, found: Agreement | None) -> str:
    """Say how far two assessors agree, with its interval, and on how many firms that rests."""
    if found is None:
        return texts("page.visits.agreement_none")
    if found.firms < LEAST_AGREED:
        same = round((found.agree or 0.0) * found.firms)
        return texts("page.visits.agreement_few", n=number(found.firms, "count"), same=number(same, "count"))
    values = {
        "n": number(found.firms, "count"),
        "agree": percent(found.agree) if found.agree is not None else "—",
        "kappa": two(found.kappa),
    }
    if found.kappa is None:
        return texts("page.visits.agreement_plain", **values)
    if found.low is None or found.high is None:
        return texts("page.visits.agreement_open", **values)
    bounds = {"low": two(found.low), "high": two(found.high)}
    same = found.agree is not None and found.agree >= _SAME
    strength = "strong" if found.low >= _STRONG and same else "some" if found.low > _SOME else "weak"
    return texts("page.visits.agreement", strength=texts(f"page.visits.agreement_{strength}"), **values, **bounds)


def _done(newest: VisitList | None, found: Judged) -> list[str]:
    """Return for each firm of a list the level that somebody gave it ("?" while assessors disagree), "" where nobody went."""
    levels = {visit.firm: "" for visit in newest.visits} if newest is not None else {}
    for position, firm in found.firms.items():
        key = found.keys.get(position, "")
        if key in levels and firm.labels:
            levels[key] = firm.level or "?"
    return list(levels.values())


def _head(view: View, newest: VisitList | None, visited: int, found: Judged) -> Head:
    texts = view.texts
    waiting = len(found.disagreements)
    notes = tuple(texts(f"page.visits.note_{name}") for name in ("draw", "teach", "rule"))
    if newest is None:
        key = "labels" if found.firms else "none"
        counts = {"n": number(found.matched.summary.firms, "count")}
        headline = texts(f"page.visits.headline_{key}", **counts)
        return Head(headline, texts("page.visits.measure_none"), wave_chip(view), notes, synthetic(view))
    drawn = len(newest.visits)
    counts = {"drawn": number(drawn, "count"), "visited": number(visited, "count"), "left": number(drawn - visited, "count")}
    key = "done" if visited == drawn else "open"
    parts = [texts(f"page.visits.headline_{key}", **counts)]
    if waiting:
        parts.append(texts("page.visits.headline_waiting", n=number(waiting, "count")))
    line = texts(
        "page.visits.measure",
        date=wording.date_text(texts, newest.when),
        frame=number(sum(n for _, n in newest.frame), "count"),
        seed=newest.seed,
    )
    headline = wording.sentence_case(texts, texts("wording.clause_separator").join(parts))
    return Head(headline, line, wave_chip(view), notes, synthetic(view))


def _facts(view: View, newest: VisitList | None, visited: int, found: Judged) -> tuple[Fact, ...]:
    texts, summary = view.texts, found.matched.summary
    facts: list[tuple[str, str]] = []
    if newest is not None:
        drawn = len(newest.visits)
        facts += [("progress", f"{number(visited, 'count')} / {number(drawn, 'count')}")]
        facts += [("left", number(drawn - visited, "count"))]
    if view.study.judgements.labels:
        facts += [("assessed", number(summary.firms, "count")), ("waiting", number(len(found.disagreements), "count"))]
        agreed = summary.agreement
        if agreed is not None and agreed.kappa is not None and agreed.firms >= LEAST_AGREED:
            facts.append(("kappa", two(agreed.kappa)))
    return tuple(Fact(texts(f"page.visits.fact_{key}"), text) for key, text in facts)


def _form(view: View, found: Judged) -> DrawForm:
    seen = len({*found.matched.whose[found.matched.whose >= 0].tolist(), *found.matched.positions.tolist()})
    most = min(MOST_DRAWN, len(found.keys) - seen)
    counts = {"most": number(most, "count"), "seen": number(seen, "count")}
    note = view.texts("page.visits.form_note" if seen else "page.visits.form_first", **counts)
    return DrawForm(min(SUGGESTED, most), most, note)


def _suggestions(view: View, found: Judged) -> tuple[str, ...]:
    """Return names of firms of the wave, those on a list first."""
    lists = (each for each in view.study.judgements.visit_lists if each.wave == found.matched.wave)
    drawn = [visit.name for each in lists for visit in each.visits]
    responses = view.study.responses
    here = responses.firms["name"].iloc[list(found.keys)[:MOST_NAMES]] if responses is not None else ()
    return tuple(dict.fromkeys([*drawn, *map(str, here)]))
