"""Disclosure control: the only maker of released tables."""

from app.analysis.disclosure.dominance import Dominance, dominated
from app.analysis.disclosure.release import Policy, hide, release

__all__ = ["Dominance", "Policy", "dominated", "hide", "release"]
