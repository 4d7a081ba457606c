"""How names of Chinese firms are built: place, brand, trade, legal form; what follows the legal form is a branch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_ALIKE = MappingProxyType({"有限责任公司": "有限公司"})


@dataclass(frozen=True, slots=True)
class NameBook:
    """The words of firm names (企业名称由行政区划名称、字号、行业或者经营特点、组织形式组成), in simplified characters.

    `alike`      legal form → the one it is compared as; these two name the same form (公司法).
    `forms`      legal form → its family; only forms of one family may be slips of one another.
    `companies`  the forms after which a name can only go on with a branch (有限公司苏州分公司).
    `branches`   ends of a branch's name that need no company before them (甲厂第二分厂).
    `places`     provinces, cities and counties without 省, 市, 县; `place_ends` what such a name may end in; `ordinary`
                 words that end or begin so and are no place (超市, 市政).
    `trades`     words for a line of business; `telling` characters that tell sister firms apart (一, 东, 新).
    """

    alike: Mapping[str, str] = field(default_factory=lambda: _ALIKE)
    forms: Mapping[str, str] = field(default_factory=dict)
    companies: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    place_ends: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()
    trades: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
