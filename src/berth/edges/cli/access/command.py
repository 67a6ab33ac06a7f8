"""The commands of access codes."""

from typing import Annotated, Any

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.failure import Failure
from berth.edges.cli.session import Cursor, Everything, Limit, Session, Zone, command
from berth.edges.cli.tables import more_pages, record, table
from berth.edges.cli.times import instant_of, parse_moment, show_range, zone

access = typer.Typer(name="access", no_args_is_help=True, help="Access codes of reservations, and the locks.")


class LockSilent(Failure):
    """The lock did not answer, or not well."""


@command(access, "code")
def code(
    session: Session,
    reservation: Annotated[int, typer.Argument(metavar="RESERVATION", min=1, max=2**63 - 1)],
    tz: Zone = None,
) -> None:
    """Show the code of your own reservation, and when it is valid."""
    answer = session.server.get(f"reservations/{reservation}/access-code", tz=tz)
    where = zone(tz) if tz else names.own_zone(session.server)
    session.show(
        answer,
        lambda one: record(
            [
                ("code", one["code"]),
                ("state", one["state"]),
                ("valid", show_range(instant_of(one["valid_from"]), instant_of(one["valid_until"]), where)),
            ]
        ),
    )


@command(access, "list")
def list_codes(
    session: Session,
    resource: Annotated[str | None, typer.Option(help="Id or exact name.")] = None,
    start: Annotated[str | None, typer.Option("--from", help="What ends after this time; else now.")] = None,
    end: Annotated[str | None, typer.Option("--until", help="What begins before this time.")] = None,
    tz: Zone = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List when codes are valid and what the lock says of them, never the codes (administrators)."""
    where = zone(tz) if tz else names.own_zone(session.server)
    query: dict[str, Any] = {"tz": tz}
    if resource:
        query["resource_id"] = names.resource(session.server, resource)["id"]
    for name, text in (("from", start), ("until", end)):
        if text:
            query[name] = parse_moment(text, where, session.now).wire
    page = session.server.page("access/codes", everything=everything, limit=limit, cursor=cursor, **query)

    def people(found: Any) -> RenderableType:
        return table(
            ("reservation", "request", "state", f"valid ({where.key})", "resources", "lock", "last error"),
            [
                (
                    one["reservation_id"],
                    one["request_id"],
                    one["state"],
                    show_range(instant_of(one["valid_from"]), instant_of(one["valid_until"]), where).removesuffix(
                        f" {where.key}"
                    ),
                    one["resource_ids"],
                    one["lock"]["told"],
                    one["lock"]["last_error"] or one["reason"],
                )
                for one in found["items"]
            ],
            none="There is no code.",
            more=more_pages(found),
            right=("reservation", "request"),
            whole=("reservation", "state", "lock"),
        )

    session.show(page, people)


@command(access, "test-lock")
def test_lock(
    session: Session, resource: Annotated[str, typer.Argument(metavar="RESOURCE", help="Id or exact name.")]
) -> None:
    """Ask the lock of a resource for a sign of life (administrators); exit code 1 if there is none."""
    found = names.resource(session.server, resource)
    answer = session.server.post("access/locks/test", {"resource_id": found["id"]})
    session.show(
        answer,
        lambda one: record(
            [
                ("lock", one["provider"]),
                ("answers", one["alive"]),
                ("says", one["says"]),
                ("took", f"{one['milliseconds']} ms"),
            ]
        ),
    )
    if not answer.json()["alive"]:
        raise LockSilent("The lock gives no sign of life.", "Look at BERTH_LOCK_WEBHOOK_URL, and at the lock.")
