"""关注: agents in use and how well they are controlled, what AI does to jobs, where models come from."""

from __future__ import annotations

from dataclasses import replace

from app.domain.assessment import TOTAL
from app.domain.numbers import HIDDEN_SIGN, number
from app.domain.release import Cell, CellStatus
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.words import Texts
from app.present import wording
from app.present.draw.steps import points_text
from app.present.figures.agents import using_table
from app.present.figures.jobs import job_table, net_words
from app.present.figures.models import option_table
from app.present.figures.quadrant import FIRST, USERS, agents_table
from app.present.pages.common import chips, needs_responses, synthetic
from app.present.pages.values import Chip, Empty, Fact, Head
from app.present.pages.watch_register import register_view
from app.present.pages.watch_sections import agents_section, jobs_section, models_section
from app.present.pages.watch_values import WatchPage
from app.present.tables import row_of
from app.present.view import ALL, View
from app.present.watching import Watched, caution, sample_line, watched


def watch_page(study: Study, resources: Resources, texts: Texts, selection: Selection = ALL) -> WatchPage:
    """Return what is watched in the chosen wave; a page without content where nothing was collected or asked."""
    view = View(study, resources, texts, selection)
    if study.responses is None or not study.waves:
        return WatchPage(needs_responses(view))
    found = watched(view)
    if found is None:
        why = texts("watch.page.not_asked")
        return WatchPage(Head(texts("watch.page.not_asked_headline"), synthetic=synthetic(view), empty=Empty(why)))
    head, register = _head(found), register_view(found)
    sections = (make(found) for make in (agents_section, jobs_section, models_section))
    agents, jobs, models = (replace(section, notes=(*section.notes, *head.notes)) for section in sections)
    return WatchPage(head, _facts(found), agents, replace(register, notes=(*register.notes, *head.notes)), jobs, models)


def _chips(view: View) -> tuple[Chip, ...]:
    return chips(view, ("wave", "sector", "size", "township"))


def _head(found: Watched) -> Head:
    texts, view = found.view.texts, found.view
    parts = [part for part in (_using_words(found), _jobs_words(found)) if part]
    headline = texts("wording.clause_separator").join(parts) or texts("watch.page.nothing")
    warning = caution(found)
    notes = (*((warning,) if warning else ()), texts("watch.page.rule_note", version=found.rule.version))
    line = texts("watch.page.line", sample=sample_line(found), date=wording.date_text(texts, found.wave.date))
    return Head(wording.sentence_case(texts, headline), line, _chips(view), notes, synthetic(view))


def _using_words(found: Watched) -> str:
    cell = _using(found)
    if cell is None or cell.value is None:
        return ""
    return found.view.texts("figure.agents.using_title", who=_who(found), share=wording.cell_words(found.view.texts, cell))


def _jobs_words(found: Watched) -> str:
    net = _net(found)
    if net is None or net.value is None:
        return ""
    return found.view.texts("figure.jobs.net_of_hundred", net=net_words(found, net))


def _who(found: Watched) -> str:
    return found.view.everyone if found.lit == TOTAL else found.view.sector_label(found.lit)


def _using(found: Watched) -> Cell | None:
    row = row_of(using_table(found), found.lit)
    return row.cells[0] if row is not None else None


def _net(found: Watched) -> Cell | None:
    row = row_of(job_table(found), found.lit) if TOTAL in found.jobs else None
    return row.cells[-1] if row is not None else None


def _facts(found: Watched) -> tuple[Fact, ...]:
    """Return the few numbers of the lit sector, or of all firms, that open what is behind them."""
    texts, facts = found.view.texts, list[Fact]()
    using, net = _using(found), _net(found)
    if using is not None:
        facts.append(Fact(texts("figure.agents.using"), wording.cell_words(texts, using), using.evidence))
    row = row_of(agents_table(found), found.lit)
    if row is not None:
        users, act = row.cells[USERS], row.cells[FIRST]
        facts.append(Fact(texts("watch.page.fact_users"), _count(users), users.evidence))
        facts.append(Fact(texts("figure.quadrant.short_act"), _count(act), act.evidence))
    if net is not None and net.value is not None:
        facts.append(Fact(texts("watch.page.fact_net"), points_text(texts, net), net.evidence))
    if TOTAL in found.models and found.models[TOTAL].sources:
        open_ = row_of(option_table(found, "sources"), "open")
        if open_ is not None:
            cell = open_.cells[0]
            facts.append(Fact(texts("watch.page.fact_open"), wording.cell_words(texts, cell), cell.evidence))
    return tuple(facts)


def _count(cell: Cell) -> str:
    return HIDDEN_SIGN if cell.status is CellStatus.HIDDEN else number(cell.value or 0.0, "count")
