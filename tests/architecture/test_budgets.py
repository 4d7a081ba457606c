"""Sizes that keep a stranger able to find the way; an exception is listed by name with its reason."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "app").rglob("*.py"))

# name → reason. Keep empty where possible.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
LARGE_CLASSES: dict[str, str] = {}
MANY_ARGUMENTS: dict[str, str] = {}
DEEP_NESTING: dict[str, str] = {}

BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)


@pytest.fixture(scope="module")
def nodes() -> list[tuple[str, ast.AST]]:
    """Every node of every file, with the file's name; read when wanted, for nobody else needs half a million objects."""
    trees = [(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in FILES]
    return [(name, node) for name, tree in trees for node in ast.walk(tree)]


@pytest.fixture(scope="module")
def functions(nodes) -> list[tuple[str, ast.FunctionDef]]:
    return [(f"{name}:{node.name}", node) for name, node in nodes if isinstance(node, ast.FunctionDef)]


@pytest.fixture(scope="module")
def classes(nodes) -> list[tuple[str, ast.ClassDef]]:
    return [(f"{name}:{node.name}", node) for name, node in nodes if isinstance(node, ast.ClassDef)]


def lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def depth(node: ast.AST) -> int:
    inner = 0
    for field, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.FunctionDef | ast.ClassDef | ast.Lambda):
                continue
            elif_branch = isinstance(node, ast.If) and field == "orelse" and isinstance(child, ast.If)
            inner = max(inner, depth(child) + (isinstance(child, BLOCKS) and not elif_branch))
    return inner


def arguments(node: ast.FunctionDef) -> int:
    names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return len([name for name in names if name not in ("self", "cls")])


def test_that_no_file_is_longer_than_400_lines():
    long = {p.relative_to(ROOT).as_posix() for p in FILES if p.read_text(encoding="utf-8").count("\n") > 400}
    assert long <= set(LONG_FILES)


def test_that_the_median_file_is_at_most_150_lines():
    sizes = [p.read_text(encoding="utf-8").count("\n") for p in FILES if p.stat().st_size]
    assert statistics.median(sizes) <= 150


def test_that_no_function_is_longer_than_50_lines(functions):
    long = {f"{name} {lines(node)}" for name, node in functions if lines(node) > 50 and name not in LONG_FUNCTIONS}
    assert not long


def test_that_functions_are_short_as_a_rule(functions):
    sizes = sorted(lines(node) for _, node in functions)
    assert statistics.median(sizes) < 10
    assert sizes[int(len(sizes) * 0.9)] <= 30


def test_that_no_class_is_longer_than_200_lines(classes):
    large = {name for name, node in classes if lines(node) > 200}
    assert large <= set(LARGE_CLASSES)


def test_that_no_function_takes_more_than_six_arguments(functions):
    many = {name for name, node in functions if arguments(node) > 6}
    assert many <= set(MANY_ARGUMENTS)


def test_that_no_function_nests_deeper_than_three(functions):
    deep = {name for name, node in functions if depth(node) > 3}
    assert deep <= set(DEEP_NESTING)


@pytest.mark.parametrize("exceptions", [LONG_FILES, LONG_FUNCTIONS, LARGE_CLASSES, MANY_ARGUMENTS, DEEP_NESTING])
def test_that_every_exception_still_exists_and_gives_a_reason(exceptions, functions, classes):
    known = {p.relative_to(ROOT).as_posix() for p in FILES} | {name for name, _ in (*functions, *classes)}
    assert all(name in known and reason for name, reason in exceptions.items())
