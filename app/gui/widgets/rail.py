"""The left rail: the pages in the order of the work, each an icon beside a word."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui import icons
from app.gui.widgets.parts import column, frame, label, row

WIDTH = 152
HEIGHT = 40
ICON = 20
UNDER_HEIGHT, UNDER_ICON, UNDER_INDENT = 32, 16, 14  # an entry that belongs to the one above it
CLOSE, UNDER_CLOSE, FRAME = 31, 24, 118  # the same in a window too low for all of them; what brand, lines and margins take


class RailButton(QAbstractButton):
    """One entry of the rail; painted so that icon and word stay sharp at every scale."""

    def __init__(self, id_: str, icon: str, under: bool = False) -> None:
        super().__init__()
        self.setObjectName(id_)
        self._indent, self._size = (UNDER_INDENT, UNDER_ICON) if under else (0, ICON)
        self._heights = (UNDER_CLOSE, UNDER_HEIGHT) if under else (CLOSE, HEIGHT)
        self.give(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._icon = icon
        self._palette: Palette | None = None
        self._by_keyboard = False

    def restyle(self, word: str, palette: Palette) -> None:
        """Show `word` in the colours of `palette`."""
        self.setText(word)
        self.setAccessibleName(word)
        self._palette = palette
        self.update()

    @property
    def usual(self) -> int:
        """The height it takes where there is room."""
        return self._heights[True]

    def give(self, room: bool) -> None:
        """Take the usual height where there is room, else less."""
        self.setFixedHeight(self._heights[room])

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return QSize(WIDTH - 16, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        if (palette := self._palette) is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = palette.accent_soft if self.isChecked() else palette.raised if self.underMouse() else ""
        air = 2.5 if self.height() > UNDER_CLOSE else 0.5
        box = QRectF(self.rect()).adjusted(0.5, air, -0.5, -air)
        painter.setPen(QColor(palette.accent) if self.hasFocus() and self._by_keyboard else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 8, 8)
        ink = palette.accent if self.isChecked() else palette.text if self.isEnabled() else palette.neutral
        left, size = 12 + self._indent, self._size
        icons.renderer(self._icon, ink).render(painter, QRectF(left, (self.height() - size) / 2, size, size))
        font = QFont(self.font())
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(QColor(ink))
        area = self.rect().adjusted(left + size + 10, 0, -4, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember how the focus came."""
        self._by_keyboard = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is here."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer has left."""
        self.update()
        super().leaveEvent(event)


class Mark(QWidget):
    """The program's seal."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(28, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icons.renderer("zhiheng", "#ffffff").render(painter, QRectF(self.rect()))


class Rail(QFrame):
    """Pages above, tools below. `chosen(page id)` and `tool(command id)`."""

    chosen = Signal(str)
    tool = Signal(str)

    def __init__(self, pages: tuple[str, ...], tools: tuple[tuple[str, str], ...], under: Collection[str] = ()) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setFixedWidth(WIDTH)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        self._tools: dict[str, RailButton] = {}
        layout = column(self, (8, 16, 8, 8), 0)
        layout.addLayout(self._brand())
        layout.addSpacing(8)
        for id_ in pages:
            layout.addWidget(self._page_button(id_, id_ in under))
        layout.addStretch()
        self._add_tools(layout, tools)

    def restyle(self, texts: Texts, palette: Palette) -> None:
        """Show the words of `texts` in the colours of `palette`."""
        self._name.setText(texts("gui.brand.name"))
        self._claim.setText(texts("gui.brand.claim"))
        for id_, button in self._buttons.items():
            button.restyle(texts(f"gui.page.{id_}"), palette)
        for id_, button in self._tools.items():
            button.restyle(texts(f"gui.tool.{id_}"), palette)
            button.setToolTip(texts(f"gui.tool.{id_}_tip"))
        self.setAccessibleName(texts("gui.brand.rail"))

    def choose(self, id_: str) -> None:
        """Show page `id_` as the present one."""
        self._buttons[id_].setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the entries closer where the window is too low for all of them."""
        super().resizeEvent(event)
        buttons = [*self._buttons.values(), *self._tools.values()]
        room = self.height() >= FRAME + sum(button.usual for button in buttons)
        for button in buttons:
            button.give(room)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of its own."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        buttons = [*self._buttons.values(), *self._tools.values()]
        focused = next((i for i, button in enumerate(buttons) if button.hasFocus()), None)
        if event.key() in steps and focused is not None:
            buttons[(focused + steps[Qt.Key(event.key())]) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def _brand(self) -> QHBoxLayout:
        self._name, self._claim = label("title", wrap=False), label("note", wrap=False)
        words = column(spacing=0)
        words.addWidget(self._name)
        words.addWidget(self._claim)
        brand = row(margins=(8, 0, 0, 0), spacing=10)
        brand.addWidget(Mark(), alignment=Qt.AlignmentFlag.AlignTop)
        brand.addLayout(words)
        brand.addStretch()
        return brand

    def _page_button(self, id_: str, under: bool) -> RailButton:
        button = self._buttons[id_] = RailButton(f"page.{id_}", id_, under)
        button.setCheckable(True)
        self._group.addButton(button)
        button.clicked.connect(lambda _checked=False, id_=id_: self.chosen.emit(id_))
        return button

    def _add_tools(self, layout: QVBoxLayout, tools: tuple[tuple[str, str], ...]) -> None:
        separator = frame("line")
        separator.setFixedHeight(1)
        layout.addWidget(separator)
        layout.addSpacing(8)
        for id_, icon in tools:
            button = self._tools[id_] = RailButton(f"tool.{id_}", icon)
            button.clicked.connect(lambda _checked=False, id_=id_: self.tool.emit(id_))
            layout.addWidget(button)
