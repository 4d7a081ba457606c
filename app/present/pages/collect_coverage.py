"""Who sent what in which wave: the coverage matrix of a study as it stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from app.domain.findings import Severity
from app.domain.register import Coverage as Reporting
from app.domain.study import Source, Study, Wave
from app.present.coverage import Coverage, CoverageCell, CoverageFile, CoverageRow, ordered, sender_of
from app.present.view import View

Told = Mapping[str, Mapping[str, int]]


def coverage_of(view: View, wave: Wave, reporting: Reporting | None = None) -> Coverage:
    """Return the matrix of all waves up to `wave`: a row a sender, files in the order they came, those needing care first.

    `reporting` is who of the firm register answered in `wave`, None without a register.
    """
    study = view.study
    ids = [known.id for known in study.waves]
    waves = tuple(ids[: ids.index(wave.id) + 1])
    told, expected = _told(study), _expected(reporting)
    townships = {name for counts in told.values() for name in counts} | set(expected)
    senders = _senders(study, waves, told, townships)
    for name in sorted(set(expected) - set(senders)):
        senders[name] = (True, {})
    rows = [_row(name, known, files, waves, expected.get(name)) for name, (known, files) in senders.items()]
    return Coverage(waves, len(waves) - 1, ordered(rows, len(waves) - 1))


def _senders(
    study: Study, waves: tuple[str, ...], told: Told, townships: set[str]
) -> dict[str, tuple[bool, dict[str, list[CoverageFile]]]]:
    """Return, by sender, whether it is a township and its files by wave."""
    counts = Counter((finding.place.source, finding.severity) for finding in study.findings)
    asked = Counter(name for question in study.questions for name in {place.source for place in question.places})
    due = {wave.id: wave.due for wave in study.waves}
    counted = _counted(study)
    senders: dict[str, tuple[bool, dict[str, list[CoverageFile]]]] = {}
    for source in study.sources:
        if source.wave in waves:
            sender, known = sender_of(source.name, told.get(source.sha256, {}), source.responses, townships)
            file = _file(source, counts, asked[source.name], due.get(source.wave, ""))
            file = replace(file, rows=counted.get(source.sha256, file.rows))
            senders.setdefault(sender, (known, defaultdict(list)))[1][source.wave].append(file)
    return senders


def _counted(study: Study) -> dict[str, int]:
    """Return, by hash, how many answers count of each form that corrects another or is corrected: no firm is told twice."""
    pairs = [(source.sha256, source.corrects) for source in study.sources if source.status == "read" and source.corrects]
    if not pairs or study.responses is None:
        return {}
    hashes = np.array([block.source for block in study.responses.blocks], dtype=object)
    of_each = hashes[study.responses.places["block"].to_numpy()]
    counts = Counter(of_each[study.responses.firms["counted"].to_numpy(dtype=bool)].tolist())
    return {sha256: counts[sha256] for pair in pairs for sha256 in pair}


def _file(source: Source, counts: Mapping[tuple[str, Severity], int], questions: int, due: str) -> CoverageFile:
    late = source.status == "read" and bool(due and source.arrived) and source.arrived[:10] > due
    errors, warnings = (counts.get((source.name, severity), 0) for severity in (Severity.ERROR, Severity.WARNING))
    state = "late" if late else source.status
    return CoverageFile(source.name, state, source.responses, errors, warnings, questions, source.sha256)


def _row(
    sender: str, known: bool, files: Mapping[str, list[CoverageFile]], waves: tuple[str, ...], told: tuple[int, int] | None
) -> CoverageRow:
    """A township that reported before, or whose firms stand in the register, is due in every wave after.

    The register says who is due in the wave looked at alone.
    """
    cells, seen = [], False
    for wave in waves:
        here = tuple(files.get(wave, ()))
        cells.append(CoverageCell(here, due=known and (seen or (told is not None and wave == waves[-1]))))
        seen = seen or bool(here)
    return CoverageRow(sender, tuple(cells), known, *(told or (None, None)))


def _told(study: Study) -> dict[str, dict[str, int]]:
    """Return how many answers of each source (by hash) name which township; a pair a count, never a loop over answers."""
    if study.responses is None:
        return {}
    hashes = np.array([block.source for block in study.responses.blocks], dtype=object)
    sources = hashes[study.responses.places["block"].to_numpy()]
    townships = study.responses.firms["township"].fillna("").astype("str").to_numpy()
    pairs = pd.DataFrame({"source": sources, "township": townships}).value_counts()
    told: dict[str, dict[str, int]] = defaultdict(dict)
    for (source, township), n in pairs.items():
        if township:
            told[str(source)][str(township)] = int(n)
    return told


def _expected(reporting: Reporting | None) -> dict[str, tuple[int, int]]:
    """Return, by township of the register, how many firms ought to report and how many did."""
    if reporting is None:
        return {}
    found = reporting.by("township")[["township", "registered", "responded"]]
    return {str(name): (int(size), int(done)) for name, size, done in found.itertuples(index=False) if name}
