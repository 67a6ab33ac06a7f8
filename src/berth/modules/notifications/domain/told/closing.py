"""What somebody is told when a resource is closed: one notice of all that became of his."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

Data = Mapping[str, Any]


class Group(StrEnum):
    """What is told together of a closing, in this order."""

    MOVED = "moved"
    PENDING = "pending"
    CANCELLED = "cancelled"
    UNMOVED = "unmoved"
    HELD = "held"
    OFFERED = "offered"


OF_KIND = {"hold": Group.HELD, "offer": Group.OFFERED, "move": Group.UNMOVED}


def groups(data: Data) -> dict[Group, Sequence[Data]]:
    """Answer what became of each thing, by what is told together."""
    found: dict[Group, list[Data]] = {}
    for one in data.get("affected") or ():
        found.setdefault(_group(one), []).append(one)
    return {group: found[group] for group in Group if group in found}


def _group(one: Data) -> Group:
    if one["kind"] in OF_KIND:
        return OF_KIND[one["kind"]]
    if one["outcome"] == "cancel":
        return Group.CANCELLED
    return Group.PENDING if one["state"] == "pending" else Group.MOVED


def single(data: Data) -> Data | None:
    """Answer the one reservation that a notice is about, as the event of a reservation has it; none if of more."""
    affected: Sequence[Data] = data.get("affected") or ()
    if len(affected) != 1 or affected[0]["kind"] != "reservation":
        return None
    [one] = affected
    return {**one, "reservation_id": one["id"]}


def resource_ids(data: Data) -> set[int]:
    """Answer the resources that a notification names."""
    ids = set(data.get("resource_ids") or ())
    return ids.union(*(one["resource_ids"] for one in data.get("affected") or ()))
