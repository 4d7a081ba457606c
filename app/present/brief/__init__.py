"""The brief of a study, section by section; every number in it comes from a released table."""

from __future__ import annotations

from app.domain.brief import Block, Brief, Heading
from app.domain.errors import UserError
from app.domain.resources import Resources
from app.domain.study import Study
from app.domain.words import Texts
from app.present import wording
from app.present.brief.advice import advice
from app.present.brief.goals import goals
from app.present.brief.method import method
from app.present.brief.quality import quality
from app.present.brief.scenarios import scenarios
from app.present.brief.sectors import sectors
from app.present.brief.summary import summary
from app.present.brief.watch import watch
from app.present.view import View

__all__ = ["make_brief"]

_SECTIONS = (
    ("summary", summary),
    ("sectors", sectors),
    ("goals", goals),
    ("scenarios", scenarios),
    ("watch", watch),
    ("advice", advice),
    ("quality", quality),
    ("method", method),
)
_UNNUMBERED = ("method",)
_NUMERALS = "一二三四五六七八九十"


def make_brief(study: Study, resources: Resources, texts: Texts, created: str) -> Brief:
    """Return the brief of the newest wave in the language of `texts`; `created` is the time printed on it.

    Sections whose data are missing say so and what to do; UserError only when nothing was collected at all.
    """
    if study.responses is None or not study.waves:
        raise UserError("brief.needs_responses")
    view = View(study, resources, texts)
    title = texts("brief.title", name=study.name)
    blocks: list[Block] = []
    place = 0
    for name, section in _SECTIONS:
        content = section(view)
        if content:
            place += name not in _UNNUMBERED
            blocks += [Heading(_heading(texts, name, place)), *content]
    return Brief(
        lang=texts.lang,
        title=texts("brief.title_synthetic", title=title) if study.synthetic else title,
        subtitle=_subtitle(view),
        created=created,
        synthetic=texts("provenance.synthetic") if study.synthetic else "",
        journal=study.journal[-1].hash if study.journal else "",
        blocks=tuple(blocks),
    )


def _heading(texts: Texts, name: str, place: int) -> str:
    """Return the heading of a section with its number: sections that have nothing to say leave no gap."""
    title = texts(f"brief.heading.{name}")
    if name in _UNNUMBERED:
        return title
    return texts("brief.numbered", title=title, number=_NUMERALS[place - 1] if texts.lang == "zh" else place)


def _subtitle(view: View) -> str:
    wave = view.wave
    if wave is None:
        return view.texts("brief.subtitle_empty")
    return view.texts(
        "brief.subtitle",
        wave=wording.sentence_case(view.texts, view.filter_value("wave", wave.id)),
        design=view.texts(f"term.design.{wave.design.value}"),
        date=wording.date_text(view.texts, wave.date),
    )
