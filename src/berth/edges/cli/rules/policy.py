"""``policy``, the same for resources and for sites: shown in words, set member by member, or cleared."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.client import Server
from berth.edges.cli.rules.owner import Clear, Find, Which
from berth.edges.cli.rules.words import PERSONS, shown_policy
from berth.edges.cli.session import Session, command
from berth.edges.cli.times import parse_minutes

NOTHING = "none"

Minutes = Annotated[str | None, typer.Option(help="Minutes, or a duration such as 1h30m.")]
Roles = Annotated[list[str] | None, typer.Option(help="A role that may reserve. Repeat.")]
Confirm = Annotated[
    list[str] | None,
    typer.Option("--confirm", help="What has to confirm: approval, quota, access, payment; or none. Repeat."),
]
Approver = Annotated[
    list[str] | None, typer.Option("--approver", metavar="USERNAME", help="Who may approve, or none. Repeat.")
]
EscalatesTo = Annotated[
    list[str] | None,
    typer.Option("--escalates-to", metavar="USERNAME", help="Who decides if no approver does, or none. Repeat."),
]
Early = Annotated[str | None, typer.Option("--early", help="From how long before the start one may check in: 15m.")]
NoShow = Annotated[
    str | None, typer.Option("--no-show", help="How long after the start who is not there loses the slot: 10m.")
]
Unset = Annotated[list[str] | None, typer.Option(help="A rule to inherit again: minutes_max. Repeat.")]


def add_policy(group: typer.Typer, collection: str, find: Find) -> None:
    """Give a group the command ``policy`` for the things of one collection of the API."""

    @command(group, "policy")
    def policy(
        session: Session,
        which: Which,
        minutes_min: Minutes = None,
        minutes_max: Minutes = None,
        granularity_minutes: Minutes = None,
        lead_minutes_min: Minutes = None,
        horizon_days_max: Annotated[int | None, typer.Option(help="Days.")] = None,
        setup_minutes: Minutes = None,
        teardown_minutes: Minutes = None,
        reservable_by: Roles = None,
        confirmations: Confirm = None,
        confirmation_seconds_max: Annotated[int | None, typer.Option(help="Seconds.")] = None,
        approvers: Approver = None,
        approval_hours_max: Annotated[int | None, typer.Option(help="Hours.")] = None,
        escalates_to: EscalatesTo = None,
        payment_minutes_max: Minutes = None,
        early_minutes: Early = None,
        no_show_minutes: NoShow = None,
        unset: Unset = None,
        clear: Clear = False,
    ) -> None:
        """Show or set the rules of reserving it; those not named stay as they are."""
        given = {
            "minutes_min": minutes_min,
            "minutes_max": minutes_max,
            "granularity_minutes": granularity_minutes,
            "lead_minutes_min": lead_minutes_min,
            "horizon_days_max": horizon_days_max,
            "setup_minutes": setup_minutes,
            "teardown_minutes": teardown_minutes,
            "reservable_by": reservable_by,
            "confirmations": confirmations,
            "confirmation_seconds_max": confirmation_seconds_max,
            "approvers": approvers,
            "approval_hours_max": approval_hours_max,
            "escalates_to": escalates_to,
            "payment_minutes_max": payment_minutes_max,
            "early_minutes": early_minutes,
            "no_show_minutes": no_show_minutes,
        }
        path = f"{collection}/{find(session.server, which)['id']}/policy"
        _set(session.server, path, _changes(session.server, given), unset or [], clear=clear)
        session.show(session.server.get(path), _in_words(session.server))


def _changes(server: Server, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answer the rules that were named, as the API takes them."""
    return {rule: _read(server, rule, value) for rule, value in given.items() if value is not None and value != []}


def _read(server: Server, rule: str, value: Any) -> Any:
    if isinstance(value, str):
        return parse_minutes(value)
    if isinstance(value, int):
        return value
    if value == [NOTHING]:
        return []
    return [names.user(server, word)["id"] for word in value] if rule in PERSONS else value


def _set(server: Server, path: str, changes: Mapping[str, Any], unset: list[str], *, clear: bool) -> None:
    if clear:
        server.delete(path)
    elif changes or unset:
        own = server.get(path).json()["own"] or {}
        gone = {one.replace("-", "_") for one in unset}
        kept = {rule: value for rule, value in own.items() if value is not None and rule not in gone}
        server.put(path, {**kept, **changes})


def _in_words(server: Server) -> Callable[[Mapping[str, Any]], RenderableType]:
    """Answer how to show a policy: with the names of persons, if whoever asks may see them."""

    def shown(answer: Mapping[str, Any]) -> RenderableType:
        ids = [one for rule in PERSONS for one in answer["effective"].get(rule) or ()]
        return shown_policy(answer, names.usernames(server, ids))

    return shown
