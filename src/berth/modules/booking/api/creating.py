"""``POST /reservations``: the hot path, served ahead of the framework and described through it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Annotated

import orjson
from fastapi import APIRouter, Header, Response

from berth.contracts.catalog import Resource
from berth.kit.auth import Identify, Principal
from berth.kit.http.caller import SignedIn, identify_hot, part
from berth.kit.http.front import HotRequest, HotRoute, hot_without_query
from berth.kit.http.limit import Limits
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import Ready, encode
from berth.kit.http.zone import OutputZone, ZoneAsked
from berth.modules.booking.api.models import ReservationCreate, ReservationDetail
from berth.modules.booking.api.show import show, show_life, show_progress
from berth.modules.booking.api.waiting import Prefer, Waiting, wait_seconds
from berth.modules.booking.domain.life.value import Life
from berth.modules.booking.domain.reservation import State
from berth.modules.booking.usecases.creating import Creating
from berth.modules.booking.usecases.holds.converting import Converting, HoldUse

KEY_LENGTH_MAX = 255
CREATED = [(b"etag", b'"1"')]
REPLAYED = (b"idempotency-replayed", b"true")

router = APIRouter(prefix="/api/v1", tags=["reservations"])


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to a reservation: a slot that is free, and one that is held."""

    creating: Creating
    converting: Converting


IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=KEY_LENGTH_MAX,
        pattern=r"^[\x20-\x7e]+$",
        description="Any text that is new for each wish; a repetition with the same key gets the first answer again.",
    ),
]


@router.post(
    "/reservations",
    status_code=201,
    response_model=ReservationDetail,
    responses=problems(401, 403, 404, 409, 410),
    summary="Reserve one resource, several together, or any one that fits",
)
async def create(
    body: ReservationCreate,
    caller: SignedIn,
    zone: OutputZone,
    idempotency_key: IdempotencyKey = None,
    prefer: Prefer = None,
    creating: Creating = part(Creating),
    converting: Converting = part(Converting),
    waiting: Waiting = part(Waiting),
) -> Response:
    """Take the slot, or say why not: 409 with busy times and alternatives, 422 with every rule that refuses.

    With ``hold_id`` what the caller holds becomes the reservation, of the same number; 410 if the hold is over.

    What has to be confirmed is ``pending``; with ``Prefer: wait=5`` it is answered as it stands when that is decided.
    """
    ways = Ways(creating, converting)
    return await _create(ways, waiting, caller, body, idempotency_key, prefer, zone.of(caller))


def hot_create(ways: Ways, waiting: Waiting, identify_token: Identify, limits: Limits) -> HotRoute:
    """Answer the hot route that serves the same route without the framework's dependencies."""
    no_zone_asked = ZoneAsked(None)

    async def handle(request: HotRequest) -> Response:
        caller = await identify_hot(identify_token, limits, request)
        wish = ReservationCreate.model_validate_json(request.body)
        prefer = request.headers.get(b"prefer", b"").decode("latin-1")
        return await _create(ways, waiting, caller, wish, _key(request.headers), prefer, no_zone_asked.of(caller))

    return hot_without_query(handle)


async def _create(
    ways: Ways,
    waiting: Waiting,
    caller: Principal,
    wish: ReservationCreate,
    key: str | None,
    prefer: str | None,
    where: tzinfo,
) -> Response:
    def shown_as(life: Life, resources: Sequence[Resource], owner_name: str) -> Mapping[str, object]:
        return show(life.reservation, resources, owner_name, where) | show_life(life, {}, where)

    if wish.hold_id is None:
        answer = await ways.creating.create(caller, wish.request(), key, shown_as)
    else:
        use = HoldUse(wish.hold_id, wish.title, wish.description)
        answer = await ways.converting.convert(caller, use, shown_as)
    replayed = [REPLAYED] if answer.replayed else []
    if not prefer or not wait_seconds(prefer):
        return Ready(answer.body, 201, [*CREATED, *replayed])
    shown = orjson.loads(answer.body)
    headers = [*replayed, (b"preference-applied", f"wait={wait_seconds(prefer)}".encode())]
    if shown["state"] != State.PENDING:
        return Ready(answer.body, 201, [*CREATED, *headers])
    now, life = await waiting.made(caller, shown["id"], prefer)
    body = encode(shown | show_progress(now) | show_life(life, {}, where))
    return Ready(body, 201, [(b"etag", f'"{now.version}"'.encode()), *headers])


def _key(headers: Mapping[bytes, bytes]) -> str | None:
    raw = headers.get(b"idempotency-key")
    if raw is None:
        return None
    if not 1 <= len(raw) <= KEY_LENGTH_MAX or not (raw.isascii() and raw.decode("ascii").isprintable()):
        raise Problem(422, "invalid-input", f"An Idempotency-Key has 1 to {KEY_LENGTH_MAX} printable ASCII characters.")
    return raw.decode("ascii")
