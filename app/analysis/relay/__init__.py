"""上报: the sums that may leave a place, and adding them up without giving a hidden one away."""

from app.analysis.relay.again import carry_over
from app.analysis.relay.audit import leaks
from app.analysis.relay.hide import released
from app.analysis.relay.merge import merged_tables
from app.analysis.relay.tally import tallied

__all__ = ["carry_over", "leaks", "merged_tables", "released", "tallied"]
