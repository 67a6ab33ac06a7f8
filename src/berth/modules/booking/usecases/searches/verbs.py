"""All verbs of saved searches, put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.module import Tools
from berth.modules.booking.usecases.searches.fitting import Fitting
from berth.modules.booking.usecases.searches.noting import Noting
from berth.modules.booking.usecases.searches.reading import Searches
from berth.modules.booking.usecases.searches.saving import Saving
from berth.modules.booking.usecases.searches.telling import Telling
from berth.modules.booking.usecases.searches.tending import Tending


@dataclass(frozen=True)
class SearchVerbs:
    """The verbs; ``parts`` are those that people call."""

    saving: Saving
    reading: Searches
    noting: Noting
    telling: Telling
    tending: Tending

    @property
    def parts(self) -> Sequence[object]:
        """Answer what the functions of HTTP ask for."""
        return self.saving, self.reading


def search_verbs(tools: Tools, *, pause: timedelta) -> SearchVerbs:
    """Build the verbs of those who search; nobody is told of one search twice within the pause."""
    catalog, identity = tools.need(Catalog), tools.need(Identity)
    database, outbox, timers, clock = tools.database, tools.outbox, tools.timers, tools.clock
    noting = Noting(catalog=catalog, timers=timers, clock=clock, pause=pause)
    telling = Telling(outbox=outbox, timers=timers, catalog=catalog, clock=clock, noting=noting, pause=pause)
    fitting = Fitting(database=database, catalog=catalog, clock=clock, noting=noting, pause=pause)
    tending = Tending(
        database=database,
        outbox=outbox,
        identity=identity,
        clock=clock,
        noting=noting,
        telling=telling,
        fitting=fitting,
    )
    return SearchVerbs(
        saving=Saving(database=database, outbox=outbox, timers=timers, catalog=catalog, clock=clock),
        reading=Searches(database, catalog, identity),
        noting=noting,
        telling=telling,
        tending=tending,
    )
