"""Firms without their names: groups of at least k that look the same, numbers in bands."""

from app.analysis.anonymous.make import Grounds, anonymous_firms

__all__ = ["Grounds", "anonymous_firms"]
