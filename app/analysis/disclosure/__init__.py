"""Disclosure control: the only maker of released tables."""

from app.analysis.disclosure.release import Policy, hide, release

__all__ = ["Policy", "hide", "release"]
