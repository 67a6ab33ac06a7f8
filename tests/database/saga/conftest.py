"""The world of the saga: with payments by hand and no lock, and with a card provider and a lock on real ports."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from pydantic import SecretStr

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from tests.conftest import DatabaseFor
from tests.database.access.locks import SECRET, Door, door
from tests.database.saga.world import World, world_on
from tests.payment_server.running import SECRET_KEY, WEBHOOK_SECRET, Remote, payment_server


@dataclass
class Outside:
    """A world with a lock and a card provider, which misbehave when they are told to."""

    world: World
    lock: Door
    cards: Remote


@pytest_asyncio.fixture(
    scope="session", loop_scope="session", params=["together", pytest.param("split", marks=pytest.mark.slow)]
)
async def world(
    request: pytest.FixtureRequest, newest_database: DatabaseFor, settings: Settings, secrets: Secrets
) -> AsyncIterator[World]:
    split = request.param == "split"
    async with newest_database() as url, world_on(url, settings, secrets, split=split) as made:
        yield made


@pytest.fixture(scope="session")
def cards() -> Iterator[Remote]:
    with payment_server() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def outside(empty_url: str, settings: Settings, secrets: Secrets, cards: Remote) -> AsyncIterator[Outside]:
    cards.faults()
    async with (
        door() as lock,
        world_on(empty_url, settings, secrets, **outside_settings(lock.url, cards.url)) as made,
    ):
        yield Outside(made, lock, cards)


def outside_settings(lock_url: str, cards_url: str) -> dict[str, object]:
    return {
        "lock_webhook_url": lock_url,
        "lock_webhook_secret": SecretStr(SECRET.decode()),
        "payment_provider": "stripe",
        "stripe_secret_key": SecretStr(SECRET_KEY),
        "stripe_webhook_secret": SecretStr(WEBHOOK_SECRET),
        "stripe_api_base": cards_url,
    }
