"""关注: agents in use, jobs, models and open source in a few sentences, with the two figures that say most."""

from __future__ import annotations

from app.domain.brief import Block, FigureBlock, Paragraph
from app.domain.study import Design
from app.present import wording
from app.present.figures.agents import flag_table, flags_title, make_using
from app.present.figures.exposure import exposure_title
from app.present.figures.jobs import job_sentences, job_table, jobs_title, make_jobs
from app.present.figures.models import human_cell, models_title, option_table
from app.present.figures.quadrant import agents_table, make_quadrant, quadrant_title
from app.present.figures.watch import possible
from app.present.view import View
from app.present.watching import Watched, caution, watched

_MAKERS = (("agents-quadrant", make_quadrant), ("jobs-balance", make_jobs))


def watch(view: View) -> list[Block]:
    """Return what is watched of the newest wave; nothing where the questionnaire asks none of it."""
    found = watched(view)
    if found is None:
        return []
    known = possible(found)
    agents = _told(view, _caution(found), _agents(found, known))
    others = _told(view, _jobs(found, known), _exposure(found, known), _models(found, known))
    quadrant, jobs = ([FigureBlock(make(found))] if id_ in known else [] for id_, make in _MAKERS)
    return [*agents, *quadrant, *others, *jobs]  # text between the figures: two of them in a row leave half a page empty


def _told(view: View, *said: tuple[str, ...]) -> list[Block]:
    """Return paragraphs of sentences."""
    return [Paragraph(_joined(view, sentences)) for sentences in said if sentences]


def _joined(view: View, sentences: tuple[str, ...]) -> str:
    """Join sentences as the language does, each with its full stop."""
    space = "" if view.texts.lang == "zh" else " "
    return space.join(wording.full_stop(view.texts, sentence) for sentence in sentences if sentence)


def _caution(found: Watched) -> tuple[str, ...]:
    """Warn where those who answered came forward themselves."""
    if found.wave.design is not Design.VOLUNTEER:
        return ()
    return (caution(found),)


def _agents(found: Watched, known: tuple[str, ...]) -> tuple[str, ...]:
    if "agents-using" not in known:
        return ()
    parts = [make_using(found).title]
    parts += [quadrant_title(found, agents_table(found), with_flags=False)] if "agents-quadrant" in known else []
    parts += [flags_title(found, flag_table(found))] if "agents-flags" in known else []
    return (*parts, found.view.texts("brief.watch.control")) if "agents-quadrant" in known else tuple(parts)


def _jobs(found: Watched, known: tuple[str, ...]) -> tuple[str, ...]:
    if "jobs-balance" not in known:
        return ()
    return (jobs_title(found, job_table(found)), *job_sentences(found))


def _exposure(found: Watched, known: tuple[str, ...]) -> tuple[str, ...]:
    if "jobs-exposure" not in known:
        return ()
    return (exposure_title(found), found.view.texts("figure.exposure.caveat"))


def _models(found: Watched, known: tuple[str, ...]) -> tuple[str, ...]:
    kinds = [kind for kind in ("sources", "barriers") if f"models-{kind}" in known]
    titles = tuple(models_title(found, kind, option_table(found, kind)) for kind in kinds)
    cell = human_cell(found)
    if not titles:
        return ()
    if cell is None:
        return (*titles, found.view.texts("watch.page.human_not_asked"))
    share = wording.cell_words(found.view.texts, cell)
    return (*titles, found.view.texts("brief.watch.human", share=share)) if cell.value is not None else titles
