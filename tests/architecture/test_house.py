"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "app").rglob("*.py"))
FORBIDDEN = {"pickle", "joblib", "read_pickle", "extractall", "socket", "urllib", "http", "requests", "QtNetwork"}
CORE = ("app.domain.study", "app.analysis.assess", "app.analysis.intake", "app.analysis.progress", "app.present.figures")
HEAVY = ("pandas", "sklearn", "pyqtgraph", "scipy")


def is_bare_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_that_no_module_pickles_evaluates_unpacks_or_goes_online(path):
    with tokenize.open(path) as source:
        tokens = [t.string for t in tokenize.generate_tokens(source.readline) if t.type in (tokenize.NAME, tokenize.OP)]
    assert not FORBIDDEN & set(tokens)
    calls = [node.func.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if is_bare_call(node)]
    assert not {"eval", "exec"} & set(calls)


@pytest.mark.parametrize("module", CORE)
def test_that_the_core_runs_with_no_qt_installed(module):
    program = (
        "import sys\n"
        "class Block:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name.split('.')[0] in ('PySide6', 'shiboken6', 'pyqtgraph'): raise ImportError(name)\n"
        "sys.meta_path.insert(0, Block())\n"
        f"import {module}\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("module", ["app.gui.main_window", "app.commands.catalog", "app.cli.main", "app.files.read_child"])
def test_that_nothing_heavy_loads_before_it_is_needed(module):
    program = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.stdout.strip() == "[]", run.stdout + run.stderr


def test_that_the_arrows_point_inward():
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 0, run.stdout


def test_that_every_text_key_in_the_code_is_worded(resources):
    used = set()
    for path in FILES:
        used |= set(re.findall(r"(?<![\w.])texts\(\s*\"([a-z_0-9.]+)\"", path.read_text(encoding="utf-8")))
    assert used, "no texts(...) call found: the pattern of this test is stale"
    assert used <= set(resources.words)


def test_that_every_user_error_has_a_sentence(resources):
    used = set()
    for path in FILES:
        used |= set(re.findall(r"UserError\(\s*\"([a-z_0-9.]+)\"", path.read_text(encoding="utf-8")))
    assert used
    assert {f"error.{code}" for code in used} <= set(resources.words)


def test_that_wording_has_the_same_places_in_both_languages(resources):
    places = re.compile(r"{(\w*)")
    uneven = [key for key, w in resources.words.items() if set(places.findall(w.zh)) != set(places.findall(w.en))]
    assert not uneven
    assert all(w.zh.strip() and w.en.strip() for w in resources.words.values())


def test_that_no_file_names_a_package_host_or_a_private_path():
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=False, cwd=ROOT).stdout.split("\n")
    if len(tracked) < 5:
        pytest.skip("not a git checkout")
    hosts = re.compile("|".join(("pypi" + r"\.org", "python" + "hosted", "/wo" + "rk/", r"npmjs\.")))
    named = [
        name
        for name in tracked
        if name
        and (ROOT / name).suffix in {".py", ".md", ".toml", ".csv", ".sh", ".lock", ".txt", ""}
        and (ROOT / name).is_file()
        and hosts.search((ROOT / name).read_text(encoding="utf-8", errors="ignore"))
    ]
    assert not named
