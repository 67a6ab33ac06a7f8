"""The door: each ticket lets one person in, once; what was scanned without a network is brought in later."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from berth.contracts.seating.orders import TicketAdmitted
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.seating.domain.order import Ticket
from berth.modules.seating.store import tickets
from berth.modules.seating.usecases.halls import Halls


class Verdict(StrEnum):
    """What the door says of a code."""

    ADMITTED = "admitted"
    ADMITTED_ALREADY = "admitted_already"
    VOID = "void"
    OTHER_PERFORMANCE = "other_performance"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scan:
    """A code that was read, and when."""

    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """A scan with its verdict; ``ticket`` is none if no performance has the code."""

    scan: Scan
    verdict: Verdict
    ticket: Ticket | None


class Admitting:
    """The verbs and questions of the door."""

    def __init__(self, database: Database, outbox: Outbox, halls: Halls, clock: Clock) -> None:
        self._database = database
        self._outbox = outbox
        self._halls = halls
        self._clock = clock

    async def admit(self, caller: Principal, performance_id: int, code: str) -> Judged:
        """Let somebody in by a code; raises 404 for an unknown performance."""
        [judged] = await self.bring(caller, performance_id, [Scan(code, self._clock())])
        return judged

    async def bring(self, caller: Principal, performance_id: int, scans: Sequence[Scan]) -> list[Judged]:
        """Take up scans, some of which may have been made without a network, in the order of their times.

        The earliest scan of a ticket counts, so that bringing the same list again changes nothing.
        """
        await self._halls.of(performance_id)
        now = self._clock()
        judged = []
        for scan in sorted(scans, key=lambda one: one.at):
            async with self._database.transaction() as connection:
                past = Scan(_as_printed(scan.code), min(scan.at, now))
                judged.append(await self._judge(connection, caller, performance_id, past))
        return judged

    async def _judge(self, connection: Connection, caller: Principal, performance_id: int, scan: Scan) -> Judged:
        found = await tickets.lock(connection, scan.code)
        if found is None:
            return Judged(scan, Verdict.UNKNOWN, None)
        ticket, buyer_id = found
        if ticket.performance_id != performance_id:
            return Judged(scan, Verdict.OTHER_PERFORMANCE, None)
        if ticket.void:
            return Judged(scan, Verdict.VOID, ticket)
        if ticket.admitted_at is not None:
            again = Verdict.ADMITTED if ticket.admitted_at == scan.at else Verdict.ADMITTED_ALREADY
            return Judged(scan, again, ticket)
        await tickets.admit(connection, ticket.id, scan.at, caller.id)
        told = TicketAdmitted(ticket.id, ticket.order_id, performance_id, buyer_id, caller.id, scan.at)
        await self._outbox.write(connection, [told])
        return Judged(scan, Verdict.ADMITTED, replace(ticket, admitted_at=scan.at))

    async def listed(self, performance_id: int, after: int, limit: int) -> Sequence[Ticket]:
        """Answer the tickets that let somebody in, for a door that will be without a network."""
        await self._halls.of(performance_id)
        return await tickets.of_performance(self._database, performance_id, after, limit)

    async def counts(self, performance_id: int) -> tuple[int, int]:
        """Answer how many have come in, and how many tickets there are."""
        await self._halls.of(performance_id)
        return await tickets.counts(self._database, performance_id)


def _as_printed(code: str) -> str:
    """Answer a code as it is kept, however it was read or typed."""
    return code.replace(" ", "").upper()


def refusal(judged: Judged) -> Problem | None:
    """Answer the problem of a scan that lets nobody in."""
    ticket = judged.ticket
    if judged.verdict is Verdict.ADMITTED:
        return None
    if judged.verdict is Verdict.ADMITTED_ALREADY and ticket and ticket.admitted_at:
        more = {"seat": ticket.seat, "admitted_at": ticket.admitted_at}
        return Problem(409, "admitted-already", f"{ticket.seat}: somebody has come in by this ticket.", more=more)
    if judged.verdict is Verdict.VOID:
        return Problem(409, "ticket-void", "The order of this ticket was cancelled.")
    if judged.verdict is Verdict.OTHER_PERFORMANCE:
        return Problem(409, "other-performance", "This ticket is for another performance.")
    return Problem(404, "unknown-ticket", "No ticket has this code.")
