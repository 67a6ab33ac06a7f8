"""Puts the verb of a bulk together."""

from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.module import Tools
from berth.modules.booking.usecases.bulk.bulk import Bulk
from berth.modules.booking.usecases.bulk.doing import Doing
from berth.modules.booking.usecases.bulk.preparing import Preparing
from berth.modules.booking.usecases.idempotency import FirstAnswers
from berth.modules.booking.usecases.life.living import Living
from berth.modules.booking.usecases.life.requesting import Requesting
from berth.modules.booking.usecases.waitlist.offering import Offering


def bulk_verb(tools: Tools, *, living: Living, requesting: Requesting, offering: Offering) -> Bulk:
    """Build the verb over those that make and change single reservations."""
    catalog, identity, database, clock = tools.need(Catalog), tools.need(Identity), tools.database, tools.clock
    return Bulk(
        database=database,
        preparing=Preparing(database=database, catalog=catalog, identity=identity, requesting=requesting, clock=clock),
        doing=Doing(outbox=tools.outbox, living=living, offering=offering),
        first_answers=FirstAnswers(database),
        clock=clock,
    )
