"""The routes that show the record."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import StreamingResponse

from berth.contracts.identity import Person
from berth.kit.http.caller import Administrator, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import Moment, OutputZone, shown
from berth.modules.audit.api.models import EntryPage
from berth.modules.audit.domain.entry import ID_MAX, Entry
from berth.modules.audit.store.listing import EntryQuery
from berth.modules.audit.usecases.listing import Format, Listing

router = APIRouter(prefix="/api/v1", tags=["audit"])

MEDIA_TYPES: dict[Format, str] = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
EXPORT_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The entries, oldest first",
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
        },
    }
}

Word = Annotated[str | None, Query(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]


async def _query(
    actor_id: Annotated[int | None, Query(ge=1, le=ID_MAX, description="Who did it.")] = None,
    subject: Annotated[Word, Query(description="Such as `reservation/42`.")] = None,
    kind: Annotated[Word, Query(description="The subject's kind, such as `reservation`.")] = None,
    type_: Annotated[Word, Query(alias="type", description="Such as `berth.booking.reservation_created.v1`.")] = None,
    from_: Annotated[Moment | None, Query(alias="from", description="What happened at this time or later.")] = None,
    until: Annotated[Moment | None, Query(description="What happened before this time.")] = None,
    text: Annotated[Word, Query(description="Part of the event's data; this reads every entry.")] = None,
) -> EntryQuery:
    return EntryQuery(actor_id, subject, kind, type_, from_, until, text)


Wanted = Annotated[EntryQuery, Depends(_query)]


@router.get("/audit", response_model=EntryPage, responses=problems(401, 403))
async def listed(
    caller: Administrator,
    zone: OutputZone,
    query: Wanted,
    limit: Limit = 50,
    cursor: Cursor = None,
    listing: Listing = part(Listing),
) -> Response:
    """List who did what, newest first."""
    keys = read_cursor(cursor, int)
    found = await listing.newest(query, before=keys[0] if keys else None, limit=limit + 1)
    pages = page(found, limit, lambda last: (last.sequence,))
    actors = await listing.actors(pages["items"])
    return reply(pages | {"items": [_show(one, actors, zone.of(caller)) for one in pages["items"]]})


@router.get("/audit/export", response_class=Response, responses={**EXPORT_ANSWER, **problems(401, 403)})
async def export(
    _: Administrator,
    query: Wanted,
    format_: Annotated[Format, Query(alias="format")] = "csv",
    listing: Listing = part(Listing),
) -> Response:
    """Answer all entries that fit as a file, oldest first, with times in UTC.

    JSON has one entry a line, written as it was hashed. In CSV, a cell that a spreadsheet could take for a
    formula begins with an apostrophe.
    """
    parts = await listing.export(query, format_)
    disposition = {"Content-Disposition": f'attachment; filename="audit.{format_}"'}
    return StreamingResponse(parts, 200, disposition, MEDIA_TYPES[format_])


def _show(entry: Entry, actors: Mapping[int, Person], where: tzinfo) -> dict[str, Any]:
    members = entry.members
    person = actors.get(entry.actor_id) if entry.actor_id else None
    return {
        "sequence": entry.sequence,
        "event": entry.event,
        "type": entry.type,
        "subject": entry.subject,
        "actor": entry.actor_id
        and {"id": entry.actor_id, "username": person and person.username, "name": person and person.name},
        "occurred_at": shown(entry.occurred_at, where),
        "recorded_at": shown(entry.recorded_at, where),
        "address": entry.address,
        "trace_id": entry.trace_id,
        "before": members.get("before"),
        "after": members.get("after"),
        "data": members,
        "previous_hash": entry.previous_hash.hex(),
        "hash": entry.hash.hex(),
    }
