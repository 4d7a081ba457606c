"""What briefs can be made of, as the command line lists it and checks a document of one's own."""

from __future__ import annotations

import json

import pytest
from docx import Document

from app.cli.main import main
from app.files.brief_places import known_places


def own(path, text: str):
    document = Document()
    document.add_paragraph(text)
    document.save(path)
    return str(path)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_every_template_and_every_place_is_listed_in_words(lang, capsys, resources):
    assert main(["templates", "--lang", lang]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in (*resources.templates, *known_places()))
    assert "{{ title }}" in said and "{%p for section in sections %}" in said


def test_that_the_list_is_data_too(capsys, resources):
    assert main(["templates", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {each["id"] for each in told["templates"]} == set(resources.templates)
    assert told["places"] == list(known_places())
    assert (told["file"], told["named"]) == (None, [])


def test_that_the_places_of_a_document_are_checked(tmp_path, capsys):
    assert main(["templates", own(tmp_path / "a.docx", "{{ title }} {{ share_l2 }}"), "--lang", "en"]) == 0
    assert "share_l2 title" in capsys.readouterr().out
    assert main(["templates", own(tmp_path / "b.docx", "{{ titel }}")]) == 2
    assert "“titel”" in (said := capsys.readouterr().err) and "“title”" in said
    assert len(said.strip().splitlines()) == 1


def test_that_the_places_of_slides_are_checked(tmp_path, capsys):
    from pptx import Presentation

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    for text, code, word in (("{{ title }}", 0, "title"), ("{{ titel }}", 2, "“title”"), ("没有", 2, "{{ title }}")):
        slide.shapes.title.text_frame.text = text
        deck.save(str(tmp_path / "a.pptx"))
        assert main(["templates", str(tmp_path / "a.pptx")]) == code
        said = capsys.readouterr()
        assert word in said.out + said.err


@pytest.mark.parametrize("name", ["none.docx", "none.pptx", "table.xlsx"])
def test_that_what_is_no_document_of_either_kind_is_refused_in_a_sentence(name, tmp_path, capsys):
    assert main(["templates", str(tmp_path / name)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
