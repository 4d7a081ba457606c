"""Reading back documents that the program wrote and anybody may have edited since."""

from app.files.readback.document import document_of, read_document

__all__ = ["document_of", "read_document"]
