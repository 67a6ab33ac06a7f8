"""``berth auth`` and ``berth admin``: who is at the keyboard."""

import os
import sys
from typing import Annotated, Any

import typer

from berth.edges.cli.failure import Misused
from berth.edges.cli.session import Session, command
from berth.edges.cli.tables import record

auth = typer.Typer(name="auth", no_args_is_help=True, help="Sign in and out, and your own account.")
admin = typer.Typer(name="admin", no_args_is_help=True, help="The first administrator of a new installation.")

Stdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from the first line of stdin.")]
Username = Annotated[str | None, typer.Argument(envvar="BERTH_USERNAME", help="User name or e-mail; asked if absent.")]


def person(one: Any) -> Any:
    """Answer a person, a line for each member."""
    return record(
        [
            ("user", f"{one['username']} (id {one['id']})"),
            ("name", one["name"]),
            ("e-mail", one["email"]),
            ("role", one["role"]),
            ("time zone", one.get("timezone")),
            ("language", one.get("language")),
            ("active", one.get("active", True)),
        ]
    )


def asked(value: str | None, label: str) -> str:
    """Answer the value, or what the person types when asked for it on the error channel."""
    return value or str(typer.prompt(label, err=True))


def password(label: str, *, stdin: bool, twice: bool = False) -> str:
    """Answer a password: the next line of stdin, the variable BERTH_PASSWORD, or typed without being seen."""
    if stdin:
        line = sys.stdin.readline().rstrip("\r\n")
        if not line:
            raise Misused("There is no password on stdin.")
        return line
    if os.environ.get("BERTH_PASSWORD"):
        return os.environ["BERTH_PASSWORD"]
    if not sys.stdin.isatty():
        raise Misused("A password is needed, and there is no terminal to ask on.", "Pipe it in with --password-stdin")
    return str(typer.prompt(label, hide_input=True, confirmation_prompt=twice, err=True))


def sign_in(session: Session, username: str, secret: str) -> None:
    """Exchange a password for tokens and keep them."""
    answer = session.server.send(
        "POST", "token", anonymous=True, data={"grant_type": "password", "username": username, "password": secret}
    )
    session.server.credentials.sign_in(session.server.url, username, answer.json())


@command(auth, "login")
def login(session: Session, username: Username = None, password_stdin: Stdin = False) -> None:
    """Sign in; the tokens are kept in a file that only you may read."""
    name = asked(username, "User name or e-mail")
    sign_in(session, name, password("Password", stdin=password_stdin))
    me = session.server.get("users/me")
    session.show(me, person)
    session.say(f"Signed in at {session.server.url}.")


@command(auth, "logout")
def logout(session: Session) -> None:
    """Sign out, here and on the server."""
    server = session.server
    known = server.credentials.find(server.url)
    if known is None:
        session.say(f"Nobody was signed in at {server.url}.")
        return
    try:
        server.post("logout", {"refresh_token": known.refresh_token})
    finally:
        server.credentials.sign_out(server.url)
    session.say(f"Signed out at {server.url}.")


@command(auth, "register")
def register(
    session: Session,
    username: Username = None,
    email: Annotated[str | None, typer.Option(help="Asked if absent.")] = None,
    name: Annotated[str | None, typer.Option(help="Your name as others see it.")] = None,
    password_stdin: Stdin = False,
) -> None:
    """Open an account and sign in with it."""
    wanted = {"username": asked(username, "User name"), "email": asked(email, "E-mail")}
    secret = password("Password", stdin=password_stdin, twice=True)
    body = {**wanted, "password": secret, **({"name": name} if name else {})}
    made = session.server.send("POST", "register", anonymous=True, json=body)
    sign_in(session, wanted["username"], secret)
    session.show(made, person)
    session.say(f"Signed in at {session.server.url}.")


@command(auth, "whoami")
def whoami(session: Session) -> None:
    """Show who is signed in."""
    session.show(session.server.get("users/me"), person)
    session.say(f"at {session.server.url}")


@command(auth, "profile")
def profile(
    session: Session,
    name: Annotated[str | None, typer.Option(help="Your name as others see it.")] = None,
    email: Annotated[str | None, typer.Option()] = None,
    timezone: Annotated[str | None, typer.Option(help="Your own zone, such as Europe/Rome.")] = None,
    language: Annotated[str | None, typer.Option(help="What Berth writes to you in: en, fr or es.")] = None,
) -> None:
    """Change your name, e-mail, time zone or language."""
    wanted = {"name": name, "email": email, "timezone": timezone, "language": language}
    changes = {key: value for key, value in wanted.items() if value}
    if not changes:
        raise Misused("There is nothing to change.", "Say what: --name, --email, --timezone or --language")
    session.show(session.server.patch("users/me", changes), person)


@command(auth, "password")
def change_password(
    session: Session,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the current and the new password from two lines of stdin.")
    ] = False,
) -> None:
    """Change your password; every other sign-in of yours ends."""
    current = password("Current password", stdin=password_stdin)
    new = password("New password", stdin=password_stdin, twice=True)
    session.server.post("users/me/password", {"current_password": current, "new_password": new})
    session.say("The password is changed; every other sign-in of yours has ended.")


@command(auth, "token")
def token(session: Session) -> None:
    """Print an access token that is good now, for curl and scripts."""
    print(session.server.token())


@command(admin, "create")
def create_admin(
    session: Session,
    token: Annotated[str, typer.Option(help="The one-time token that the first start of the server printed.")],
    email: Annotated[str | None, typer.Option(help="Asked if absent.")] = None,
    username: Annotated[str | None, typer.Option(help="Else made from the e-mail.")] = None,
    name: Annotated[str | None, typer.Option(help="Your name as others see it.")] = None,
    password_stdin: Stdin = False,
) -> None:
    """Open the first administrator's account and sign in with it."""
    wanted: dict[str, Any] = {"token": token, "email": asked(email, "E-mail")}
    secret = password("Password", stdin=password_stdin, twice=True)
    named = {key: value for key, value in (("username", username), ("name", name)) if value}
    made = session.server.send("POST", "setup", anonymous=True, json={**wanted, **named, "password": secret})
    sign_in(session, made.json()["username"], secret)
    session.show(made, person)
    session.say(f"Signed in at {session.server.url}.")
