"""A user's own Word document as a template: filled at its named places, refused in a sentence where it cannot be, never half written."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import pytest
from docx import Document

from app.domain.brief import BriefPlan, Heading, Paragraph
from app.domain.errors import UserError
from app.files.brief_places import clean_text, known_places, marked, places_of
from app.files.docx_template import named_places
from app.files.resources import load_palette
from app.files.write_docx import write_docx
from tests.unit.files.docx_samples import W, brief_of, main_table, many_sectors, text_of, xml
from tests.unit.files.test_docx_numbers import marks

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
INJECTED = "{{ title }} {% for x in y %} {_{ title }_} <w:br/>"


@pytest.fixture
def brief(resources):
    blocks = (
        Heading("一、总体结论", section="summary"),
        Paragraph("企业2,140家，达到L2的占41%。"),
        Paragraph(f"某企业填写：{INJECTED}"),
        main_table(),
        Heading("二、分行业情况", section="sectors"),
        *many_sectors(9),
    )
    return brief_of(resources, *blocks)


def template(path, *texts, split=()):
    """A document of one's own; `split` texts are scattered over runs as Word does."""
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    for text in split:
        paragraph = document.add_paragraph()
        for letter in text:
            paragraph.add_run(letter).bold = True
    document.save(path)
    return path


def filled(brief, texts, own, folder):
    path = folder / "out.docx"
    write_docx(replace(brief, plan=BriefPlan(str(own))), path, load_palette("light"), texts)
    return zipfile.ZipFile(path)


def lines(book) -> list[str]:
    return [text_of(node) for node in xml(book).iter(f"{W}p")]


def test_that_texts_and_numbers_stand_where_they_are_named(brief, zh, tmp_path):
    own = template(tmp_path / "own.docx", "截至{{ date }}：{{ title }}", split=("L2占{{ share_l2 }}（{{range_l2}}）",))
    book = filled(brief, zh, own, tmp_path)
    said = lines(book)
    assert f"截至2026年11月23日：{brief.title}" in said
    assert "L2占41%（36–46%）" in said
    found = marks(xml(book))
    assert found == {"zh_B3_7": "41%", "zh_B3_8": "36", "zh_B3_9": "46%"}


def test_that_the_numbers_of_a_place_bear_the_identifiers_of_the_table_they_come_from(brief, zh, tmp_path):
    write_docx(brief, tmp_path / "ours.docx", load_palette("light"), zh)
    ours = marks(xml(zipfile.ZipFile(tmp_path / "ours.docx")))
    places = places_of(brief, zh)
    assert (places.texts["share_l2"], ours["zh_B3_7"]) == (marked("41%", 3, 6), "41%")
    assert (places.texts["share_l3"], ours["zh_B3_15"]) == (marked("20%", 3, 14), "20%")
    assert places.texts["penetration"] == places.texts["share_l4"] == "—"


def test_that_a_number_named_twice_has_a_bookmark_each(brief, zh, tmp_path):
    own = template(tmp_path / "own.docx", "{{ share_l2 }}", "{{ share_l2 }}")
    assert marks(xml(filled(brief, zh, own, tmp_path))) == {"zh_B3_7": "41%", "zh_B3_7_again2": "41%"}


def test_that_tables_figures_and_sections_are_set_in_place_with_their_parts(brief, zh, tmp_path):
    own = template(tmp_path / "own.docx", "前", "{{ table_sectors }}", "{{ figure_ranked }}", "{{ section_summary }}", "后")
    book = filled(brief, zh, own, tmp_path)
    said = lines(book)
    assert said[1:3] != ["前", "后"] and said.index("表2　各行业企业等级") < said.index("一、总体结论") < said.index("后")
    assert {"word/charts/zhchart1.xml", "word/embeddings/zhchart1.xlsx"} <= set(book.namelist())
    assert b"zhrId1" in book.read("word/_rels/document.xml.rels")
    assert b"/word/charts/zhchart1.xml" in book.read("[Content_Types].xml")
    Document(book.filename)  # opens
    heading = next(node for node in xml(book).iter(f"{W}p") if text_of(node) == "一、总体结论")
    assert heading.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Heading1"


def test_that_sections_can_be_gone_through(brief, zh, tmp_path):
    own = template(
        tmp_path / "own.docx",
        "{%p for section in sections %}",
        "〔{{ section.heading }}〕",
        "{{ section.text }}",
        "{%p endfor %}",
    )
    said = lines(filled(brief, zh, own, tmp_path))
    assert [line for line in said if line.startswith("〔")] == ["〔一、总体结论〕", "〔二、分行业情况〕"]
    assert "企业2,140家，达到L2的占41%。" in said


def test_that_what_a_firm_wrote_is_never_read_as_a_place(brief, zh, tmp_path):
    own = template(tmp_path / "own.docx", "{{ summary }}", "{{ section_summary }}")
    said = "\n".join(lines(filled(brief, zh, own, tmp_path)))
    assert said.count("某企业填写：{{ title }} {% for x in y %}") == 2
    assert brief.title not in said.replace("某企业填写", "")


def test_that_invented_data_are_told_where_the_document_has_no_place_for_it(brief, zh, tmp_path):
    own = template(tmp_path / "own.docx", "{{ date }}")
    assert lines(filled(brief, zh, own, tmp_path))[0] == "示范数据（虚构），不得引用"


def test_that_what_a_brief_has_nothing_for_is_a_sign_and_no_blank(brief, zh, tmp_path):
    own = template(tmp_path / "own.docx", "目标：{{ table_goals }}", "{{ text_watch }}", "{{ date }}")
    said = lines(filled(brief, zh, own, tmp_path))
    assert "目标：—" in said and "—" in said


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        ("{{ titel }}", "places.unknown", {"place": "titel", "nearest": "title"}),
        ("{{ tabel_sectors }}", "places.unknown", {"place": "tabel_sectors", "nearest": "table_sectors"}),
        ("{% for section in sections %}{{ section.headin }}{% endfor %}", "places.unknown", {"nearest": "section.heading"}),
        ("{{ title.__class__.__mro__ }}", "places.unknown", {}),
        ("{{ title.upper() }}", "places.syntax", {}),
        ("{{ 'a' * 999999999 }}", "places.syntax", {}),
        ("{{ title | e }}", "places.syntax", {}),
        ("{{ title", "places.syntax", {}),
        ("{% include 'x' %}", "places.syntax", {}),
        ("{% set a = title %}{{ a }}", "places.syntax", {}),
        ("{% for a in sections %}" * 3 + "{{ a }}" + "{% endfor %}" * 3, "places.syntax", {}),
        ("{{r title }}", "places.syntax", {}),
        ("{{tc title }}", "places.syntax", {}),
        ("没有位置", "places.none", {}),
    ],
)
def test_that_what_is_no_place_is_refused_in_a_sentence_and_nothing_is_written(text, code, params, brief, zh, en, tmp_path):
    own = template(tmp_path / "own.docx", text)
    with pytest.raises(UserError) as refused:
        filled(brief, zh, own, tmp_path)
    error = refused.value
    assert error.code == code
    assert params.items() <= error.params.items()
    assert all(texts(f"error.{code}", **error.params) for texts in (zh, en))
    assert [path.name for path in tmp_path.iterdir()] == ["own.docx"]


def linked(path, kind, target, part="/word/document.xml"):
    """A template a part of which leads to a place outside itself."""
    document = Document()
    document.add_paragraph("{{ title }}")
    (holder,) = (each for each in document.part.package.iter_parts() if each.partname == part)
    id_ = holder.relate_to(target, f"{RELATIONS}/{kind}", is_external=True)
    if part == "/word/settings.xml":
        node = holder.element.makeelement(f"{W}{kind}", {f"{{{RELATIONS}}}id": id_})
        holder.element.insert(0, node)
    document.save(path)
    return path


@pytest.mark.parametrize("kind", ["image", "oleObject", "subDocument", "frame"])
def test_that_a_template_that_fetches_anything_from_elsewhere_is_refused(kind, brief, zh, en, tmp_path):
    own = linked(tmp_path / "own.docx", kind, "http://127.0.0.1:9/a.png")
    with pytest.raises(UserError) as refused:
        filled(brief, zh, own, tmp_path)
    assert refused.value.code == "places.linked"
    assert all("127.0.0.1" in texts("error.places.linked", **refused.value.params) for texts in (zh, en))


def test_that_a_link_to_click_stays_and_the_template_it_was_begun_from_is_cut_off(brief, zh, tmp_path):
    own = linked(tmp_path / "own.docx", "hyperlink", "http://example.org/")
    assert b"example.org" in filled(brief, zh, own, tmp_path).read("word/_rels/document.xml.rels")
    own = linked(tmp_path / "own.docx", "attachedTemplate", "file:///C:/Users/someone/a.dotm", "/word/settings.xml")
    assert b"attachedTemplate" in zipfile.ZipFile(own).read("word/settings.xml")
    book = filled(brief, zh, own, tmp_path)
    assert not any(word in book.read(name) for name in book.namelist() for word in (b"a.dotm", b"attachedTemplate"))


def test_that_a_table_cannot_stand_in_a_foot(brief, zh, tmp_path):
    document = Document()
    document.add_paragraph("{{ title }}")
    document.sections[0].footer.paragraphs[0].text = "{{ table_sectors }}"
    document.save(tmp_path / "own.docx")
    with pytest.raises(UserError) as refused:
        filled(brief, zh, tmp_path / "own.docx", tmp_path)
    assert refused.value.code == "places.beside"


def test_that_numbers_in_a_foot_stand_there_without_signs(brief, zh, tmp_path):
    document = Document()
    document.add_paragraph("{{ title }}")
    document.sections[0].footer.paragraphs[0].text = "占{{ share_l2 }}"
    document.save(tmp_path / "own.docx")
    book = filled(brief, zh, tmp_path / "own.docx", tmp_path)
    feet = [text_of(xml(book, name)) for name in book.namelist() if name.startswith("word/footer")]
    assert "占41%" in feet


@pytest.mark.parametrize(
    ("content", "code"), [(b"no zip", "document.other"), (b"", "document.empty"), (b"PK\x03\x04 broken", "document.damaged")]
)
def test_that_what_is_no_document_is_refused(content, code, brief, zh, tmp_path):
    (tmp_path / "own.docx").write_bytes(content)
    with pytest.raises(UserError) as refused:
        filled(brief, zh, tmp_path / "own.docx", tmp_path)
    assert refused.value.code.startswith("document.")
    assert not (tmp_path / "out.docx").exists()


def test_that_a_missing_template_is_told(brief, zh, tmp_path):
    with pytest.raises(UserError) as refused:
        filled(brief, zh, tmp_path / "none.docx", tmp_path)
    assert refused.value.code == "document.missing"


def test_that_the_same_template_gives_the_same_bytes(brief, zh, tmp_path):
    own = template(tmp_path / "own.docx", "{{ title }}", "{{ figure_ranked }}")
    first, second = (filled(brief, zh, own, tmp_path).filename for _ in range(2))
    with zipfile.ZipFile(first) as book:
        one = {name: book.read(name) for name in book.namelist()}
    filled(brief, zh, own, tmp_path)
    with zipfile.ZipFile(second) as book:
        assert one == {name: book.read(name) for name in book.namelist()}


def test_that_the_places_of_a_document_can_be_listed(tmp_path):
    own = template(tmp_path / "own.docx", "{{ title }}", split=("{{ share_l2 }}",))
    assert named_places(own) == ("share_l2", "title")


def test_that_every_known_place_is_one_that_any_brief_has(brief, zh, resources):
    places = places_of(brief, zh)
    assert set(known_places()) - {"sections"} <= {*places.texts, *places.blocks}
    empty = places_of(brief_of(resources, Heading("一、总体结论", section="summary")), zh)
    assert set(known_places()) - {"sections"} <= {*empty.texts, *empty.blocks}


def test_that_our_own_signs_cannot_be_brought_in_from_outside():
    assert clean_text("甲\ue100乙\ue104\x07") == "甲乙"
    assert marked("甲\ue102B9.9\ue1035%", 1) == "甲B9.9" + marked("5%", 1)
