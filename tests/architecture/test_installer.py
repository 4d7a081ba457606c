"""The set-up says in one sentence what a bare system lacks, and the README says the same."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def check():
    spec = importlib.util.spec_from_file_location("check_system", ROOT / "installer" / "check_system.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_that_a_missing_library_is_named_with_the_packages_to_install(check, monkeypatch, capsys):
    monkeypatch.setattr(check, "PROBE", "raise ImportError('libEGL.so.1: cannot open shared object file')")
    assert check.main() == 2
    said = capsys.readouterr().err
    assert "libEGL.so.1" in said
    assert "apt-get install" in said
    assert "Traceback" not in said


def test_that_a_complete_system_passes_without_a_word(check, capsys):
    assert check.main() == 0
    assert capsys.readouterr().err == ""


def test_that_the_readme_names_the_same_packages(check):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(package in readme for package in check.PACKAGES.split())


def test_that_every_pin_has_its_reason_beside_it():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("dependencies = [")[1].split("]")[0].strip().splitlines()
    assert all("#" in line for line in lines)


def test_that_the_lock_holds_every_dependency_by_hash_and_no_host():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert lock.count("--hash=sha256:") > lock.count("==") > 40
    assert "://" not in lock
