"""What administrators do about events over HTTP: see what waits, and put back or drop what could not be handled."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import Annotated, Any

import asyncpg
import structlog
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from berth.kit.db import Database, DatabaseAway
from berth.kit.http.caller import Administrator
from berth.kit.http.page import Cursor, Limit, instant_key, page, read_cursor
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.outbox.dead_letters import DeadLetter, EventName, dead_letters, drop, replay
from berth.kit.outbox.watching import backlog
from berth.kit.telemetry.ready import Readiness, State

LETTERS_MAX = 1_000
"""How many dead letters of each module are looked at, the latest: more cannot be read by anybody."""

EventId = Annotated[str, Field(pattern=r"^[a-z_]{1,50}/[0-9]{1,18}$", description="Such as `booking/42`.")]


class GroupLag(BaseModel):
    """What a group has to do; ages are in seconds, and counts end at 10,000."""

    group: str
    waiting: int
    oldest_waiting_seconds: float | None
    failing: int
    dead: int


class ModuleLag(BaseModel):
    """What a module has to hand on, and what its groups have to do."""

    module: str
    unpublished: int
    oldest_unpublished_seconds: float | None
    groups: list[GroupLag]


class LagList(BaseModel):
    """All modules, by name; there is one page."""

    items: list[ModuleLag]
    next_cursor: None


class DeadLetterShown(BaseModel):
    """An event that a group could not handle, and why."""

    module: str
    group: str
    id: str
    type: str
    subject: str
    time: datetime
    data: Any
    attempts: int
    error: str
    died_at: datetime


class DeadLetterPage(BaseModel):
    """Dead letters, the latest first."""

    items: list[DeadLetterShown]
    next_cursor: str | None


class Chosen(BaseModel):
    """Dead letters of one group; without ``ids`` all of them."""

    model_config = ConfigDict(extra="forbid")

    module: Annotated[str, Field(min_length=1, max_length=50)]
    group: Annotated[str, Field(min_length=1, max_length=100)]
    ids: Annotated[list[EventId], Field(min_length=1, max_length=200)] | None = None

    def events(self) -> list[EventName] | None:
        """Answer the names of the events, or none for all."""
        if self.ids is None:
            return None
        pairs = (one.split("/") for one in self.ids)
        return [(source, int(number)) for source, number in pairs]


class Count(BaseModel):
    """How many dead letters were there."""

    count: int


class SystemShown(BaseModel):
    """What Berth leans on, how far events are behind, and which versions run here."""

    status: str
    database: State
    broker: State
    events: State
    outbox_lag_seconds: float | None
    inbox_lag_seconds: float | None
    version: str
    python: str
    postgresql: str | None


@dataclass(frozen=True, slots=True)
class Spine:
    """The door to all schemas, and the groups that each module states, by its name, which is its schema's."""

    whole: Database
    groups: Mapping[str, Sequence[str]]

    @property
    def schemas(self) -> list[str]:
        """Answer the schemas, sorted."""
        return sorted(self.groups)

    def check(self, module: str, group: str) -> None:
        """Raise 404 for a module or a group that there is not."""
        if group not in self.groups.get(module, ()):
            raise Problem(404, "unknown-group", f"There is no group {group} of a module {module}.")

    async def letters(self, group: str | None) -> list[DeadLetter]:
        """Answer the dead letters of all modules, or of the groups of a name, the latest first."""
        async with self.whole.connection() as connection:
            found = [one for schema in self.schemas for one in await dead_letters(connection, schema, LETTERS_MAX)]
        return sorted((one for one in found if group in {None, one.group}), key=_place)


def tending_router(spine: Spine, readiness: Readiness) -> APIRouter:
    """Answer the routes; ``readiness`` looks at all that the spine has."""
    router = APIRouter(prefix="/api/v1", tags=["operation"])
    _add_looking(router, spine, readiness)
    _add_mending(router, spine)
    return router


def _add_looking(router: APIRouter, spine: Spine, readiness: Readiness) -> None:
    @router.get("/system", response_model=SystemShown, responses=problems(401, 403))
    async def system(_: Administrator) -> Response:
        """Tell how Berth is: what ``/ready`` looks at, of all modules, and the versions."""
        found = await readiness.look()
        status = ("degraded" if found.degraded else "ok") if found.ready else "not-ready"
        versions = {"version": version("berth"), "python": platform.python_version()}
        return reply(
            {"status": status, **found.members(), **versions, "postgresql": await _postgresql_version(spine.whole)}
        )

    @router.get("/events/lag", response_model=LagList, responses=problems(401, 403))
    async def lag(_: Administrator) -> Response:
        """Tell what waits: events to be handed on, and what each group has still to handle."""
        async with spine.whole.connection() as connection:
            found = await backlog(connection, spine.schemas, spine.groups)
        items = [
            {
                "module": one.schema,
                "unpublished": one.unpublished,
                "oldest_unpublished_seconds": one.oldest_unpublished_seconds,
                "groups": one.groups,
            }
            for one in found
        ]
        return reply({"items": items, "next_cursor": None})

    @router.get("/events/dead", response_model=DeadLetterPage, responses=problems(401, 403))
    async def dead(
        _: Administrator,
        *,
        group: Annotated[str | None, Query(max_length=100)] = None,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Response:
        """List the events that groups could not handle, the latest first; the latest 1,000 of each module."""
        after = read_cursor(cursor, int, str, str, str, int)
        found = await spine.letters(group)
        rest = [one for one in found if after is None or _place(one) > after]
        shown = page(rest[: limit + 1], limit, _place)
        return reply({**shown, "items": [_shown(one) for one in shown["items"]]})


def _add_mending(router: APIRouter, spine: Spine) -> None:
    @router.post("/events/dead/replay", response_model=Count, responses=problems(401, 403, 404))
    async def put_back(caller: Administrator, body: Chosen) -> Response:
        """Have dead letters handled again; answer how many were there."""
        spine.check(body.module, body.group)
        async with spine.whole.transaction() as connection:
            done = await replay(connection, body.module, body.group, body.events())
        _log("dead_letters_replayed", body, done, actor_id=caller.id)
        return reply({"count": len(done)})

    @router.post("/events/dead/drop", response_model=Count, responses=problems(401, 403, 404))
    async def give_up(caller: Administrator, body: Chosen) -> Response:
        """Delete dead letters for good; answer how many were there."""
        spine.check(body.module, body.group)
        async with spine.whole.transaction() as connection:
            done = await drop(connection, body.module, body.group, body.events())
        _log("dead_letters_dropped", body, done, actor_id=caller.id)
        return reply({"count": len(done)})


def _place(one: DeadLetter) -> tuple[int, str, str, str, int]:
    """Answer where a letter stands in the list, the latest first; no two stand in the same place."""
    return -instant_key(one.died_at), one.schema, one.group, one.envelope.source, one.envelope.number


def _shown(one: DeadLetter) -> dict[str, Any]:
    of = one.envelope
    return {
        "module": one.schema,
        "group": one.group,
        "id": of.id,
        "type": of.type,
        "subject": of.subject,
        "time": of.time,
        "data": of.members(),
        "attempts": one.attempts,
        "error": one.error,
        "died_at": one.died_at,
    }


def _log(what: str, chosen: Chosen, done: Sequence[EventName], *, actor_id: int) -> None:
    events = [f"{source}/{number}" for source, number in done]
    structlog.get_logger().info(what, module=chosen.module, group=chosen.group, events=events, actor_id=actor_id)


async def _postgresql_version(database: Database) -> str | None:
    try:
        return str(await database.fetch_value("select current_setting('server_version')"))
    except (DatabaseAway, TimeoutError, asyncpg.PostgresError):
        return None
