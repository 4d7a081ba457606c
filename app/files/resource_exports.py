"""The export profiles of figures, from resources/briefing/exports.toml."""

from __future__ import annotations

from pathlib import Path

from app.domain.export import ExportProfile
from app.files.resource_rows import Row, read_toml, require_unique
from app.files.resources import resources_folder

FILE = "exports.toml"


def load_profiles(folder: Path | None = None) -> dict[str, ExportProfile]:
    """Return the export profiles by id, in the file's order; ResourceError for a bad or repeated one."""
    root = read_toml((folder or resources_folder()) / "briefing" / FILE)
    profiles = [_profile(row) for row in root.children("profile")]
    root.close()
    require_unique(root, [profile.id for profile in profiles])
    return {profile.id: profile for profile in profiles}


def _profile(row: Row) -> ExportProfile:
    profile = ExportProfile(
        id=row.text("id"),
        words=row.words(),
        width=row.number("width"),
        height=row.number("height"),
        dpi=row.integer("dpi"),
        scale=row.number("scale"),
        source=row.source(),
    )
    row.close()
    lacking = next((name for name in ("width", "height", "dpi", "scale") if getattr(profile, name) <= 0), "")
    if lacking:
        raise row.error("kind", field=lacking, value=getattr(profile, lacking))
    return profile
