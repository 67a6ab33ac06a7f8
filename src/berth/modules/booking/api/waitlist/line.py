"""``/waitlist``: joining the line, and where one stands in it."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from berth.contracts.catalog import Resource
from berth.contracts.identity import Person
from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone, shown
from berth.modules.booking.api.reservation import known
from berth.modules.booking.api.waitlist.models import EntryStateName, Join, WaitlistEntryShown, WaitlistPage
from berth.modules.booking.domain.waitlist.entry import Entry, EntryState, Offer
from berth.modules.booking.usecases.waitlist.joining import Joining
from berth.modules.booking.usecases.waitlist.lining import NAMED_MAX, Line

router = APIRouter(prefix="/api/v1", tags=["waitlist"])

States = Annotated[list[EntryStateName] | None, Query(max_length=7, description="Default: those that are not over.")]


@router.post("/waitlist", status_code=201, response_model=WaitlistEntryShown, responses=problems(401, 403, 404, 409))
async def join(
    body: Join,
    caller: SignedIn,
    zone: OutputZone,
    joining: Joining = part(Joining),
    line: Line = part(Line),
) -> Response:
    """Stand in line for what is taken; what is free by now is offered at once.

    When it is your turn the slot is kept for you and you are told. 422 lists the rules that would always refuse.
    """
    entry = await joining.join(caller, body.wish())
    [item] = await show_entries(line, [entry], zone.of(caller))
    return reply(item, 201)


@router.get("/waitlist", response_model=WaitlistPage, responses=problems(401))
async def own(
    caller: SignedIn,
    zone: OutputZone,
    state: States = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    line: Line = part(Line),
) -> Response:
    """List your own places, each with its position or its offer."""
    return await _page(line, await line.own(caller, state, _after(cursor), limit + 1), limit, zone.of(caller))


@router.get("/waitlist/{entry_id:id}", response_model=WaitlistEntryShown, responses=problems(401, 403, 404))
async def one(entry_id: int, caller: SignedIn, zone: OutputZone, line: Line = part(Line)) -> Response:
    """Answer a place, to who has it and to administrators."""
    entry = await line.one(caller, known(entry_id, "entry"))
    [item] = await show_entries(line, [entry], zone.of(caller))
    return reply(item)


@router.get("/resources/{resource_id:id}/waitlist", response_model=WaitlistPage, responses=problems(401, 403, 404))
async def of_resource(
    resource_id: int,
    caller: Administrator,
    zone: OutputZone,
    state: States = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    line: Line = part(Line),
) -> Response:
    """List everybody who waits for a resource, or may get it by a search, in the order of the line."""
    found = await line.of_resource(known(resource_id, "resource"), state, _after(cursor), limit + 1)
    return await _page(line, found, limit, zone.of(caller))


def _after(cursor: str | None) -> int:
    keys = read_cursor(cursor, int)
    return keys[0] if keys else 0


async def _page(line: Line, found: Sequence[Entry], limit: int, where: tzinfo) -> Response:
    pages = page(found, limit, lambda last: (last.id,))
    return reply(pages | {"items": await show_entries(line, pages["items"], where)})


async def show_entries(line: Line, entries: Sequence[Entry], where: tzinfo) -> list[dict[str, Any]]:
    """Answer entries as ``WaitlistEntryShown`` describes them."""
    resources, people = await line.resources_of(entries), await line.people_of(entries)
    return [_show(one, resources, people, where) for one in entries]


def _show(
    entry: Entry, resources: Mapping[int, Resource], people: Mapping[int, Person], where: tzinfo
) -> dict[str, Any]:
    wanted, offer = entry.wanted, entry.offer
    owner, query = people.get(entry.owner_id), wanted.any_of
    return {
        "id": entry.id,
        "state": entry.state,
        "position": entry.position,
        "start": shown(wanted.start, where),
        "end": shown(wanted.end, where),
        "minutes": wanted.minutes,
        "people": wanted.people,
        "title": wanted.title,
        "description": wanted.description,
        "resources": _named(wanted.resource_ids[:NAMED_MAX], resources),
        "any_of": query
        and {
            "text": query.text,
            "kind": query.kind,
            "tags": query.tags,
            "site_id": query.site_id,
            "capacity_min": query.capacity_min,
        },
        "owner": {"id": entry.owner_id, "name": owner.name if owner else ""},
        "offer": _show_offer(offer, resources, where) if offer and entry.state == EntryState.OFFERED else None,
        "reservation_id": offer.id if offer and entry.state == EntryState.ACCEPTED else None,
        "closes_at": shown(wanted.closes_at, where),
        "created_at": shown(entry.created_at, where),
    }


def _show_offer(offer: Offer, resources: Mapping[int, Resource], where: tzinfo) -> dict[str, Any]:
    return {
        "id": offer.id,
        "start": shown(offer.start, where),
        "end": shown(offer.end, where),
        "resources": _named(offer.resource_ids, resources),
        "offered_at": shown(offer.offered_at, where),
        "expires_at": shown(offer.expires_at, where),
    }


def _named(ids: Sequence[int], resources: Mapping[int, Resource]) -> list[dict[str, Any]]:
    return [
        {"id": id_, "name": resources[id_].name, "timezone": resources[id_].timezone} for id_ in ids if id_ in resources
    ]
