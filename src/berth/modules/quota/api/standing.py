"""What is left over HTTP: for everybody of their own, for administrators of everybody's."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor, write_cursor
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import Moment, OutputZone
from berth.modules.quota.api.allowances import existing
from berth.modules.quota.api.models import GrantCreate, GrantPage, GrantShown, StandingPage, UsagePage
from berth.modules.quota.api.showing import show_grant, show_standing, show_usage
from berth.modules.quota.store.grants import Grant
from berth.modules.quota.usecases.allowances import Allowances
from berth.modules.quota.usecases.grants import Grants
from berth.modules.quota.usecases.standing import Standings, Usage

router = APIRouter(prefix="/api/v1/quotas", tags=["quotas"])

At = Annotated[Moment | None, Query(description="A moment in the period that is asked for; else now.")]


@router.get("/my", response_model=StandingPage, responses=problems(401))
async def my(caller: SignedIn, zone: OutputZone, at: At = None, standings: Standings = part(Standings)) -> Response:
    """Answer what is left to you of every allowance that concerns you, and when it renews."""
    found = await standings.mine(caller, at)
    return reply({"items": [show_standing(one, zone.of(caller)) for one in found], "next_cursor": None})


@router.get("/{allowance_id:id}/usage", response_model=UsagePage, responses=problems(401, 403, 404))
async def usage(
    allowance_id: int,
    caller: Administrator,
    zone: OutputZone,
    at: At = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    allowances: Allowances = part(Allowances),
    standings: Standings = part(Standings),
) -> Response:
    """Answer who has how much of an allowance in a period; persons without any are left out."""
    keys = read_cursor(cursor, int, str)
    allowance = await existing(allowance_id, allowances)
    found = await standings.usage(allowance, at, after=(keys[0], keys[1]) if keys else None, limit=limit + 1)
    more = len(found.shares) > limit
    part_ = Usage(found.periods, found.shares[:limit], found.together)
    people = await standings.people([one.person_id for one in part_.shares])
    cursor_behind = write_cursor(part_.shares[-1].person_id, part_.shares[-1].period) if more else None
    return reply({**show_usage(allowance, part_, people, zone.of(caller)), "next_cursor": cursor_behind})


@router.post("/{allowance_id:id}/grants", status_code=201, response_model=GrantShown, responses=problems(401, 403, 404))
async def grant(
    allowance_id: int,
    body: GrantCreate,
    caller: Administrator,
    zone: OutputZone,
    allowances: Allowances = part(Allowances),
    grants: Grants = part(Grants),
    standings: Standings = part(Standings),
) -> Response:
    """Grant somebody more of an allowance for one period, or all who share it."""
    given = await grants.give(caller, await existing(allowance_id, allowances), body.gift())
    return reply(show_grant(given, await standings.people(_persons([given])), zone.of(caller)), 201)


@router.get("/{allowance_id:id}/grants", response_model=GrantPage, responses=problems(401, 403, 404))
async def granted(
    allowance_id: int,
    caller: Administrator,
    zone: OutputZone,
    limit: Limit = 50,
    cursor: Cursor = None,
    allowances: Allowances = part(Allowances),
    grants: Grants = part(Grants),
    standings: Standings = part(Standings),
) -> Response:
    """List the grants of an allowance, the newest first."""
    keys = read_cursor(cursor, int)
    allowance = await existing(allowance_id, allowances)
    found = await grants.newest(allowance, before=keys[0] if keys else None, limit=limit + 1)
    pages = page(found, limit, lambda last: (last.id,))
    people = await standings.people(_persons(pages["items"]))
    return reply(pages | {"items": [show_grant(one, people, zone.of(caller)) for one in pages["items"]]})


def _persons(grants: list[Grant]) -> list[int]:
    return [id_ for one in grants for id_ in (one.slot.holder_id, one.actor_id) if id_]
