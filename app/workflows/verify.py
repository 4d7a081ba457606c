"""核对: a document that came back, held against its study: written anew from the study, read back, compared number by number."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.analysis.signing import steps_since
from app.analysis.verify import Reading, verify
from app.domain import journal as chain
from app.domain.brief import BriefPlan
from app.domain.claims import Checked, Verdict
from app.domain.document import Document, Line
from app.domain.errors import UserError
from app.domain.numerals import hashes
from app.domain.program import program_version
from app.domain.seals import sealed_in
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.verified import Verified
from app.domain.words import Lang
from app.files.file_names import shown_name
from app.files.office_manifest import FORMAT, manifest_in
from app.files.readback import read_document
from app.workflows.context import Context
from app.workflows.write_brief import OWN_TEMPLATES, USUAL, write_brief

LEAST_SHARED = 0.3  # of the study's numbers, in a document that does not say what it is
_HASH = 64
_CHINESE = range(0x4E00, 0xA000)
_NO_SUCH_BRIEF = ("brief.template", "brief.format", "brief.section", "brief.no_firms")


@dataclass(frozen=True, slots=True)
class Place:
    """Where things lie: the document, the study, and the user's own template where that is named."""

    document: Path
    study: Path
    template: Path | None = None


def verify_file(study: Study, place: Place, context: Context) -> Task[Verified]:
    """Return what became of every number of the document; nothing is changed.

    UserError: `document.*` for what is no readable Word, PowerPoint or Excel file, `verify.other_study`, `verify.not_ours` for
    one that says nothing of its making and shares no numbers with the study, `verify.plan` for one that says it is a brief which
    the study cannot have, `brief.needs_responses` when the study has no brief, `places.*` for a template of one's own.
    """
    yield Progress("progress.verify.read", detail=place.document.name)
    found = read_document(place.document)
    made = manifest_in(found.properties)
    _check_study(study, made, place)
    template, missing = _template(made, place)
    then = _as_of(study, made.get("journal", ""))
    expected = yield from _rewritten(then, found, shown_name(place.document), replace(_plan(made), template=template), context)
    yield Progress("progress.verify.compare", detail=place.document.name)
    since = steps_since(study.journal, made["journal"]) if then is not study else ()
    marks = sealed_in(made.get("numbers", ""))
    unknown_state = bool(made) and made.get("journal", "") not in {each.hash for each in study.journal}
    other = bool(made) and made.get("program", "") != program_version()
    checked = verify(expected, found, Reading(marks, bool(since) or unknown_state or other))
    if missing:  # what the template would have had is not known
        checked = tuple(each for each in checked if each.found)
    if not made:
        _check_shared(checked, study, place)
    notes = _notes(made, {"template_missing": bool(missing), "state_unknown": unknown_state, "other_program": other})
    checked = (*checked, *_wrong_hashes(expected, found, study))
    return Verified(shown_name(place.document), found.kind, checked, made, len(study.journal), since, notes)


def _check_study(study: Study, made: Mapping[str, str], place: Place) -> None:
    first = study.journal[0].hash if study.journal else ""
    if made.get("study") and first and made["study"] != first:
        raise UserError("verify.other_study", file=shown_name(place.document), study=study.name)


def _check_shared(checked: tuple[Checked, ...], study: Study, place: Place) -> None:
    expected = [each for each in checked if each.expected]
    if sum(each.verdict is Verdict.SAME for each in expected) < LEAST_SHARED * len(expected):
        raise UserError("verify.not_ours", file=shown_name(place.document), study=study.name)


def _notes(made: Mapping[str, str], told: Mapping[str, bool]) -> tuple[str, ...]:
    newer = made.get("format", "").isdigit() and int(made["format"]) > int(FORMAT)
    return tuple(name for name, is_so in {"no_manifest": not made, "newer": newer, **told}.items() if is_so)


def _plan(made: Mapping[str, str]) -> BriefPlan:
    sections = tuple(made.get("sections", "").split())
    texts = {name: made.get(name, "") for name in ("township", "sector", "issuer")}
    return BriefPlan(sections=sections, **texts)


def _template(made: Mapping[str, str], place: Place) -> tuple[str, str]:
    """Return the template to write by, and the name of a user's own one that was not found."""
    if place.template is not None:
        return str(_named_template(place.template, place.document)), ""
    name = Path(made.get("template", "").replace("\\", "/")).name  # a file that was tampered with leads to no other folder
    if not name.lower().endswith(OWN_TEMPLATES):
        return name, ""
    for path in (place.document.parent / name, place.study.parent / name):
        if path.is_file() and not path.samefile(place.document):
            return str(path), ""
    return "", name


def _named_template(template: Path, document: Path) -> Path:
    """Return a template that was named; UserError `document.missing`, or `verify.own_template` for the document itself."""
    if not template.is_file():
        raise UserError("document.missing", file=shown_name(template))
    if template.samefile(document):
        raise UserError("verify.own_template", file=shown_name(document))
    return template


def _as_of(study: Study, head: str) -> Study:
    """Return the study with the journal, signatures and releases of when its last entry was `head`; results are those of now."""
    place = next((at for at, entry in enumerate(study.journal, 1) if entry.hash == head), len(study.journal))
    if place == len(study.journal):
        return study
    journal = study.journal[:place]
    later = {entry.hash for entry in study.journal[place - 1 :]}  # what was given for one of these was written down after it
    signatures = tuple(each for each in study.signing.signatures if each.journal not in later)
    releases = tuple(each for each in study.signing.releases if each.journal not in later)
    return replace(study, journal=journal, signing=replace(study.signing, signatures=signatures, releases=releases))


def _rewritten(study: Study, found: Document, file: str, plan: BriefPlan, context: Context) -> Task[Document]:
    """Return the brief as the study gives it, written by the same writer and read by the same reader as the document."""
    made = manifest_in(found.properties)
    lang: Lang = "en" if made.get("lang", _language(found)) == "en" else "zh"
    created = next(filter(_is_moment, (made.get("created", ""), found.created)), context.now)
    ending = f".{found.kind}"
    plan = replace(plan, template=plan.template or USUAL.get(ending, ""))
    with tempfile.TemporaryDirectory(prefix="zhiheng-") as folder:
        path = Path(folder) / f"brief{ending}"
        try:
            yield from write_brief(study, path, lang, replace(context, now=created), plan)
        except UserError as error:
            if error.code not in _NO_SUCH_BRIEF:
                raise
            asked = " ".join(each for each in (plan.template, *plan.sections, plan.township, plan.sector) if each)
            raise UserError("verify.plan", file=file, asked=asked) from error
        return read_document(path)


def _is_moment(text: str) -> bool:
    """Whether a text is a date with a time that a document can have been made at."""
    try:
        datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return False
    return True


def _language(found: Document) -> Lang:
    """Return the language of a document that does not say its own."""
    text = "".join(item.text for item in found.items if isinstance(item, Line))
    text += "".join(cell.text for item in found.items if not isinstance(item, Line) for row in item.rows for cell in row)
    return "zh" if sum(ord(letter) in _CHINESE for letter in text) * 10 > len(text) else "en"


def _wrong_hashes(expected: Document, found: Document, study: Study) -> tuple[Checked, ...]:
    """Tell check values of the journal, printed in the document, that the study's journal does not know."""
    known = {entry.hash for entry in study.journal}
    wanted = [one for line in _lines(expected) for one in hashes(line.text) if one in known]
    printed = [(one, line) for line in _lines(found) for one in hashes(line.text) if len(one) >= _HASH // 2]
    return tuple(
        Checked(
            Verdict.CHANGED, "journal", one, wanted[0] if wanted else chain.head(study.journal), line.where, line.text, "document"
        )
        for one, line in printed
        if one not in known and one not in wanted
    )


def _lines(document: Document) -> list[Line]:
    cells = [
        Line(cell.text, item.name, item.where)
        for item in document.items
        if not isinstance(item, Line)
        for row in item.rows
        for cell in row
        if cell.value is None and len(cell.text) >= _HASH // 2
    ]
    return [*(item for item in document.items if isinstance(item, Line)), *cells]
