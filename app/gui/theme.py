"""The look of every widget: Qt's Fusion style, our own palette and one small style sheet."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from app.domain.theme import Palette

GAP = 24  # between cards
INSIDE = 16  # inside a card
ROW = 30  # height of a table row

_SHEET = """
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {hairline}; padding: 6px 8px; }}
QLabel[role="headline"] {{ font-size: 20px; font-weight: 700; color: {text}; }}
QLabel[role="title"] {{ font-size: 15px; font-weight: 700; color: {text}; }}
QLabel[role="big"] {{ font-size: 26px; font-weight: 700; color: {text}; }}
QLabel[role="note"] {{ font-size: 12px; color: {muted}; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="quote"] {{ background: {raised}; color: {text}; border-radius: 4px; padding: 2px 6px; }}
QLabel[role="differs"] {{ background: {accent_soft}; color: {text}; border-radius: 4px; padding: 1px 6px; font-weight: 700; }}
QLabel[role="badge"] {{ background: {accent_soft}; color: {accent}; border-radius: 9px; padding: 1px 8px; font-size: 12px; }}
QLabel[role="banner"] {{ background: {accent_soft}; color: {text}; font-size: 12px; padding: 4px 24px; }}
QFrame[role="rail"] {{ background: {window}; border: none; border-right: 1px solid {hairline}; }}
QFrame[role="strip"] {{ background: {window}; border: none; border-top: 1px solid {hairline}; }}
QFrame[role="panel"] {{ background: {surface}; border: none; border-left: 1px solid {hairline}; }}
QFrame[role="card"] {{ background: {surface}; border: 1px solid {hairline}; border-radius: 8px; }}
QFrame[role="card"][chosen="true"] {{ border: 1px solid {accent}; }}
QFrame[role="card"]:focus {{ border: 2px solid {accent}; }}
QFrame[role="drop"] {{ background: {window}; border: 1px dashed {neutral}; border-radius: 8px; }}
QFrame[role="drop"][over="true"] {{ background: {accent_soft}; border: 1px solid {accent}; }}
QFrame[role="popup"] {{ background: {surface}; border: 1px solid {hairline}; border-radius: 10px; }}
QFrame[role="error"] {{ background: {surface}; border: none; border-left: 4px solid {error};
  border-bottom: 1px solid {hairline}; }}
QFrame[role="done"] {{ background: {surface}; border: none; border-left: 4px solid {accent};
  border-bottom: 1px solid {hairline}; }}
QFrame[role="warning"] {{ background: {raised}; border: none; border-left: 4px solid {warning}; border-radius: 4px; }}
QFrame[role="side"] {{ background: {raised}; border: none; border-radius: 6px; }}
QAbstractScrollArea::corner {{ background: {surface}; border: none; }}
QFrame[role="line"] {{ background: {hairline}; border: none; }}
QPushButton {{ background: {surface}; color: {text}; border: 1px solid {hairline}; border-radius: 6px; padding: 5px 14px;
  min-height: 20px; }}
QPushButton:hover {{ background: {raised}; }}
QPushButton:focus {{ border: 1px solid {accent}; }}
QPushButton:disabled {{ color: {neutral}; background: {window}; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent}; border: 1px solid {accent}; font-weight: 700; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {text}; padding: 4px 13px; }}
QPushButton[role="primary"]:disabled {{ background: {raised}; color: {neutral}; border-color: {hairline}; }}
QPushButton[role="quiet"] {{ border: 1px solid transparent; background: transparent; color: {accent}; padding: 4px 8px; }}
QPushButton[role="quiet"]:hover {{ background: {accent_soft}; }}
QPushButton[role="quiet"]:focus {{ border: 1px solid {accent}; }}
QPushButton[role="link"] {{ border: 1px solid transparent; border-radius: 4px; background: transparent; color: {accent};
  padding: 0 4px; min-height: 16px; font-size: 12px; text-decoration: underline; }}
QPushButton[role="link"]:hover, QPushButton[role="link"]:focus {{ background: {accent_soft}; border: 1px solid {accent}; }}
QPushButton[role="cell"] {{ text-align: left; border: 1px solid transparent; border-radius: 4px; background: transparent;
  color: {accent}; padding: 0 4px; min-height: 18px; font-size: 12px; }}
QPushButton[role="cell"]:hover, QPushButton[role="cell"]:focus {{ background: {accent_soft}; border: 1px solid {accent}; }}
QPushButton[role="row"] {{ text-align: left; border: 1px solid transparent; background: transparent; padding: 6px 8px; }}
QPushButton[role="row"]:hover {{ background: {raised}; }}
QPushButton[role="row"]:focus {{ border: 1px solid {accent}; }}
QToolButton[role="chip"] {{ background: {surface}; color: {text}; border: 1px solid {hairline}; border-radius: 14px;
  padding: 4px 12px; }}
QToolButton[role="chip"][lit="true"] {{ background: {accent_soft}; border: 1px solid {accent}; color: {text}; }}
QToolButton[role="chip"]:hover, QToolButton[role="chip"]:focus {{ border: 1px solid {accent}; }}
QToolButton[role="chip"]::menu-indicator {{ image: none; width: 0; }}
QTableView::indicator:unchecked, QTreeView::indicator:unchecked, QCheckBox::indicator:unchecked {{ width: 12px; height: 12px;
  border: 1px solid {muted}; border-radius: 2px; }}
QToolButton[role="quiet"] {{ border: 1px solid transparent; border-radius: 6px; padding: 4px; background: transparent;
  color: {text}; }}
QToolButton[role="quiet"]:hover {{ background: {raised}; }}
QToolButton[role="quiet"]:focus {{ border: 1px solid {accent}; }}
QLineEdit, QComboBox, QDateEdit, QPlainTextEdit {{ background: {surface}; color: {text}; border: 1px solid {hairline};
  border-radius: 6px; padding: 4px 10px; min-height: 20px; selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QPlainTextEdit:focus {{ border: 1px solid {accent}; }}
QLineEdit[role="command"] {{ border: none; font-size: 16px; padding: 10px 14px; background: transparent; }}
QRadioButton {{ spacing: 8px; background: transparent; }}
QRadioButton::indicator {{ width: 12px; height: 12px; border: 1px solid {muted}; border-radius: 7px; background: {surface}; }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 4px solid {accent}; }}
QRadioButton::indicator:focus, QRadioButton::indicator:hover {{ border-color: {accent}; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url({down}); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {surface}; border: 1px solid {hairline}; selection-background-color: {selection};
  selection-color: {text}; outline: none; }}
QMenuBar {{ background: {window}; border-bottom: 1px solid {hairline}; padding: 2px 8px; }}
QMenuBar::item {{ padding: 4px 10px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {raised}; }}
QMenu {{ background: {surface}; border: 1px solid {hairline}; padding: 6px; }}
QMenu::item {{ padding: 6px 28px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {selection}; color: {text}; }}
QMenu::item:disabled {{ color: {neutral}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {hairline}; margin: 6px 4px; }}
QTableView, QListView {{ background: {surface}; border: none; gridline-color: {hairline}; outline: none;
  selection-background-color: {selection}; selection-color: {text}; }}
QTableView::item {{ padding: 0 8px; border-bottom: 1px solid {hairline}; }}
QTableView::item:selected {{ background: {selection}; color: {text}; }}
QTableView[role="grid"]::item {{ border: none; padding: 0 4px; }}
QTableView[role="frozen"] {{ border-right: 1px solid {neutral}; }}
QTreeView {{ background: {surface}; border: none; outline: none; selection-background-color: {selection};
  selection-color: {text}; }}
QTreeView::item {{ padding: 4px 2px; min-height: 24px; }}
QTreeView::item:hover {{ background: {raised}; }}
QTreeView::item:selected {{ background: {selection}; color: {text}; }}
QTreeView::branch {{ background: {surface}; }}
QTreeView::indicator:checked {{ width: 12px; height: 12px; border: 1px solid {accent}; border-radius: 2px; background: {accent};
  image: url({tick}); }}
QListView::item {{ padding: 8px 12px; border-radius: 6px; }}
QListView::item:selected {{ background: {selection}; color: {text}; }}
QHeaderView {{ background: {surface}; }}
QHeaderView::section {{ background: {surface}; color: {muted}; border: none; border-bottom: 1px solid {neutral}; font-size: 12px;
  padding: 6px 11px; }}
QTableCornerButton::section {{ background: {surface}; border: none; }}
QScrollArea, QScrollArea > QWidget > QWidget[role="sheet"] {{ background: {surface}; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {hairline}; border-radius: 4px; min-height: 32px; min-width: 32px; margin: 2px; }}
QScrollBar::handle:hover {{ background: {neutral}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none; border: none;
  width: 0; height: 0; }}
QProgressBar {{ background: {hairline}; border: none; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QSplitter::handle {{ background: {hairline}; }}
"""


def qt_palette(palette: Palette) -> QPalette:
    """Return Qt's own palette in our colours."""
    roles = QPalette.ColorRole
    pairs = {
        roles.Window: palette.surface,
        roles.WindowText: palette.text,
        roles.Base: palette.surface,
        roles.AlternateBase: palette.raised,
        roles.Text: palette.text,
        roles.Button: palette.surface,
        roles.ButtonText: palette.text,
        roles.ToolTipBase: palette.raised,
        roles.ToolTipText: palette.text,
        roles.Highlight: palette.selection,
        roles.HighlightedText: palette.text,
        roles.PlaceholderText: palette.neutral,
        roles.Link: palette.accent,
        roles.LinkVisited: palette.accent,
        roles.BrightText: palette.on_accent,
        roles.Mid: palette.hairline,
        roles.Dark: palette.neutral,
        roles.Light: palette.raised,
        roles.Shadow: palette.hairline,
    }
    result = QPalette()
    for role, colour in pairs.items():
        result.setColor(role, QColor(colour))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.neutral))
    return result


def style_sheet(palette: Palette, down_arrow: str) -> str:
    """Return the style sheet in the palette's colours; `down_arrow` is the path of the combo box's arrow picture."""
    return _SHEET.format(down=down_arrow, tick=down_arrow.replace("arrow_", "tick_"), **asdict(palette))


def apply(application: QApplication, palette: Palette, down_arrow: str) -> None:
    """Dress the whole application; open windows follow at once."""
    application.setStyleSheet("")  # replacing one sheet by another takes Qt two and a half times as long
    application.setPalette(qt_palette(palette))
    application.setStyleSheet(style_sheet(palette, down_arrow))
