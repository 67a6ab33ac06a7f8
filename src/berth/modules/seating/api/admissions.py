"""The door over HTTP: tickets are scanned once, also later for what was scanned without a network."""

from datetime import datetime, tzinfo
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from berth.kit.http.caller import Administrator, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import Moment, OutputZone, shown
from berth.modules.seating.api.models import Input
from berth.modules.seating.api.performances import known
from berth.modules.seating.domain.order import Ticket
from berth.modules.seating.usecases.admitting import Admitting, Judged, Scan, refusal

SCANS_AT_ONCE = 2000

router = APIRouter(prefix="/api/v1/performances/{performance_id:id}/admissions", tags=["admissions"])

Code = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]


class Admission(Input):
    """A code that was read at the door."""

    code: Code


class ScanBrought(Input):
    """A code that was read at the door, and when."""

    code: Code
    at: Moment


class ScansBrought(Input):
    """What a door read while it was without a network."""

    scans: Annotated[list[ScanBrought], Field(max_length=SCANS_AT_ONCE)]


class Admitted(BaseModel):
    """Who may come in; ``admitted`` of ``tickets`` have by now."""

    ticket_id: int
    seat: str
    admitted_at: datetime
    admitted: int
    tickets: int


class ScanJudged(BaseModel):
    """What became of a scan: `admitted`, `admitted_already`, `void`, `other_performance` or `unknown`."""

    code: str
    at: datetime
    verdict: str
    seat: str | None
    admitted_at: datetime | None


class ScansJudged(BaseModel):
    """What became of each scan, by time."""

    items: list[ScanJudged]
    admitted: int
    tickets: int


class AdmissionCount(BaseModel):
    """How many have come in, and how many tickets there are."""

    admitted: int
    tickets: int


class DoorTicket(BaseModel):
    """A ticket as a door keeps it that will be without a network."""

    id: int
    code: str
    seat: str
    admitted_at: datetime | None


class DoorTicketPage(BaseModel):
    """A page of tickets."""

    items: list[DoorTicket]
    next_cursor: str | None


@router.post("", response_model=Admitted, responses=problems(401, 403, 404, 409))
async def admit(
    performance_id: int,
    body: Admission,
    caller: Administrator,
    zone: OutputZone,
    admitting: Admitting = part(Admitting),
) -> Response:
    """Let somebody in by a ticket, once: 409 `admitted-already` tells when somebody came in by it."""
    judged = await admitting.admit(caller, known(performance_id), body.code)
    problem = refusal(judged)
    if problem or judged.ticket is None:
        raise problem or LookupError("somebody was admitted without a ticket")
    admitted, count = await admitting.counts(performance_id)
    found = {
        "ticket_id": judged.ticket.id,
        "seat": judged.ticket.seat,
        "admitted_at": shown(judged.scan.at, zone.of(caller)),
        "admitted": admitted,
        "tickets": count,
    }
    return reply(found)


@router.post("/brought", response_model=ScansJudged, responses=problems(401, 403, 404))
async def bring(
    performance_id: int,
    body: ScansBrought,
    caller: Administrator,
    zone: OutputZone,
    admitting: Admitting = part(Admitting),
) -> Response:
    """Take up what a door read without a network; the same list again changes nothing."""
    scans = [Scan(one.code, one.at) for one in body.scans]
    judged = await admitting.bring(caller, known(performance_id), scans)
    admitted, count = await admitting.counts(performance_id)
    where = zone.of(caller)
    return reply({"items": [_judged(one, where) for one in judged], "admitted": admitted, "tickets": count})


@router.get("", response_model=AdmissionCount, responses=problems(401, 403, 404))
async def counts(performance_id: int, _: Administrator, admitting: Admitting = part(Admitting)) -> Response:
    """Answer how many have come in."""
    admitted, count = await admitting.counts(known(performance_id))
    return reply({"admitted": admitted, "tickets": count})


@router.get("/tickets", response_model=DoorTicketPage, responses=problems(401, 403, 404))
async def tickets(
    performance_id: int,
    caller: Administrator,
    zone: OutputZone,
    limit: Limit = 200,
    cursor: Cursor = None,
    admitting: Admitting = part(Admitting),
) -> Response:
    """List the tickets, for a door that will be without a network."""
    keys = read_cursor(cursor, int)
    found = page(
        await admitting.listed(known(performance_id), keys[0] if keys else 0, limit + 1), limit, lambda last: (last.id,)
    )
    where = zone.of(caller)
    return reply(found | {"items": [_door_ticket(one, where) for one in found["items"]]})


def _judged(one: Judged, where: tzinfo) -> dict[str, Any]:
    admitted_at = one.ticket and one.ticket.admitted_at
    return {
        "code": one.scan.code,
        "at": shown(one.scan.at, where),
        "verdict": one.verdict,
        "seat": one.ticket and one.ticket.seat,
        "admitted_at": admitted_at and shown(admitted_at, where),
    }


def _door_ticket(one: Ticket, where: tzinfo) -> dict[str, Any]:
    admitted_at = one.admitted_at and shown(one.admitted_at, where)
    return {"id": one.id, "code": one.code, "seat": one.seat, "admitted_at": admitted_at}
