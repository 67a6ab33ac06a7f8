"""A Berth that takes cards: on a port, with a payment server on another."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import httpx
import uvicorn

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from tests.acceptance.conftest import running
from tests.conftest import ADMIN_PASSWORD
from tests.payment_server.running import SECRET_KEY, WEBHOOK_SECRET, Remote, payment_server


@contextlib.asynccontextmanager
async def taking_cards(
    url: str, settings: Settings, secrets: Secrets
) -> AsyncIterator[tuple[httpx.AsyncClient, Remote]]:
    """A client of a Berth that takes cards, and the payment server that tells it everything three times."""
    with payment_server() as server, socket.create_server(("127.0.0.1", 0)) as listening:
        own = {
            **settings.model_dump(exclude={"admin_password"}),
            "admin_password": ADMIN_PASSWORD,
            "payment_provider": "stripe",
            "stripe_secret_key": SECRET_KEY,
            "stripe_webhook_secret": WEBHOOK_SECRET,
            "stripe_api_base": server.url,
        }
        async with running(url, Settings(_env_file=None, **own), secrets) as client:
            config = uvicorn.Config(client._transport.app, lifespan="off", log_config=None, http="httptools")
            serving = asyncio.create_task((web := uvicorn.Server(config)).serve(sockets=[listening]))
            webhook_url = f"http://127.0.0.1:{listening.getsockname()[1]}/api/v1/payments/stripe/webhook"
            server.faults(webhook_url=webhook_url, webhook_secret=WEBHOOK_SECRET, webhooks=3)
            yield client, server
            web.should_exit = True
            with contextlib.suppress(asyncio.CancelledError):
                await serving
