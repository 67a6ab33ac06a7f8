"""What a load balancer and a Prometheus ask: ``/ready`` and ``/metrics``."""

import asyncio
import hmac
from collections.abc import Sequence
from typing import Annotated

import asyncpg
from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from berth.kit.auth import Principal, Role
from berth.kit.db import Database, DatabaseAway
from berth.kit.http.caller import Allow, Anyone, bearer
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.outbox.watching import Backlog, backlog
from berth.kit.telemetry.metrics import CONTENT_TYPE, Metrics, Seen
from berth.kit.telemetry.ready import Readiness, State

COUNT_SECONDS_MAX = 5.0


class Ready(BaseModel):
    """What a process says that takes requests; ``degraded`` if events wait for something."""

    status: str
    database: State
    broker: State
    events: State
    outbox_lag_seconds: float | None
    inbox_lag_seconds: float | None


class AllowScraper(Allow):
    """A dependency that lets the bearer of the token for metrics pass, and administrators."""

    def __init__(self, token: str | None) -> None:
        super().__init__(Role.ADMIN)
        self._token = token.encode() if token else None

    async def __call__(  # type: ignore[override]  # who scrapes is no person, and the route asks for none
        self, request: Request, token: Annotated[str | None, Depends(bearer)]
    ) -> Principal | None:
        """Raise 401 without a good token, 403 for other people, 429 over the limit."""
        if self._token and token and hmac.compare_digest(self._token, token.encode()):
            return None
        return await super().__call__(request, token)


def ready_router(readiness: Readiness) -> APIRouter:
    """Answer the route that says whether requests should come here."""
    router = APIRouter(tags=["operation"])

    @router.get("/ready", response_model=Ready, responses=problems(503), dependencies=[Anyone])
    async def ready() -> Response:
        """Tell whether Berth takes requests: its database answers, and events are handled in time."""
        found = await readiness.look()
        if not found.ready:
            raise Problem(
                503,
                "not-ready",
                "The database does not answer, or events wait for too long; the members say which.",
                headers={"Retry-After": "1"},
                more=found.members(),
            )
        return reply({"status": "degraded" if found.degraded else "ok", **found.members()})

    return router


def metrics_router(
    metrics: Metrics, *, whole: Database, databases: Sequence[Database], schemas: Sequence[str], token: str | None
) -> APIRouter:
    """Answer the route with the metrics; ``whole`` is asked for what waits in the schemas."""
    router = APIRouter(tags=["operation"])
    apart = {id(one): one for one in (whole, *databases)}.values()

    @router.get(
        "/metrics",
        response_class=Response,
        responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **problems(401, 403)},
        dependencies=[Depends(AllowScraper(token))],
    )
    async def read_metrics() -> Response:
        """Answer the metrics in the text format of Prometheus."""
        seen = Seen(await _waiting(whole, schemas), [one.pool() for one in apart])
        return Response(metrics.text(seen), media_type=CONTENT_TYPE)

    return router


async def _waiting(database: Database, schemas: Sequence[str]) -> Sequence[Backlog] | None:
    try:
        async with asyncio.timeout(COUNT_SECONDS_MAX), database.connection() as connection:
            return await backlog(connection, schemas)
    except (DatabaseAway, TimeoutError, asyncpg.PostgresError):
        return None
