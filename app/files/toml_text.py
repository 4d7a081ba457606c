"""Texts as TOML writes them."""

from __future__ import annotations

import json


def quoted(text: str) -> str:
    """Return a basic string of TOML: JSON writes the same, but for the one control character that TOML refuses bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
