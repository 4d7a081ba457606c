"""Walking a number back: from a figure to its firms, from a firm to the cells of its workbook."""

from app.present.evidence.firm import AnswerLine, FirmDetail, firm_detail
from app.present.evidence.number import MOST_FIRMS, evidence
from app.present.evidence.values import Evidence, FirmLine

__all__ = ["MOST_FIRMS", "AnswerLine", "Evidence", "FirmDetail", "FirmLine", "evidence", "firm_detail"]
