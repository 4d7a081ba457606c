"""The kinds of planted edits by format: each takes an Office and a random generator and changes it so that a number is wrong."""

from __future__ import annotations

import copy
import io
import re

from tests.planted import (
    Table,
    Text,
    below,
    change_book,
    change_digit,
    change_point,
    differing,
    drop,
    drop_percent,
    exchange,
    has,
    local,
    other_digit,
    place,
    reword,
    shift_point,
    stored_cells,
    swap_two,
)

DOCX, PPTX, SHEET = r"word/document\.xml", r"ppt/slides/slide\d+\.xml", r"xl/worksheets/sheet\d+\.xml"
CHARTS, BOOKS = r"(word|ppt|xl)/charts/chart\d+\.xml", r"(word|ppt)/embeddings/.*\.xlsx"
WITH_NUMBER = has()
FIELD = ("instrText", "fldChar", "fldSimple", "fld")


class Prose:
    """The paragraphs and tables of a docx or the slides of a pptx."""

    def __init__(self, office, pattern):
        self.office, self.pattern = office, pattern

    def paragraphs(self, test=WITH_NUMBER):
        found = []
        for root in self.office.roots(self.pattern):
            for node in below(root, "p"):
                outside = not any(local(each) in ("tbl", "sdt") for each in node.iterancestors())
                plain = not any(below(node, name) for name in FIELD)
                if outside and plain and test(Text(node)):
                    found.append(Text(node))
        return found

    def tables(self):
        return [
            table for root in self.office.roots(self.pattern) for node in below(root, "tbl") if (table := Table(node)).is_plain
        ]

    def cells(self, test=WITH_NUMBER):
        return [
            table.text(row, column)
            for table in self.tables()
            for row in range(1, len(table.rows))
            for column in range(1, len(table.rows[0]))
            if test(table.text(row, column))
        ]


def in_paragraph(change, test=WITH_NUMBER):
    return lambda prose, rng: change(rng.choice(prose.paragraphs(test)), rng)


def in_cell(change, test=WITH_NUMBER):
    return lambda prose, rng: change(rng.choice(prose.cells(test)), rng)


def numeric_table(prose, rng):
    """Return a table of released numbers, and two of its rows that differ."""
    for table in rng.sample(prose.tables(), len(prose.tables())):
        try:
            return (table, *differing(table, rng))
        except LookupError:
            continue
    raise LookupError


def swap_cells(prose, rng):
    table, one, other, column = numeric_table(prose, rng)
    table.swap((one, column), (other, column))


def swap_row_values(prose, rng):
    table, one, other, _ = numeric_table(prose, rng)
    for column in range(1, len(table.rows[0])):
        table.swap((one, column), (other, column))


def swap_rows(prose, rng):
    table, one, other, _ = numeric_table(prose, rng)
    exchange(table.lines[one], table.lines[other])


def two_columns(table, rng):
    """Return two columns whose numbers differ."""
    width = range(1, len(table.rows[0]))
    keys = {c: tuple(each.key for row in range(1, len(table.rows)) for each in table.text(row, c).numbers()) for c in width}
    pairs = [(a, b) for a in width for b in width if a < b and keys[a] and keys[b] and keys[a] != keys[b]]
    if not pairs:
        raise LookupError
    return rng.choice(pairs)


def columns_swapped(first_row):
    def change(prose, rng):
        for table in rng.sample(prose.tables(), len(prose.tables())):
            try:
                one, other = two_columns(table, rng)
            except LookupError:
                continue
            for row in range(first_row, len(table.rows)):
                table.swap((row, one), (row, other))
            return
        raise LookupError

    return change


def add_sentence(prose, rng):
    text = rng.choice(prose.paragraphs(has(1, "[。.]")))
    text.replace(len(text.text), len(text.text), "另据统计，已有318家企业开展试点。")


def add_row(prose, rng):
    table, row, *_ = numeric_table(prose, rng)
    new = copy.deepcopy(table.lines[row])
    table.lines[row].addnext(new)
    cells = [Text(each) for each in below(new, "tc")]
    cells[0].replace(0, len(cells[0].text), "新增一类")
    for cell in cells[1:]:
        for number in reversed(cell.numbers()):
            cell.replace(number.start, number.end, "27%")


def delete_row(prose, rng):
    table, row, *_ = numeric_table(prose, rng)
    table.lines[row].getparent().remove(table.lines[row])


def delete_paragraph(prose, rng):
    node = rng.choice(prose.paragraphs(has(2, "[。.]"))).node
    node.getparent().remove(node)


def reworded(text, rng):
    change_digit(text, rng)
    reword(text, rng)


def bound(text, rng):
    """Change the upper end of an interval."""
    found = re.search(r"[–—-](\d[\d.]*)(%)", text.text)
    text.replace(found.start(1), found.end(1), other_digit(found[1], rng))


def chart_value(prose, rng):
    change_point(prose.office, CHARTS, rng)


def chart_book(prose, rng):
    change_book(prose.office, BOOKS, rng)


def swap_labels(prose, rng):
    """Exchange two categories of a chart under their values."""
    holders = [each for root in prose.office.roots(CHARTS) for each in below(root, "cat")]
    pairs = [(vs[0], vs[-1]) for vs in (below(each, "v") for each in holders) if len(vs) > 2 and vs[0].text != vs[-1].text]
    one, other = rng.choice(pairs)
    series = next(each for each in one.iterancestors() if local(each) == "ser")
    for cat in below(series.getparent(), "cat"):
        values = below(cat, "v")
        values[0].text, values[-1].text = values[-1].text, values[0].text
    del one, other


PROSE_EDITS = {
    "a digit in a paragraph": in_paragraph(change_digit),
    "a digit in a heading of a table or slide": in_paragraph(change_digit, lambda text: has()(text) and len(text.text) < 60),
    "a digit in the notes": in_paragraph(change_digit, has(2, "截止日|As of|口径|Measure")),
    "the end of an interval": in_paragraph(bound, has(2, r"\d[–—-]\d[\d.]*%")),
    "a per cent sign dropped": in_paragraph(drop_percent, has(1, "%")),
    "a full-width digit of another value": in_paragraph(lambda text, rng: change_digit(text, rng, wide=True)),
    "a point moved": in_paragraph(shift_point, has(1, r"(?<![\d.,])\d\d%")),
    "two numbers of a sentence swapped": in_paragraph(swap_two, has(4, "[。.]")),
    "a number deleted from a sentence": in_paragraph(drop),
    "a changed number in a sentence written anew": in_paragraph(reworded, has(3, "[。.]")),
    "a sentence with a number added": add_sentence,
    "a paragraph deleted": delete_paragraph,
    "a digit in a table": in_cell(change_digit),
    "a number deleted from a table": in_cell(drop),
    "two cells swapped": swap_cells,
    "the values of two rows swapped": swap_row_values,
    "two rows swapped": swap_rows,
    "the values of two columns swapped": columns_swapped(1),
    "two columns swapped": columns_swapped(0),
    "a row added": add_row,
    "a row deleted": delete_row,
    "a value of a chart": chart_value,
    "a number of the workbook behind a chart": chart_book,
    "two labels of a chart swapped": swap_labels,
}


class Book:
    """The sheets of a workbook."""

    def __init__(self, office):
        self.office = office
        self.sheets = office.roots(SHEET)
        strings = office.names(r"xl/sharedStrings\.xml")
        self.strings = [Text(each) for each in below(office.root(strings[0]), "si")] if strings else []

    def cells(self):
        return [cell for sheet in self.sheets for cell in stored_cells(sheet)]

    def grid(self, sheet):
        return {place(cell): cell for cell in stored_cells(sheet)}

    def columns(self, rng):
        """Return two columns of one sheet with at least three rows in common whose numbers differ."""
        for sheet in rng.sample(self.sheets, len(self.sheets)):
            grid = self.grid(sheet)
            names = sorted({column for column, _ in grid})
            for one in names:
                for other in names:
                    rows = [row for row in range(1, 200) if (one, row) in grid and (other, row) in grid]
                    if one < other and len(rows) > 2 and any(value(grid[one, r]) != value(grid[other, r]) for r in rows):
                        return sheet, grid, one, other, rows
        raise LookupError

    def two_rows(self, rng):
        sheet, grid, one, _, rows = self.columns(rng)
        first = rows[0]
        second = next(row for row in reversed(rows) if value(grid[one, row]) != value(grid[one, first]))
        return sheet, grid, first, second


def value(cell):
    return below(cell, "v")[0].text


def set_value(cell, text):
    below(cell, "v")[0].text = text


def stored(change):
    def edit(book, rng):
        cell = rng.choice([each for each in book.cells() if float(value(each))])
        set_value(cell, change(float(value(cell))))

    return edit


def trade(one, other):
    first, second = value(one), value(other)
    set_value(one, second)
    set_value(other, first)


def sheet_cells_swapped(book, rng):
    _, grid, first, second = book.two_rows(rng)
    column = next(
        c for c, row in grid if row == first and (c, second) in grid and value(grid[c, first]) != value(grid[c, second])
    )
    trade(grid[column, first], grid[column, second])


def sheet_row_values_swapped(book, rng):
    _, grid, first, second = book.two_rows(rng)
    for column in {column for column, row in grid if row == first and (column, second) in grid}:
        trade(grid[column, first], grid[column, second])


def sheet_rows_swapped(book, rng):
    sheet, _, first, second = book.two_rows(rng)
    lines = {int(each.get("r")): each for each in below(sheet, "row")}
    exchange(lines[first], lines[second])
    for line, number in ((lines[first], second), (lines[second], first)):
        line.set("r", str(number))
        for cell in below(line, "c"):
            cell.set("r", f"{place(cell)[0]}{number}")


def sheet_column_values_swapped(book, rng):
    _, grid, one, other, rows = book.columns(rng)
    for row in rows:
        trade(grid[one, row], grid[other, row])


def sheet_cell_deleted(book, rng):
    cell = rng.choice(book.cells())
    cell.getparent().remove(cell)


def sheet_text_number(book, rng):
    """A number typed over as text, another one."""
    cell = rng.choice(book.cells())
    cell.set("t", "str")
    set_value(cell, f"{float(value(cell)) * 110:.1f}%")


def sheet_row_added(book, rng):
    sheet, _, first, _ = book.two_rows(rng)
    lines = {int(each.get("r")): each for each in below(sheet, "row")}
    last = max(lines)
    new = copy.deepcopy(lines[first])
    new.set("r", str(last + 1))
    for cell in below(new, "c"):
        cell.set("r", f"{place(cell)[0]}{last + 1}")
        if cell in stored_cells(new):
            set_value(cell, "0.27")
    lines[last].addnext(new)


def sheet_row_deleted(book, rng):
    sheet, _, first, _ = book.two_rows(rng)
    line = next(each for each in below(sheet, "row") if int(each.get("r")) == first)
    line.getparent().remove(line)


def in_string(change, test=WITH_NUMBER):
    return lambda book, rng: change(rng.choice([text for text in book.strings if test(text)]), rng)


def note_added(book, rng):
    text = rng.choice([text for text in book.strings if len(text.text) > 20])
    text.replace(len(text.text), len(text.text), "（另有318家）")


BOOK_EDITS = {
    "a number": stored(lambda v: repr(v * 1.13)),
    "the second digit of a number": stored(lambda v: repr(v * 1.04)),
    "a number by two in its last shown digit": stored(lambda v: repr(v + (0.002 if abs(v) < 1.5 else 2))),
    "a sign turned": stored(lambda v: repr(-v)),
    "a share made a number of per cent": stored(lambda v: repr(v * 100)),
    "two cells swapped": sheet_cells_swapped,
    "the values of two rows swapped": sheet_row_values_swapped,
    "two rows swapped": sheet_rows_swapped,
    "the values of two columns swapped": sheet_column_values_swapped,
    "a number deleted": sheet_cell_deleted,
    "a number typed over as text": sheet_text_number,
    "a row added": sheet_row_added,
    "a row deleted": sheet_row_deleted,
    "a digit in a title": in_string(change_digit, lambda text: has()(text) and len(text.text) < 60),
    "a digit in the notes": in_string(change_digit, has(2, "样本|Sample|口径|Measure")),
    "a full-width digit of another value": in_string(lambda text, rng: change_digit(text, rng, wide=True)),
    "the end of an interval": in_string(bound, has(2, r"\d[–—-]\d[\d.]*%")),
    "two numbers of a text swapped": in_string(swap_two, has(3)),
    "a number deleted from a text": in_string(drop),
    "a number added to a text": note_added,
    "a value of a chart": lambda book, rng: change_point(book.office, CHARTS, rng),
    "a changed number in a text written anew": in_string(reworded, has(2)),
}


def edits_of(kind):
    """Return the planted edits of a format by name; each takes an Office and a random generator."""
    if kind == "xlsx":
        return {name: lambda office, rng, edit=edit: edit(Book(office), rng) for name, edit in BOOK_EDITS.items()}
    pattern = DOCX if kind == "docx" else PPTX
    return {name: lambda office, rng, edit=edit: edit(Prose(office, pattern), rng) for name, edit in PROSE_EDITS.items()}


def in_memory(office):
    target = io.BytesIO()
    office.save(target)
    return target.getvalue()
