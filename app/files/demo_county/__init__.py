"""The demonstration county: an openly invented county whose 40 workbooks look as real ones do, with the answer key."""

from app.files.demo_county.county import CountySummary, write_county

__all__ = ["CountySummary", "write_county"]
