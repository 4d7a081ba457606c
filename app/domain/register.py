"""企业名录: the firms that ought to report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

REGISTER_COLUMNS = ("firm", "name", "code", "sector", "division", "size", "township", "row")


@dataclass(frozen=True, slots=True)
class Register:
    """One row a firm, REGISTER_COLUMNS as `Responses.firms` has them; `row` the one-based row of its `sheet` in file `name`."""

    name: str
    sha256: str
    sheet: str
    firms: pd.DataFrame
