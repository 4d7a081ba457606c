"""How the window starts, and what it says where it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.gui.environment import PACKAGES, choose_input_method

ROOT = Path(__file__).resolve().parents[2]
BLOCK = """
import sys
class Block:
    def find_spec(self, name, *rest):
        if name == 'PySide6.QtWidgets': raise ImportError('libEGL.so.1: cannot open shared object file')
sys.meta_path.insert(0, Block())
from app.gui.application import main
sys.exit(main([]))
"""


def run(program, **environment):
    return subprocess.run(
        [sys.executable, *program],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=60,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"QT_IM_MODULE": "fcitx"}, {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}),
        ({"XMODIFIERS": "@im=fcitx"}, {"XMODIFIERS": "@im=fcitx", "QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}),
        ({"QT_IM_MODULE": "ibus"}, {"QT_IM_MODULE": "ibus"}),
        ({}, {}),
    ],
)
def test_that_fcitx_is_reached_through_its_ibus_portal(before, after):
    choose_input_method(before)
    assert before == after


def test_that_a_missing_system_library_is_one_sentence_naming_the_packages():
    done = run(["-c", BLOCK], QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 2
    assert "libEGL.so.1" in done.stderr
    assert PACKAGES in done.stderr
    assert "Traceback" not in done.stderr


def test_that_without_a_desktop_the_window_says_so_and_ends():
    clean = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    done = run(["-m", "app"], **clean)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_that_the_first_frame_is_timed_and_the_program_ends(tmp_path):
    done = run(
        ["-m", "app"], QT_QPA_PLATFORM="offscreen", XDG_CONFIG_HOME=str(tmp_path), ZHIHENG_FIRST_PAINT=repr(time.monotonic())
    )
    assert done.returncode == 0, done.stderr
    assert 0 < float(done.stdout.split()[-1]) < 30_000


def test_that_nothing_heavy_is_loaded_for_the_first_frame():
    program = (
        "import sys, app.gui.main_window; print([m for m in ('pandas', 'numpy', 'pyqtgraph', 'sklearn') if m in sys.modules])"
    )
    assert run(["-c", program], QT_QPA_PLATFORM="offscreen").stdout.strip() == "[]"
