"""``make run-services``: every service apart, with a database, a broker and nginx, until Ctrl-C."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from pydantic import SecretStr

from berth.app.settings import Settings, read_settings
from berth.kit.refusal import Refused
from berth.kit.telemetry import log
from deploy.local.lines import Lines
from deploy.local.topology import Broker, Topology

SERVICE_PORT = 8101


def broker() -> Broker:
    """Answer the broker of the variable BROKER."""
    wanted = os.environ.get("BROKER", "nats")
    if wanted == "nats":
        return "nats"
    if wanted == "rabbitmq":
        return "rabbitmq"
    raise Refused(f"BROKER is nats or rabbitmq, not {wanted}.")


def variables(settings: Settings) -> dict[str, str]:
    """Answer the settings that were made, in the environment or in ``.env``, as variables."""
    made = {name: getattr(settings, name) for name in settings.model_fields_set}
    return {
        f"BERTH_{name.upper()}": value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in made.items()
        if value is not None
    }


def topology(say: Lines) -> Topology:
    """Answer Berth with its services apart, as the settings of this folder want it."""
    settings = read_settings()
    return Topology(
        settings.data_dir / "services",
        data_dir=settings.data_dir,
        broker=broker(),
        apart=True,
        database_url=settings.database_url,
        settings=variables(settings),
        port=settings.port,
        service_port=SERVICE_PORT,
        where=Path.cwd(),
        restart=True,
        say=say,
    )


async def run(say: Lines) -> None:
    """Run everything until cancelled."""
    async with topology(say) as running:
        parts = " ".join(f"{name}={one.pid}" for name, one in running.processes.items())
        say("berth", f"{running.url} is served by {parts}")
        say("berth", "Ctrl-C stops everything.")
        await asyncio.Event().wait()


async def main() -> None:
    """Run until a signal comes, and stop in order."""
    say = Lines()
    told = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(one, told.set)
    running = asyncio.create_task(run(say))
    waiting = asyncio.create_task(told.wait())
    await asyncio.wait([running, waiting], return_when=asyncio.FIRST_COMPLETED)
    if not running.done():
        say("berth", "stopping")
        running.cancel()
    waiting.cancel()
    (ended,) = await asyncio.gather(running, return_exceptions=True)
    if isinstance(ended, Exception):
        raise ended
    say("berth", "stopped")


if __name__ == "__main__":
    log.configure("info")
    try:
        asyncio.run(main())
    except Refused as error:
        print(f"berth: {error}", file=sys.stderr)
        sys.exit(1)
