"""What every figure and table prints under it (design §6.3), filled from the study."""

from __future__ import annotations

from dataclasses import replace

from app.domain.assessment import TOTAL, SectorProfile
from app.domain.goals import Measure
from app.domain.numbers import number
from app.domain.release import Provenance
from app.domain.study import Design, Wave
from app.domain.words import Texts
from app.present import wording
from app.present.estimates import rests_on_visits, weighting_words
from app.present.view import View


def instrument_text(view: View, with_rubric: bool = True) -> str:
    """Return the instrument and its version, with the rubric's where levels depend on it."""
    texts, instrument, rubric = view.texts, view.study.instrument, view.study.rubric
    name = texts("wording.source.instrument", name=texts.of(instrument.words), id=instrument.id, version=instrument.version)
    if not with_rubric:
        return name
    return texts("wording.source.rubric", instrument=name, id=rubric.id, version=rubric.version)


def source_text(view: View, wave: Wave) -> str:
    """Return where the numbers come from: how many workbooks of the wave were read."""
    n = sum(source.wave == wave.id and source.status == "read" for source in view.study.sources)
    return view.texts("wording.source.workbooks", n=number(n, "count"))


def notes(texts: Texts, *parts: str) -> str:
    """Join the sentences that are not empty into one line; Chinese sentences need no space between them."""
    return ("" if texts.lang == "zh" else " ").join(part for part in parts if part)


def profile_provenance(view: View, profile: SectorProfile, measure: str, interval: str, note: str = "") -> Provenance:
    """Return the provenance of an aggregate over the firms of one wave; `profile` is that of all firms counted."""
    wave = view.study.wave(profile.wave)
    sample = wording.profile_sentence(view.texts, wave, profile, view.firms_with_level(profile)[:2])
    if view.filters:
        sample = view.texts("wording.sample.filtered", sample=sample, filters=view.filter_words())
    return Provenance(
        measure=measure,
        sample=sample,
        weighting=view.texts("wording.weighting.firms"),
        interval=interval,
        as_of=wording.date_text(view.texts, wave.date),
        instrument=instrument_text(view),
        source=source_text(view, wave),
        note=notes(view.texts, wording.caution(view.texts, wave, profile.n, profile.frame), note),
        synthetic=view.study.synthetic,
    )


def shares_measure(view: View, key: str, **said: object) -> str:
    """Return what a share of firms is a share of: where it rests on visits, of all firms that answered."""
    return view.texts(f"{key}_visits" if rests_on_visits(view.estimates.get(TOTAL)) else key, **said)


def sample_words(view: View) -> str:
    """Return who answered, and of them those with a level, or those assessed on site where shares rest on them."""
    known, profile = view.estimates.get(TOTAL), view.profiles[1]
    wave = view.study.wave(profile.wave)
    if known is None or not rests_on_visits(known):
        return wording.profile_sentence(view.texts, wave, profile, view.firms_with_level(profile)[:2])
    sample = wording.sample_sentence(view.texts, wave, profile.n, profile.frame)
    return view.texts("wording.sample.visited", sample=sample, n=number(known.n_labelled, "count"))


def shares_provenance(view: View, measure: str, note: str = "") -> Provenance:
    """Return the provenance of shares of firms at levels, with the weights and intervals of how they were estimated."""
    made = profile_provenance(view, view.profiles[1], measure, view.interval_words, note)
    sample = made.sample if view.filters else sample_words(view)
    return replace(made, sample=sample, weighting=weighting_words(view))


def measure_provenance(view: View, measure: Measure, wave: Wave, n: int, more: tuple[str, str] = ("", "")) -> Provenance:
    """Return the provenance of a measure in `wave`, counted over `n` firms for which it can be computed.

    `more` are the words of its proxy (empty: the general ones where the measure is a proxy) and a further note.
    """
    texts = view.texts
    total = next((a.total for a in view.study.assessments if a.wave == wave.id), None)
    counted, frame = (total.n, total.frame) if total is not None else (n, view.frame_of(wave))
    sample = wording.sample_sentence(texts, wave, counted, frame)
    proxy = more[0] or (texts("wording.caution.proxy") if measure.proxy else "")
    kind = "none" if wave.design is Design.VOLUNTEER else "wilson_fpc" if frame is not None and frame >= counted else "wilson"
    return Provenance(
        measure=texts.of(measure.words),
        sample=texts("wording.sample.answered", sample=sample, n=number(n, "count")),
        weighting=texts(f"wording.weighting.{measure.weight}"),
        interval=texts(f"wording.interval.{kind}"),
        as_of=wording.date_text(texts, wave.date),
        instrument=instrument_text(view, with_rubric=False),
        source=source_text(view, wave),
        note=notes(texts, proxy, wording.caution(texts, wave, counted, frame), more[1]),
        synthetic=view.study.synthetic,
    )
