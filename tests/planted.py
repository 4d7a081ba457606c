"""Edits that people make to a document that the program wrote: planted ones that change a number, and harmless ones that do not.

They work on the XML of any Office file of ours, whoever saved it last, and never through the program's own code.
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from app.domain.numerals import numerals

WIDE = {str(k): chr(0xFF10 + k) for k in range(10)}
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")


def local(node):
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


class Office:
    """The parts of an Office file, its XML parsed on demand and written back by `save`."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.trees = {}

    def names(self, pattern):
        return [name for name in sorted(self.parts, key=natural) if re.fullmatch(pattern, name)]

    def root(self, name):
        if name not in self.trees:
            self.trees[name] = etree.fromstring(self.parts[name])
        return self.trees[name]

    def roots(self, pattern):
        return [self.root(name) for name in self.names(pattern)]

    def save(self, path):
        for name, root in self.trees.items():
            self.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return path


def natural(name):
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


def below(node, name):
    return [each for each in node.iter() if local(each) == name]


class Text:
    """A paragraph, cell or shared string as one text over its text nodes."""

    def __init__(self, node):
        self.node = node
        self.nodes = [each for each in below(node, "t") if local(each.getparent()) != "rPh"]

    @property
    def text(self):
        return "".join(each.text or "" for each in self.nodes)

    def replace(self, start, end, new):
        """Put `new` in the place of a span, all of it into the node where the span begins."""
        at = 0
        for node in self.nodes:
            held = node.text or ""
            first, last = max(start - at, 0), min(end - at, len(held))
            at += len(held)
            if first < last or (start == end and 0 <= first <= len(held) and new):
                node.text = held[:first] + new + held[last:]
                node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                new = ""

    def numbers(self):
        return [each for each in numerals(self.text) if not each.code]


def other_digit(text, rng):
    """Return a number with one digit changed, so that it is another number."""
    places = [at for at, sign in enumerate(text) if sign in "0123456789"]
    place = rng.choice(places)
    others = [digit for digit in "123456789" if digit != text[place]]
    return text[:place] + rng.choice(others) + text[place + 1 :]


def change_digit(text, rng, wide=False):
    """Change one digit of one number of a Text."""
    number = rng.choice(text.numbers())
    new = other_digit(number.text, rng)
    if wide:
        new = "".join(WIDE.get(sign, sign) for sign in new)
    text.replace(number.start, number.end, new)
    return number.text, new


def drop(text, rng):
    """Delete one number."""
    number = rng.choice(text.numbers())
    text.replace(number.start, number.end, "")


def drop_percent(text, rng):
    number = rng.choice([each for each in text.numbers() if each.text.endswith("%")])
    text.replace(number.end - 1, number.end, "")


def shift_point(text, rng):
    """41% becomes 4.1%."""
    number = rng.choice([each for each in text.numbers() if re.fullmatch(r"\d{2}%?", each.text)])
    text.replace(number.start, number.end, f"{number.text[0]}.{number.text[1:]}")


def swap_two(text, rng):
    """Exchange two numbers of one sentence."""
    numbers = text.numbers()
    pairs = [(a, b) for a in numbers for b in numbers if a.end <= b.start and a.key != b.key]
    first, second = rng.choice(pairs)
    one, two = text.text[first.start : first.end], text.text[second.start : second.end]
    text.replace(second.start, second.end, one)
    text.replace(first.start, first.end, two)


def reword(text, rng):
    """Write the words around numbers anew: clauses inserted before, between and after them."""
    for number in reversed(text.numbers()[::3]):
        text.replace(number.end, number.end, "（见附表）")
    text.replace(0, 0, "经核对，")


def has(count=1, pattern=""):
    """Return a test on a Text: so many numbers, and a pattern in it."""
    return lambda text: len(text.numbers()) >= count and re.search(pattern, text.text) is not None


# tables of texts (w:tbl, a:tbl)


class Table:
    """A table whose rows all have as many cells."""

    def __init__(self, node):
        self.node = node
        self.rows = [[each for each in row if local(each) == "tc"] for row in below(node, "tr")]
        self.lines = below(node, "tr")

    @property
    def is_plain(self):
        return len({len(row) for row in self.rows}) == 1 and len(self.rows) > 3

    def text(self, row, column):
        return Text(self.rows[row][column])

    def swap(self, one, other):
        """Exchange the texts of two cells."""
        first, second = self.text(*one), self.text(*other)
        a, b = first.text, second.text
        first.replace(0, len(a), b)
        second.replace(0, len(b), a)


def differing(table, rng):
    """Return two rows of a table with different numbers in their first column of numbers, and that column."""
    for column in rng.sample(range(1, len(table.rows[0])), len(table.rows[0]) - 1):
        found = {}
        for row in range(1, len(table.rows)):
            keys = tuple(each.key for each in table.text(row, column).numbers())
            if keys:
                found.setdefault(keys, row)
        if len(found) > 1:
            return (*rng.sample(sorted(found.values()), 2), column)
    raise LookupError


def exchange(one, other):
    """Exchange two elements in their tree."""
    first, second = one.getparent(), other.getparent()
    at, to = first.index(one), second.index(other)
    mark = etree.Element("mark")
    first[at] = mark
    second[to] = one
    first[first.index(mark)] = other


# numbers as stored (charts, sheets)


def change_stored(node, rng, by=None):
    """Change a stored number so that anyone can see it."""
    value = float(node.text)
    by = by if by is not None else rng.choice((1.13, 0.87))
    node.text = repr(value * by if value else 0.25)


def change_point(office, pattern, rng, inside=("val", "yVal")):
    """Change one kept value of one chart."""
    nodes = [
        value
        for root in office.roots(pattern)
        for holder in (each for name in inside for each in below(root, name))
        for value in below(holder, "v")
        if number_like(value)
    ]
    change_stored(rng.choice(nodes), rng)


def change_book(office, pattern, rng):
    """Change one number of the workbook behind one chart."""
    name = rng.choice(office.names(pattern))
    book = Office(io.BytesIO(office.parts[name]))
    cells = [cell for root in book.roots(r"xl/worksheets/sheet\d+\.xml") for cell in stored_cells(root)]
    change_stored(below(rng.choice(cells), "v")[0], rng)
    target = io.BytesIO()
    book.save(target)
    office.parts[name] = target.getvalue()


def number_like(node):
    try:
        float(node.text or "")
    except ValueError:
        return False
    return True


def stored_cells(root):
    """Return the cells of a sheet that hold a number, with the column and row they stand in."""
    return [
        each
        for each in below(root, "c")
        if each.get("t") in (None, "n") and below(each, "v") and number_like(below(each, "v")[0])
    ]


def place(cell):
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r"))
    return found[1], int(found[2])
