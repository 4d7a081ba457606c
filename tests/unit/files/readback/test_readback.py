"""Reading documents back: what counts as said, and files that mean harm."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document as Word
from lxml import etree

from app.domain.document import Entry, Grid, GridKind, Line, block_of
from app.domain.errors import UserError
from app.files.readback import document_of, read_document
from app.files.resources import load_palette
from app.files.write_docx import write_docx
from app.files.write_pptx import write_pptx
from app.files.write_xlsx import write_xlsx
from tests.planted import Office
from tests.unit.files.sample_brief import sample_brief

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WRITERS = {"docx": write_docx, "pptx": write_pptx, "xlsx": write_xlsx}


@pytest.fixture(scope="module")
def written(tmp_path_factory, zh):
    folder = tmp_path_factory.mktemp("读回")
    for kind, write in WRITERS.items():
        write(sample_brief(), folder / f"a.{kind}", load_palette("light"), zh)
    return folder


def word(body):
    """A Word document with this body XML, read back."""
    target = io.BytesIO()
    Word().save(target)
    office = Office(io.BytesIO(target.getvalue()))
    root = office.root("word/document.xml")
    root[0].clear()
    for node in etree.fromstring(f'<w:body xmlns:w="{W}">{body}</w:body>'):
        root[0].append(node)
    out = io.BytesIO()
    office.save(out)
    return document_of(out.getvalue(), "a.docx")


def texts(document):
    return [item.text for item in document.items if isinstance(item, Line)]


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize("kind", WRITERS)
def test_that_a_document_of_ours_is_read_with_its_tables_charts_and_workbooks(written, kind):
    found = read_document(written / f"a.{kind}")
    kinds = {item.kind for item in found.items if isinstance(item, Grid)}
    assert found.kind == kind
    assert found.created.startswith("2026-11-23T08:00:00")
    assert GridKind.CHART in kinds
    assert kinds & {GridKind.TABLE, GridKind.SHEET}
    assert (GridKind.BOOK in kinds) is (kind != "xlsx")
    assert found.properties["zhiheng.lang"] == "zh"


def test_that_the_numbers_of_a_chart_are_those_of_its_figure(written):
    chart = next(
        item for item in read_document(written / "a.docx").items if isinstance(item, Grid) and item.kind is GridKind.CHART
    )
    levels = sample_brief().blocks[3].figure.table
    assert [row[0].text.removesuffix(" ‡") for row in chart.rows[1:]] == [row.label for row in levels.rows]
    assert [cell.value for cell in chart.rows[1][1:6]] == [pytest.approx(cell.value) for cell in levels.rows[0].cells]


def test_that_blocks_are_known_by_their_bookmarks(written):
    named = [block_of(item.name) for item in read_document(written / "a.docx").items if item.name]
    assert (1, "") in named
    assert any(part == "T" for _, part in named)


def test_that_what_was_struck_out_is_not_said_and_what_was_put_in_is():
    body = f"<w:p>{run('占')}<w:del><w:r><w:delText>41%</w:delText></w:r></w:del><w:ins>{run('47%')}</w:ins></w:p>"
    assert texts(word(body)) == ["占47%"]


def test_that_what_programs_fill_in_is_not_said():
    field = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{more}' for kind, more in (
        ("begin", "<w:r><w:instrText> PAGE </w:instrText></w:r>"), ("separate", run("12")), ("end", "")))  # fmt: skip
    sequence = field.replace("PAGE", "SEQ 表").replace("12", "3")
    assert texts(word(f"<w:p>{run('第')}{field}{run('页')}</w:p><w:p>{run('表')}{sequence}</w:p>")) == ["第页", "表3"]


def test_that_merged_cells_keep_their_columns():
    cell = lambda text, more="": f"<w:tc><w:tcPr>{more}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"  # noqa: E731
    wide = cell("合计", '<w:gridSpan w:val="2"/>')
    table = word(f"<w:tbl><w:tr>{wide}{cell('41%')}</w:tr><w:tr>{cell('甲')}{cell('1')}{cell('2')}</w:tr></w:tbl>").items[0]
    assert table.rows[0] == (Entry("合计"), Entry(""), Entry("41%"))


def test_that_a_text_box_is_read_once():
    box = f"<w:txbxContent><w:p>{run('另占17%')}</w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    alternatives = (
        f'<mc:AlternateContent {mc}><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(word(f"<w:p>{run('占41%')}<w:r>{alternatives}</w:r></w:p>")) == ["占41%", "另占17%"]


def refused(path):
    with pytest.raises(UserError) as caught:
        read_document(path)
    return caught.value.code


def archive(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return path


def test_that_files_which_mean_harm_are_not_opened(written, tmp_path):
    parts = Office(written / "a.docx").parts
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><w:document xmlns:w="w">&b;</w:document>'
    assert refused(archive(tmp_path / "实体.docx", parts | {"word/document.xml": entity})) == "document.unsafe"
    assert refused(archive(tmp_path / "炸弹.docx", parts | {"word/big.xml": b"<a>" + bytes(64 << 20)})) == "document.unsafe"
    book = next(name for name in parts if name.endswith(".xlsx"))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/workbook.xml", bytes(40 << 20))
    assert refused(archive(tmp_path / "套娃.docx", parts | {book: inner.getvalue()})) == "document.unsafe"


def test_that_broken_parts_are_damage_and_other_packages_are_no_documents(written, tmp_path):
    parts = Office(written / "a.docx").parts
    assert refused(archive(tmp_path / "坏.docx", parts | {"word/document.xml": b"<w:document"})) == "document.damaged"
    assert refused(archive(tmp_path / "空.docx", {"a.txt": b"1"})) == "document.other"
    content = (written / "a.docx").read_bytes()
    (tmp_path / "半.docx").write_bytes(content[: len(content) // 3])
    assert refused(tmp_path / "半.docx") == "document.damaged"
    assert refused(tmp_path / "没有.docx") == "document.missing"
    assert refused(tmp_path) == "document.no_file"


def test_that_a_link_to_a_file_outside_is_never_followed(written, tmp_path):
    office = Office(written / "a.docx")
    name = next(name for name in office.parts if name.startswith("word/charts/_rels"))
    office.parts[name] = office.parts[name].replace(b'Target="', b'TargetMode="External" Target="file:///etc/')
    assert read_document(office.save(tmp_path / "外.docx")).kind == "docx"


def test_that_far_too_many_parts_of_text_are_refused(tmp_path):
    document = Word()
    body = document.element.body
    for _ in range(10_050):
        body.insert(0, etree.fromstring(f'<w:p xmlns:w="{W}"><w:r><w:t>1</w:t></w:r></w:p>'))
    document.save(tmp_path / "长.docx")
    assert refused(tmp_path / "长.docx") == "document.too_large"
