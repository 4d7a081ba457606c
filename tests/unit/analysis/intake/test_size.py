"""Size classes by the 2017 table, also where a form gives only the section."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.intake.size import size_classes


@pytest.mark.parametrize(
    ("detail", "people", "revenue", "size"),
    [
        ("26", 1000.0, 40000.0, "large"),
        ("26", 1000.0, 39999.0, "medium"),
        ("C", 376.0, 3649.0, "medium"),
        ("C", 19.0, 50000.0, "micro"),
        ("B", 300.0, 2000.0, "medium"),
        ("F", 300.0, 2000.0, ""),
        ("51", 20.0, 5000.0, "medium"),
        ("52", 20.0, 5000.0, "small"),
        ("", 300.0, 2000.0, ""),
        ("C", np.nan, 2000.0, ""),
    ],
)
def test_that_a_section_is_enough_where_all_its_divisions_share_one_row(detail, people, revenue, size, resources):
    measures = {"X": np.array([people]), "Y": np.array([revenue]), "Z": np.array([np.nan])}
    found = size_classes([detail], np.array([0], dtype=np.int32), measures, resources.taxonomy)
    assert found.tolist() == [size]
