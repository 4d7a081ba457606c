"""智能原生候选: firms that meet a transparent rule, each answer quoted; a candidate until a person confirms."""

from __future__ import annotations

import pandas as pd

from app.domain.learning import NativeCandidate
from app.domain.natives import NativeRule
from app.present import wording
from app.present.evidence.behind import level_by_position
from app.present.pages.readiness_values import NativeCard, NativesView
from app.present.pages.values import Column, PageTable
from app.present.view import View

MOST = 500  # candidates shown; a rule that finds more is no rule


def natives_view(view: View) -> NativesView:
    """Return the candidates of the wave inside the filters, those still open first, or why there are none."""
    texts, rule = view.texts, view.resources.natives.get(view.study.instrument.id)
    if rule is None:
        return NativesView(texts("assess.native.no_rule"))
    words = _rule_words(view, rule)
    cards = tuple(_card(view, found, rule) for found in _shown(view)[:MOST])
    if not cards:
        return NativesView(texts("assess.native.none"), words)
    counts = {state: sum(card.state == state for card in cards) for state in ("candidate", "confirmed", "rejected")}
    headline = texts("assess.native.headline", n=len(cards), **counts)
    return NativesView(headline, words, _table(view, cards, rule), cards)


def _shown(view: View) -> list[NativeCandidate]:
    """Return the candidates among the firms looked at: open ones first, then by how much they meet."""
    firms = view.firms
    inside = set(firms.loc[firms["sector"] == view.selection.sector, "position"] if view.selection.sector else firms["position"])
    held = view.assessment.natives if view.assessment is not None else ()
    found = [candidate for candidate in held if candidate.position in inside]
    return sorted(found, key=lambda candidate: (candidate.confirmed is not None, -candidate.score, candidate.position))


def _rule_words(view: View, rule: NativeRule) -> tuple[str, ...]:
    texts = view.texts
    said = [texts("assess.native.rule", definition=texts.of(rule.definition), needed=rule.needed, all=len(rule.criteria))]
    said.append(texts("assess.native.person"))
    source = wording.source_text(texts, rule.source)
    said.append(texts("assess.native.source", source=source))
    return tuple(said)


def _card(view: View, found: NativeCandidate, rule: NativeRule) -> NativeCard:
    texts, responses = view.texts, view.study.responses
    state = "candidate" if found.confirmed is None else "confirmed" if found.confirmed else "rejected"
    firm = responses.firms.iloc[found.position] if responses is not None else None
    name = str(firm["name"]) if firm is not None else found.firm
    level = level_by_position(view).get(found.position, "")
    sector = view.sector_label(str(firm["sector"])) if firm is not None else ""
    words = {criterion.id: texts.of(criterion.words) for criterion in rule.criteria}
    line = texts("wording.list_separator").join(part for part in (sector, wording.level_name(texts, level)) if part)
    return NativeCard(
        id=str(found.position),
        name=name,
        sector=sector,
        level=wording.level_name(texts, level),
        line=line,
        state=state,
        state_word=texts(f"assess.native.{state}"),
        met=tuple(words.get(id_, id_) for id_ in found.met),
        missed=tuple(words.get(id_, id_) for id_ in found.missed),
        quotes=tuple((_question(view, item), answer) for item, answer in found.quotes),
        wave=view.assessment.wave if view.assessment is not None else "",
        firm=_named(firm, name),
    )


def _named(firm: pd.Series | None, name: str) -> str:
    """Return how a command names a firm: its credit code where it has a valid one, else its name and township."""
    if firm is None:
        return name
    if bool(firm["code_valid"]):
        return str(firm["code"])
    return f"{name}@{firm['township']}" if firm["township"] else name


def _question(view: View, code: str) -> str:
    item = next((item for item in view.study.instrument.items if item.code == code), None)
    return view.texts.of(item.words) if item is not None else code


def _table(view: View, cards: tuple[NativeCard, ...], rule: NativeRule) -> PageTable:
    texts = view.texts
    columns = (
        Column("name", texts("assess.column.firm")),
        Column("sector", texts("assess.column.sector")),
        Column("level", texts("page.column.level"), "level"),
        Column("met", texts("assess.column.met", all=len(rule.criteria)), "number"),
        Column("state", texts("assess.column.state")),
    )
    rows = [(card.name, card.sector, card.level, len(card.met), card.state_word) for card in cards]
    return PageTable(columns, tuple(zip(*rows, strict=True)), tuple(card.id for card in cards))
