"""What administrators see of codes, which is all but the codes, and a test of the lock."""

from dataclasses import asdict
from datetime import datetime, tzinfo
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from berth.kit.http.caller import Administrator, part
from berth.kit.http.page import Cursor, Limit, instant_key, instant_of, page, read_cursor
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import Moment, OutputZone, shown
from berth.modules.access.domain.ledger import Ledger, LockTold, Permission, PermissionState
from berth.modules.access.store.listing import Filter
from berth.modules.access.usecases.checking import Checking
from berth.modules.access.usecases.reading import Reading

router = APIRouter(prefix="/api/v1/access", tags=["access"])

ID_MAX = 2**63 - 1
From = Annotated[Moment | None, Query(alias="from", description="Only what ends after this instant; default: now.")]
Until = Annotated[Moment | None, Query(description="Only what begins before this instant.")]


class LockShown(BaseModel):
    """What the lock was told of a permission, or is still to be told, and its last error; all null without a lock."""

    told: LockTold | None
    tries: int
    last_error: str | None
    at: datetime | None


class PermissionShown(BaseModel):
    """A time for which a code was asked: the reservation's own, or one that it is, or was, to be moved to."""

    reservation_id: int
    request_id: int
    owner_id: int | None
    state: PermissionState
    reason: str | None
    valid_from: datetime
    valid_until: datetime
    resource_ids: list[int]
    lock: LockShown


class PermissionPage(BaseModel):
    """A page of permissions, by when they begin."""

    items: list[PermissionShown]
    next_cursor: str | None


class LockTest(BaseModel):
    """Which lock to test."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    resource_id: Annotated[int, Field(strict=True, ge=1, le=ID_MAX)]


class SignShown(BaseModel):
    """Whether the lock answered well, and what it said. ``provider`` is `none` or `webhook`."""

    provider: str
    alive: bool
    says: str
    milliseconds: int


@router.get("/codes", response_model=PermissionPage, responses=problems(401, 403))
async def listed(
    caller: Administrator,
    zone: OutputZone,
    resource_id: Annotated[int | None, Query(ge=1, le=ID_MAX)] = None,
    from_: From = None,
    until: Until = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    reading: Reading = part(Reading),
) -> Response:
    """List when codes are valid and what the lock says of them, without the codes, by when they begin."""
    keys = read_cursor(cursor, int, int, int)
    after = (instant_of(keys[0]), keys[1], keys[2]) if keys else None
    found = await reading.listed(Filter(resource_id, from_, until, after), limit + 1)
    pages = page(found, limit, lambda last: _keys(*last))
    where = zone.of(caller)
    return reply(pages | {"items": [_show(ledger, one, where) for ledger, one in pages["items"]]})


@router.post("/locks/test", response_model=SignShown, responses=problems(401, 403))
async def ask_lock(body: LockTest, _caller: Administrator, checking: Checking = part(Checking)) -> Response:
    """Ask the lock of a resource for a sign of life; nothing is opened or changed."""
    return reply(asdict(await checking.check(body.resource_id)))


def _keys(ledger: Ledger, permission: Permission) -> tuple[int, int, int]:
    begins = instant_key(permission.window.valid_from) if permission.window else 0
    return begins, ledger.reservation_id, permission.request_id


def _show(ledger: Ledger, permission: Permission, where: tzinfo) -> dict[str, Any]:
    window = permission.window
    return {
        "reservation_id": ledger.reservation_id,
        "request_id": permission.request_id,
        "owner_id": ledger.owner_id,
        "state": ledger.state_of(permission),
        "reason": permission.reason,
        "valid_from": window and shown(window.valid_from, where),
        "valid_until": window and shown(window.valid_until, where),
        "resource_ids": list(window.resource_ids) if window else [],
        "lock": {
            "told": permission.lock,
            "tries": permission.lock_tries,
            "last_error": permission.lock_error,
            "at": permission.lock_at and shown(permission.lock_at, where),
        },
    }
