"""简报: the outline and the very brief that would be written."""

from __future__ import annotations

from app.domain.brief import Brief, FigureBlock, GridBlock, Heading, TableBlock
from app.domain.resources import Resources
from app.domain.study import Study
from app.domain.words import Texts
from app.present import wording
from app.present.brief import make_brief
from app.present.pages.common import needs_assessment, synthetic
from app.present.pages.values import BriefPage, Head
from app.present.view import View


def brief_page(
    study: Study, resources: Resources, texts: Texts, brief_texts: Texts | None = None, created: str = ""
) -> BriefPage:
    """Return the brief in the language of `brief_texts` (default: the page's) with its outline."""
    view = View(study, resources, texts)
    if study.responses is None or view.assessment is None:
        return BriefPage(needs_assessment(view), (), None)
    brief = make_brief(study, resources, brief_texts or texts, created)
    outline = tuple((block.level, block.text, place) for place, block in enumerate(brief.blocks) if isinstance(block, Heading))
    return BriefPage(_head(view, brief, len(outline)), outline, brief)


def _head(view: View, brief: Brief, sections: int) -> Head:
    figures = sum(isinstance(block, FigureBlock) for block in brief.blocks)
    tables = sum(isinstance(block, TableBlock | GridBlock) for block in brief.blocks)
    date = wording.date_text(view.texts, view.wave.date) if view.wave is not None else ""
    headline = view.texts("page.brief.headline", n=sections, figures=figures, tables=tables)
    return Head(headline, view.texts("page.brief.measure", date=date), synthetic=synthetic(view))
