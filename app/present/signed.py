"""Who signed a brief and how far it is, in words."""

from __future__ import annotations

from app.analysis.signing import results_hash, standing
from app.domain.signing import Signature, Stage, Standing
from app.domain.study import Study
from app.domain.words import Texts
from app.present.wording import date_text

MOST = 5  # steps that are named; the rest are counted


def stands(study: Study) -> Standing:
    """Return where the brief of a study stands; without a signature nothing needs to be computed."""
    return standing(study, results_hash(study)) if study.signing.signatures else standing(study, "")


def words_of(texts: Texts, held: Standing) -> str:
    """Return in one line how far the brief is: a draft, checked, approved, or changed since."""
    if held.changed and held.signatures:
        return texts(f"signed.changed_{held.signatures[-1].stage.value}", steps=_steps(texts, held))
    last = held.signatures[-1] if held.signatures else None
    if last is None or last.stage is Stage.DRAFTED:
        return texts("signed.draft")
    return texts(f"signed.{last.stage.value}", who=last.who, when=date_text(texts, last.when))


def lines_of(texts: Texts, held: Standing) -> tuple[str, ...]:
    """Return who signed, a line a person, the lowest stage first."""
    return tuple(_line(texts, each) for each in held.signatures)


def step_words(texts: Texts, number: int, command: str) -> str:
    """Return a step of the journal by its number and what was done."""
    key = f"page.journal.{command}"
    return texts("signed.step", number=number, what=texts(key) if key in texts.entries else command)


def _line(texts: Texts, each: Signature) -> str:
    said = {"who": each.who, "when": date_text(texts, each.when), "note": each.note}
    return texts(f"signed.line.{each.stage.value}", **said) + (texts("signed.line.note", note=each.note) if each.note else "")


def _steps(texts: Texts, held: Standing) -> str:
    if not held.since:
        return texts("signed.no_steps")
    named = texts("wording.list_separator").join(step_words(texts, *step) for step in held.since[:MOST])
    rest = len(held.since) - MOST
    return named if rest <= 0 else texts("signed.more_steps", steps=named, n=rest)
