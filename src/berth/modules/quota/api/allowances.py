"""Allowances over HTTP: administrators set them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from berth.kit.http.caller import Administrator, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone
from berth.modules.quota.api.models import AllowancePage, AllowancePut, AllowanceShown
from berth.modules.quota.api.showing import show_allowance
from berth.modules.quota.domain.allowances import Allowance
from berth.modules.quota.usecases.allowances import Allowances, unknown

router = APIRouter(prefix="/api/v1/quotas", tags=["quotas"])

Name = Annotated[
    str | None, Query(max_length=100, pattern=r"^[^\x00]*$", description="Only the allowance of exactly this name.")
]


async def existing(id_: int, allowances: Allowances) -> Allowance:
    """Answer an allowance, a removed one too; raises 404."""
    if not 1 <= id_ < 2**63:
        raise unknown(id_)
    return await allowances.find(id_)


@router.get("", response_model=AllowancePage, responses=problems(401, 403))
async def listed(
    caller: Administrator,
    zone: OutputZone,
    name: Name = None,
    removed: Annotated[bool, Query(description="Those that were removed, in place of those that hold.")] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
    allowances: Allowances = part(Allowances),
) -> Response:
    """List allowances by name."""
    keys = read_cursor(cursor, str, int)
    found = await allowances.listed(
        removed=removed, name=name, after=(keys[0], keys[1]) if keys else None, limit=limit + 1
    )
    pages = page(found, limit, lambda last: (last.rule.name, last.id))
    return reply(pages | {"items": [show_allowance(one, zone.of(caller)) for one in pages["items"]]})


@router.post("", status_code=201, response_model=AllowanceShown, responses=problems(401, 403, 409))
async def add(
    body: AllowancePut, caller: Administrator, zone: OutputZone, allowances: Allowances = part(Allowances)
) -> Response:
    """Set a new allowance; it counts from now on, reservations made before are not counted."""
    made = await allowances.add(caller, body.rule())
    return reply(show_allowance(made, zone.of(caller), await allowances.note_on(made)), 201)


@router.get("/{allowance_id:id}", response_model=AllowanceShown, responses=problems(401, 403, 404))
async def one(
    allowance_id: int, caller: Administrator, zone: OutputZone, allowances: Allowances = part(Allowances)
) -> Response:
    """Answer an allowance, a removed one too."""
    return reply(show_allowance(await existing(allowance_id, allowances), zone.of(caller)))


@router.put("/{allowance_id:id}", response_model=AllowanceShown, responses=problems(401, 403, 404, 409))
async def change(
    allowance_id: int,
    body: AllowancePut,
    caller: Administrator,
    zone: OutputZone,
    allowances: Allowances = part(Allowances),
) -> Response:
    """Change an allowance at once; its unit, its period and whether it is shared stay as they are."""
    await existing(allowance_id, allowances)
    changed = await allowances.change(caller, allowance_id, body.rule())
    return reply(show_allowance(changed, zone.of(caller), await allowances.note_on(changed)))


@router.delete("/{allowance_id:id}", status_code=204, responses=problems(401, 403, 404))
async def remove(allowance_id: int, caller: Administrator, allowances: Allowances = part(Allowances)) -> Response:
    """Remove an allowance: it counts nothing any more, and what it counted can still be read."""
    await existing(allowance_id, allowances)
    await allowances.remove(caller, allowance_id)
    return Response(status_code=204)
