"""Forms that hold one firm a sheet have no columns: their sheets together say how shares are written."""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis.intake.clean_percent import scale_of, scale_told
from app.domain.instrument import Instrument, ItemType
from app.domain.responses import Responses


def pooled_scales(parts: Sequence[Responses], instrument: Instrument) -> dict[str, str]:
    """Return item → fraction | percent | mixed for the shares of one file's sheets that hold one firm each.

    Only the items of which some sheet by itself would be read in another way; the others are right as they are.
    """
    lone = [part for part in parts if len(part) == 1 and not int(part.places["row"].iat[0])]
    scales = {}
    for item in instrument.items if len(lone) > 1 else ():
        if item.type is ItemType.PERCENT:
            texts = [text for part in lone if isinstance(text := part.originals[item.code].iat[0], str)]
            pooled = scale_of(texts)
            if pooled and any(told not in ("", pooled) for told in map(scale_told, texts)):
                scales[item.code] = pooled
    return scales
