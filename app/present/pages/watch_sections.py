"""The three published views of what is watched: agents, jobs, models; each says its finding first, or why there is none."""

from __future__ import annotations

from app.domain.assessment import TOTAL
from app.domain.numbers import number
from app.present import wording
from app.present.figures.agents import make_flags, make_tiers, make_using
from app.present.figures.exposure import exposed, make_exposure
from app.present.figures.jobs import OTHERS, job_sentences, job_table, make_jobs
from app.present.figures.models import KINDS, human_cell, make_models, models_title, option_table, sector_table, shares_of
from app.present.figures.quadrant import USERS, agents_table, make_quadrant
from app.present.pages.section import Part, Passage, Section
from app.present.pages.watch_listing import listing_of
from app.present.watching import Watched


def agents_section(found: Watched) -> Section:
    """Return agents by sector: exposure against control, who decides, red flags, and how many firms use any."""
    texts, total = found.view.texts, found.agents.get(TOTAL)
    if total is None or not total.firms:
        return Section(_missing(found, "agents"))
    using = make_using(found)
    if not total.users:
        return Section(texts("watch.page.no_users", n=number(total.firms, "count")), ((using,),))
    quadrant, tiers = make_quadrant(found), make_tiers(found)
    has_flags = bool(found.agents[found.lit].flags) and any(found.agents[found.lit].flags.values())
    flags: Part = (
        make_flags(found) if has_flags else Passage("flags", texts("watch.page.flags"), (texts("watch.page.flags_none"),))
    )
    table = listing_of(texts, agents_table(found), texts("watch.page.agents_listing"), mark=USERS)
    notes = tuple(texts(f"watch.page.agents_note_{name}") for name in ("control", "exposure", "flags", "blank"))
    return Section(quadrant.title, ((quadrant,), (flags,), (tiers,), (table,), (using,)), notes)


def jobs_section(found: Watched) -> Section:
    """Return jobs lost and made by sector, further rates, and how exposed work is; exposure is never called jobs lost."""
    texts, total = found.view.texts, found.jobs.get(TOTAL)
    rows: list[tuple[Part, ...]] = []
    headline = _missing(found, "jobs")
    if total is not None and total.firms:
        balance = make_jobs(found)
        headline = balance.title
        rows.append((balance,))
    if exposed(found):
        rows.append((make_exposure(found),))
    if total is not None and total.firms:
        rows.append((listing_of(texts, job_table(found, OTHERS), texts("watch.page.jobs_listing"), job_sentences(found)),))
    notes = tuple(texts(f"watch.page.jobs_note_{name}") for name in ("rates", "hidden", "exposure"))
    return Section(headline, tuple(rows), notes)


def models_section(found: Watched) -> Section:
    """Return where models come from, what AI is used for, what stands in its way, and whether people can still reach people."""
    texts, total = found.view.texts, found.models.get(TOTAL)
    if total is None or not total.firms:
        return Section(_missing(found, "sources", "purposes", "barriers"))
    asked = [kind for kind in KINDS if shares_of(total, kind)]
    figures = {kind: make_models(found, kind) for kind in asked}
    human = Passage("human", texts("watch.page.human"), (_human(found),))
    rows: list[tuple[Part, ...]] = [*((figure,) for figure in figures.values()), (human,)]
    if "sources" in figures:
        rows.append((listing_of(texts, sector_table(found), texts("watch.page.models_listing")),))
    headline = (
        models_title(found, "sources", option_table(found, "sources")) if "sources" in figures else texts("watch.page.models")
    )
    return Section(headline, tuple(rows), (texts("watch.page.models_note"),))


def _human(found: Watched) -> str:
    """Say how many firms keep a human channel for customers, or that nobody asked."""
    texts, cell = found.view.texts, human_cell(found)
    if cell is None:
        return texts("watch.page.human_not_asked")
    if cell.value is None:
        return texts("watch.page.human_few")
    return texts("watch.page.human_share", share=wording.cell_words(texts, cell), n=number(cell.n or 0, "count"))


def _missing(found: Watched, *parts: str) -> str:
    """Say that the questionnaire does not ask for something, or that nobody answered."""
    first = next((key for part in parts if (key := f"watch.missing.{part}") in found.value.missing), "")
    return found.view.texts(first or "watch.page.nobody")
