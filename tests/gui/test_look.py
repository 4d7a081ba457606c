"""The look: every character has its glyph, every colour can be read, every icon is there in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFont, QPalette, QRawFont

from app.commands.menus import MENUS
from app.domain.colours import contrast
from app.files.resources import resources_folder
from app.gui import icons, theme
from app.gui.actions import ICONS
from app.gui.pages import ORDER


def test_that_the_bundled_font_has_every_character_of_the_window(dressed, resources):
    raw = QRawFont.fromFont(QFont("Noto Sans SC", 13))
    words = [text for w in resources.words.values() for text in (w.zh, w.en)]
    missing = {c for text in words for c in text if not c.isspace() and not raw.supportsCharacter(ord(c))}
    assert not missing


@pytest.mark.parametrize("name", ["light", "dark"])
def test_that_text_can_be_read_on_every_ground(name):
    from app.files.resources import load_palette

    p = load_palette(name)
    pairs = [(p.text, p.surface), (p.text, p.window), (p.text, p.raised), (p.muted, p.surface), (p.muted, p.window)]
    pairs += [(p.accent, p.surface), (p.on_accent, p.accent), (p.accent, p.accent_soft), (p.text, p.selection)]
    pairs += [(ink, p.surface) for ink in (p.error, p.warning, p.on_track, p.at_risk, p.off_track, p.cannot_tell)]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("name", sorted({*ICONS.values(), *ORDER, "close", "zhiheng"}))
def test_that_an_icon_draws_something_in_its_colour(qapp, name):
    picture = icons.pixmap(name, "#ff0000", 24, 2.0).toImage()
    assert any(picture.pixelColor(x, y).alpha() for x in range(48) for y in range(48))


def test_that_icons_are_line_drawings_of_one_family():
    for file in (resources_folder() / "icons").glob("*.svg"):
        text = file.read_text(encoding="utf-8")
        if file.stem not in ("zhiheng", "arrow_light", "arrow_dark", "tick_light", "tick_dark"):
            assert 'stroke-width="1.5"' in text
            assert "currentColor" in text


def test_that_the_palette_of_qt_follows_ours(light, dark):
    for palette in (light, dark):
        assert theme.qt_palette(palette).color(QPalette.ColorRole.Base) == QColor(palette.surface)


def test_that_the_style_sheet_is_accepted_by_qt(dressed, light, qtbot, capfd):
    dressed.setStyleSheet(theme.style_sheet(light, "x.svg"))
    assert "Could not parse" not in capfd.readouterr().err


def test_that_every_command_of_the_menus_is_worded(resources):
    ids = [id_ for _name, ids in MENUS for id_ in ids if id_]
    assert all(f"gui.command.{id_}" in resources.words for id_ in ids)
    assert len(ids) == len(set(ids))
