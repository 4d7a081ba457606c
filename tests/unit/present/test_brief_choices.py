"""What the brief page offers: templates, firms, language, sections, and where the brief stands."""

from __future__ import annotations

import pytest

from app.domain.brief import BriefPlan
from app.domain.errors import UserError
from app.present.pages import brief_page


def chip(view, field):
    return next(each for each in view.chips if each.field == field)


def test_that_every_template_and_a_file_of_ones_own_is_offered(small, small_resources, chinese):
    view = brief_page(small, small_resources, chinese)
    codes = [code for code, _ in chip(view, "template").options]
    others = [id_ for id_ in small_resources.templates if id_ != "official"]
    assert codes == ["official", *others, "own"]
    assert chip(view, "template").text == "公文简报"
    assert view.formats == small_resources.templates["official"].formats


def test_that_sections_off_are_offered_unticked(small, small_resources, chinese):
    view = brief_page(small, small_resources, chinese)
    ticked = {section.id: section.on for section in view.sections}
    assert ticked["summary"] and not ticked["questions"]
    assert all(section.can for section in view.sections)


def test_that_a_brief_of_a_township_says_which_sections_it_cannot_have(small, small_resources, chinese):
    scope = chip(brief_page(small, small_resources, chinese), "scope")
    town = next(code for code, _ in scope.options if code.startswith("township:"))
    view = brief_page(small, small_resources, chinese, BriefPlan(township=town.partition(":")[2]))
    impossible = {section.id for section in view.sections if not section.can}
    assert "watch" in impossible
    assert not any(section.on for section in view.sections if not section.can)
    assert chip(view, "scope").value == town
    assert view.is_part
    assert scope.text in ("全部企业", "All firms")


def test_that_a_file_of_ones_own_is_named_and_written_in_its_own_kind(small, small_resources, chinese):
    view = brief_page(small, small_resources, chinese, BriefPlan("/somewhere/红头.docx"))
    assert chip(view, "template").text == "红头.docx"
    assert view.head.headline.startswith("红头.docx")
    assert view.formats == (".docx",)


def test_that_the_brief_has_a_language_of_its_own(small, small_resources, chinese):
    view = brief_page(small, small_resources, chinese, lang="en")
    assert (view.lang, chip(view, "lang").text) == ("en", "英文")


def test_that_an_unsigned_brief_is_a_draft(small, small_resources, chinese):
    assert brief_page(small, small_resources, chinese).standing == chinese("signed.draft")


def test_that_an_unknown_template_is_refused(small, small_resources, chinese):
    with pytest.raises(UserError, match=r"brief\.template"):
        brief_page(small, small_resources, chinese, BriefPlan("no_such"))
