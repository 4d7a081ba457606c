"""简报: what the brief will be: its template, firms, language and sections, and how far it is signed."""

from __future__ import annotations

from pathlib import PurePath

from app.domain.brief import BriefPlan, BriefTemplate
from app.domain.resources import Resources
from app.domain.study import Study
from app.domain.words import Lang, Texts
from app.present import wording
from app.present.brief import template_of, wanted_sections
from app.present.pages.brief_values import BriefPage, SectionChoice
from app.present.pages.common import chips, needs_assessment, synthetic
from app.present.pages.values import Chip, Head
from app.present.signed import lines_of, stands, words_of
from app.present.view import View

LANGS: tuple[Lang, ...] = ("zh", "en")
USUAL = "official"
OWN_FILE = "own"  # what is chosen to look for a document of one's own
PARTS = ("township", "sector")


def brief_page(
    study: Study, resources: Resources, texts: Texts, plan: BriefPlan | None = None, lang: Lang | None = None
) -> BriefPage:
    """Return the choices of a brief by `plan` in language `lang` (default: the page's); UserError `brief.*` for a bad plan."""
    view = View(study, resources, texts)
    if study.responses is None or view.assessment is None:
        return BriefPage(needs_assessment(view))
    asked, spoken = plan or BriefPlan(), lang or texts.lang
    template = template_of(resources, asked)
    held, is_part = stands(study), bool(asked.township or asked.sector)
    standing = texts("brief.part.standing") if is_part else words_of(texts, held)
    own = _own(asked)
    return BriefPage(
        _head(view, template, asked),
        (_template_chip(view, template, own), _scope_chip(view, asked), _language_chip(texts, spoken)),
        _sections(texts, template, asked),
        (PurePath(own).suffix.lower(),) if own else template.formats,
        standing,
        (*_issuer(texts, asked), *lines_of(texts, held)),
        is_part,
        asked,
        spoken,
    )


def template_options(resources: Resources, texts: Texts) -> tuple[tuple[str, str], ...]:
    """Return the templates of the program as (id, words), the one that is used unless another is chosen first."""
    templates = sorted(resources.templates.values(), key=lambda each: each.id != USUAL)
    return tuple((each.id, texts.of(each.words)) for each in templates)


def _own(plan: BriefPlan) -> str:
    """Return the path of a document of one's own, "" for a template of ours."""
    return plan.template if "." in plan.template else ""


def _issuer(texts: Texts, plan: BriefPlan) -> tuple[str, ...]:
    return (texts("page.brief.issuer", issuer=plan.issuer),) if plan.issuer else ()


def _head(view: View, template: BriefTemplate, plan: BriefPlan) -> Head:
    count = len(wanted_sections(template, plan))
    name = PurePath(_own(plan)).name or view.texts.of(template.words)
    place = view.filter_value("township", plan.township) if plan.township else ""
    place = place or (view.sector_label(plan.sector) if plan.sector else "")
    key = f"page.brief.headline{'_of' if place else ''}{'_one' if count == 1 else ''}"
    date = wording.date_text(view.texts, view.wave.date) if view.wave is not None else ""
    headline = view.texts(key, template=name, n=count, place=place)
    return Head(headline, view.texts("page.brief.measure", date=date), synthetic=synthetic(view))


def _template_chip(view: View, template: BriefTemplate, own: str) -> Chip:
    texts = view.texts
    ours = template_options(view.resources, texts)
    named = ((own, PurePath(own).name),) if own else ()
    options = (*ours, *named, (OWN_FILE, texts("page.brief.own_file")))
    value = own or template.id
    return Chip("template", texts("page.brief.template"), value, dict(options)[value], options)


def _scope_chip(view: View, plan: BriefPlan) -> Chip:
    """Return the firms a brief can be of; a value is `township:name` or `sector:code`."""
    texts = view.texts
    found = [(f"{chip.field}:{value}", text) for chip in chips(view, PARTS) for value, text in chip.options if value]
    options = (("", texts("page.brief.everyone")), *found)
    value = next((f"{field}:{getattr(plan, field)}" for field in PARTS if getattr(plan, field)), "")
    return Chip("scope", texts("page.brief.scope"), value, dict(options).get(value, value.partition(":")[2]), options)


def _language_chip(texts: Texts, lang: Lang) -> Chip:
    options = tuple((code, texts(f"page.brief.language_{code}")) for code in LANGS)
    return Chip("lang", texts("page.brief.language"), lang, dict(options)[lang], options)


def _sections(texts: Texts, template: BriefTemplate, plan: BriefPlan) -> tuple[SectionChoice, ...]:
    wanted = wanted_sections(template, plan)
    told = wanted_sections(template, BriefPlan(plan.template, template.sections, plan.township, plan.sector))
    return tuple(
        SectionChoice(
            name,
            texts(f"brief.heading.{name}"),
            name in wanted,
            name in told,
            "" if name in told else texts("page.brief.not_of_part"),
        )
        for name in template.sections
    )
