"""The list of Berth's modules, each with the settings that concern it."""

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from berth.kit.module import Module
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
        notifications(kept_days=settings.notifications_kept_days),
    ]


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
