"""Rules over the whole table: the same answer all down a form, two forms that are one, a number that cannot have moved so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.conditions import evaluate
from app.analysis.intake.rules_ground import Floats, Ground, written
from app.domain.findings import Finding
from app.domain.instrument import Role
from app.domain.rules import Rule, RuleKind

Ints = npt.NDArray[np.int64]

_IDENTITY = (Role.NAME, Role.CREDIT_CODE, Role.TOWNSHIP, Role.INDUSTRY)


def broken_tables(
    rules: Sequence[Rule], ground: Ground, waves: Sequence[str], spoiled: Mapping[str, npt.NDArray[np.bool_]]
) -> list[Finding]:
    """Return the findings of the SAME, COPIED and JUMP rules over counted responses; `waves` oldest first.

    `spoiled`: by item, the responses whose number is known to be wrong; it is no jump.
    """
    findings: list[Finding] = []
    counted = ground.responses.firms["counted"].to_numpy(dtype=bool)
    wave = _places(ground.responses.firms["wave"], waves)
    for rule in rules:
        if rule.kind is RuleKind.SAME:
            findings += _same(rule, ground, counted)
        elif rule.kind is RuleKind.COPIED:
            findings += _copied(rule, ground, np.where(counted, wave, -1))
        elif rule.kind is RuleKind.JUMP:
            wave_of = np.where(counted, wave, -1)
            for item in rule.left:
                numbers = np.where(spoiled[item], np.nan, ground.exact(item)) if item in spoiled else ground.exact(item)
                findings += _jumps(rule, ground, item, numbers, (wave_of, waves))
    return findings


def _places(column: pd.Series, waves: Sequence[str]) -> Ints:
    """Return the place of each response's wave in `waves`, −1 for any other."""
    place = {wave: number for number, wave in enumerate(waves)}
    codes, labels = pd.factorize(column)
    table = np.array([*(place.get(str(label), -1) for label in labels), -1], dtype=np.int64)
    spread: Ints = table[codes]
    return spread


def _same(rule: Rule, ground: Ground, counted: npt.NDArray[np.bool_]) -> Iterator[Finding]:
    """Straight-lining: one answer to every question of a row of questions (Krosnick 1991, satisficing)."""
    labels: dict[str, int] = {}
    table = np.stack([_codes(ground.responses.values[item], labels) for item in rule.left])
    answered = table >= 0
    low = np.where(answered, table, len(labels)).min(axis=0)
    same = (low == table.max(axis=0)) & (answered.sum(axis=0) >= max(rule.at_least, 2)) & counted
    if rule.given is not None:
        same &= evaluate(rule.given, ground.values, ground.instrument) == 1.0
    for position in np.flatnonzero(same).tolist():
        items = [item for item, there in zip(rule.left, answered[:, position], strict=True) if there]
        yield ground.finding(rule, position, items, (("count", str(len(items))),))


def _codes(column: pd.Series, labels: dict[str, int]) -> Ints:
    """Return answers as numbers shared by all columns of one `labels`, −1 where blank."""
    codes, answers = pd.factorize(column)
    table = np.array([*(labels.setdefault(str(answer), len(labels)) for answer in answers), -1], dtype=np.int64)
    spread: Ints = table[codes]
    return spread


def _copied(rule: Rule, ground: Ground, wave: Ints) -> Iterator[Finding]:
    """Firms of a wave whose answers are all the same, and unlikely to be so by chance.

    Two forms agree by chance with probability Π p(answer): `params.bits` is the least −log2 of it, so that forms on which
    everybody answers no are not taken for copies.
    """
    items = [item.code for item in ground.instrument.items if item.role not in _IDENTITY]
    forms, answered, bits = _forms(ground, items, wave)
    telling = (wave >= 0) & (answered >= rule.at_least) & (bits >= rule.params.get("bits", 0.0))
    positions = np.flatnonzero(telling)
    firms = pd.factorize(ground.responses.firms["firm"])[0]
    frame = pd.DataFrame({"form": forms[positions], "wave": wave[positions], "firm": firms[positions], "position": positions})
    frame = frame.drop_duplicates(["form", "wave", "firm"])
    for _, group in frame[frame.duplicated(["form", "wave"], keep=False)].groupby(["form", "wave"], sort=False):
        yield from _copies(rule, ground, group["position"].tolist())


def _forms(ground: Ground, items: Sequence[str], wave: Ints) -> tuple[npt.NDArray[np.uint64], Ints, Floats]:
    """Return a hash of each form's answers, how many there are, and how unlikely they are together (bits); shape (n,)."""
    n = len(wave)
    forms, answered, bits = np.full(n, 0x9E3779B97F4A7C15, dtype=np.uint64), np.zeros(n, dtype=np.int64), np.zeros(n)
    for item in items:
        column = ground.responses.values[item]
        codes = column.cat.codes.to_numpy() if isinstance(column.dtype, pd.CategoricalDtype) else pd.factorize(column)[0]
        codes = codes.astype(np.int64)
        counts = np.bincount(codes[(codes >= 0) & (wave >= 0)], minlength=int(codes.max(initial=0)) + 1)
        with np.errstate(divide="ignore"):
            surprise = -np.log2(np.append(counts / max(1, counts.sum()), 1.0))
        answered += codes >= 0
        bits += surprise[codes]
        forms = (forms ^ (codes + 2).astype(np.uint64)) * np.uint64(0x100000001B3)  # FNV-1a over the answers
        forms ^= forms >> np.uint64(29)
    return forms, answered, bits


def _copies(rule: Rule, ground: Ground, positions: Sequence[int]) -> Iterator[Finding]:
    names = ground.responses.firms["name"]
    for position in positions:
        other = positions[1] if position == positions[0] else positions[0]
        params = (("other", str(names.iat[other])), ("place", str(ground.line(other))), ("count", str(len(positions))))
        finding = ground.finding(rule, position, (), params)
        yield Finding(finding.code, finding.severity, finding.place, str(names.iat[position]), params)


def _jumps(rule: Rule, ground: Ground, item: str, numbers: Floats, times: tuple[Ints, Sequence[str]]) -> Iterator[Finding]:
    """Yield where a firm's number is too far from the one it gave the last time; `times`: wave of each response, names."""
    wave, names = times
    firms = pd.factorize(ground.responses.firms["firm"])[0]
    order = np.lexsort((wave, firms))
    order = order[(wave[order] >= 0) & np.isfinite(numbers[order])]
    pairs = np.flatnonzero(firms[order[1:]] == firms[order[:-1]])
    before, now = order[pairs], order[pairs + 1]
    header = ground.instrument.item(item).words.zh
    for place in np.flatnonzero(_moved(numbers[before], numbers[now], rule)).tolist():
        old, new = int(before[place]), int(now[place])
        texts = (("header", header), ("now", written(numbers[new])), ("before", written(numbers[old])))
        yield ground.finding(rule, new, (item,), (*texts, ("wave", names[int(wave[old])])))


def _moved(before: Floats, now: Floats, rule: Rule) -> npt.NDArray[np.bool_]:
    """Return which numbers moved by more than `factor` times and by at least `at_least`; from or to 0 is no ratio."""
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.maximum(before, now) / np.minimum(before, now)
        moved: npt.NDArray[np.bool_] = (before > 0) & (now > 0) & (ratio > rule.factor)
        return moved & (np.abs(now - before) >= rule.at_least)
