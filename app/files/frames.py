"""DataFrames as bytes and back without pickle: a JSON header that says what each column is, then the raw columns.

Layout: MAGIC, header length (8 bytes, little-endian), header, buffers in column order; the whole body zlib-compressed.
Nothing in such bytes can run code: only numbers, codes and texts are ever built from them.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

import numpy as np
import pandas as pd

MAGIC = b"ZHFRAME1"
_NUMBERS = {"float64", "float32", "int64", "int32", "int16", "int8", "bool"}
_LIMIT = 4 << 30  # bytes; a forged header must not make us allocate more than a study can hold


def encode_frame(frame: pd.DataFrame) -> bytes:
    """Return the bytes of `frame` (RangeIndex; columns of numbers, str or str categories); TypeError for anything else."""
    if not isinstance(frame.index, pd.RangeIndex) or frame.index.start != 0 or frame.index.step != 1:
        raise TypeError("a stored frame counts its rows from 0")
    columns, buffers = [], []
    for position, name in enumerate(frame.columns):
        described, buffer = _encode_column(frame.iloc[:, position])
        columns.append({"name": str(name), "bytes": len(buffer), **described})
        buffers.append(buffer)
    header = json.dumps({"rows": len(frame), "columns": columns}).encode()
    return MAGIC + zlib.compress(b"".join([len(header).to_bytes(8, "little"), header, *buffers]), 1)


def decode_frame(content: bytes) -> pd.DataFrame:
    """Return the frame of these bytes; ValueError when they are not what `encode_frame` makes."""
    if not content.startswith(MAGIC):
        raise ValueError("not a stored frame")
    try:
        body = _inflate(content[len(MAGIC) :])
        size = int.from_bytes(body[:8], "little")
        header = json.loads(body[8 : 8 + size])
        return _decode_columns(header["columns"], int(header["rows"]), memoryview(body)[8 + size :])
    except (zlib.error, KeyError, TypeError, IndexError, UnicodeDecodeError) as error:
        raise ValueError(f"a stored frame is damaged: {error}") from error


def _inflate(packed: bytes) -> bytes:
    inflater = zlib.decompressobj()
    body = inflater.decompress(packed, _LIMIT)
    if not inflater.eof:
        raise ValueError("a stored frame is cut short or too large")
    return body


def _encode_column(column: pd.Series) -> tuple[dict[str, Any], bytes]:
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy()
        labels = {"labels": dtype.categories.tolist(), "of": str(dtype.categories.dtype), "ordered": bool(dtype.ordered)}
        return {"kind": "category", "dtype": str(codes.dtype), **labels}, _raw(codes)
    if str(dtype) in _NUMBERS:
        return {"kind": "number", "dtype": str(dtype)}, _raw(column.to_numpy())
    if str(dtype) == "str":
        codes, labels = pd.factorize(column)
        return {"kind": "text", "dtype": "int32", "labels": labels.tolist()}, _raw(codes.astype(np.int32))
    raise TypeError(f"column {column.name!r} of type {dtype} cannot be stored")


def _raw(values: np.ndarray) -> bytes:
    return values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes()


def _decode_columns(described: list[dict[str, Any]], rows: int, buffers: memoryview) -> pd.DataFrame:
    names, columns, offset = [], [], 0
    for column in described:
        size = int(column["bytes"])
        columns.append(_decode_column(column, rows, buffers[offset : offset + size]))
        names.append(column["name"])
        offset += size
    index = pd.RangeIndex(rows)
    frame = pd.DataFrame(dict(enumerate(columns)), index=index)
    frame.columns = pd.Index(names, dtype="str")
    return frame


def _decode_column(column: dict[str, Any], rows: int, buffer: memoryview) -> Any:
    if column["dtype"] not in _NUMBERS:
        raise ValueError("a stored frame has a column of unknown type")
    values = np.frombuffer(buffer, np.dtype(column["dtype"]).newbyteorder("<")).astype(column["dtype"])
    if len(values) != rows:
        raise ValueError("a stored frame has columns of different lengths")
    if column["kind"] == "number":
        return values
    if column["kind"] == "category":
        labels = pd.Index(column["labels"], dtype=column["of"])
        return pd.Categorical.from_codes(values, dtype=pd.CategoricalDtype(labels, ordered=column["ordered"]))
    texts = np.array([*column["labels"], np.nan], dtype=object)
    return pd.array(texts[values], dtype="str")
