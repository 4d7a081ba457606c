"""On-site assessments in a study: files taken in and taken back, and what does not fit told anew whenever anything changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.analysis.learn.labels import LABEL_FINDINGS, Matched, matched_labels
from app.domain.errors import UserError
from app.domain.findings import Finding
from app.domain.judgement import Judgements, Label
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.files.file_names import shown_name
from app.files.labels import FILE_FINDINGS, LabelGuide, in_file, read_labels
from app.workflows.context import Context
from app.workflows.nothing_read import NothingRead


def take_labels(study: Study, file: Path, context: Context, wave: str = "") -> Task[Study]:
    """Return the study with the assessments of `file`, in place of what a file of that name gave before.

    `wave` is meant where a row names none (default: the newest). Levels and progress are dropped when a label changed.
    UserError: NothingRead when the file cannot be read, `labels.*` when it holds no assessments, `study.no_answers`.
    """
    guide = LabelGuide(study.rubric, wave_of(study, wave), context.resources.words, context.today)
    given = yield from read_labels(file, guide)
    if not given.labels and given.findings and all(finding.code not in FILE_FINDINGS for finding in given.findings):
        raise NothingRead("labels.unread", given.findings)
    yield Progress("progress.labels", detail=given.name)
    known = in_file(study.judgements.labels, given.name)
    if known == given.labels:
        kept = study.judgements.labels
    else:
        kept = (*(label for label in study.judgements.labels if label not in set(known)), *given.labels)
    cleared = replace(study, findings=(*given.findings, *_without_file(study, given.name)))
    return judged(cleared, replace(study.judgements, labels=kept), context)


def forget_labels(study: Study, file: str, context: Context) -> Study:
    """Return the study without the assessments that came from the file of this name; UserError `labels.not_taken`."""
    gone = set(in_file(study.judgements.labels, file))
    if not gone:
        known = "、".join(label_files(study.judgements.labels)) or "—"
        raise UserError("labels.not_taken", file=file, known=known)
    kept = tuple(label for label in study.judgements.labels if label not in gone)
    cleared = replace(study, findings=_without_file(study, file))
    return judged(cleared, replace(study.judgements, labels=kept), context)


def label_files(labels: Sequence[Label]) -> tuple[str, ...]:
    """Return the names of the files that labels came from, in order."""
    return tuple(dict.fromkeys(label.place.split(" · ", 1)[0] for label in labels if label.place))


def file_name(given: object) -> str:
    """Return the name by which a file given as a path or as text is known in the study."""
    return shown_name(given) if isinstance(given, Path) else shown_name(Path(str(given)))


def judged(study: Study, judgements: Judgements, context: Context) -> Study:
    """Return the study with these judgements and the findings that go with them.

    Levels and progress rest on labels, rulings and weights, and are dropped when one of these changed; an override, a
    confirmation or a visit list stands beside the levels and leaves them.
    """
    before = study.judgements
    after = with_label_findings(replace(study, judgements=judgements), context)
    rests_on = ("labels", "rulings", "weighting_in_force")
    if any(getattr(before, name) != getattr(judgements, name) for name in rests_on):
        return replace(after, assessments=(), progress=(), tallies=None)
    return after


def with_label_findings(study: Study, context: Context) -> Study:
    """Return the study with the findings about its judgements made anew; those of cells of label files stay."""
    told: list[Finding] = []
    for match in matched_waves(study, context):
        told += match.findings
    others = [finding for finding in study.findings if finding.code not in LABEL_FINDINGS]
    return replace(study, findings=tuple(dict.fromkeys((*told, *others))))


def matched_waves(study: Study, context: Context) -> tuple[Matched, ...]:
    """Return the judgements of each wave of the study, oldest first, then those of waves that it does not have."""
    if study.responses is None:
        return ()
    said = study.judgements
    groups = (said.labels, said.rulings, said.overrides, said.confirmations)
    waves = dict.fromkeys((*(wave.id for wave in study.waves), *(each.wave for group in groups for each in group)))
    return tuple(match_wave(study, wave, context) for wave in waves)


def match_wave(study: Study, wave: str, context: Context) -> Matched:
    """Return the judgements of one wave; UserError `study.no_answers` before anything is collected."""
    if study.responses is None:
        raise UserError("study.no_answers", name=study.name)
    levels = tuple(level.code for level in study.rubric.levels)
    return matched_labels(study.judgements, study.responses, wave, context.resources.names, levels)


def wave_of(study: Study, wave: str = "") -> str:
    """Return the id of the wave that is meant, the newest when none is said; UserError `judge.wave`, `study.no_answers`."""
    if not study.waves or study.responses is None:
        raise UserError("study.no_answers", name=study.name)
    known = [each.id for each in study.waves]
    if wave and wave not in known:
        raise UserError("judge.wave", wave=wave, known="、".join(known))
    return wave or known[-1]


def _without_file(study: Study, file: str) -> tuple[Finding, ...]:
    """Return the findings without those about the cells of a label file; a source of the same name keeps its own."""
    is_source = any(source.name == file for source in study.sources)
    return tuple(
        finding for finding in study.findings if finding.place.source != file or (is_source and finding.code not in FILE_FINDINGS)
    )
