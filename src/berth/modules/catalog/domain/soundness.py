"""What must hold for the whole catalogue after every change: a zone for each resource, and no contradicting rules."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from berth.modules.catalog.domain.policy import contradiction, inherit
from berth.modules.catalog.domain.resources import Record
from berth.modules.catalog.domain.sites import Places


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that may not be: where, in which member, and the sentence that says so."""

    kind: str
    where: str
    member: str
    message: str


def faults(places: Places, records: Iterable[Record]) -> Iterator[Fault]:
    """Answer what is wrong with the sites and with these resources."""
    for place in places.values():
        reason = contradiction(place.policy)
        if reason:
            yield Fault("policy-contradiction", "/".join(place.path), "policy", reason)
    for record in records:
        site = places.get(record.stated.site_id) if record.stated.site_id else None
        if not record.stated.timezone and not (site and site.timezone):
            yield Fault(
                "timezone-missing",
                record.stated.name,
                "timezone",
                "there is no time zone; give one such as Europe/Rome to the resource or to its site",
            )
        reason = contradiction(inherit((site.policy if site else {}, record.policy)))
        if reason:
            yield Fault("policy-contradiction", record.stated.name, "policy", reason)
