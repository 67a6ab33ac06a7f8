"""The list of Berth's modules, each with the settings that concern it."""

from collections.abc import Sequence
from dataclasses import replace

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from berth.contracts.identity import Identity
from berth.kit.clock import Clock
from berth.kit.module import Module
from berth.kit.remote.apart import OR_WHOLE, Apart, ApartRefused, read_services, refuse_unreachable
from berth.kit.remote.client import Line
from berth.kit.remote.token import InternalTokens
from berth.modules.audit.module import audit
from berth.modules.booking.module import booking
from berth.modules.catalog.module import catalog
from berth.modules.identity.module import Options as IdentityOptions
from berth.modules.identity.module import identity
from berth.modules.notifications.module import notifications


def modules(settings: Settings, secrets: Secrets) -> list[Module]:
    """Answer every module, in no particular order: ``assemble`` sorts them by their needs."""
    return [
        _identity(settings, secrets),
        catalog(),
        booking(),
        audit(kept_days=settings.audit_kept_days),
        notifications(kept_days=settings.notifications_kept_days),
    ]


def known_names(modules: Sequence[Module], names: Sequence[str]) -> frozenset[str]:
    """Answer the names of the modules to serve: those asked for, or all if none was."""
    known = {module.name for module in modules}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ApartRefused(
            f"There is no module {', '.join(map(repr, unknown))}. The modules are {', '.join(sorted(known))}."
        )
    return frozenset(names or known)


def apart(
    settings: Settings, secrets: Secrets, modules: Sequence[Module], local: frozenset[str], clock: Clock
) -> Apart | None:
    """Answer how this process serves only these modules, or none if they are all; refuse what could not work.

    A service that is away is no reason to refuse: it is asked when it is needed.
    """
    if local == {module.name for module in modules}:
        return None
    said = ", ".join(sorted(local))
    if not settings.database_url:
        raise ApartRefused(
            f"{said} cannot run apart on the embedded database, which serves one process: name a PostgreSQL in "
            f"BERTH_DATABASE_URL, {OR_WHOLE}."
        )
    if not settings.broker_url:
        raise ApartRefused(
            f"{said} cannot run apart without a broker, which carries events between processes: name one in "
            f"BERTH_BROKER_URL (nats://… or amqp://…), {OR_WHOLE}."
        )
    services = read_services(settings.services or "")
    # Identity says who calls, which every process has to know.
    asking = [replace(one, needs=(*one.needs, Identity)) for one in modules]
    refuse_unreachable(asking, local, services)
    tokens = InternalTokens(secrets.database_secret, clock)
    return Apart(local, services, tokens, Line(tokens))


def _identity(settings: Settings, secrets: Secrets) -> Module:
    password = settings.admin_password
    return identity(
        IdentityOptions(
            token_key_pem=secrets.token_key_pem,
            access_token_minutes=settings.access_token_minutes,
            refresh_token_days=settings.refresh_token_days,
            register_per_minute=settings.rate_register_per_minute,
            failures_per_minute=settings.rate_token_failures_per_minute,
            origin=settings.origin,
            admin_email=settings.admin_email,
            admin_password=password.get_secret_value() if password else None,
        )
    )
