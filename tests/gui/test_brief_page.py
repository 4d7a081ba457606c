"""The brief page, driven by command ids: what is chosen changes the very pages on screen, and these are what is written."""

from __future__ import annotations

import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QWidget

from app.domain.brief import BriefPlan
from app.domain.selection import Selection
from app.domain.signing import Stage
from app.domain.task import Progress
from app.domain.words import Texts
from app.files.pages.document import read_docx
from app.gui.brief_work import Settling
from app.gui.brief_work import settled as settled_steps
from app.gui.paper.letters import Faces
from app.gui.paper.pages import laid_out
from app.gui.widgets.palette_box import matches
from app.gui.widgets.table import Table
from app.gui.work import Asked
from tests.study_samples import empty_study
from tests.unit.workflows.county import Desk, rows_of, write_form

TOWNS = ("东河镇", "西山乡", "南园街道")


@pytest.fixture(scope="module")
def county(tmp_path_factory, resources):
    folder = tmp_path_factory.mktemp("county")
    made = Desk(folder, resources)
    forms = [write_form(folder / f"{k}.csv", rows_of(1 + 40 * k, 14, town)) for k, town in enumerate(TOWNS)]
    made.collect(*forms, wave="2026", date="2026-06-30")
    made.run("assess")
    return made


@pytest.fixture
def page(window, county, qtbot, tmp_path):
    """The brief page of a copy of the county, its preview laid out; a short template, so that tests are quick."""
    path = tmp_path / "东河县.zhiheng"
    path.write_bytes(county.path.read_bytes())
    window.resize(1280, 800)
    window.session.take(county.study, path)
    window.desk.trigger("brief.template", {"template": "plain"})
    window.desk.trigger("brief.section", {"sections": ("summary", "quality", "method")})
    made = window.pages["brief"]
    settled(made, qtbot, lambda: made.outline.ticked == ("summary", "quality", "method"))
    return made


def settled(page, qtbot, done=lambda: True):
    """Wait until the pages on screen are those asked for."""
    printer, proofs = page.window().session.printer, page.window().desk.drafting.proofs
    qtbot.waitUntil(lambda: not proofs._timer.isActive() and not printer.is_busy and done(), timeout=60_000)
    preview = page.preview
    there = (lambda: preview.view.is_ready, lambda: preview.stack.currentWidget() is preview.tables, preview.notice.isVisible)
    qtbot.waitUntil(lambda: any(each() for each in there), timeout=20_000)


def choose(page, qtbot, command, **parameters):
    page.window().desk.trigger(command, parameters)
    qtbot.wait(350)
    settled(page, qtbot)


def text(page):
    return page.preview.view.shelf.text


def headings(page):
    return [place.text for place in page.preview.view.shelf.places if place.level == 1]


def top(page):
    return [page.outline.topLevelItem(k) for k in range(page.outline.topLevelItemCount())]


def test_that_the_outline_holds_the_sections_with_their_pages(page):
    named = {item.text(0): item.text(1) for item in top(page)}
    assert named["总体结论"] == "1"
    assert named["数据质量"] and named["附：方法说明"]
    assert not named["短板与建议"]


def test_that_a_section_left_out_takes_its_heading_from_the_pages(page, qtbot):
    before = len(headings(page))
    item = next(item for item in top(page) if item.text(0) == "数据质量")
    item.setCheckState(0, Qt.CheckState.Unchecked)
    qtbot.wait(350)
    settled(page, qtbot)
    assert len(headings(page)) == before - 1
    assert page.window().desk.draft.plan.sections == ("summary", "method")


def test_that_the_last_section_cannot_be_taken_away(page, qtbot):
    choose(page, qtbot, "brief.section", sections=())
    assert page.window().error.sentence == page.window().session.texts("gui.brief.last_section")
    assert page.outline.ticked == ("summary", "quality", "method")


def test_that_the_official_brief_is_the_first_template_to_choose(page, qtbot):
    window = page.window()
    window.desk.trigger("brief.template")
    dialog = window.findChild(QDialog, "dialog.choose")
    assert dialog.list.item(0).text() == "公文简报"
    dialog.close()
    assert page.choices.parts[0].chip.options[0] == ("official", "公文简报")


def test_that_another_template_changes_page_sections_and_kinds_of_file(page, qtbot):
    choose(page, qtbot, "brief.template", template="deck")
    assert page.preview.view.pages[0].size[0] > page.preview.view.pages[0].size[1]
    assert page.findChild(QWidget, "brief.pptx") is not None
    assert page.window().desk.drafting.formats == (".pptx",)


def test_that_a_template_without_pages_is_shown_by_its_tables(page, qtbot, monkeypatch):
    monkeypatch.setattr("app.workflows.preview_brief.READERS", {})
    choose(page, qtbot, "brief.template", template="tables")
    assert page.preview.stack.currentWidget() is page.preview.tables
    assert not page.preview.bar.isVisible()


def test_that_the_brief_is_written_in_the_other_language_while_the_window_keeps_its_own(page, qtbot):
    choose(page, qtbot, "brief.language")
    assert "Main findings" in "".join(headings(page))
    assert page.window().session.texts.lang == "zh"
    assert next(item for item in top(page) if item.text(0) == "总体结论").text(1) == "1"


def test_that_a_brief_of_a_township_names_it(page, qtbot):
    choose(page, qtbot, "brief.scope", scope="township:西山乡")
    assert "西山乡" in text(page)
    assert page.window().desk.draft.plan.township == "西山乡"
    watch = next((item for item in top(page) if item.text(0) == "智能体、用工与模型"), None)
    assert watch is not None and not watch.flags() & Qt.ItemFlag.ItemIsEnabled
    assert not page.sign.isVisible()


def test_that_the_export_writes_what_the_preview_shows(page, qtbot, tmp_path):
    out = tmp_path / "简报.docx"
    with qtbot.waitSignal(page.window().session.finished, timeout=60_000):
        page.window().desk.trigger("study.brief", {"kind": "docx", "out": out})
    laid = laid_out(read_docx(out.read_bytes(), out.name), Faces())
    assert "\n".join(each.text for each in laid) == text(page)
    assert page.window().error.sentence.endswith(str(out))


def test_that_a_kind_of_file_the_template_has_not_is_written_by_the_usual_one(page, qtbot, tmp_path):
    out = tmp_path / "表.xlsx"
    with qtbot.waitSignal(page.window().session.finished, timeout=60_000):
        page.window().desk.trigger("study.brief", {"kind": "xlsx", "out": out})
    assert zipfile.is_zipfile(out)


def test_that_a_document_of_ones_own_with_an_unknown_place_is_told_with_all_places_there_are_and_recovers(page, qtbot, tmp_path):
    from docx import Document

    document = Document()
    document.add_paragraph("{{ no_such_place }}")
    own = tmp_path / "自己的.docx"
    document.save(str(own))
    choose(page, qtbot, "brief.own", file=own)
    assert page.preview.notice.isVisible()
    assert "no_such_place" in page.preview._why.text()
    assert page.window().error.sentence == ""  # said once
    side = page.window().side
    assert side._title.text() == "自备模板可用的位置"
    assert any("{{ title }}\n{{ subtitle }}" in words.text() for words in side.findChildren(QLabel))
    assert not page.preview.view.pages
    choose(page, qtbot, "brief.template", template="plain")
    assert page.window().error.sentence == ""
    assert not page.preview.notice.isVisible()


def test_that_a_document_of_ones_own_is_filled_and_shown(page, qtbot, tmp_path):
    from docx import Document

    document = Document()
    document.add_paragraph("关于{{ title }}")
    own = tmp_path / "红头.docx"
    document.save(str(own))
    choose(page, qtbot, "brief.own", file=own)
    assert "关于东河县" in text(page)
    assert page.choices.parts[0].text().startswith("模板  红头.docx")


def test_that_the_same_pages_are_not_made_twice(page, qtbot):
    made = []
    page.window().session.printer.busy.connect(made.append)
    page.window().desk.trigger("view.theme")
    qtbot.wait(400)
    settled(page, qtbot)
    assert made == []
    assert page.window().session.palette.name == "dark"


def test_that_several_ticks_make_one_preview(page, qtbot):
    made = []
    page.window().session.printer.busy.connect(lambda busy: made.append(busy) if busy else None)
    for sections in (("quality",), ("summary", "quality"), ("summary",)):
        page.window().desk.trigger("brief.section", {"sections": sections})
    qtbot.wait(350)
    settled(page, qtbot)
    assert len(made) == 1
    assert len(headings(page)) == 1


def test_that_a_click_in_the_outline_goes_to_the_page(page, qtbot):
    item = next(item for item in top(page) if item.text(0) == "附：方法说明")
    page.outline.itemClicked.emit(item, 0)
    place = item.data(0, Qt.ItemDataRole.UserRole + 1)
    assert page.preview.view.verticalScrollBar().value() > 0 or place.page == 0


def test_that_a_number_of_the_pages_opens_what_is_behind_it(page, qtbot):
    side = page.window().side
    page.preview.number.emit("B1.1")
    qtbot.waitUntil(lambda: not side.isHidden(), timeout=60_000)
    assert side._title.text()


def test_that_what_is_kept_back_is_shown_in_the_panel(page, qtbot):
    side = page.window().side
    page.window().desk.trigger("brief.release")
    qtbot.waitUntil(lambda: not side.isHidden(), timeout=60_000)
    assert side._title.text() == "发布审核"


def test_that_what_is_kept_back_is_shown_as_soon_as_it_is_worked_out(window, county, qtbot, tmp_path):
    path = tmp_path / "东河县.zhiheng"
    path.write_bytes(county.path.read_bytes())
    window.session.take(county.study, path)
    window.desk.trigger("brief.release")
    assert window.page == "brief"
    assert window.side.isHidden()
    qtbot.waitUntil(lambda: not window.side.isHidden(), timeout=60_000)
    assert window.side._title.text() == "发布审核"
    assert window.desk.drafting.proofs.settled_for(window.session.store.study) is not None


def test_that_a_changed_draft_goes_on_with_what_was_worked_out_for_the_one_before(county, resources):
    study = county.study
    asked = Asked(study, resources, Texts("zh", resources.words), Selection())
    whole = list(settled_steps(asked, BriefPlan(), Settling(study, False)))
    settling = Settling(study, False)
    left = settled_steps(asked, BriefPlan(), settling)
    begun = [next(left) for _ in range(3)]
    left.close()
    assert settling.found is None
    rest = list(settled_steps(asked, BriefPlan("deck"), settling))
    assert begun + rest == whole
    assert settling.found is not None
    assert settling.serves(study, BriefPlan("deck"))
    assert not settling.serves(study, BriefPlan(township=TOWNS[0]))


def test_that_the_brief_of_all_firms_is_there_at_once_after_a_look_at_a_township(page, qtbot):
    proofs, study = page.window().desk.drafting.proofs, page.window().session.store.study
    assert proofs.settled_for(study) is not None
    page.window().desk.trigger("brief.scope", {"scope": f"township:{TOWNS[0]}"})
    qtbot.waitUntil(lambda: page.window().session.printer.is_busy, timeout=20_000)
    assert proofs.settled_for(study) is not None
    assert proofs._settling_for(study, BriefPlan()).found is not None
    choose(page, qtbot, "brief.scope", scope="")
    choose(page, qtbot, "brief.scope", scope=f"township:{TOWNS[0]}")
    assert proofs.settled_for(study).parts is not None


def test_that_the_notice_tells_how_far_the_preview_is(page):
    preview, printer = page.preview, page.window().session.printer
    preview.working()
    assert preview._line.maximum() == 0
    printer.progressed.emit(Progress("progress.brief.settle", 3, 12))
    assert preview._what.text() == "正在核算哪些数字不能公布"
    assert preview._count.text() == "3 / 12"
    assert (preview._line.value(), preview._line.maximum()) == (3, 12)
    assert preview._what.width() >= preview._what.sizeHint().width()
    preview.rest()


def test_that_another_study_ends_the_making_of_pages(page, qtbot, tmp_path):
    window = page.window()
    window.desk.trigger("brief.template", {"template": "official"})
    qtbot.waitUntil(lambda: window.session.printer.is_busy, timeout=20_000)
    window.session.take(empty_study(), tmp_path / "y.zhiheng")
    assert not window.session.printer.is_busy
    assert window.desk.drafting.proofs.settled_for(window.session.store.study) is None


def test_that_the_panels_of_documents_need_no_scrolling_sideways(page, qtbot, tmp_path):
    from docx import Document

    window, out = page.window(), tmp_path / "简报.docx"
    with qtbot.waitSignal(window.session.finished, timeout=60_000):
        window.desk.trigger("study.brief", {"kind": "docx", "out": out})
    document = Document(str(out))
    run = next(run for para in document.paragraphs for run in para.runs if run.text == "42")
    run.text = "43"
    document.save(str(out))
    with qtbot.waitSignal(window.session.finished, timeout=60_000):
        window.desk.trigger("study.verify", {"file": out})
    _no_scrolling(window, qtbot, ("文件中", "项目中", "上下文"))
    table = window.side.findChildren(Table)[-1]
    assert table.rows.text(0, 0) == "43"
    assert "43" in table.rows.text(0, 2)[:9]
    window.desk.trigger("brief.release")
    qtbot.waitUntil(lambda: window.side._title.text() == "发布审核", timeout=60_000)
    _no_scrolling(window, qtbot, ("表或图", "隐去‡", "公布"))


def _no_scrolling(window, qtbot, titles):
    table = window.side.findChildren(Table)[-1]
    qtbot.waitUntil(lambda: table.viewport().width() > 200)
    shown = [place for place in range(table.rows.columnCount()) if not table.isColumnHidden(place)]
    assert tuple(table.rows.column(place).title for place in shown)[: len(titles)] == titles
    assert table.horizontalScrollBar().maximum() == 0


def test_that_the_bureau_that_issues_the_brief_is_asked_for_printed_and_remembered(page, qtbot, tmp_path):
    window = page.window()
    choose(page, qtbot, "brief.template", template="official")
    window.desk.trigger("brief.issuer")
    dialog = window.findChild(QDialog, "dialog.issuer")
    dialog.fields["issuer"].setText(" 东河县工业和信息化局 ")
    dialog.go.click()
    qtbot.wait(350)
    settled(page, qtbot)
    assert "东河县工业和信息化局" in text(page)
    assert any(label.text() == "署名：东河县工业和信息化局" for label in page.findChildren(QLabel))
    assert window.desk.drafting.draft_for(".xlsx", "zh").plan.issuer == "东河县工业和信息化局"
    window.session.take(empty_study(), tmp_path / "y.zhiheng")
    assert window.desk.draft.plan == BriefPlan(issuer="东河县工业和信息化局")


def test_that_the_brief_is_signed_in_a_form_and_says_so(page, qtbot):
    window = page.window()
    window.desk.trigger("study.sign")
    dialog = window.findChild(QDialog, "dialog.sign")
    assert not dialog.go.isEnabled()
    dialog.fields["who"].setText("王敏")
    dialog.go.click()
    qtbot.waitUntil(lambda: len(window.session.store.study.signing.signatures) == 1, timeout=60_000)
    assert window.session.store.study.signing.signatures[0].stage is Stage.DRAFTED
    qtbot.wait(350)
    settled(page, qtbot)
    assert any("王敏" in label.text() for label in page.findChildren(QLabel))


def test_that_a_batch_asks_by_what_and_writes_one_for_each(page, qtbot, tmp_path):
    window = page.window()
    window.desk.trigger("study.briefs")
    dialog = window.findChild(QDialog, "dialog.briefs")
    dialog.go.click()
    asked = window.findChild(QFileDialog, "dialog.file")
    assert asked is not None
    asked.close()
    with qtbot.waitSignal(window.session.finished, timeout=120_000):
        window.desk.trigger("study.briefs", {"out": tmp_path / "各乡镇", "by": "township"})
    assert {path.stem for path in (tmp_path / "各乡镇").iterdir()} == set(TOWNS)
    assert "3" in window.error.sentence


def test_that_a_file_that_came_back_is_checked_number_by_number(page, qtbot, tmp_path):
    window, out = page.window(), tmp_path / "简报.docx"
    with qtbot.waitSignal(window.session.finished, timeout=60_000):
        window.desk.trigger("study.brief", {"kind": "docx", "out": out})
    with qtbot.waitSignal(window.session.finished, timeout=60_000):
        window.desk.trigger("study.verify", {"file": out})
    assert window.side._title.text() == "核对：简报.docx"
    assert "全部相符" in window.side._value.text()


def test_that_every_way_is_found_in_the_palette_by_its_words(page):
    window = page.window()
    window.actions_.follow(window.session)
    entries = window.actions_.entries()
    wanted = {"brief.template", "brief.own", "brief.scope", "brief.section", "brief.language", "brief.release"}
    wanted |= {"study.sign", "study.briefs", "study.verify", "study.brief"}
    assert wanted <= {entry.id for entry in entries}
    assert any(entry.id == "brief.template" for entry in entries if matches(entry, "xzjbmb"))


@pytest.mark.parametrize("command", ["brief.template", "brief.scope", "brief.section"])
def test_that_without_parameters_a_choice_is_asked_for(page, qtbot, command):
    window = page.window()
    window.desk.trigger(command)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "dialog.choose") is not None, timeout=20_000)
    dialog = window.findChild(QDialog, "dialog.choose")
    assert dialog.list.count() > 2
    dialog.close()


def test_that_a_study_with_nothing_yet_has_the_designed_empty_page(window, tmp_path, qtbot):
    window.session.take(empty_study(), tmp_path / "x.zhiheng")
    window.go("brief")
    qtbot.waitUntil(lambda: "brief" not in window._stale, timeout=20_000)
    page = window.pages["brief"]
    assert page.findChild(QWidget, "empty.step").isVisibleTo(page)
    assert not window.session.printer.is_busy


def test_that_another_study_begins_with_a_brief_of_all_its_firms(page, tmp_path):
    window = page.window()
    window.desk.trigger("brief.scope", {"scope": "township:西山乡"})
    window.session.take(empty_study(), tmp_path / "y.zhiheng")
    assert window.desk.draft.plan.township == ""


def test_that_the_window_can_be_closed_while_pages_are_made(page, qtbot):
    window = page.window()
    window.desk.trigger("brief.template", {"template": "official"})
    qtbot.waitUntil(lambda: window.session.printer.is_busy, timeout=20_000)
    assert window.close()
    window.session.close()


@pytest.mark.parametrize(("size", "template"), [((1280, 800), "plain"), ((960, 600), "plain"), ((1100, 700), "wall")])
def test_that_nothing_is_cut_beside_an_open_panel(size, template, page, qtbot):
    window = page.window()
    window.desk.trigger("view.language")  # English words are the longer ones
    window.resize(*size)
    window.desk.trigger("help.method")
    qtbot.waitUntil(lambda: page.width() < 800)
    choose(page, qtbot, "brief.template", template=template)
    qtbot.wait(100)
    for part in (page.more, *page._buttons.values(), page.preview.bar._buttons["larger"]):
        assert part.mapTo(page, part.rect().topLeft()).x() >= 0
        assert part.mapTo(page, part.rect().topRight()).x() <= page.width()
