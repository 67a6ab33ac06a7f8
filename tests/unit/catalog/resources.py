"""Resources and sites for the tests of rules."""

from typing import Any

from hypothesis import strategies as st

from berth.modules.catalog.domain import words
from berth.modules.catalog.domain.resources import Particulars, Record
from berth.modules.catalog.domain.sites import Site


def site(site_id: int, name: str, parent_id: int | None = None, **more: Any) -> Site:
    return Site(
        id=site_id,
        parent_id=parent_id,
        name=name,
        **{"kind": "other", "timezone": None, "policy": {}, "opening": None, **more},
    )


def record(resource_id: int, name: str, **stated: Any) -> Record:
    own = {name: stated.pop(name) for name in ("policy", "opening", "retired") if name in stated}
    particulars = Particulars(name=name, **{"kind": "room", "timezone": "Europe/Rome", **stated})
    return Record(
        id=resource_id, stated=particulars, **{"policy": {}, "opening": None, "retired": False, "version": 1, **own}
    )


def line(pattern: str, length_max: int) -> st.SearchStrategy[str]:
    return st.from_regex(pattern, fullmatch=True).filter(lambda text: len(text) <= length_max and _utf8(text))


def _utf8(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


plain_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
names = line(words.NAME_PATTERN, words.NAME_MAX)
tags = line(words.TAG_PATTERN, words.TAG_MAX)
numbers = st.integers(-(2**53), 2**53) | st.floats(-(2**53), 2**53, allow_nan=False).map(lambda number: number + 0.0)
attributes = st.dictionaries(plain_text.filter(bool), plain_text | numbers | st.booleans() | st.none(), max_size=5)
