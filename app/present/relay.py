"""Packages and receipts in words, and a package's tables as sheets."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.numbers import HIDDEN_SIGN, number
from app.domain.receipt import Receipt, ReceiptItem
from app.domain.relay import ALL, Member, Note, RelayCell, RelayContent, RelayRow, RelaySheet, RelayTable
from app.domain.rubric import READY
from app.domain.words import Texts
from app.present.wording import date_text, joined

_YES, _NO = "yes", "no"


def note_line(texts: Texts, note: Note) -> str:
    """Return a note as a sentence; the id of a table is called by its name."""
    said = dict(note.values)
    return texts(note.key, **{**said, **({"table": _of_id(texts, said["table"])} if "table" in said else {})})


def table_name(texts: Texts, content: RelayContent, id_: str) -> str:
    """Return what a table is called, a measure by its words."""
    if id_ in content.labels:
        return texts("relay.table.measure", measure=texts.of(content.labels[id_]))
    return _of_id(texts, id_)


def short_name(texts: Texts, content: RelayContent, id_: str) -> str:
    """Return what a table is called in a list: of a measure what stands before its definition."""
    return table_name(texts, content, id_).partition("（" if texts.lang == "zh" else " (")[0]


def content_lines(texts: Texts, content: RelayContent) -> tuple[str, ...]:
    """Return what every table of a package says under it: whose it is, what it rests on, and how to read its signs."""
    place = content.place
    days = tuple(dict.fromkeys(content.dates))
    lines = [
        texts("relay.line.place", name=place.name, code=place.code, rank=texts(f"relay.rank.{place.rank.value}")),
        texts(
            "relay.line.wave",
            wave=content.wave,
            date=texts("relay.line.days").join(date_text(texts, day) for day in days),
            design=texts(f"term.design.{content.design}") if f"term.design.{content.design}" in texts.entries else content.design,
        ),
        texts("relay.line.instrument", instrument=" ".join(content.instrument), rubric=" ".join(content.rubric)),
        texts("relay.line.policy", policy=content.policy),
    ]
    if content.members:
        lines.append(
            texts("relay.line.members", n=len(content.members), names=joined(texts, [_member(m) for m in content.members]))
        )
        lines.append(texts("relay.line.partial"))
    if content.journal:
        lines.append(texts("relay.line.journal", hash=content.journal))
    lines += [texts("relay.line.signs"), texts("relay.line.made", created=content.created, program=content.program)]
    return (texts("provenance.synthetic"), *lines) if content.synthetic else tuple(lines)


def relay_sheets(texts: Texts, content: RelayContent) -> tuple[RelaySheet, ...]:
    """Return a sheet a table, numbers as numbers where every place tells them, and as texts that say so where some do not."""
    return tuple(_sheet(texts, content, table) for table in content.tables)


def receipt_lines(texts: Texts, receipt: Receipt) -> tuple[str, ...]:
    """Return a receipt as lines to read."""
    who = joined(texts, [each for each in (f"{receipt.name} {receipt.code}".strip(), receipt.who) if each]) or texts(
        "relay.nobody"
    )
    return (
        texts("receipt.title"),
        texts("receipt.by", who=who, when=receipt.when),
        *(_item(texts, each) for each in receipt.items),
    )


def _item(texts: Texts, item: ReceiptItem) -> str:
    if not item.accepted:
        return texts("receipt.refused", file=item.file, words=item.words)
    said = {"name": item.name, "code": item.code, "wave": item.wave, "fingerprint": item.fingerprint, "created": item.created}
    line = texts(
        "receipt.taken",
        file=item.file,
        tables=item.tables,
        hidden=item.hidden,
        hash=item.content[:16],
        **said,
    )
    if not item.leaking:
        return line
    return line + texts("receipt.leaking", tables=joined(texts, [_of_id(texts, id_) for id_ in item.leaking]))


def _member(member: Member) -> str:
    return f"{member.name} {member.code} {member.fingerprint[:9]}"


def _of_id(texts: Texts, id_: str) -> str:
    key = f"relay.table.{id_}"
    return texts(key) if key in texts.entries else texts("relay.table.measure", measure=id_.removeprefix("measure "))


def _sheet(texts: Texts, content: RelayContent, table: RelayTable) -> RelaySheet:
    header = [texts("relay.column.sector"), *(_column(texts, content, table, column) for column in table.columns)]
    shares = _shares(table)
    header += [texts("relay.column.share", of=_column(texts, content, table, part)) for part, _ in shares]
    rows = [_row(texts, content, (table, shares), row) for row in table.rows]
    number_format = "0.0" if table.unit == "score" else "#,##0" if table.unit == "firms" else "#,##0.0"
    formats = ("", *([number_format] * len(table.columns)), *(["0.0%"] * len(shares)))
    title = table_name(texts, content, table.id)
    lines = (*([texts("relay.line.rounded", base=table.rounded)] if table.rounded else []), *content_lines(texts, content))
    return RelaySheet(_of_id(texts, table.id), title, tuple(header), tuple(rows), formats, lines)


def _shares(table: RelayTable) -> tuple[tuple[str, str], ...]:
    """Return the columns that are shown as a share of another besides; of rounded numbers none would be right."""
    if table.rounded:
        return ()
    if _YES in table.columns and ALL in table.columns:
        return ((_YES, ALL),)
    return ((f"{READY}+", ALL),) if f"{READY}+" in table.columns else ()


def _column(texts: Texts, content: RelayContent, table: RelayTable, column: str) -> str:
    if column == ALL:
        return texts(f"relay.column.all_{table.unit}")
    if column in (_YES, _NO):
        return texts(f"relay.column.{column}")
    kind = "pillar" if table.id == "pillars" else "level"
    words = content.labels.get(f"{kind}.{column}")
    name = column if words is None else texts.of(words)
    return name if kind == "pillar" or name.startswith(column.rstrip("+")) else f"{column} {name}"


def _row(
    texts: Texts, content: RelayContent, what: tuple[RelayTable, tuple[tuple[str, str], ...]], row: RelayRow
) -> tuple[str | float | None, ...]:
    table, shares = what
    cells = dict(zip(table.columns, row.cells, strict=True))
    values = [_shown(texts, cell, table.unit == "score") for cell in row.cells]
    return (_sector(texts, content, row.key), *values, *(_share(texts, cells[part], cells[whole]) for part, whole in shares))


def _sector(texts: Texts, content: RelayContent, key: str) -> str:
    if key == ALL:
        return texts("relay.all_sectors")
    words = content.labels.get(f"sector.{key}")
    if words is None:
        return key or texts("term.sector.unknown")
    return texts.of(words) if len(key) > 1 else f"{key} {texts.of(words)}"


def _shown(texts: Texts, cell: RelayCell, mean: bool) -> str | float | None:
    if not cell.told or cell.value is None or not cell.base:  # of firms that only some places have, 0 of the others says nothing
        return HIDDEN_SIGN if not cell.is_whole else None if mean else 0.0
    value = cell.value / cell.base if mean else cell.value
    if cell.is_whole:
        return value
    said = number(value, "score") if mean else number(value, "count")
    return texts("relay.partly_mean" if mean else "relay.partly", value=said, told=cell.told, of=cell.of)


def _share(texts: Texts, part: RelayCell, whole: RelayCell) -> str | float | None:
    """Return a share where the same places tell both of its numbers, all of them."""
    if not part.is_whole or not whole.is_whole:
        return HIDDEN_SIGN if not part.told or not whole.told else texts("relay.not_all")
    return part.value / whole.value if part.value is not None and whole.value else None


def hidden_cells(tables: Sequence[RelayTable]) -> int:
    """Return how many cells carry no number."""
    return sum(not cell.told for table in tables for row in table.rows for cell in row.cells)
