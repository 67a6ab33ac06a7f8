"""``POST /reservations/recurring`` and its preview."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Response

from berth.kit.auth import Identify
from berth.kit.http.caller import SignedIn, identify_hot, part
from berth.kit.http.front import HotRequest, HotRoute, hot_without_query
from berth.kit.http.limit import Limits
from berth.kit.http.problem import problems
from berth.kit.http.reply import Ready, reply
from berth.kit.http.zone import OutputZone, ZoneAsked
from berth.modules.booking.api.creating import CREATED, REPLAYED, IdempotencyKey
from berth.modules.booking.api.series.answers import PreviewShown, SeriesMade
from berth.modules.booking.api.series.models import SeriesCreate, SeriesPreview
from berth.modules.booking.api.series.show import show_occurrences, show_passed, show_preview, show_series
from berth.modules.booking.domain.reservation import Reservation
from berth.modules.booking.domain.series.value import Series
from berth.modules.booking.domain.series.wish import Passed
from berth.modules.booking.usecases.reading import Reading
from berth.modules.booking.usecases.series.creating import SeriesCreating

router = APIRouter(prefix="/api/v1", tags=["series"])


@router.post("/reservations/recurring/preview", response_model=PreviewShown, responses=problems(401, 403, 404))
async def preview(
    body: SeriesPreview, caller: SignedIn, zone: OutputZone, creating: SeriesCreating = part(SeriesCreating)
) -> Response:
    """Say of every occurrence whether it is free, what is in its way or refuses it, and what could be had instead.

    Nothing is reserved. What is busy is told as in the 409 of creating: by whom stays hidden.
    """
    plan, looks = await creating.preview(caller, body.wish())
    return reply(show_preview(plan, looks, zone.of(caller)))


def hot_preview(creating: SeriesCreating, identify_token: Identify, limits: Limits) -> HotRoute:
    """Answer the hot route that serves the preview, which is asked anew with each change of a form."""

    async def handle(request: HotRequest) -> Response:
        caller = await identify_hot(identify_token, limits, request)
        return await preview(SeriesPreview.model_validate_json(request.body), caller, ZoneAsked(None), creating)

    return hot_without_query(handle)


@router.post(
    "/reservations/recurring",
    status_code=201,
    response_model=SeriesMade,
    responses=problems(401, 403, 404, 409),
    summary="Reserve a series, all of it or none",
)
async def create(
    body: SeriesCreate,
    caller: SignedIn,
    zone: OutputZone,
    idempotency_key: IdempotencyKey = None,
    creating: SeriesCreating = part(SeriesCreating),
    reading: Reading = part(Reading),
) -> Response:
    """Place every occurrence up to the horizon in one transaction; later ones are placed as time goes on.

    409 tells the occurrences that are in the way, with alternatives, and nothing is reserved then.
    """
    wish, where = body.wish(), zone.of(caller)
    resources = {one.id: one for one in await creating.resources(wish)}
    people = await reading.people([wish.owner_id or caller.id])

    def show(series: Series, made: Sequence[Reservation], passed: Sequence[Passed]) -> Mapping[str, object]:
        owner = people.get(series.owner_id)
        return show_series(series, resources, owner.name if owner else "", where) | {
            "occurrences": show_occurrences(series, made, where),
            "passed": show_passed(passed, where),
        }

    answer = await creating.create(caller, wish, idempotency_key, show)
    return Ready(answer.body, 201, [*CREATED, *([REPLAYED] if answer.replayed else [])])
