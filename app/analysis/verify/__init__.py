"""核对: a document that somebody may have edited, held number by number against the one the study gives."""

from app.analysis.verify.compare import Reading, verify

__all__ = ["Reading", "verify"]
