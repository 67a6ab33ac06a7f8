"""Berth on an event loop of its own thread, for tests that are not asynchronous themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from tests.acceptance.conftest import Caller, register, running, sign_in
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD


@dataclass(frozen=True)
class Door:
    """One person's way to Berth, each call awaited in the other thread."""

    portal: BlockingPortal
    caller: Caller

    def __call__(self, verb: str, path: str, json: Any = None, **more: Any) -> httpx.Response:
        async def call() -> httpx.Response:
            if verb in ("get", "delete"):
                return await getattr(self.caller, verb)(path, **more)
            return await getattr(self.caller, verb)(path, json, **more)

        return self.portal.call(call)


@dataclass(frozen=True)
class Doors:
    admin: Door
    people: tuple[Door, Door]


@pytest.fixture(scope="module")
def doors(fresh_url: str, settings: Settings, secrets: Secrets) -> Iterator[Doors]:
    """A Berth on the tests' database, an administrator and two people."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(running(fresh_url, settings, secrets)) as client,
    ):
        admin = portal.call(sign_in, client, ADMIN_EMAIL, ADMIN_PASSWORD)
        people = [portal.call(register, client, "stateful") for _ in range(2)]
        first, second = (Door(portal, one) for one in people)
        yield Doors(Door(portal, admin), (first, second))
