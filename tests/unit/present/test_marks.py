"""Names of numbers: whatever a township is called, a name is read back as it was made."""

from __future__ import annotations

import pytest

from app.domain.errors import UserError
from app.present.marks import parse, share_id

ODD = ("=cmd|' /C calc'!A0", "甲;乙", "100%", "%7C", "a|b|c", "township=甲", "", "甲\u202e乙", "镇 1")


@pytest.mark.parametrize("township", ODD)
def test_that_a_township_of_any_name_is_read_back(township):
    filters = (("size", "small"), ("township", township))
    found = parse(share_id("2026", "C", "L2+", filters))
    assert (found.kind, found.parts, found.filters) == ("share", ("2026", "C", "L2+"), filters)


def test_that_plain_names_stay_readable():
    assert share_id("2026", "C", "L2+", (("township", "东河镇"),)) == "share|2026|C|L2+|township=东河镇"


@pytest.mark.parametrize("mark", ["", "share", "share|2026", "none|1|2|3", "share|2026|C|L2+|a=b|c=d"])
def test_that_what_names_no_number_is_refused(mark):
    with pytest.raises(UserError, match=r"evidence\.unknown"):
        parse(mark)
