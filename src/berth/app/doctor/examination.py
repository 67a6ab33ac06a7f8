"""All checks of an installation, from the machine up to the schema."""

from berth.app.data_dir import SECRETS_FILE, Secrets, known_secrets
from berth.app.database import known_url
from berth.app.doctor import machine
from berth.app.doctor.database import examine_database
from berth.app.doctor.finding import Finding, fine
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.kit.embedded_pg.server import running_process
from berth.kit.migrate import Migration, migrations_of


async def examine(settings: Settings) -> list[Finding]:
    """Answer every finding, good ones too, from the machine up to the schema."""
    data_dir = settings.data_dir.resolve()
    found = [machine.check_python(), machine.check_data_dir(data_dir), machine.check_secrets(data_dir)]
    if not settings.database_url:
        found += [machine.check_programs(data_dir), machine.check_lock(data_dir)]
    found += [machine.check_disk(data_dir), machine.check_port(settings)]
    unusable = any(one.state == "wrong" and one.about in ("data directory", "secrets") for one in found)
    if settings.database_url:
        found += await examine_database(settings.database_url, _migrations(settings))
    elif running_process(data_dir) is None:
        found.append(fine("database", "The embedded PostgreSQL is not running; `berth serve` starts it."))
    elif not unusable and (data_dir / SECRETS_FILE).exists():
        url = known_url(settings, data_dir, known_secrets(data_dir))
        found += await examine_database(url, _migrations(settings))
    return found


def _migrations(settings: Settings) -> list[Migration]:
    """Answer the migrations of every module; the modules are not built, so no secret is needed."""
    return migrations_of([(one.name, one.package) for one in modules(settings, Secrets("", ""))])
