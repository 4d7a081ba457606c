"""The brief of a study, section by section; every number in it comes from a released table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.analysis.intake.tidy import written
from app.domain.brief import Block, Brief, BriefPlan, BriefTemplate, Heading, Paragraph
from app.domain.errors import UserError
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.words import Texts
from app.present import wording
from app.present.brief import evidence
from app.present.brief.advice import advice
from app.present.brief.goals import goals
from app.present.brief.method import method
from app.present.brief.numbering import with_numbers
from app.present.brief.part import goals_of_part, quality_of_part, sector_standing, sector_summary
from app.present.brief.quality import quality
from app.present.brief.questions import questions
from app.present.brief.scenarios import scenarios
from app.present.brief.sectors import sectors
from app.present.brief.summary import summary
from app.present.brief.wall import wall
from app.present.brief.watch import watch
from app.present.door import Door
from app.present.signed import lines_of, stands, words_of
from app.present.view import View

__all__ = ["OWN", "SECTIONS", "make_brief", "template_of", "wanted_sections"]

OWN = "official"  # the template of a brief that names none
SECTIONS: Mapping[str, Callable[[View], list[Block]]] = {
    "summary": summary,
    "sectors": sectors,
    "goals": goals,
    "scenarios": scenarios,
    "watch": watch,
    "advice": advice,
    "questions": questions,
    "quality": quality,
    "method": method,
    "wall": wall,
}
_Sections = Mapping[str, Callable[[View], list[Block]]]
_OF_TOWNSHIP: _Sections = {
    "summary": summary,
    "sectors": sectors,
    "goals": goals_of_part,
    "advice": advice,
    "quality": quality_of_part,
    "method": method,
}
_OF_SECTOR: _Sections = {
    "summary": sector_summary,
    "sectors": sector_standing,
    "goals": goals_of_part,
    "quality": quality_of_part,
    "method": method,
}
_MOST_KNOWN = 12  # townships or sectors that a refusal names
_NUMERALS = "一二三四五六七八九十"
_USERS = {".docx": OWN, ".pptx": "deck"}  # a document of one's own has the sections of ours


def make_brief(
    study: Study,
    resources: Resources,
    texts: Texts,
    created: str,
    plan: BriefPlan | None = None,
    door: Door = Door(),  # noqa: B008 - a frozen value
) -> Brief:
    """Return the brief of the newest wave in the language of `texts`; `created` is the time printed on it.

    Its tables go through `door`; what leaves the house is made by `present.released_brief`, where all tables are safe together.

    Sections whose data are missing say so and what to do; UserError only when nothing was collected at all, when the plan names
    no known template or section (`brief.template`, `brief.section`) or firms that there are none of (`brief.no_firms`).
    """
    if study.responses is None or not study.waves:
        raise UserError("brief.needs_responses")
    asked = plan or BriefPlan()
    template = template_of(resources, asked)
    view = View(study, resources, texts, Selection(sector=asked.sector, township=asked.township), door)
    if (asked.township or asked.sector) and not _has_firms(view, asked):
        raise _no_firms(view, asked)
    return Brief(
        lang=texts.lang,
        title=_title(view, asked),
        subtitle=_subtitle(view),
        created=created,
        synthetic=texts("provenance.synthetic") if study.synthetic else "",
        journal=study.journal[-1].hash if study.journal else "",
        blocks=evidence.with_evidence(view, with_numbers(_blocks(view, template, asked))),
        plan=replace(asked, template=asked.template or template.id),
        layout=resources.layouts.get(template.layout),
        most_slides=template.most_slides,
        study=study.journal[0].hash if study.journal else "",
        **_standing(view, template, asked),
    )


def _standing(view: View, template: BriefTemplate, plan: BriefPlan) -> dict[str, Any]:
    """Return how far the brief is and who signed it; what is signed is the brief of all firms, never one of a part."""
    named = written(plan.issuer)
    issuer = (named,) if named else ()
    if plan.township or plan.sector:
        return {"standing": view.texts("brief.part.standing"), "signed": issuer}
    held = stands(view.study)
    people = lines_of(view.texts, held) if template.signed else ()
    return {"standing": words_of(view.texts, held), "signed": (*issuer, *people)}


def template_of(resources: Resources, plan: BriefPlan) -> BriefTemplate:
    """Return the template a plan asks for, of one's own document the one whose sections it has; UserError `brief.template`."""
    ending = plan.template[plan.template.rfind(".") :].lower() if "." in plan.template else ""
    found = resources.templates.get(_USERS.get(ending, plan.template or OWN))
    if found is None:
        raise UserError("brief.template", template=plan.template, known=" ".join(resources.templates))
    return found


def wanted_sections(template: BriefTemplate, plan: BriefPlan) -> tuple[str, ...]:
    """Return the sections a brief will have, in the template's order; UserError `brief.section` for one it does not know."""
    unknown = next((name for name in plan.sections if name not in template.sections), "")
    if unknown:
        raise UserError("brief.section", section=unknown, known=" ".join(template.sections))
    chosen = plan.sections or tuple(name for name in template.sections if name not in template.off)
    return tuple(name for name in template.sections if name in chosen and name in (*_sections(plan), evidence.SECTION))


def _sections(plan: BriefPlan) -> _Sections:
    """Return the sections a brief can have: of a part of the firms only what is told of a part."""
    return _OF_SECTOR if plan.sector else _OF_TOWNSHIP if plan.township else SECTIONS


def _blocks(view: View, template: BriefTemplate, plan: BriefPlan) -> list[Block]:
    blocks: list[Block] = []
    place = 0
    wanted = wanted_sections(template, plan)
    alone = all(name in template.unnumbered for name in wanted)  # nothing that they could be annexes of
    for name in wanted:
        content = _sections(plan)[name](view) if name != evidence.SECTION else [Paragraph("")]  # written once the rest stands
        if content:
            numbered = name not in template.unnumbered
            place += numbered
            annex = "" if numbered else view.texts(f"brief.annex.{name}")
            title = annex if alone else _heading(view.texts, name, place if numbered else 0)
            blocks += [Heading(title, annex=annex, section=name), *content]
    return blocks


def _has_firms(view: View, plan: BriefPlan) -> bool:
    firms = view.firms
    return not firms.empty and (not plan.sector or bool((firms["sector"] == plan.sector).any()))


def _no_firms(view: View, plan: BriefPlan) -> UserError:
    """Return the refusal of a brief of firms that there are none of, with some of the parts that there are."""
    everyone = replace(view, selection=Selection()).firms
    if everyone.empty:
        return UserError("brief.part_needs_assessment")
    of_town = bool(plan.township) and plan.township not in set(everyone["township"])
    field = "township" if of_town else "sector"
    found = sorted({str(value) for value in (everyone if of_town else view.firms)[field] if value})
    known = wording.joined(view.texts, [view.filter_value(field, value) for value in found[:_MOST_KNOWN]])
    known = view.texts("brief.and_more", names=known, n=len(found) - _MOST_KNOWN) if len(found) > _MOST_KNOWN else known
    return UserError("brief.no_firms", place=plan.township if of_town else view.sector_label(plan.sector), known=known or "—")


def _title(view: View, plan: BriefPlan) -> str:
    texts = view.texts
    place = view.filter_value("township", plan.township) if plan.township else ""
    place = place or (view.sector_label(plan.sector) if plan.sector else "")
    title = texts("brief.title_of", name=view.study.name, place=place) if place else texts("brief.title", name=view.study.name)
    return texts("brief.title_synthetic", title=title) if view.study.synthetic else title


def _heading(texts: Texts, name: str, place: int) -> str:
    """Return the heading of a section with its number, 0 for none: sections that have nothing to say leave no gap."""
    title = texts(f"brief.heading.{name}")
    if not place:
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
