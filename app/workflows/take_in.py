"""One workbook as it was read becomes a source with its responses, its findings and what it leaves open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from app.analysis.intake import WorkbookIntake, assign_wave, intake_workbook
from app.domain.findings import Finding
from app.domain.responses import Responses
from app.domain.sheet import RawWorkbook
from app.domain.study import Source, Study
from app.domain.task import FileProgress
from app.workflows.context import Context


@dataclass(frozen=True, slots=True)
class Part:
    """What one file gave: responses without firm ids, and findings about the file, its sheets and its cells."""

    source: Source
    responses: tuple[Responses, ...] = ()
    findings: tuple[Finding, ...] = ()

    def progress(self, done: int, total: int) -> FileProgress:
        """Say that the file is taken in, and what it gave."""
        source = self.source
        return FileProgress(
            "progress.collect.intake",
            done,
            total,
            source.name,
            file=source.name,
            state=source.status,
            township=self._township(),
            rows=source.responses,
            findings=len(self.findings),
        )

    def _township(self) -> str:
        """The township of most of its firms, "" where they name none."""
        counts: Counter[str] = Counter()
        for block in self.responses:
            counts.update({str(name): int(n) for name, n in block.firms["township"].value_counts().items() if name and n})
        return min(counts, key=lambda name: (-counts[name], name), default="")


def take_in(workbook: RawWorkbook, source: Source, study: Study, context: Context) -> Part:
    """Take `workbook` in as `source` by what people decided in `study`; its wave and the day it came stay the source's own."""
    resources = context.resources
    intake = intake_workbook(workbook, study.instrument, resources.taxonomy, study.guidance, resources.rules)
    responses = tuple(assign_wave(sheet.responses, source.wave) for sheet in intake.sheets if sheet.responses is not None)
    matches = [match for sheet in intake.sheets if sheet.mapping is not None for match in sheet.mapping.matches]
    read = replace(
        source,
        reader=workbook.reader,
        status="read",
        responses=sum(map(len, responses)),
        mapped=sum(match.item is not None for match in matches),
        unmapped=sum(match.item is None for match in matches),
        templates=tuple(dict.fromkeys(filter(None, (sheet.template for sheet in intake.sheets)))),
        questions=intake.questions,
    )
    return Part(read, responses, _findings(workbook, intake))


def _findings(workbook: RawWorkbook, intake: WorkbookIntake) -> tuple[Finding, ...]:
    sheets = (finding for sheet in intake.sheets for finding in sheet.findings)
    return tuple(dict.fromkeys((*workbook.findings, *intake.findings, *sheets)))
