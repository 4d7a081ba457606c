"""One run of the command line: its wording, whether it prints JSON, and the lines it prints."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.commands.catalog import Command
from app.domain.resources import Resources
from app.domain.words import Texts

_GAP = "  "
_PIECE = re.compile(r"[\u2e80-\uffef][，。；：、”）》？！]*|[^\s\u2e80-\uffef]{1,40}\s*|\s+")


@dataclass(frozen=True, slots=True)
class Session:
    """What the printers need to know: `given` are the values of the command line by name."""

    command: Command
    texts: Texts
    resources: Resources
    given: dict[str, Any]

    @property
    def as_json(self) -> bool:
        """Whether the user wants JSON."""
        return bool(self.given.get("json"))

    def say(self, key: str, /, **values: object) -> None:
        """Print one sentence."""
        print(self.texts(key, **values))

    def table(self, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print rows under `header`, aligned for a terminal where Chinese characters take two places."""
        for line in self.lines(header, rows):
            print(line)

    def lines(self, header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
        """Return the lines that `table` prints."""
        return aligned(header, list(rows))

    def json(self, value: Any) -> None:
        """Print `value` as JSON."""
        print(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table; columns of numbers stand to the right, the last column is not padded."""
    table = [[_one_line(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(display_width, column)) for column in zip(*table, strict=True)]
    right = [all(_is_number(cell) for cell in column[1:]) and len(column) > 1 for column in zip(*table, strict=True)]
    return [_GAP.join(map(_padded, row, widths, right)).rstrip() for row in table]


def display_width(text: str) -> int:
    """Return how many places `text` takes in a terminal."""
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else not unicodedata.combining(character) for character in text
    )


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` places: English breaks between words, Chinese anywhere but before a mark."""
    lines = [""]
    for piece in _PIECE.findall(" ".join(text.split())):
        if lines[-1] and display_width(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _is_number(text: str) -> bool:
    return text[:1].isdigit() or text in ("", "—", "‡") or text[:2].lstrip("+-−<>").isdigit()


def _padded(text: str, width: int, to_the_right: bool) -> str:
    space = " " * (width - display_width(text))
    return space + text if to_the_right else text + space
