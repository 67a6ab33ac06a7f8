"""The reconciliation: whether reservations and what allowances, codes and payments hold for them agree.

Each module keeps its own books and learns of the others by events. What follows from a change takes a moment, so
only what has been quiet for a while is compared: a disagreement that stays is one that nobody will mend unasked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import asyncpg

from berth.app.doctor.finding import Finding, fine, wrong
from berth.app.doctor.kept import KEPT
from berth.app.doctor.orders import ORDERS, SEATS, VENUES
from berth.app.doctor.statements import (
    ALLOCATIONS,
    CODES,
    LACKING,
    MONEY,
    ORPHANS,
    QUOTA,
    STANDSTILL,
    UNANSWERED,
)
from berth.app.doctor.sums import SUMS

QUIET = timedelta(minutes=10)
SHOWN_MAX = 5
REPLAY = "`berth events dead` shows what a module could not handle, and `berth events replay` has it handled again."


@dataclass(frozen=True)
class Check:
    """One disagreement to look for. ``sql`` answers the ids of those with it, ``says`` what they are and do."""

    about: str
    sql: str
    says: str
    way_out: str


CHECKS: Sequence[Check] = (
    Check(
        "held quota",
        QUOTA,
        "Quota is held for reservations that do not need it any more",
        f"it is given back once quota answers booking. {REPLAY}",
    ),
    Check(
        "live codes",
        CODES,
        "Codes still open doors for reservations that are over, moved or refused",
        f"`berth access list` shows what the lock says of them. {REPLAY}",
    ),
    Check(
        "held money",
        MONEY,
        "Money is held, awaited or kept for reservations that do not cost it",
        f"`berth payments list` shows what the provider says of it. {REPLAY}",
    ),
    Check(
        "confirmed reservations",
        LACKING,
        "Reservations are confirmed, and lack the allowance, the code or the payment that they were confirmed by",
        f"move or cancel them, for that asks for all of it anew. {REPLAY}",
    ),
    Check(
        "calendar",
        ALLOCATIONS,
        "What the calendar holds does not fit the state of reservations",
        "cancel those that are open; if they are over, report it: Berth should never come to this.",
    ),
    Check(
        "holds and offers",
        KEPT,
        "Slots are kept for nobody, or for longer than they should be",
        f"booking ends them in time: is it running, and does `berth events lag` show that it keeps up? {REPLAY}",
    ),
    Check(
        "waiting",
        STANDSTILL,
        "Reservations should have gone on long ago, and did not",
        f"is booking running, and does `berth events lag` show that it keeps up? {REPLAY}",
    ),
    Check(
        "answers",
        UNANSWERED,
        "What was given to reservations is to be undone or used up, and nobody has answered that it is",
        f"they are asked again every hour at least: are quota, access and payments running? {REPLAY}",
    ),
    Check(
        "orphans",
        ORPHANS,
        "Something is kept for reservations that are not there",
        "was a part of the database restored from an older backup than the rest? Restore all of it from one.",
    ),
)

SUMS_CHECK = Check(
    "sums of allowances",
    SUMS,
    "Allowances count other sums than their reservations hold and have used",
    "was a part of the database changed by hand, or restored alone? Restore all of it from one backup.",
)
"""The one whose ids are those of allowances, which is true at every instant."""

ORDERS_CHECK = Check(
    "orders of seats",
    ORDERS,
    "Orders of seats are paid, cancelled or awaited, and their payments say something else",
    f"`berth orders show` and `berth payments list` show both sides. {REPLAY}",
)
SEATS_CHECK = Check(
    "seats",
    SEATS,
    "Seats of performances are held or sold for nobody, or for somebody else than their orders say",
    "was a part of the database changed by hand, or restored alone? Restore all of it from one backup.",
)
"""Its ids are those of performances, and it is true at every instant."""

VENUES_CHECK = Check(
    "venues",
    VENUES,
    "Performances do not keep their venues closed for their time, or others do that are not on",
    "`berth blackouts list` shows what is in the way: move that or the performance, by `berth performances change`.",
)
"""Its ids are those of performances."""

# A reservation that changed of late is still on its way.
LONG_QUIET = """
with suspect as (
    {sql}
)
select distinct id
from suspect
where not exists (
    select
    from booking.reservation
    where reservation.id = suspect.id
      and created_at >= $1
)
  and not exists (
    select
    from booking.reservation_change
    where reservation_id = suspect.id
      and changed_at >= $1
)
order by id
"""


async def reconcile(connection: asyncpg.Connection, now: datetime | None = None) -> list[Finding]:
    """Answer a finding for each disagreement, or one that there is none; ``now`` is the present if none is given."""
    found = [_finding(check, ids) for check, ids in await disagreements(connection, now or datetime.now(UTC))]
    return found or [fine("reconciliation", "Reservations, seats, allowances, codes and payments agree.")]


async def disagreements(connection: asyncpg.Connection, now: datetime) -> list[tuple[Check, list[int]]]:
    """Answer the checks that found something, with the ids of what they are about, in their order."""
    found = []
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        for check in CHECKS:
            rows = await connection.fetch(LONG_QUIET.format(sql=check.sql), now - QUIET)
            found.append((check, [row["id"] for row in rows]))
        for check, *arguments in ((SUMS_CHECK,), (ORDERS_CHECK, now - QUIET), (SEATS_CHECK,), (VENUES_CHECK,)):
            rows = await connection.fetch(check.sql, *arguments)
            found.append((check, [row["id"] for row in rows]))
    return [(check, ids) for check, ids in found if ids]


def _finding(check: Check, ids: Sequence[int]) -> Finding:
    named = ", ".join(map(str, ids[:SHOWN_MAX]))
    more = f" and {len(ids) - SHOWN_MAX} more" if len(ids) > SHOWN_MAX else ""
    return wrong(check.about, f"{check.says} ({named}{more}): {check.way_out}")
