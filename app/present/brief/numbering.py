"""表1, 表2 …: the tables of a brief numbered in the order in which they stand, whatever sections were left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.domain.brief import Block, GridBlock, TableBlock

_NUMBERED = re.compile(r"(表|Table )(\d+)")


def with_numbers(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, numbers of tables without a gap; a table that goes on keeps the number of the one before."""
    numbers: dict[str, int] = {}
    made: list[Block] = []
    for block in blocks:
        found = _NUMBERED.match(block.title) if isinstance(block, TableBlock | GridBlock) else None
        if found is None or not isinstance(block, TableBlock | GridBlock):
            made.append(block)
            continue
        number = numbers.setdefault(found[2], len(numbers) + 1)
        made.append(replace(block, title=f"{found[1]}{number}{block.title[found.end() :]}"))
    return made
