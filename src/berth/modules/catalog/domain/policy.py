"""Policies: what a site or a resource sets itself, and what holds after inheriting, member by member."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any, Literal

from berth.contracts.catalog import Policy

Owner = Literal["site", "resource"]
"""Whose rules they are."""

OwnPolicy = Mapping[str, Any]
"""Only the members that are set in one place, by their names in ``Policy``."""

Confirmation = Literal["approval", "quota", "access", "payment"]
"""What a reservation may wait for before it holds."""

MEMBERS = tuple(field.name for field in fields(Policy))
CONFIRMATIONS: tuple[Confirmation, ...] = ("approval", "quota", "access", "payment")
PERSONS = ("approvers", "escalates_to")
"""The members that name persons by their ids."""

_ORDERS: Mapping[str, Callable[[Any], Any] | None] = {
    "reservable_by": None,
    "confirmations": CONFIRMATIONS.index,
    **dict.fromkeys(PERSONS),
}
"""How each list is sorted, so that two that mean the same are the same."""


def own_policy(members: Mapping[str, Any]) -> dict[str, Any]:
    """Answer the members that are given, each list sorted and without repeats.

    ``None`` means not set here, but an empty list is set: it takes the place of one from above.
    """
    own = {name: members[name] for name in MEMBERS if members.get(name) is not None}
    return {name: sorted(set(one), key=_ORDERS[name]) if name in _ORDERS else one for name, one in own.items()}


def persons_named(policy: OwnPolicy) -> list[int]:
    """Answer the ids of all persons that the members name, sorted."""
    return sorted({one for member in PERSONS for one in policy.get(member, ())})


def inherit(layers: Iterable[OwnPolicy]) -> OwnPolicy:
    """Answer the members that hold after inheriting, given the layers from the outermost to the nearest."""
    held: dict[str, Any] = {}
    for layer in layers:
        held.update(layer)
    return held


def effective(held: OwnPolicy) -> Policy:
    """Answer the policy of inherited members, with the defaults of those that nobody sets."""
    members: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in held.items()}
    return Policy(**members)


def contradiction(held: OwnPolicy) -> str | None:
    """Answer the sentence that names two members that cannot both hold, if there are such."""
    least, most = held.get("minutes_min"), held.get("minutes_max")
    if least is None or most is None or least <= most:
        return None
    return f"minutes_min ({least}) is more than minutes_max ({most})"
