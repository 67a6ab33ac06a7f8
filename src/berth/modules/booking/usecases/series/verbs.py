"""All verbs of series, put together."""

from collections.abc import Sequence
from dataclasses import dataclass

from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.module import Tools
from berth.modules.booking.usecases.changing import Changing
from berth.modules.booking.usecases.idempotency import FirstAnswers
from berth.modules.booking.usecases.life.living import Living
from berth.modules.booking.usecases.life.requesting import Requesting
from berth.modules.booking.usecases.series.cancelling import SeriesCancelling
from berth.modules.booking.usecases.series.changing import SeriesChanging
from berth.modules.booking.usecases.series.creating import SeriesCreating
from berth.modules.booking.usecases.series.extending import SeriesExtending
from berth.modules.booking.usecases.series.looking import Looking
from berth.modules.booking.usecases.series.placing import Occurring
from berth.modules.booking.usecases.series.planning import Planning
from berth.modules.booking.usecases.series.reading import SeriesReading
from berth.modules.booking.usecases.waitlist.offering import Offering


@dataclass(frozen=True)
class SeriesVerbs:
    """The verbs: ``parts`` are those that people call, ``extending`` is called by the clock."""

    creating: SeriesCreating
    extending: SeriesExtending
    parts: Sequence[object]


def series_verbs(
    tools: Tools, *, changing: Changing, living: Living, requesting: Requesting, offering: Offering
) -> SeriesVerbs:
    """Build the verbs of series, over those of single reservations."""
    catalog, identity = tools.need(Catalog), tools.need(Identity)
    database, outbox, clock = tools.database, tools.outbox, tools.clock
    planning, looking = Planning(catalog, clock), Looking(database, catalog, clock)
    occurring = Occurring(database=database, outbox=outbox, timers=tools.timers, requesting=requesting, clock=clock)
    extending = SeriesExtending(
        database=database,
        outbox=outbox,
        errands=tools.errands,
        catalog=catalog,
        identity=identity,
        planning=planning,
        looking=looking,
        occurring=occurring,
    )
    creating = SeriesCreating(
        database=database,
        outbox=outbox,
        catalog=catalog,
        identity=identity,
        planning=planning,
        looking=looking,
        occurring=occurring,
        first_answers=FirstAnswers(database),
    )
    amending = SeriesChanging(
        database=database,
        outbox=outbox,
        catalog=catalog,
        changing=changing,
        looking=looking,
        living=living,
        occurring=occurring,
        requesting=requesting,
        offering=offering,
        clock=clock,
    )
    cancelling = SeriesCancelling(
        database=database, outbox=outbox, changing=changing, living=living, occurring=occurring, clock=clock
    )
    return SeriesVerbs(
        creating, extending, (creating, amending, cancelling, SeriesReading(database, catalog, identity))
    )
