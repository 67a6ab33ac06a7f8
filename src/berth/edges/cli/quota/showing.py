"""Allowances as people see them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from rich.console import Group, RenderableType

from berth.edges.cli.client import Server
from berth.edges.cli.names import Thing
from berth.edges.cli.tables import more_pages, record, table
from berth.edges.cli.times import instant_of, show_duration, show_moment, zone

COLUMNS_OF_BALANCE = ("left", "held", "used", "granted")


def amount_of(unit: str, amount: int | None) -> str | None:
    """Answer an amount as people write it: 3h, or a number of reservations."""
    if amount is None or unit != "minutes":
        return None if amount is None else str(amount)
    return f"{'-' if amount < 0 else ''}{show_duration(timedelta(minutes=abs(amount)))}"


def shown_standing(page: Any, tz: str | None) -> RenderableType:
    """Answer what is left to the caller."""
    return table(
        ("allowance", *COLUMNS_OF_BALANCE, "of", "per", "shared", "renews"),
        [
            (
                one["allowance"]["name"],
                *_balance(one, one["allowance"]["unit"]),
                amount_of(one["allowance"]["unit"], one["allowance"]["amount"]),
                one["allowance"]["per"],
                one["allowance"]["shared"],
                _when(one["renews_at"], one["period"], tz),
            )
            for one in page["items"]
        ],
        none="No allowance concerns you.",
        right=(*COLUMNS_OF_BALANCE, "of"),
    )


def shown_list(page: Any, server: Server) -> RenderableType:
    """Answer allowances in a table."""
    return table(
        ("id", "name", "amount", "per", "of", "for"),
        [
            (
                one["id"],
                one["name"],
                amount_of(one["unit"], one["amount"]),
                one["per"],
                _scope(one, server),
                _whom(one, server),
            )
            for one in page["items"]
        ],
        none="There is no allowance.",
        more=more_pages(page),
        right=("id", "amount"),
    )


def shown_allowance(one: Any, server: Server) -> RenderableType:
    """Answer one allowance."""
    pairs: list[tuple[str, object]] = [
        ("allowance", one["id"]),
        ("name", one["name"]),
        ("amount", f"{amount_of(one['unit'], one['amount'])} per {one['per']}"),
        ("of", _scope(one, server)),
        ("for", _whom(one, server)),
    ]
    if one["removed_at"]:
        pairs.append(("removed", one["removed_at"]))
    return record(pairs)


def shown_grant(one: Any, allowance: Thing) -> RenderableType:
    """Answer a grant."""
    return record(
        [
            ("grant", one["id"]),
            ("allowance", allowance["name"]),
            ("for", _person(one["person"]) if one["person"] else "all who share it"),
            ("amount", amount_of(allowance["unit"], one["amount"])),
            ("period", one["period"]),
            ("reason", one["reason"]),
        ]
    )


def shown_usage(page: Any, allowance: Thing, tz: str | None) -> RenderableType:
    """Answer who has how much, and what all have together of a shared allowance."""
    unit = allowance["unit"]
    rows = [("all together", one) for one in page["together"]]
    rows += [(_person(one["person"]), one) for one in page["items"]]
    found = table(
        ("who", *COLUMNS_OF_BALANCE, "from", "until"),
        [
            (
                who,
                *_balance(one, unit),
                _when(one["period"]["start"], one["period"], tz),
                _when(one["period"]["end"], one["period"], tz),
            )
            for who, one in rows
        ],
        none="Nothing was counted in this period.",
        more=more_pages(page),
        right=COLUMNS_OF_BALANCE,
    )
    amount = amount_of(unit, allowance["amount"])
    return Group(record([("allowance", allowance["name"]), ("amount", f"{amount} per {allowance['per']}")]), found)


def _balance(one: Mapping[str, Any], unit: str) -> tuple[str | None, ...]:
    return tuple(amount_of(unit, one[name]) for name in COLUMNS_OF_BALANCE)


def _when(time: str | None, period: Mapping[str, Any], tz: str | None) -> str | None:
    return show_moment(instant_of(time), zone(tz or period["timezone"])) if time else None


def _scope(one: Mapping[str, Any], server: Server) -> str:
    """Answer which resources are meant, in words."""
    words = [f"{name} {one[name]}" for name in ("kind", "tag") if one[name]]
    if one["site_id"]:
        sites = {site["id"]: site["name"] for site in server.get("sites").json()["items"]}
        words.append(f"site {sites.get(one['site_id'], one['site_id'])}")
    return ", ".join(words) or "everything"


def _whom(one: Mapping[str, Any], server: Server) -> str:
    """Answer for whom it is, in words."""
    if one["person_id"]:
        return str(server.get(f"users/{one['person_id']}").json()["username"])
    role = f"the role {one['role']}" if one["role"] else "all but administrators"
    return f"{role} together" if one["shared"] else f"{role}, each"


def _person(one: Mapping[str, Any]) -> str:
    return str(one["name"] or f"id {one['id']}")
