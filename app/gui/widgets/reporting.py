"""Who of the firm register has answered: the response by a grouping, and beside it the firms that are missing."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.widgets.parts import button, column, label, row
from app.gui.widgets.table import Table, search_field
from app.present.pages.values import PageTable, Reporting


class ReportingView(QWidget):
    """A row of the response narrows the list of missing firms to it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reporting")
        self._shown: Reporting | None = None
        self._palette: Palette | None = None
        self._head, self._note, self._count = label("title"), label("note"), label("note", wrap=False)
        self.groups, self.search, self._everything = (
            QComboBox(),
            search_field("reporting.search"),
            button("reporting.all", "quiet"),
        )
        self.groups.setObjectName("reporting.groups")
        self.response, self.absent = Table("table.response", widest=220), Table("table.absent")
        self._where: dict[str, str] = {}
        self._texts: Texts | None = None
        self.groups.activated.connect(lambda _index: self._show_group())
        self.search.textChanged.connect(lambda _text: self._filter())
        self._everything.clicked.connect(lambda _checked=False: self._narrow({}))
        self.response.opened.connect(self._open)
        self._lay_out()

    def display(self, reporting: Reporting | None, texts: Texts, palette: Palette) -> None:
        """Show who has answered; the grouping and what narrows the list stay as they were left."""
        self._shown, self._texts, self._palette = reporting, texts, palette
        if reporting is None:
            return
        self._head.setText(reporting.headline)
        self._note.setText(reporting.note)
        chosen = max(0, self.groups.currentIndex())
        self.groups.clear()
        self.groups.addItems([words for _, words, _ in reporting.groups])
        self.groups.setCurrentIndex(chosen)
        self.groups.setAccessibleName(texts("collect.register.grouping"))
        self._everything.setText(texts("collect.register.everything"))
        self.search.setPlaceholderText(texts("collect.register.search"))
        self.search.setAccessibleName(texts("collect.register.search"))
        self.absent.display(reporting.absent, palette, texts("collect.register.absent"))
        self._show_group()

    def _show_group(self) -> None:
        if self._texts is not None and self._palette is not None and self._table is not None:
            self.response.display(self._table, self._palette, self._texts("collect.register.response"))
            self._narrow({})

    @property
    def _table(self) -> PageTable | None:
        return self._shown.groups[max(0, self.groups.currentIndex())][2] if self._shown is not None else None

    def _open(self, id_: str) -> None:
        table = self._table
        if table is not None:
            words = [(head.key, data[int(id_)]) for head, data in zip(table.columns, table.data, strict=True) if not head.right]
            self._narrow({key: str(text) for key, text in words})

    def _narrow(self, where: dict[str, str]) -> None:
        self._where = where
        self._everything.setVisible(bool(where))
        self._filter()

    def _filter(self) -> None:
        self.absent.rows.filter(self.search.text(), where=self._where)
        if self._texts is not None:
            self._count.setText(self._texts("collect.register.count", n=f"{self.absent.rows.rowCount():,}"))

    def _lay_out(self) -> None:
        left, right, tools, across = QWidget(), QWidget(), row(spacing=8), row(spacing=24)
        inner = column(left, 0, 8)
        inner.addWidget(self.groups)
        inner.addWidget(self.response, 1)
        tools.addWidget(self._count)
        tools.addWidget(self._everything)
        tools.addStretch()
        tools.addWidget(self.search)
        beside = column(right, 0, 8)
        beside.addLayout(tools)
        beside.addWidget(self.absent, 1)
        across.addWidget(left, 2)
        across.addWidget(right, 3)
        layout = column(self, 0, 8)
        layout.addWidget(self._head)
        layout.addWidget(self._note)
        layout.addLayout(across, 1)
