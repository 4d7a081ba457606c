"""The sections of a brief: a tick puts one in or leaves it out, a click goes to its page; below each what stands in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from app.domain.words import Texts
from app.gui.paper.pages import Place
from app.present.pages.brief_values import SectionChoice

PAGE_WIDTH = 40
INDENT, TICK, PAD, LINE = 16, 24, 14, 32  # pixels
MOST = 2  # lines of a heading; the whole stands in its tip
ID = Qt.ItemDataRole.UserRole
PLACE = Qt.ItemDataRole.UserRole + 1
ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class Wrapping(QStyledItemDelegate):
    """Long headings go on in a second line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return room for the lines of the words."""
        hint = super().sizeHint(option, index)
        tree = self.parent()
        if index.column() or not isinstance(tree, QTreeWidget):
            return hint
        used = PAD + (TICK if index.data(Qt.ItemDataRole.CheckStateRole) is not None else 0)
        used += INDENT if index.parent().isValid() else 0
        room = QRect(0, 0, max(40, tree.columnWidth(0) - used), 1000)
        words = tree.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, str(index.data()))
        height = min(words.height(), MOST * tree.fontMetrics().lineSpacing() + 1)
        return QSize(hint.width(), max(LINE, height + PAD))


class BriefOutline(QTreeWidget):
    """`toggled(ids of the sections that are ticked)`, `asked(page, y)` to go to a heading."""

    toggled = Signal(tuple)
    asked = Signal(int, float)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("brief.outline")
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(INDENT)
        self.setWordWrap(True)
        self.setUniformRowHeights(False)
        self.setItemDelegate(Wrapping(self))
        self.setExpandsOnDoubleClick(False)
        self.setItemsExpandable(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, PAGE_WIDTH)
        self._sections: tuple[SectionChoice, ...] = ()
        self._places: tuple[Place, ...] = ()
        self._names: dict[str, tuple[str, ...]] = {}
        self.itemChanged.connect(self._changed)
        self.itemClicked.connect(self._go)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The ids of the sections that are ticked, in order."""
        items = (self.topLevelItem(place) for place in range(self.topLevelItemCount()))
        return tuple(
            str(item.data(0, ID)) for item in items if item is not None and item.data(0, ID) and item.checkState(0) == ON
        )

    def display(self, sections: tuple[SectionChoice, ...], texts: Texts, names: dict[str, tuple[str, ...]]) -> None:
        """Show `sections`; `names` are what each may be called in the brief, by which its heading is found."""
        self.setAccessibleName(texts("gui.brief.outline"))
        self._sections, self._names = sections, names
        self._build()

    def show_places(self, places: Sequence[Place]) -> None:
        """Show the headings of the laid-out document with their pages."""
        self._places = tuple(places)
        self._build()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let words break anew in another width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Return goes to the page."""
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(item, 0)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        chosen = self.currentItem().data(0, ID) if self.currentItem() is not None else None
        with QSignalBlocker(self):
            self.clear()
            by_section = self._by_section()
            for section in self._sections:
                item = self._section(section, by_section.get(section.id, ()))
                self.addTopLevelItem(item)
                if chosen and section.id == chosen:
                    self.setCurrentItem(item)
            for place in by_section.get("", ()):
                self.addTopLevelItem(self._heading(place))
            self.expandAll()

    def _by_section(self) -> dict[str, tuple[Place, ...]]:
        """Return the headings of each section, its own first; those that belong to none under ""."""
        found: dict[str, list[Place]] = {}
        at = ""
        for place in self._places:
            if place.level == 1:
                at = self._section_of((place.text, *place.beside)) or ("" if not place.beside else at)
            found.setdefault(at, []).append(place)
        return {name: tuple(places) for name, places in found.items()}

    def _section_of(self, words: tuple[str, ...]) -> str:
        """Return the section that a heading begins, "" for none: by its whole name, else by a name with a number before it."""
        whole = (id_ for id_, names in self._names.items() if set(words) & set(names))
        part = (id_ for id_, names in self._names.items() if any(text.endswith(names) for text in words))
        return next(whole, "") or next(part, "")

    def _section(self, section: SectionChoice, places: tuple[Place, ...]) -> QTreeWidgetItem:
        item = QTreeWidgetItem([section.words, ""])
        item.setData(0, ID, section.id)
        item.setToolTip(0, section.why or section.words)
        item.setCheckState(0, ON if section.on else OFF)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        item.setFlags(flags if section.can else Qt.ItemFlag.NoItemFlags)
        if places:
            self._number(item, places[0])
            inner = places if places[0].beside else places[1:]  # a slide says its finding beside the name of its section
            item.addChildren([self._heading(place) for place in inner])
        elif not section.on:
            item.setForeground(0, self.palette().color(QPalette.ColorRole.PlaceholderText))
        return item

    def _heading(self, place: Place) -> QTreeWidgetItem:
        item = QTreeWidgetItem([place.text, ""])
        item.setToolTip(0, place.text)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self._number(item, place)
        return item

    def _number(self, item: QTreeWidgetItem, place: Place) -> None:
        item.setText(1, str(place.page + 1))
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setForeground(1, self.palette().color(QPalette.ColorRole.PlaceholderText))
        item.setData(0, PLACE, place)

    def _changed(self, item: QTreeWidgetItem, column: int) -> None:
        if column == 0 and item.data(0, ID):
            self.toggled.emit(self.ticked)

    def _go(self, item: QTreeWidgetItem, _column: int) -> None:
        place = item.data(0, PLACE)
        if isinstance(place, Place):
            self.asked.emit(place.page, place.y)
