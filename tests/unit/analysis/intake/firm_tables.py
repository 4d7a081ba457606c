"""Tables of firms made in a line: name, code and township of each, for the tests of identity."""

import numpy as np

from app.analysis.intake.columns import categorical, frame, text_array, text_categorical
from app.analysis.intake.credit_code import valid_codes
from app.domain.responses import Block, Responses

ITEMS = {"N1": (0, 1), "N2": (0, 2), "N4": (0, 3)}


def texts(values):
    return np.array(list(values), dtype=object)


def table(rows, wave="2025", sha256="ab" * 32, sheet="名单"):
    """Return the responses of one sheet; a row is (name, code, township) and stands in spreadsheet row 2 and on."""
    rows = [(*row, "", "")[:3] for row in rows]
    n = len(rows)
    names, codes, towns = (texts(row[place] for row in rows) for place in range(3))
    firms = frame(
        {
            "firm": text_array(texts([""] * n)),
            "name": text_array(names),
            "code": text_array(codes),
            "code_valid": valid_codes(codes.tolist()),
            **{column: text_categorical(texts([""] * n)) for column in ("sector", "division", "size")},
            "township": text_categorical(towns),
            "wave": categorical(np.zeros(n, dtype=np.int32), (wave,)),
            "counted": np.ones(n, dtype=bool),
        },
        n,
    )
    columns = {"N1": names, "N2": codes, "N4": towns}
    values = frame({item: text_array(texts(text or None for text in column)) for item, column in columns.items()}, n)
    originals = frame({item: text_categorical(column) for item, column in columns.items()}, n)
    places = frame({"block": np.zeros(n, dtype=np.int32), "row": np.arange(2, n + 2, dtype=np.int32)}, n)
    return Responses(values, originals, firms, places, (Block(sha256, f"{wave}.xlsx", sheet, wave, ITEMS),))
