"""权重: what each pillar counts, what other weights would do to the ranks, and how much the ranks owe to such choices."""

from __future__ import annotations

from app.domain.assessment import Assessment
from app.domain.judgement import Aggregation, Weighting
from app.domain.numbers import number, percent
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.words import Texts
from app.present import wording
from app.present.figures.moves import moves_of
from app.present.pages.common import chips, needs_assessment, synthetic
from app.present.pages.values import Column, Empty, Head, PageTable
from app.present.pages.weights_coherence import coherence_section
from app.present.pages.weights_robustness import robustness_section
from app.present.pages.weights_values import RUBRIC, Editor, PillarWeight, Way, WeightsPage
from app.present.view import ALL, View
from app.present.weighing import share_text


def weights_page(study: Study, resources: Resources, texts: Texts, selection: Selection = ALL) -> WeightsPage:
    """Return the editor, robustness, coherence and versions; a form without index says that there is nothing to weigh."""
    view = View(study, resources, texts, selection)
    if view.assessment is None:
        return WeightsPage(needs_assessment(view))
    if study.rubric.ladder_item or not study.rubric.pillars:
        words = view.texts("assess.weights.ladder")
        head = Head(view.texts("assess.weights.ladder_headline"), synthetic=synthetic(view), empty=Empty(words))
        return WeightsPage(head)
    held = in_force(view, view.assessment)
    editor = Editor(_pillars(view, held), _ways(view), (held.aggregation if held else Aggregation.ARITHMETIC).value)
    weighting = weighting_of(view, {pillar.code: pillar.weight for pillar in editor.pillars}, editor.way)
    editor = Editor(editor.pillars, editor.ways, editor.way, moves_of(view, weighting))
    return WeightsPage(
        head=_head(view, held),
        editor=editor,
        robustness=robustness_section(view),
        coherence=coherence_section(view),
        versions=_versions(view, held),
        in_force=held.id if held is not None else RUBRIC,
        flags=len(view.assessment.coherence.flags) if view.assessment.coherence is not None else 0,
    )


def in_force(view: View, assessment: Assessment) -> Weighting | None:
    """Return the version of the weights that the assessment on screen was made with, None for the rubric's own."""
    held = view.study.judgements.weightings
    return next((version for version in held if version.id == assessment.weighting), None) if assessment.weighting else None


def weighting_of(view: View, weights: dict[str, float], aggregation: str) -> Weighting:
    """Return weights on screen as a version not yet named: shares that sum to 1, in the order of the rubric."""
    total = sum(weights.values())
    shares = tuple((p.code, weights.get(p.code, 0.0) / total if total else 0.0) for p in view.study.rubric.pillars)
    return Weighting("", shares, Aggregation(aggregation), "")


def own_shares(view: View) -> dict[str, float]:
    """Return the rubric's own weights as shares of 100."""
    total = sum(pillar.weight for pillar in view.study.rubric.pillars) or 1.0
    return {pillar.code: 100 * pillar.weight / total for pillar in view.study.rubric.pillars}


def _pillars(view: View, held: Weighting | None) -> tuple[PillarWeight, ...]:
    own = own_shares(view)
    shown = _hundred(dict(held.weights)) if held is not None else own
    return tuple(
        PillarWeight(pillar.code, view.texts.of(pillar.words), shown.get(pillar.code, 0.0), own[pillar.code])
        for pillar in view.study.rubric.pillars
    )


def _hundred(weights: dict[str, float]) -> dict[str, float]:
    total = sum(weights.values()) or 1.0
    return {code: 100 * weight / total for code, weight in weights.items()}


def _ways(view: View) -> tuple[Way, ...]:
    texts = view.texts
    return tuple(
        Way(way.value, texts(f"assess.way.{way.value}_choice"), texts(f"assess.way.{way.value}_sentence")) for way in Aggregation
    )


def weights_words(view: View, weights: dict[str, float]) -> str:
    """Return shares in words, equal ones together: 应用深度 25%，其余各 12.5%."""
    texts, shares = view.texts, _hundred(weights)
    groups: dict[str, list[str]] = {}
    for pillar in view.study.rubric.pillars:
        groups.setdefault(share_text(shares.get(pillar.code, 0.0)), []).append(pillar.code)
    common = max(groups, key=lambda text: len(groups[text]))
    if len(groups) == 1:
        return texts("assess.weights.equal", share=common)
    said = [pair(view, code, text) for text, codes in groups.items() if text != common for code in codes]
    if len(groups[common]) > 1:
        said.append(texts("assess.weights.rest", share=common))
    else:
        said.append(pair(view, groups[common][0], common))
    return wording.joined(texts, said)


def pair(view: View, code: str, share: str) -> str:
    """Return a pillar with its share: 应用深度25%."""
    return view.texts("assess.weights.pair", pillar=view.pillar_label(code), share=share)


def _head(view: View, held: Weighting | None) -> Head:
    texts = view.texts
    weights = dict(held.weights) if held is not None else own_shares(view)
    words = weights_words(view, weights)
    key = "own" if held is None else "version"
    said = {"weights": words, "who": held.who or "—", "when": wording.date_text(texts, held.when)} if held is not None else {}
    headline = texts(f"assess.weights.headline_{key}", **(said or {"weights": words}))
    return Head(headline, _line(view, held), chips(view, ("wave",)), _notes(view), synthetic(view))


def _line(view: View, held: Weighting | None) -> str:
    """Return what is counted: firms with an index, of which rubric and how added up, and how many of their levels hold."""
    way = view.texts(f"assess.way.{(held.aggregation if held is not None else Aggregation.ARITHMETIC).value}")
    firms = view.assessment.firms if view.assessment is not None else view.firms
    n = int(firms["index"].notna().sum())
    date = wording.date_text(view.texts, view.wave.date) if view.wave is not None else ""
    rubric = f"{view.study.rubric.id} {view.study.rubric.version}"
    line = view.texts("assess.weights.measure", n=number(n, "count"), date=date, rubric=rubric, way=way)
    found = view.assessment.robustness if view.assessment is not None else None
    if found is None or found.stable is None:
        return line
    return f"{line} · {view.texts('assess.weights.stable', stable=percent(found.stable))}"


def _notes(view: View) -> tuple[str, ...]:
    return tuple(view.texts(f"assess.weights.note_{which}") for which in ("shares", "rank", "versions"))


def _versions(view: View, held: Weighting | None) -> PageTable:
    """Return every version, the newest first, and the rubric's own last."""
    texts = view.texts
    columns = (
        Column("state", texts("assess.column.in_force")),
        Column("weights", texts("assess.column.weights"), "prose"),
        Column("way", texts("assess.column.way")),
        Column("why", texts("assess.column.why"), "prose"),
        Column("who", texts("assess.column.who")),
        Column("when", texts("assess.column.when")),
    )
    rows = [_version(view, version, held) for version in reversed(view.study.judgements.weightings)]
    state = "" if held is not None else texts("assess.weights.in_force")
    own = weights_words(view, own_shares(view))
    rows.append((state, own, texts("assess.way.arithmetic"), texts("assess.weights.own"), "", ""))
    ids = (*(version.id for version in reversed(view.study.judgements.weightings)), RUBRIC)
    return PageTable(columns, tuple(zip(*rows, strict=True)), ids)


def _version(view: View, version: Weighting, held: Weighting | None) -> tuple[str, ...]:
    texts = view.texts
    state = texts("assess.weights.in_force") if held is not None and held.id == version.id else ""
    way = texts(f"assess.way.{version.aggregation.value}")
    when = wording.date_text(texts, version.when)
    return state, weights_words(view, dict(version.weights)), way, version.rationale, version.who, when
