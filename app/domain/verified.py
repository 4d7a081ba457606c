"""核对结果: what became of the numbers of a whole document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.claims import Checked, Verdict


@dataclass(frozen=True, slots=True)
class Verified:
    """A document held against a study.

    `made` is what the document says of its making (`files.office_manifest`; empty where nothing is left of it); `since` number
    and command of the journal entries that changed results after it was made.

    `notes` names what is to be said besides: `no_manifest`, `newer`, `other_program` (written by another version),
    `template_missing` (a user's own template that was not found), `state_unknown` (the study no longer has the state that the
    document was written from).
    """

    file: str
    kind: str
    checked: tuple[Checked, ...]
    made: Mapping[str, str]
    steps: int
    since: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many numbers have each verdict."""
        found = Counter(each.verdict for each in self.checked)
        return {verdict.value: found[verdict] for verdict in Verdict}

    @property
    def verdict(self) -> Verdict:
        """The verdict on the whole: changed before unknown before same."""
        counts = self.counts
        return next((each for each in (Verdict.CHANGED, Verdict.UNKNOWN) if counts[each.value]), Verdict.SAME)

    @property
    def wrong(self) -> tuple[Checked, ...]:
        """The numbers that are changed or unknown."""
        return tuple(each for each in self.checked if each.verdict is not Verdict.SAME)
