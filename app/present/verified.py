"""What verifying a document found, in words."""

from __future__ import annotations

from app.domain.claims import Checked, Verdict
from app.domain.verified import Verified
from app.domain.words import Texts
from app.present.signed import step_words

MOST = 5  # steps that are named
_PLACES = (".R", ".K")  # in an identifier: a row or a column that stands in another place


def summary(texts: Texts, found: Verified, study: str) -> tuple[str, ...]:
    """Return the sentences that say how a document stands: what differs, since when, and what else is to be known."""
    lines = [texts(f"verify.summary.{found.verdict.value}", file=found.file, study=study, **_counted(found))]
    lines += [since_words(texts, found)] if found.made and "state_unknown" not in found.notes else []
    causes = [each.cause for each in found.wrong]
    if "study" in causes:
        both = {cause: f"{causes.count(cause):,}" for cause in ("study", "document")}
        lines.append(texts("verify.since.by_study", **both))
    lines += [texts(f"verify.note.{note}", template=found.made.get("template", "")) for note in found.notes]
    return (*lines, texts("verify.note.words"))


def since_words(texts: Texts, found: Verified) -> str:
    """Say what changed the study's results since the document was written."""
    if not found.since:
        return texts("verify.since.none")
    named = texts("wording.list_separator").join(step_words(texts, *step) for step in found.since[:MOST])
    named = texts("verify.since.more", steps=named) if len(found.since) > MOST else named
    return texts("verify.since.moved", n=len(found.since), steps=named)


def kind_words(texts: Texts, checked: Checked) -> str:
    """Return what became of one number, and whose change it is."""
    if checked.verdict is Verdict.SAME:
        return texts("verify.verdict.same")
    if any(part in checked.id for part in _PLACES):
        return texts("verify.kind.moved")
    kind = "unknown" if checked.verdict is Verdict.UNKNOWN else "changed" if checked.found else "missing"
    return texts(f"verify.kind.{kind}_{checked.cause or 'document'}")


def _counted(found: Verified) -> dict[str, str]:
    return {name: f"{n:,}" for name, n in found.counts.items()}
