"""SQL that shows payments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Connection, Database, Row
from berth.modules.payments.domain.account import Of
from berth.modules.payments.domain.intent import Intent, PaymentState
from berth.modules.payments.domain.pricing import Agreement
from berth.modules.payments.domain.records import read_agreement
from berth.modules.payments.store.accounts import INTENT, read_intent

COLUMNS = ", ".join(f"intent.{name}" for name in INTENT.split(", "))


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment with what it is for: who pays until when, and what was agreed on.

    ``reservation_id`` is the number of a reservation, or of an order, as ``of`` says.
    """

    id: int
    reservation_id: int
    request_id: int
    payer_id: int
    state: PaymentState
    intent: Intent
    due_at: datetime | None
    agreement: Agreement
    created_at: datetime
    changed_at: datetime
    of: Of = Of.RESERVATION


@dataclass(frozen=True, slots=True)
class Filter:
    """Which payments to list; ``before`` is the cursor: the id of the last on the page before."""

    payer_id: int | None = None
    reservation_id: int | None = None
    state: PaymentState | None = None
    before: int | None = None


def _read(row: Row) -> Payment:
    agreement = read_agreement(row["agreement"])
    return Payment(
        id=row["id"],
        reservation_id=row["reservation_id"],
        request_id=row["request_id"],
        payer_id=row["payer_id"],
        state=PaymentState(row["state"]),
        intent=read_intent(row),
        due_at=row["due_at"],
        agreement=agreement,
        created_at=row["created_at"],
        changed_at=row["changed_at"],
        of=Of(row["of_what"]),
    )


async def listed(database: Database, which: Filter, limit: int) -> Sequence[Payment]:
    """Answer up to ``limit`` payments that pass the filter, the newest first."""
    rows = await database.fetch(
        f"""
        select
            {COLUMNS}, intent.payer_id, intent.state, intent.changed_at, request.due_at, request.agreement,
            account.of_what
        from payments.intent
        join payments.request
          on request.reservation_id = intent.reservation_id
         and request.id = intent.request_id
        join payments.account
          on account.reservation_id = intent.reservation_id
        where ($1::bigint is null or intent.payer_id = $1)
          and ($2::bigint is null or intent.reservation_id = $2)
          and ($3::text is null or intent.state = $3)
          and ($4::bigint is null or intent.id < $4)
        order by intent.id desc
        limit $5
        """,
        which.payer_id,
        which.reservation_id,
        which.state,
        which.before,
        limit,
    )
    return [_read(row) for row in rows]


async def find(database: Database, id_: int) -> Payment | None:
    """Answer the payment of this id."""
    row = await database.fetch_row(
        f"""
        select
            {COLUMNS}, intent.payer_id, intent.state, intent.changed_at, request.due_at, request.agreement,
            account.of_what
        from payments.intent
        join payments.request
          on request.reservation_id = intent.reservation_id
         and request.id = intent.request_id
        join payments.account
          on account.reservation_id = intent.reservation_id
        where intent.id = $1
        """,
        id_,
    )
    return row and _read(row)


async def place_of(connection: Connection, reference: str) -> tuple[int, int] | None:
    """Answer the reservation and the request of the payment that a provider calls so."""
    row = await connection.fetchrow(
        """
        select reservation_id, request_id
        from payments.intent
        where reference = $1
          and provider <> 'manual'
        """,
        reference,
    )
    return row and (row["reservation_id"], row["request_id"])
