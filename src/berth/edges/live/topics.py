"""What a client may follow, by name."""

import re
from dataclasses import dataclass
from functools import lru_cache

TOPIC = re.compile(r"(performance|resource|site)/([1-9][0-9]{0,17})")
PERFORMANCE, RESOURCE, SITE, RESOURCES, NOTICES = "performance", "resource", "site", "resources", "notices"
ALONE = frozenset({RESOURCES, NOTICES})
"""Kinds of which there is one topic."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The seats of a performance, the calendar of a resource, of all at a site or of all, or what concerns oneself."""

    kind: str
    id: int = 0

    @property
    def name(self) -> str:
        """Answer the topic as clients name it."""
        return f"{self.kind}/{self.id}" if self.id else self.kind


def topic_of(name: object) -> Topic | None:
    """Answer the topic of this name, none if there is no such."""
    return _topic_of(name) if isinstance(name, str) else None


@lru_cache(1024)
def _topic_of(name: str) -> Topic | None:
    """Thousands follow the same topic, which is then one value."""
    if name in ALONE:
        return Topic(name)
    found = TOPIC.fullmatch(name)
    return Topic(found[1], int(found[2])) if found else None
