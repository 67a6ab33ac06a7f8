"""The wiring of payments.

It follows booking and seating, and needs catalog for quotes and identity for names on receipts.
"""

from dataclasses import dataclass
from functools import partial

from berth.contracts.booking.reservation import means
from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.module import Built, Module, Tools
from berth.kit.outbox.subscription import Group
from berth.modules.payments.api import payments as payments_api
from berth.modules.payments.api import prices as prices_api
from berth.modules.payments.api import webhook
from berth.modules.payments.handlers import by_the_clock
from berth.modules.payments.providers.manual import MANUAL, Manual
from berth.modules.payments.providers.port import Provider
from berth.modules.payments.providers.stripe_api import STRIPE, Stripe
from berth.modules.payments.usecases.books import BRING, Books
from berth.modules.payments.usecases.bringing import Bringing
from berth.modules.payments.usecases.clockwork import Clockwork
from berth.modules.payments.usecases.desk import Desk
from berth.modules.payments.usecases.following import STEP, TYPES, Following
from berth.modules.payments.usecases.prices import Prices
from berth.modules.payments.usecases.reading import Reading
from berth.modules.payments.usecases.receipts import Receipts

GROUP = Group("payments", TYPES, concerns=means(STEP))


@dataclass(frozen=True)
class Options:
    """What an operator may set. ``provider`` is for new payments; both keys are needed for Stripe."""

    provider: str = MANUAL
    stripe_secret_key: str | None = None
    stripe_webhook_secret: str | None = None
    stripe_api_base: str | None = None


def build(tools: Tools, *, options: Options) -> Built:
    """Build payments and its doors."""
    stripe = _stripe(options)
    providers: dict[str, Provider] = {MANUAL: Manual()}
    if stripe:
        providers[STRIPE] = stripe
    books = Books(tools.outbox, tools.errands, tools.timers, providers, options.provider)
    reading = Reading(tools.database)
    return Built(
        routers=(prices_api.router, payments_api.router, webhook.router),
        parts=(
            Prices(tools.database, tools.outbox, tools.need(Catalog)),
            reading,
            Desk(tools.database, books, stripe),
            Receipts(reading, tools.need(Identity)),
        ),
        handlers={GROUP.name: Following(books, tools.clock).follow},
        timers=by_the_clock(Clockwork(books, tools.clock)),
        errands={BRING: Bringing(tools.database, books, tools.clock).bring},
    )


def payments(options: Options) -> Module:
    """Answer payments, ready to be assembled."""
    return Module(
        "payments",
        "berth.modules.payments",
        partial(build, options=options),
        needs=(Catalog, Identity),
        groups=(GROUP,),
    )


def _stripe(options: Options) -> Stripe | None:
    if not options.stripe_secret_key or not options.stripe_webhook_secret:
        return None
    return Stripe(
        secret_key=options.stripe_secret_key,
        webhook_secret=options.stripe_webhook_secret,
        api_base=options.stripe_api_base,
    )
