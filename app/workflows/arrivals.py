"""What came in: each file by the name people see, its bytes in hand, and which of them are here already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.findings import CellReference, Finding, Severity
from app.domain.study import Source, Study, Wave
from app.domain.task import FileProgress, Task
from app.files.arrive import Arrival
from app.files.receive import Received, receive
from app.workflows.take_in import Part

_NOT_THERE = frozenset({"READ_MISSING", "READ_NOT_A_FILE"})


@dataclass(frozen=True, slots=True)
class Came:
    """One file that came: `name` as the study calls it; not `received` when its bytes could not be had."""

    arrival: Arrival
    name: str
    received: Received | None

    def source(self, wave: Wave, now: str) -> Source:
        """Return it as a source of `wave` of which nothing is known yet."""
        sha256, size = ("", 0) if self.received is None else (self.received.sha256, self.received.size)
        bare = Source(sha256, self.name, size, wave.id, "", "refused", 0, 0, 0)
        return replace(bare, received=self.arrival.received, arrived=now)


def kept_out(findings: Sequence[Finding], wave: Wave, now: str) -> tuple[list[Part], tuple[Finding, ...]]:
    """Split findings of arrival into files that are there and stay shut (locked, damaged archives), and all others."""
    shut = [each for each in findings if each.severity is Severity.ERROR and each.code not in _NOT_THERE]
    parts = [
        Part(Source("", each.place.source, 0, wave.id, "", "refused", 0, 0, 0, arrived=now), findings=(each,)) for each in shut
    ]
    return parts, tuple(each for each in findings if each not in shut)


def receive_all(arrivals: Sequence[Arrival]) -> Task[tuple[Came, ...]]:
    """Hash every file; each is announced as waiting first, so that a list of them stands at once."""
    total = len(arrivals)
    for arrival in arrivals:
        yield FileProgress("progress.collect.receive", 0, total, arrival.name, file=arrival.name, state="waiting")
    came = []
    for done, arrival in enumerate(arrivals, 1):
        came.append(Came(arrival, arrival.name, receive(arrival.path)))
        yield FileProgress("progress.collect.receive", done, total, arrival.name, file=arrival.name, state="waiting")
    return tuple(came)


def sort_out(study: Study, came: Sequence[Came], wave: Wave, now: str) -> tuple[list[Came], list[Part]]:
    """Split into files to be read and repeats of bytes that are already here (in the study or earlier in this collection)."""
    here = {source.sha256: (source.name, source.wave) for source in study.sources if source.status == "read"}
    fresh: list[Came] = []
    repeats: list[Part] = []
    for each in came:
        if each.received is None or each.received.sha256 not in here:
            fresh.append(each)
            if each.received is not None:
                here[each.received.sha256] = (each.name, wave.id)
            continue
        note = _repeat_note(each.name, *here[each.received.sha256], wave)
        repeats.append(Part(replace(each.source(wave, now), status="repeat"), findings=(note,)))
    return fresh, repeats


def named_freely(study: Study, came: Sequence[Came], wave: Wave) -> list[Came]:
    """Name each file as it is called, with the wave (and a number) added where the study has another file of that name."""
    taken = {source.name for source in study.sources if source.status == "read"}
    named = []
    for each in came:
        suffix = Path(each.name).suffix
        name, number, stem = each.name, 1, each.name.removesuffix(suffix)
        while name in taken:
            mark = wave.id if number == 1 else f"{wave.id}-{number}"
            name, number = f"{stem} [{mark}]{suffix}", number + 1
        taken.add(name)
        named.append(replace(each, name=name))
    return named


def with_fate(repeats: Iterable[Part], parts: Iterable[Part]) -> list[Part]:
    """Return `repeats`; a copy of a file that then could not be read is no repeat of anything: it is refused as well."""
    refused = {part.source.sha256: part for part in parts if part.source.status == "refused" and part.source.sha256}
    return [_with_fate(repeat, refused) for repeat in repeats]


def _with_fate(repeat: Part, refused: Mapping[str, Part]) -> Part:
    original = refused.get(repeat.source.sha256)
    if original is None:
        return repeat
    name = repeat.source.name
    findings = tuple(
        replace(
            finding,
            place=replace(finding.place, source=name),
            params=tuple((key, name if key == "file" else value) for key, value in finding.params),
        )
        for finding in original.findings
    )
    return Part(replace(original.source, name=name), findings=findings)


def _repeat_note(name: str, original: str, original_wave: str, wave: Wave) -> Finding:
    """The same bytes in another wave are a likely mistake: the answers do not come into the wave that was asked for."""
    place = CellReference(name)
    if original_wave == wave.id:
        return Finding("COLLECT_REPEAT", Severity.NOTE, place, name, (("original", original),))
    params = (("original", original), ("held", original_wave), ("wave", wave.id))
    return Finding("COLLECT_OTHER_WAVE", Severity.WARNING, place, name, params)
