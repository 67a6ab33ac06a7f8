"""``berth users``: an administrator's view of people."""

from typing import Annotated, Any

import typer

from berth.edges.cli import names
from berth.edges.cli.commands.auth import Stdin, password, person
from berth.edges.cli.session import Cursor, Everything, Limit, Session, command
from berth.edges.cli.tables import more_pages, table

users = typer.Typer(name="users", no_args_is_help=True, help="People and what they may do (administrators).")

Who = Annotated[str, typer.Argument(metavar="USER", help="Id, user name or e-mail.")]


@command(users, "list")
def list_users(
    session: Session,
    text: Annotated[str | None, typer.Option(help="Part of a user name, name or e-mail.")] = None,
    role: Annotated[str | None, typer.Option(help="admin, user or guest.")] = None,
    active: Annotated[bool | None, typer.Option("--active/--inactive", show_default=False)] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List people."""
    state = None if active is None else str(active).lower()
    page = session.server.page(
        "users", everything=everything, limit=limit, cursor=cursor, text=text, role=role, active=state
    )
    session.show(page, _people)


def _people(page: Any) -> Any:
    return table(
        ("id", "user", "name", "e-mail", "role", "active"),
        [(one["id"], one["username"], one["name"], one["email"], one["role"], one["active"]) for one in page["items"]],
        none="Nobody fits.",
        more=more_pages(page),
        right=("id",),
    )


@command(users, "show")
def show(session: Session, who: Who) -> None:
    """Show a person."""
    session.show(names.user(session.server, who), person)


@command(users, "role")
def role(session: Session, who: Who, role: Annotated[str, typer.Argument(help="admin, user or guest.")]) -> None:
    """Change what a person may do: a guest looks, a user reserves, an administrator decides."""
    _change(session, who, {"role": role})


@command(users, "activate")
def activate(session: Session, who: Who) -> None:
    """Let a person sign in again."""
    _change(session, who, {"active": True})


@command(users, "deactivate")
def deactivate(session: Session, who: Who) -> None:
    """Shut a person out at once; the reservations stay."""
    _change(session, who, {"active": False})


@command(users, "reset-password")
def reset_password(session: Session, who: Who, password_stdin: Stdin = False) -> None:
    """Give a person a new password; every sign-in of that person ends."""
    found = names.user(session.server, who)
    new = password(f"New password of {found['username']}", stdin=password_stdin, twice=True)
    session.server.post(f"users/{found['id']}/password", {"new_password": new})
    session.say(f"{found['username']} has a new password and must sign in with it.")


def _change(session: Session, who: str, changes: dict[str, Any]) -> None:
    found = names.user(session.server, who)
    session.show(session.server.patch(f"users/{found['id']}", changes), person)
