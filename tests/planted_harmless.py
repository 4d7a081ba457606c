"""Edits that leave every number as it is: looks, words around numbers, other ways to write the same number, other programs."""

from __future__ import annotations

import copy
import io
import shutil
import subprocess

from tests.planted import below, has, local, reword
from tests.planted_kinds import DOCX, PPTX, Book, Prose, place, set_value, stored_cells, value

SOFFICE = shutil.which("soffice")


def other_look(prose, rng):
    """Every run bold, red and of another font."""
    for root in prose.office.roots(prose.pattern):
        for run in below(root, "rPr"):
            for child in list(run):
                run.remove(child)


def runs_split(prose, rng):
    """Every run of letters cut in two, numbers in their middle."""
    for root in prose.office.roots(prose.pattern):
        for run in below(root, "r"):
            texts = [each for each in run if local(each) == "t"]
            if len(texts) == 1 and len(texts[0].text or "") > 1:
                other = copy.deepcopy(run)
                run.addnext(other)
                half = len(texts[0].text) // 2
                second = next(each for each in other if local(each) == "t")
                second.text, texts[0].text = texts[0].text[half:], texts[0].text[:half]
                for each in (second, texts[0]):
                    each.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def words_edited(prose, rng):
    for text in prose.paragraphs(has(1, "。")):
        reword(text, rng)


def sentences_added(prose, rng):
    for text in prose.paragraphs(has(1, "[。.]"))[::2]:
        text.replace(len(text.text), len(text.text), "有关情况请各单位高度重视，抓好落实。")


def paragraph_moved(prose, rng):
    nodes = [text.node for text in prose.paragraphs(has(2, "[。.]"))]
    one = rng.choice(nodes)
    other = rng.choice([node for node in nodes if node is not one and node.getparent() is one.getparent()] or [one])
    if other is not one:
        other.addnext(one)


def wide_digits(prose, rng):
    """Digits and per cent signs of running text in their full width."""
    table = {ord(str(k)): 0xFF10 + k for k in range(10)} | {ord("%"): "％"}
    for text in prose.paragraphs():
        for number in reversed(text.numbers()):
            if "," not in number.text:
                text.replace(number.start, number.end, number.text.translate(table))


def commas_dropped(prose, rng):
    for text in (*prose.paragraphs(), *prose.cells()):
        for number in reversed(text.numbers()):
            text.replace(number.start, number.end, number.text.replace(",", "").replace("−", "-"))


def marks_gone(prose, rng):
    """Bookmarks and names gone, as in a document retyped into another."""
    for root in prose.office.roots(prose.pattern):
        for node in [*below(root, "bookmarkStart"), *below(root, "bookmarkEnd")]:
            node.getparent().remove(node)
        for name in ("docPr", "cNvPr"):
            for node in below(root, name):
                node.set("name", "object")
        for node in [*below(root, "tblCaption"), *below(root, "tblDescription")]:
            node.getparent().remove(node)


def slides_reordered(prose, rng):
    listed = below(prose.office.root("ppt/presentation.xml"), "sldIdLst")[0]
    slides = list(listed)
    rng.shuffle(slides)
    for slide in slides:
        listed.append(slide)


PROSE = {
    "another look": other_look,
    "runs split": runs_split,
    "words around numbers edited": words_edited,
    "sentences without numbers added": sentences_added,
    "a paragraph moved": paragraph_moved,
    "full-width digits": wide_digits,
    "no separators": commas_dropped,
    "identifiers gone": marks_gone,
}


def number_formats(book, rng):
    """Every number shown in another format."""
    for root in book.office.roots(r"xl/styles\.xml"):
        for node in below(root, "numFmt"):
            node.set("formatCode", "0.00")


def blank_rows(book, rng):
    """A blank row above every table, a blank column before it."""
    for sheet in book.sheets:
        for merge in below(sheet, "mergeCells"):
            merge.getparent().remove(merge)
        for row in below(sheet, "row"):
            row.set("r", str(int(row.get("r")) + 1))
            for cell in below(row, "c"):
                column, number = place(cell)
                cell.set("r", f"{next_column(column)}{number + 1}")


def next_column(letters):
    head, last = letters[:-1], letters[-1]
    return head + chr(ord(last) + 1) if last != "Z" else (next_column(head) if head else "A") + "A"


def rounded(book, rng):
    """Numbers pasted as they are shown: shares to a tenth of a per cent, others to a hundredth."""
    for sheet in book.sheets:
        for cell in stored_cells(sheet):
            held = float(value(cell))
            set_value(cell, repr(round(held, 3 if abs(held) <= 1 else 2)))


def sheets_renamed(book, rng):
    for k, node in enumerate(below(book.office.root("xl/workbook.xml"), "sheet")):
        node.set("name", f"附表{chr(ord('甲') + k)}")


def sheets_reordered(book, rng):
    listed = below(book.office.root("xl/workbook.xml"), "sheets")[0]
    sheets = list(listed)
    rng.shuffle(sheets)
    for each in sheets:
        listed.append(each)


def texts_reworded(book, rng):
    for text in book.strings:
        if has(1, "[。：]")(text):
            reword(text, rng)


BOOK = {
    "other number formats": number_formats,
    "blank rows and columns": blank_rows,
    "numbers pasted as shown": rounded,
    "sheets renamed": sheets_renamed,
    "sheets in another order": sheets_reordered,
    "words around numbers edited": texts_reworded,
}


def harmless_of(kind):
    """Return the harmless edits of a format by name; each takes an Office and a random generator."""
    if kind == "xlsx":
        return {name: lambda office, rng, edit=edit: edit(Book(office), rng) for name, edit in BOOK.items()}
    pattern = DOCX if kind == "docx" else PPTX
    edits = PROSE | ({"slides in another order": slides_reordered} if kind == "pptx" else {})
    return {name: lambda office, rng, edit=edit: edit(Prose(office, pattern), rng) for name, edit in edits.items()}


def by_library(kind, path):
    """Return the bytes of a document opened and saved by the library of its format."""
    target = io.BytesIO()
    if kind == "docx":
        from docx import Document

        Document(str(path)).save(target)
    elif kind == "pptx":
        from pptx import Presentation

        Presentation(str(path)).save(target)
    else:
        import openpyxl

        openpyxl.load_workbook(path).save(target)
    return target.getvalue()


def by_libreoffice(path, folder):
    """Return the path of a document opened and saved by LibreOffice."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    out = folder / "resaved"
    command = [SOFFICE, profile, "--headless", "--convert-to", path.suffix[1:], "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / path.name
