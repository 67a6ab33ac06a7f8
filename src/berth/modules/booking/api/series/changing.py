"""Reading, changing and cancelling series over HTTP."""

from typing import Any

from fastapi import APIRouter, Response

from berth.kit.auth import Principal
from berth.kit.http.caller import SignedIn, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone, ZoneAsked
from berth.modules.booking.api.reservation import IfMatch, QueryId, known, version_of
from berth.modules.booking.api.series.answers import SeriesDetail, SeriesMade, SeriesPage
from berth.modules.booking.api.series.models import SeriesCancellation, SeriesChange
from berth.modules.booking.api.series.show import show_occurrences, show_passed, show_series
from berth.modules.booking.domain.series.amending import Amendment, Scope
from berth.modules.booking.domain.series.value import Series
from berth.modules.booking.usecases.series.cancelling import SeriesCancelling
from berth.modules.booking.usecases.series.changing import SeriesChanging
from berth.modules.booking.usecases.series.reading import SeriesReading

router = APIRouter(prefix="/api/v1", tags=["series"])


@router.get("/series", response_model=SeriesPage, responses=problems(401))
async def listed(
    caller: SignedIn,
    zone: OutputZone,
    owner_id: QueryId = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    reading: SeriesReading = part(SeriesReading),
) -> Response:
    """List series, the newest first: an administrator everybody's, others their own."""
    if not caller.is_admin:
        owner_id = caller.id if owner_id in (None, caller.id) else 0
    keys = read_cursor(cursor, int)
    found = await reading.listed(owner_id, keys[0] if keys else None, limit + 1)
    pages = page(found, limit, lambda last: (last.id,))
    resources, owners = await reading.resources_of(pages["items"]), await reading.owners_of(pages["items"])
    where = zone.of(caller)
    items = [
        show_series(one, resources, owners[one.owner_id].name if one.owner_id in owners else "", where)
        for one in pages["items"]
    ]
    return reply(pages | {"items": items})


@router.get("/series/{series_id:id}", response_model=SeriesDetail, responses=problems(401, 403, 404))
async def one(
    series_id: int, caller: SignedIn, zone: OutputZone, reading: SeriesReading = part(SeriesReading)
) -> Response:
    """Answer a series with its occurrences, to its owner and to administrators."""
    found = await reading.one(caller, known(series_id, "series"))
    return _reply(found, await _shown(reading, caller, zone, found))


@router.patch("/series/{series_id:id}", response_model=SeriesMade, responses=problems(401, 403, 404, 409, 412))
async def change(
    series_id: int,
    body: SeriesChange,
    caller: SignedIn,
    zone: OutputZone,
    if_match: IfMatch = None,
    changing: SeriesChanging = part(SeriesChanging),
    reading: SeriesReading = part(SeriesReading),
) -> Response:
    """Move or retitle one occurrence, it and all that follow, or all that have not begun; together or not at all.

    ``following`` answers a new series, which goes on where the old one ends. Exceptions and the past stay as they are.
    """
    clears = "description" in body.model_fields_set and body.description is None
    amendment = Amendment(
        Scope(body.scope),
        body.reservation_id,
        body.start,
        body.end,
        body.title,
        "" if clears else body.description,
        tuple(sorted(body.resource_ids)) if body.resource_ids else None,
        body.conflicts == "skip",
        version_of(if_match),
    )
    found, passed = await changing.change(caller, known(series_id, "series"), amendment)
    shown = await _shown(reading, caller, zone, found)
    return _reply(found, shown | {"passed": show_passed(passed, zone.of(caller))})


@router.post("/series/{series_id:id}/cancel", response_model=SeriesDetail, responses=problems(401, 403, 404, 409))
async def cancel(
    series_id: int,
    body: SeriesCancellation,
    caller: SignedIn,
    zone: OutputZone,
    cancelling: SeriesCancelling = part(SeriesCancelling),
    reading: SeriesReading = part(SeriesReading),
) -> Response:
    """Give up one occurrence, it and all that follow, or all that have not begun."""
    found = await cancelling.cancel(
        caller, known(series_id, "series"), Scope(body.scope), body.reservation_id, body.reason
    )
    return _reply(found, await _shown(reading, caller, zone, found))


async def _shown(reading: SeriesReading, caller: Principal, zone: ZoneAsked, found: Series) -> dict[str, Any]:
    resources, owners = await reading.resources_of([found]), await reading.owners_of([found])
    where = zone.of(caller)
    owner = owners.get(found.owner_id)
    return show_series(found, resources, owner.name if owner else "", where) | {
        "occurrences": show_occurrences(found, await reading.occurrences(found), where)
    }


def _reply(found: Series, shown: dict[str, Any]) -> Response:
    return reply(shown, headers={"ETag": f'"{found.version}"'})
