"""The second reader of each format, tried where python-calamine fails. Runs in the guarded child alone."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Final

from app.files.preflight import Kind
from app.files.read_causes import Refusal
from app.files.read_sink import Sink

_READERS: Final[Mapping[Kind, tuple[str, str, str]]] = {
    "xlsx": ("read_second_xlsx", "read_xlsx", "openpyxl"),
    "xls": ("read_second_xls", "read_xls", "xlrd"),
    "xlsb": ("read_second_xlsb", "read_xlsb", "pyxlsb"),
    "ods": ("read_second_ods", "read_ods", "xml"),
    "fods": ("read_second_ods", "read_fods", "xml"),
    "xml": ("read_second_xml", "read_xml", "xml"),
}
"""Module, function and name of the reader of each kind; a module is loaded when its kind comes, the child starts fast."""


def read_second(path: Path, kind: Kind, sink: Sink) -> str:
    """Send every sheet of a workbook to `sink` and return which reader did it: openpyxl, xlrd, pyxlsb or xml.

    Cells mean what they mean in `read_calamine`. A sheet that cannot be read is a finding and the others go on; Refusal
    READ_DAMAGED when none can, READ_FAR_CELLS when one is too large. `kind` text and html have no second reader.
    """
    if kind not in _READERS:
        raise Refusal("READ_DAMAGED")
    module, function, name = _READERS[kind]
    try:
        getattr(import_module(f"app.files.{module}"), function)(path, sink)
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # parsers of damaged files raise whatever the damage leads them to
        unsafe = type(error).__module__.startswith("defusedxml")
        raise (Refusal("READ_UNSAFE", detail="<!DOCTYPE") if unsafe else Refusal("READ_DAMAGED")) from error
    return name
