"""Every number of a brief by the identifier that its documents hide, with the cell it comes from."""

from __future__ import annotations

import html
import re
import zipfile

import pytest

from app.domain.brief import FigureBlock, GridBlock, Heading, Paragraph
from app.domain.release import CellStatus
from app.files.resources import load_palette
from app.files.write_docx import write_docx
from app.present.brief import make_brief
from app.present.brief.evidence import SECTION, with_evidence
from app.present.brief.evidence_ids import ranges
from app.present.claims import charted, claims_of, table_of
from app.present.view import View
from tests.unit.present import small_study

MARK = re.compile(r'w:name="zh_(B\d+_[TN]?\d+)"/>.*?<w:t[^>]*>([^<]*)</w:t>')
CREATED = "2026-07-01T09:00:00+08:00"


@pytest.fixture(scope="module", params=["zh", "en"])
def made(request):
    texts = small_study.texts(request.param)
    return make_brief(small_study.study(), small_study.resources(), texts, CREATED), texts


def test_that_claims_are_the_bookmarks_of_the_document_number_by_number(made, tmp_path):
    brief, texts = made
    write_docx(brief, tmp_path / "a.docx", load_palette("light"), texts)
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        xml = archive.read("word/document.xml").decode()
    marks = {name.replace("_", ".", 1): html.unescape(text) for name, text in MARK.findall(xml)}
    claims = {claim.id: claim.text for claim in claims_of(brief.blocks, texts)}
    assert len(claims) > 200
    assert marks == claims


def test_that_a_share_in_the_text_knows_the_cell_it_is_printed_from(made):
    brief, texts = made
    claims = {claim.id: claim for claim in claims_of(brief.blocks, texts)}
    cells = {
        cell.evidence: cell for block in brief.blocks if (table := table_of(block)) for row in table.rows for cell in row.cells
    }
    known = [claim for claim in claims.values() if claim.evidence]
    assert {claim.evidence for claim in known if claim.block == 2}
    for claim in known:
        assert (claim.value, claim.low, claim.high, claim.n) == tuple(
            getattr(cells[claim.evidence], name) for name in ("value", "low", "high", "n")
        )


@pytest.mark.parametrize(
    ("lang", "text", "places"),
    [
        (
            "zh",
            "应报2,326家，收到2,145家（回收率92%）。",
            ["应报2,326家…", "…收到2,145家（回收率92%）…", "…收到2,145家（回收率92%）…"],
        ),
        ("en", "Census of 2,326 firms, 2,145 valid answers", ["Census of 2,326 firms…", "…2,145 valid answers"]),
        ("zh", "共3家", ["共3家"]),
    ],
)
def test_that_a_number_of_a_text_stands_in_its_whole_clause(lang, text, places):
    assert [claim.place for claim in claims_of((Paragraph(text),), small_study.texts(lang))] == places


def test_that_no_claim_tells_a_hidden_cell(made):
    brief, texts = made
    cells = [cell for block in brief.blocks if (table := table_of(block)) for row in table.rows for cell in row.cells]
    hidden = {cell.evidence for cell in cells if cell.status is CellStatus.HIDDEN} - {""}
    told = {claim.evidence for claim in (*claims_of(brief.blocks, texts), *charted(brief.blocks))}
    assert any(cell.status is CellStatus.HIDDEN for cell in cells)
    assert not hidden & told


def test_that_the_annex_speaks_of_every_number_before_it(made):
    brief, texts = made
    start = next(at for at, each in enumerate(brief.blocks) if isinstance(each, Heading) and each.section == SECTION)
    told = " ".join(" ".join(row) for each in brief.blocks[start:] if isinstance(each, GridBlock) for row in each.rows)
    for claim in claims_of(brief.blocks[:start], texts):
        block = brief.blocks[claim.block]
        in_text = not isinstance(block, FigureBlock) and table_of(block) is None
        if in_text:
            assert _covers(told, claim.id), claim


def _covers(told, id_):
    head, k = re.fullmatch(r"(.*?)(\d+)", id_).groups()
    spans = re.findall(rf"{re.escape(head)}(\d+)(?:–(\d+))?(?!\d)", told)
    return any(int(first) <= int(k) <= int(last or first) for first, last in spans)


def test_that_writing_the_annex_anew_changes_nothing(made):
    brief, texts = made
    view = View(small_study.study(), small_study.resources(), texts)
    assert with_evidence(view, brief.blocks) == brief.blocks


def test_that_identifiers_in_a_row_are_told_as_a_range(made):
    texts = made[1]
    told = ranges(texts, ["B2.1", "B2.2", "B2.3", "B6.4", "B12.T1", "B12.T2"])
    assert told.replace("、", ", ") == "B2.1–3, B6.4, B12.T1–2"
