"""Whether this process can do its work, for whoever watches over it."""

import asyncio
from importlib.metadata import version

import asyncpg
from fastapi import APIRouter, Response
from pydantic import BaseModel

from berth.kit.db import Database, DatabaseAway
from berth.kit.http.caller import Anyone
from berth.kit.http.problem import problems, unavailable
from berth.kit.http.reply import reply

ANSWER_SECONDS_MAX = 1.0


class Health(BaseModel):
    """What a healthy process says of itself."""

    status: str
    version: str


def health_router(database: Database) -> APIRouter:
    """Answer the route that asks this database for a sign of life."""
    router = APIRouter(tags=["operation"])
    body = Health(status="ok", version=version("berth")).model_dump()

    @router.get("/health", response_model=Health, responses=problems(503), dependencies=[Anyone])
    async def health() -> Response:
        """Tell whether Berth can serve: its database must answer within a second."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                await database.fetch_value("select 1")
        except (DatabaseAway, TimeoutError, asyncpg.PostgresError):
            return unavailable().response()
        return reply(body)

    return router
