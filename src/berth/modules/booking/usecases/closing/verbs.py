"""Puts the verbs of closings together."""

from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.module import Tools
from berth.modules.booking.usecases.closing.closing import Closings
from berth.modules.booking.usecases.closing.picturing import Picturing
from berth.modules.booking.usecases.closing.reading import ClosingReading
from berth.modules.booking.usecases.holds.holding import Holding
from berth.modules.booking.usecases.life.living import Living
from berth.modules.booking.usecases.life.requesting import Requesting
from berth.modules.booking.usecases.waitlist.offering import Offering


def closing_verbs(
    tools: Tools, *, living: Living, requesting: Requesting, offering: Offering, holding: Holding
) -> tuple[Closings, ClosingReading]:
    """Build the verbs and the questions of closings, over those who reserve, hold and wait."""
    catalog, identity, database, clock = tools.need(Catalog), tools.need(Identity), tools.database, tools.clock
    picturing = Picturing(
        database=database,
        catalog=catalog,
        identity=identity,
        requesting=requesting,
        offering=offering,
        clock=clock,
    )
    closings = Closings(
        database=database,
        outbox=tools.outbox,
        timers=tools.timers,
        picturing=picturing,
        living=living,
        holding=holding,
        offering=offering,
        clock=clock,
    )
    return closings, ClosingReading(database, catalog, identity)
