"""Policies: what a site or a resource sets itself, and what holds after inheriting, member by member."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Literal

from berth.contracts.catalog import Policy

Owner = Literal["site", "resource"]
"""Whose rules they are."""

OwnPolicy = Mapping[str, Any]
"""Only the members that are set in one place, by their names in ``Policy``."""

MEMBERS = tuple(field.name for field in fields(Policy))


def own_policy(members: Mapping[str, Any]) -> dict[str, Any]:
    """Answer the members that are given, roles sorted; ``None`` means not set here."""
    own = {name: members[name] for name in MEMBERS if members.get(name) is not None}
    if "reservable_by" in own:
        own["reservable_by"] = sorted(set(own["reservable_by"]))
    return own


def inherit(layers: Iterable[OwnPolicy]) -> OwnPolicy:
    """Answer the members that hold after inheriting, given the layers from the outermost to the nearest."""
    held: dict[str, Any] = {}
    for layer in layers:
        held.update(layer)
    return held


def effective(held: OwnPolicy) -> Policy:
    """Answer the policy of inherited members, with the defaults of those that nobody sets."""
    if "reservable_by" in held:
        held = {**held, "reservable_by": tuple(held["reservable_by"])}
    return Policy(**held)


def contradiction(held: OwnPolicy) -> str | None:
    """Answer the sentence that names two members that cannot both hold, if there are such."""
    least, most = held.get("minutes_min"), held.get("minutes_max")
    if least is None or most is None or least <= most:
        return None
    return f"minutes_min ({least}) is more than minutes_max ({most})"
