"""The wiring of notifications: it listens to booking, and needs catalog only for names when somebody reads."""

from functools import partial

from berth.contracts.catalog import Catalog
from berth.kit.module import Built, Module, Tools
from berth.kit.outbox.subscription import Group
from berth.modules.notifications import api
from berth.modules.notifications.domain import EVENTS
from berth.modules.notifications.handlers import tell_people
from berth.modules.notifications.jobs import forget_old_ones
from berth.modules.notifications.usecases import Centre, Preferences, Telling

GROUP = Group("notifications", frozenset(EVENTS))


def build(tools: Tools, *, kept_days: int) -> Built:
    """Build the notification centre and its three doors."""
    centre = Centre(tools.database, tools.need(Catalog), tools.clock)
    return Built(
        routers=(api.router,),
        parts=(centre, Preferences(tools.database)),
        tasks=(forget_old_ones(centre, kept_days),),
        handlers={GROUP.name: tell_people(Telling(tools.outbox))},
    )


def notifications(*, kept_days: int) -> Module:
    """Answer notifications, ready to be assembled; ``kept_days`` is how long a notification is kept once read."""
    return Module(
        "notifications",
        "berth.modules.notifications",
        partial(build, kept_days=kept_days),
        needs=(Catalog,),
        groups=(GROUP,),
    )
