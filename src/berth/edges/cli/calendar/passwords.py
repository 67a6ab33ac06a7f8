"""``berth calendar app-password``: what calendar programs sign in with."""

from typing import Annotated

import typer

from berth.edges.cli import names
from berth.edges.cli.calendar.feeds import Id
from berth.edges.cli.session import Session, command
from berth.edges.cli.tables import record, table
from berth.edges.cli.times import instant_of, show_moment

app_password = typer.Typer(name="app-password", no_args_is_help=True, help="What calendar programs sign in with.")


@command(app_password, "create")
def create(session: Session, name: Annotated[str, typer.Argument(help="What it is for: Telephone.")]) -> None:
    """Make a password with which a calendar program reads what you reserved, and does nothing else."""
    answer = session.server.post("calendars/app-passwords", {"name": name})
    session.show(
        answer,
        lambda one: record([("server", one["url"]), ("user name", one["username"]), ("password", one["password"])]),
    )
    session.say("The password is not shown again.")


@command(app_password, "list")
def list_passwords(session: Session) -> None:
    """List your app passwords, and when each was used last."""
    answer = session.server.get("calendars/app-passwords")
    where = names.own_zone(session.server)
    session.show(
        answer,
        lambda it: table(
            ("id", "name", "last used"),
            [
                (one["id"], one["name"], show_moment(instant_of(one["used_at"]), where) if one["used_at"] else None)
                for one in it["items"]
            ],
            none="There is no app password.",
            right=("id",),
        ),
    )


@command(app_password, "revoke")
def revoke(session: Session, id: Id) -> None:
    """Let nobody use an app password any more."""
    session.server.delete(f"calendars/app-passwords/{id}")
    session.say("The app password is revoked.")
