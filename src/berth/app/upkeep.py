"""What an operator does to an installation that may not be running: find its database, renew it, examine it."""

import asyncio

from berth.app import database
from berth.app.data_dir import known_secrets, open_data_dir, read_secrets
from berth.app.doctor.examination import examine
from berth.app.doctor.finding import Finding
from berth.app.modules import modules
from berth.app.settings import Settings, read_settings
from berth.kit.migrate import Migration, Phase
from berth.kit.telemetry import log


def database_url() -> str:
    """Answer the connection string of the database in use; starts nothing."""
    settings = read_settings()
    if settings.database_url:
        return settings.database_url
    data_dir = settings.data_dir.resolve()
    return database.known_url(settings, data_dir, known_secrets(data_dir))


def migrate(*phases: Phase) -> list[Migration]:
    """Bring the database to the newest schema of these phases, and answer what that took."""
    return asyncio.run(_migrate(read_settings(), phases))


def findings() -> list[Finding]:
    """Answer what is well and what is wrong with the installation."""
    return asyncio.run(examine(read_settings()))


async def _migrate(settings: Settings, phases: tuple[Phase, ...]) -> list[Migration]:
    log.configure(settings.log_level)
    data_dir = open_data_dir(settings.data_dir)
    secrets = read_secrets(data_dir)
    async with database.database_url(settings, data_dir, secrets, join=True) as url:
        return await database.bring_up_to_date(url, modules(settings, secrets), secrets, phases=phases)
