"""Rows of one sheet on their way from a second reader to the sink: at their place, trimmed, within the limits of a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from app.files.read_causes import COLUMNS, Refusal
from app.files.read_sink import BATCH_ROWS, Merge, Sink
from app.files.sheet_codec import Key, SheetEncoder, padded


class SheetRows:
    """Takes rows from the top down; rows and columns that stay empty to the end cost nothing and are not sent.

    Values are those of `sheet_codec.Key`: str, float, int, bool, date, time, timedelta or ("e", text) for an error value;
    "" is the empty cell.
    """

    def __init__(self, sink: Sink, name: str) -> None:
        self._sink = sink
        self._name = name
        self._encoder = SheetEncoder()
        self._rows: list[list[Key]] = []
        self._width = 0
        self._errors: list[tuple[int, int, str]] = []
        self._n_errors = 0
        sink.reading(name)

    @property
    def n_rows(self) -> int:
        """Rows so far, the last of them with content."""
        return self._encoder.n_rows + len(self._rows)

    def place(self, values: list[Key], at: tuple[int, int], value: Key, repeat: int = 1) -> None:
        """Extend `values` of a row so that `value` stands `repeat` times from zero-based (row, column) on; empty ones do not."""
        if value != "":
            row, column = at
            self._sink.check_size(self._name, row + 1, column + repeat)  # before anything is multiplied
            values += [""] * (column - len(values))
            values += [value] * repeat

    def put(self, row: int, values: Sequence[Key], repeat: int = 1) -> None:
        """Place `values` at the zero-based `row` and the `repeat` − 1 rows below it; ValueError when that row is taken."""
        kept = _trimmed(values)
        if not kept:
            return
        if row < self.n_rows:
            raise ValueError("rows out of order")
        self._width = max(self._width, len(kept))
        self._sink.check_size(self._name, row + repeat, self._width)
        self._note_error(row, kept, repeat)
        for _ in range(row - self.n_rows):
            self._add([])
        for _ in range(repeat):
            self._add(kept)

    def close(self, merges: Iterable[Merge] = (), hidden: bool = False) -> None:
        """Send the sheet."""
        self._flush()
        if self._errors:
            row, column, text = self._errors[0]
            self._sink.finding("READ_ERROR_CELLS", (self._name, row + 1, column + 1), text, n=self._n_errors)
        self._sink.sheet(self._name, self._encoder, merges, hidden)

    def _add(self, values: list[Key]) -> None:
        self._rows.append(values)
        if len(self._rows) >= BATCH_ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._encoder.add(padded(self._rows))
            self._rows = []
            self._sink.stage(self._encoder.n_rows, 0, self._name)

    def _note_error(self, row: int, values: list[Key], repeat: int) -> None:
        for column, value in enumerate(values):
            if type(value) is tuple:
                self._n_errors += repeat
                self._errors = self._errors or [(row, column, value[1])]


def _trimmed(values: Sequence[Key]) -> list[Key]:
    """Return `values` without what is empty at their end, cut just past the widest sheet that can be taken."""
    stop = len(values)
    while stop and values[stop - 1] == "":
        stop -= 1
    return list(values[: min(stop, COLUMNS + 1)])


def send_sheet(name: str, sink: Sink, send: Callable[[SheetRows], None]) -> bool:
    """Have `send` read one sheet; whether it could be read: damage is a finding, so that the other sheets go on."""
    rows = SheetRows(sink, name)
    try:
        send(rows)
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 — parsers of damaged sheets raise whatever the damage leads them to
        sink.finding("READ_SHEET_DAMAGED", (name, 0, 0), str(error) or type(error).__name__)
        return False
    return True


def check_any(read: Iterable[bool]) -> None:
    """Go through all sheets of a workbook; Refusal when there were some and none could be read."""
    outcomes = list(read)
    if outcomes and not any(outcomes):
        raise Refusal("READ_DAMAGED")
