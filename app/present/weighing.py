"""Weights while they are being set: any numbers count by their ratio, a locked one keeps its share."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def shares(weights: Mapping[str, float]) -> dict[str, float]:
    """Return the weights as shares of 100; all 0 where none counts."""
    total = sum(weights.values())
    return {code: 100 * weight / total if total > 0 else 0.0 for code, weight in weights.items()}


def with_weight(weights: Mapping[str, float], locked: Collection[str], code: str, weight: float) -> dict[str, float]:
    """Return the weights with `code` at `weight`; those `locked` are moved so that their shares stay as they were.

    What was typed elsewhere is not touched. Where nothing but locked ones would count, they stay as they are.
    """
    before, changed = shares(weights), {**weights, code: weight}
    kept = [name for name in locked if name != code]
    free = sum(value for name, value in changed.items() if name not in kept)
    held = sum(before[name] for name in kept) / 100
    if not kept or free <= 0 or held >= 1:
        return changed
    total = free / (1 - held)
    return {name: before[name] / 100 * total if name in kept else value for name, value in changed.items()}


def share_text(share: float) -> str:
    """Return a share of 100 with a decimal only where it has one: 25%, 12.5%."""
    return f"{share:.1f}".removesuffix(".0") + "%"
