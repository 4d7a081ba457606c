"""签发: whether what was signed still is what the study says."""

from app.analysis.signing.content import content_hash, results_hash
from app.analysis.signing.standing import in_force, standing, steps_since

__all__ = ["content_hash", "in_force", "results_hash", "standing", "steps_since"]
