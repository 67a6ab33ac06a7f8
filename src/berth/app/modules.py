"""The list of Berth's modules, each with the settings that concern it."""

from collections.abc import Sequence
from dataclasses import replace

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from berth.contracts.identity import Identity
from berth.kit.clock import Clock
from berth.kit.module import Module
from berth.kit.refusal import Refused
from berth.kit.remote.apart import OR_WHOLE, Apart, ApartRefused, read_services, refuse_unreachable
from berth.kit.remote.client import Line
from berth.kit.remote.token import InternalTokens
from berth.modules.access.module import access
from berth.modules.audit.module import audit
from berth.modules.booking.domain.hold import Patience
from berth.modules.booking.module import booking
from berth.modules.calendar.module import Options as CalendarOptions
from berth.modules.calendar.module import calendar
from berth.modules.catalog.module import catalog
from berth.modules.identity.module import Options as IdentityOptions
from berth.modules.identity.module import identity
from berth.modules.notifications.module import Options as NotificationsOptions
from berth.modules.notifications.module import notifications
from berth.modules.payments.module import Options as PaymentsOptions
from berth.modules.payments.module import payments
from berth.modules.quota.module import quota
from berth.modules.seating.module import seating


class SettingMissing(Refused):
    """A setting needs another one that is not there; the message names both."""


def modules(settings: Settings, secrets: Secrets) -> list[Module]:
    """Answer every module, in no particular order: ``assemble`` sorts them by their needs."""
    return [
        _identity(settings, secrets),
        catalog(),
        booking(
            origin=settings.origin,
            patience=Patience(settings.hold_minutes, settings.holds_per_person_max, settings.offer_minutes),
            search_notice_minutes_min=settings.search_notice_minutes_min,
        ),
        audit(kept_days=settings.audit_kept_days),
        _access(settings, secrets),
        quota(),
        notifications(_notifications(settings)),
        _payments(settings),
        calendar(_calendar(settings)),
        seating(),
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


def _access(settings: Settings, secrets: Secrets) -> Module:
    signing = settings.lock_webhook_secret
    if settings.lock_webhook_url and not signing:
        raise Refused(
            "BERTH_LOCK_WEBHOOK_URL needs BERTH_LOCK_WEBHOOK_SECRET, by which the lock knows Berth: set it, to 16 "
            "characters or more, here and at the lock."
        )
    return access(
        secret=secrets.database_secret,
        lock_url=settings.lock_webhook_url,
        lock_secret=signing.get_secret_value() if signing else None,
    )


def _notifications(settings: Settings) -> NotificationsOptions:
    return NotificationsOptions(
        kept_days=settings.notifications_kept_days,
        smtp_url=(settings.smtp_url.get_secret_value() or None) if settings.smtp_url else None,
        mail_from=settings.mail_from or None,
        mail_folder=settings.mail_folder,
        origin=settings.origin,
    )


def _calendar(settings: Settings) -> CalendarOptions:
    return CalendarOptions(
        origin=settings.origin,
        networks=settings.calendar_networks or "",
        refresh_minutes=settings.calendar_refresh_minutes,
        failures_per_minute=settings.rate_token_failures_per_minute,
    )


def _identity(settings: Settings, secrets: Secrets) -> Module:
    password = settings.admin_password
    return identity(
        IdentityOptions(
            token_key_pem=secrets.token_key_pem,
            access_token_minutes=settings.access_token_minutes,
            refresh_token_days=settings.refresh_token_days,
            password_memory_kib=settings.password_memory_kib,
            register_per_minute=settings.rate_register_per_minute,
            failures_per_minute=settings.rate_token_failures_per_minute,
            origin=settings.origin,
            admin_email=settings.admin_email,
            admin_password=password.get_secret_value() if password else None,
        )
    )


def _payments(settings: Settings) -> Module:
    key, webhook = settings.stripe_secret_key, settings.stripe_webhook_secret
    if settings.payment_provider == "stripe" and not (key and webhook):
        raise SettingMissing(
            "BERTH_PAYMENT_PROVIDER=stripe needs BERTH_STRIPE_SECRET_KEY and BERTH_STRIPE_WEBHOOK_SECRET: set them, or "
            "BERTH_PAYMENT_PROVIDER=manual."
        )
    return payments(
        PaymentsOptions(
            provider=settings.payment_provider,
            stripe_secret_key=key.get_secret_value() if key else None,
            stripe_webhook_secret=webhook.get_secret_value() if webhook else None,
            stripe_api_base=settings.stripe_api_base,
        )
    )
