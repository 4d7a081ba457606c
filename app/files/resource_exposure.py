"""Published indices of exposure to AI of resources/watch/exposure.toml, by section of GB/T 4754."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from app.domain.watch import ExposureIndex
from app.files.resource_rows import Row, read_toml, require_unique

EXPOSURE_FILE = "exposure.toml"
_EXACT = 1e-9

Mix = Mapping[str, Mapping[str, float]]


def read_exposure(path: Path, sections: Collection[str]) -> tuple[ExposureIndex, ...]:
    """Return the indices of a file, none where there is no file.

    One given by major groups of occupations is spread over sections by the file's mix. ResourceError for a section or group that
    is not known, or a mix that does not add up to 1.
    """
    if not path.is_file():
        return ()
    row = read_toml(path)
    mix = {letter: _numbers(child) for letter, child in row.named("mix")}
    for letter, shares in mix.items():
        if letter not in sections or abs(sum(shares.values()) - 1) > _EXACT:
            raise row.error("kind", field="mix", value=letter)
    indices = tuple(_index(child, mix, sections) for child in row.children("index"))
    row.close()
    require_unique(row, [index.id for index in indices])
    return indices


def _index(row: Row, mix: Mix, sections: Collection[str]) -> ExposureIndex:
    values = _by_section(row, mix) if "groups" in row.fields else _numbers(row.child("values"))
    unknown = [letter for letter in values if letter not in sections]
    if unknown:
        raise row.error("kind", field="values", value=" ".join(unknown))
    id_, words, source = row.text("id"), row.words(), row.source()
    index = ExposureIndex(id_, words, source, values, row.optional_words("assumed"), row.flag("verify"))
    row.close()
    return index


def _by_section(row: Row, mix: Mix) -> dict[str, float]:
    groups = _numbers(row.child("groups"))
    unknown = sorted({group for shares in mix.values() for group in shares} - set(groups))
    if unknown:
        raise row.error("kind", field="groups", value=" ".join(unknown))
    return {letter: sum(part * groups[group] for group, part in shares.items()) for letter, shares in mix.items()}


def _numbers(row: Row) -> dict[str, float]:
    return {name: row.number(name) for name in tuple(row.fields)}
