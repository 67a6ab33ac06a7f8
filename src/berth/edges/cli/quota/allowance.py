"""Finding an allowance by what people call it, and setting one."""

from typing import Any

import httpx

from berth.edges.cli.client import Server
from berth.edges.cli.failure import Misused, Refused
from berth.edges.cli.names import Thing, chosen, is_id

SCOPE = {"kind": "kind", "tag": "tag", "site": "site_id", "role": "role", "person": "person_id"}
"""What can be unset, and its name in the API."""
STATED = ("name", "unit", "amount", "per", "kind", "tag", "site_id", "role", "person_id", "shared")


def named(server: Server, word: str) -> Thing:
    """Answer the allowance with this id (a removed one too) or exact name."""
    by_id = word.removeprefix("id:")
    thing = _of_id(server, by_id) if is_id(by_id) and not word.startswith("name:") else None
    named_so = [] if word.startswith("id:") else _of_name(server, word.removeprefix("name:"))
    return chosen("allowance", word, thing, named_so, "berth quota list")


def changed(server: Server, name: str, given: dict[str, Any], unset: list[str]) -> httpx.Response:
    """Set a new allowance of this name, or change of the present one what is given or unset."""
    unknown = [one for one in unset if one not in SCOPE]
    if unknown:
        raise Misused(f"{unknown[0]!r} cannot be unset; write {', '.join(SCOPE)}.")
    members = {key: value for key, value in given.items() if value is not None}
    found = _of_name(server, name)
    if found:
        kept = {key: found[0][key] for key in STATED}
        gone = {SCOPE[one]: None for one in unset}
        return server.put(f"quotas/{found[0]['id']}", {**kept, **gone, **members})
    missing = [
        option for option, member in (("--minutes or --count", "amount"), ("--per", "per")) if member not in members
    ]
    if missing:
        raise Misused(
            f"There is no allowance {name!r} yet; for a new one add {' and '.join(missing)}.",
            f"Such as: berth quota set {name} --minutes 3h --per week --kind studio",
        )
    return server.post("quotas", {"name": name, **members})


def _of_id(server: Server, id_: str) -> Thing | None:
    try:
        found: Thing = server.get(f"quotas/{id_}").json()
    except Refused as refused:
        if refused.status == 404:
            return None
        raise
    return found


def _of_name(server: Server, name: str) -> list[dict[str, Any]]:
    return server.every("quotas", name=name)
