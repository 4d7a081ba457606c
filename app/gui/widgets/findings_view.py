"""Every finding, narrowed by words, severity, kind and file; a row opens the workbook at its cell."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.widgets.parts import choice, column, label, row
from app.gui.widgets.table import Table, search_field
from app.present.pages.values import PageTable

SEVERITIES = ("", "error", "warning", "note")
NARROWED = ("problem", "file")  # columns that have a box of their own
WIDEST = 220


class FindingsView(QWidget):
    """`opened(number of the finding)`."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.table = Table("table.findings")
        self.table.opened.connect(self.opened)
        self.search = search_field("collect.search")
        self.severity = choice("collect.severity", SEVERITIES)
        self.boxes = {name: choice(f"collect.{name}", ("",)) for name in NARROWED}
        self._count = label("note", wrap=False)
        self._texts: Texts | None = None
        self.search.textChanged.connect(lambda _text: self._filter())
        for box in (self.severity, *self.boxes.values()):
            box.currentIndexChanged.connect(lambda _index: self._filter())
        for box in self.boxes.values():
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
            box.setMaximumWidth(WIDEST)
        tools = row(spacing=8)
        tools.addWidget(self.search, 1)
        for box in (self.severity, *self.boxes.values()):
            tools.addWidget(box)
        tools.addStretch()
        tools.addWidget(self._count)
        layout = column(self, 0, 8)
        layout.addLayout(tools)
        layout.addWidget(self.table, 1)

    def display(self, findings: PageTable, texts: Texts, palette: Palette, name: str) -> None:
        """Show `findings`; what narrows them stays as it was left."""
        self._texts = texts
        self.table.display(findings, palette, name)
        self.search.setPlaceholderText(texts("gui.collect.search"))
        self.search.setAccessibleName(texts("gui.collect.search"))
        self.severity.setAccessibleName(texts("gui.collect.severity"))
        for place, code in enumerate(SEVERITIES):
            self.severity.setItemText(place, texts(f"gui.severity.{code or 'all'}"))
        columns = [column.key for column in findings.columns]
        for name_, box in self.boxes.items():
            values = findings.data[columns.index(name_)] if name_ in columns else ()
            _refill(box, sorted({str(value) for value in values if value}), texts(f"collect.filter.{name_}"))
            box.setAccessibleName(texts(f"collect.filter.{name_}_name"))
        self._filter()

    def narrow(self, severity: str = "", **where: str) -> None:
        """Show only the findings of a severity, a kind (`problem`) or a `file`."""
        self.search.clear()
        self.severity.setCurrentIndex(SEVERITIES.index(severity))
        for name, box in self.boxes.items():
            box.setCurrentIndex(max(0, box.findData(where.get(name, ""))))

    def _filter(self) -> None:
        where = {name: str(box.currentData()) for name, box in self.boxes.items() if box.currentData()}
        self.table.rows.filter(self.search.text(), self.severity.currentData() or "", where)
        if self._texts is not None:
            shown = self.table.rows.rowCount()
            self._count.setText(self._texts("collect.filter.count", n=f"{shown:,}"))


def _refill(box: QComboBox, values: list[str], everything: str) -> None:
    """Offer `values` under the word for all of them, keeping the choice where it is still there."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    box.addItem(everything, "")
    for value in values:
        box.addItem(value, value)
        box.setItemData(box.count() - 1, value, Qt.ItemDataRole.ToolTipRole)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
