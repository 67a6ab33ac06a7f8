"""``berth payments``: what was paid, and what is still to pay."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.failure import Misused
from berth.edges.cli.session import Cursor, Everything, Limit, Session, Zone, command
from berth.edges.cli.tables import more_pages, record, table
from berth.edges.cli.times import instant_of

payments = typer.Typer(name="payments", no_args_is_help=True, help="What was paid, and what is still to pay.")

Id = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1)]
State = Annotated[
    str | None,
    typer.Option("--state", help="opening, awaiting, authorised, taken, part_returned, returned or declined."),
]
Reservation = Annotated[
    int | None, typer.Option("--reservation", min=1, help="Those for one reservation, or for an order.")
]


class Language(StrEnum):
    """The languages of receipts."""

    en = "en"
    fr = "fr"
    es = "es"


@command(payments, "my")
def my(
    session: Session,
    state: State = None,
    reservation: Reservation = None,
    tz: Zone = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List the payments for your own reservations and orders, the newest first."""
    query = {"state": state, "reservation_id": reservation, "tz": tz}
    page = session.server.page("payments/my", everything=everything, limit=limit, cursor=cursor, **query)
    session.show(page, _table)


@command(payments, "list")
def list_payments(
    session: Session,
    state: State = None,
    reservation: Reservation = None,
    person: Annotated[str | None, typer.Option("--person", help="Who pays: id, user name or e-mail.")] = None,
    tz: Zone = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List the payments of everybody, the newest first (administrators)."""
    person_id = names.user(session.server, person)["id"] if person else None
    query = {"state": state, "reservation_id": reservation, "person_id": person_id, "tz": tz}
    page = session.server.page("payments", everything=everything, limit=limit, cursor=cursor, **query)
    session.show(page, _table)


@command(payments, "show")
def show(session: Session, id: Id, tz: Zone = None) -> None:
    """Show a payment, and what it is for."""
    session.show(session.server.get(f"payments/{id}", tz=tz), _details)


@command(payments, "mark-paid")
def mark_paid(
    session: Session,
    id: Id,
    reference: Annotated[str, typer.Argument(help="Where to look it up, such as the number of a bank transfer.")],
) -> None:
    """Say that a payment was made by hand (administrators)."""
    session.show(session.server.post(f"payments/{id}/mark-paid", {"reference": reference}), _details)


@command(payments, "receipt")
def receipt(
    session: Session,
    id: Id,
    file: Annotated[Path, typer.Argument(help="Where to write the PDF.")],
    language: Annotated[Language, typer.Option("--language")] = Language.en,
) -> None:
    """Write the receipt of a payment into a file, as PDF."""
    parts = b"".join(session.server.download(f"payments/{id}/receipt", language=language.value))
    try:
        file.write_bytes(parts)
    except OSError as error:
        raise Misused(f"{file} cannot be written: {error.strerror}.") from error
    session.say(f"The receipt is in {file}.")


def _table(page: Any) -> RenderableType:
    return table(
        ("id", "for", "made", "amount", "state", "by", "due"),
        [
            (
                one["id"],
                _what(one),
                _moment(one["created_at"]),
                one["amount"],
                one["state"],
                one["provider"],
                _moment(one["due_at"]) if one["state"] == "awaiting" and one["due_at"] else None,
            )
            for one in page["items"]
        ],
        none="There is no payment.",
        more=more_pages(page),
        right=("id",),
        whole=("amount", "state"),
    )


def _details(one: Any) -> RenderableType:
    pairs: list[tuple[str, object]] = [
        ("payment", one["id"]),
        ("for", _what(one)),
        ("state", one["state"]),
        ("amount", one["amount"]),
        *((line["what"], line["amount"]) for line in one["lines"]),
        ("reference", one["reference"]),
    ]
    if one["error"]:
        pairs.append(("last try", one["error"]))
    if one["client_secret"]:
        pairs.append(("client secret", one["client_secret"]))
    return record(pairs)


def _what(one: Any) -> str:
    """Answer what a payment is for: ``reservation 42``, or ``order 43 · The Tempest``."""
    number = f"{one['of']} {one['reservation_id']}"
    return f"{number} · {one['performance']}" if one["performance"] else number


def _moment(text: str) -> str:
    return f"{instant_of(text):%Y-%m-%d %H:%M%z}"
