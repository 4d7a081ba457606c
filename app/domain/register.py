"""企业名录: the firms that ought to report, and which of them did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

REGISTER_COLUMNS = ("firm", "name", "code", "sector", "division", "size", "township", "row", "sheet")
GROUPS = ("township", "sector", "size")


@dataclass(frozen=True, slots=True)
class Register:
    """One row a firm, REGISTER_COLUMNS as `Responses.firms` has them; `row` the one-based row of `sheet` in file `name`.

    `sheet` is the only sheet with firms, "" when there are several (the column `sheet` then tells).
    """

    name: str
    sha256: str
    sheet: str
    firms: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Coverage:
    """回收情况 of a wave against the register.

    cells     one row a group of firms: GROUPS ("" where the register does not tell), `registered`, `responded`.
    absent    the register's rows of firms that did not answer (REGISTER_COLUMNS).
    unlisted  firms that answered and are not in the register: `firm`, `name`, `code`, `township`, and `position`, the
              response in the study's table.
    unknown   how many firms of the register have no township, sector or size, by GROUPS.
    """

    wave: str
    registered: int
    responded: int
    cells: pd.DataFrame
    absent: pd.DataFrame
    unlisted: pd.DataFrame
    unknown: Mapping[str, int]

    @property
    def rate(self) -> float | None:
        """The share of registered firms that answered, None when none is registered."""
        return self.responded / self.registered if self.registered else None

    def by(self, *groups: str) -> pd.DataFrame:
        """Return registered, responded and rate by some of GROUPS, in the order in which they first appear."""
        totals = self.cells.groupby(list(groups), sort=False, observed=True)[["registered", "responded"]].sum().reset_index()
        return totals.assign(rate=totals["responded"] / totals["registered"])
