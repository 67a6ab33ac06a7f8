"""The wiring of audit: it listens to every event, and asks identity for names."""

from datetime import timedelta

from berth.contracts.identity import Identity
from berth.kit.module import Built, Module, Tools
from berth.kit.outbox.subscription import Group
from berth.modules.audit.api import listing as listing_api
from berth.modules.audit.api import verifying as verifying_api
from berth.modules.audit.handlers import write_down
from berth.modules.audit.jobs import remove_old_entries
from berth.modules.audit.usecases.listing import Listing
from berth.modules.audit.usecases.verifying import Verifying


def audit(*, kept_days: int) -> Module:
    """Answer audit, ready to be assembled; entries are kept for so many days, or for ever with 0."""

    def build(tools: Tools) -> Built:
        database = tools.database
        old = remove_old_entries(database, tools.clock, timedelta(days=kept_days))
        return Built(
            routers=(listing_api.router, verifying_api.router),
            parts=(Listing(database, tools.need(Identity)), Verifying(database)),
            handlers={"audit": write_down},
            tasks=(old,) if kept_days else (),
        )

    return Module(
        "audit",
        "berth.modules.audit",
        build,
        needs=(Identity,),
        groups=(Group("audit", None, gather_seconds=0.5),),
        rights={"entry": "select, insert", "checkpoint": "select"},
    )
