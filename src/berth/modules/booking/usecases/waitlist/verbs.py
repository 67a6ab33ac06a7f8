"""All verbs of holds and of the waitlist, put together."""

from collections.abc import Sequence
from dataclasses import dataclass

from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.module import Tools
from berth.modules.booking.domain.hold import Patience
from berth.modules.booking.usecases.claiming import Claiming
from berth.modules.booking.usecases.conflict import Conflicts
from berth.modules.booking.usecases.creating import Creating
from berth.modules.booking.usecases.holds.converting import Converting
from berth.modules.booking.usecases.holds.holding import Holding
from berth.modules.booking.usecases.life.living import Living
from berth.modules.booking.usecases.placing import Placer
from berth.modules.booking.usecases.reading import Reading
from berth.modules.booking.usecases.waitlist.answering import Answering
from berth.modules.booking.usecases.waitlist.ending import Ending
from berth.modules.booking.usecases.waitlist.joining import Joining
from berth.modules.booking.usecases.waitlist.lining import Line
from berth.modules.booking.usecases.waitlist.looking import Looking
from berth.modules.booking.usecases.waitlist.offering import Offering


@dataclass(frozen=True)
class Waitlist:
    """The verbs; ``parts`` are those that people call."""

    holding: Holding
    converting: Converting
    joining: Joining
    answering: Answering
    ending: Ending
    line: Line
    looking: Looking

    @property
    def parts(self) -> Sequence[object]:
        """Answer what the functions of HTTP ask for."""
        return self.holding, self.converting, self.joining, self.answering, self.line


def waitlist_verbs(
    tools: Tools,
    *,
    creating: Creating,
    reading: Reading,
    living: Living,
    placer: Placer,
    conflicts: Conflicts,
    offering: Offering,
    patience: Patience,
) -> Waitlist:
    """Build the verbs of those who hold and wait, over those who reserve."""
    catalog, identity = tools.need(Catalog), tools.need(Identity)
    database, outbox, timers, clock = tools.database, tools.outbox, tools.timers, tools.clock
    claiming = Claiming(catalog=catalog, creating=creating, reading=reading, living=living, outbox=outbox)
    holding = Holding(
        database=database,
        outbox=outbox,
        timers=timers,
        catalog=catalog,
        clock=clock,
        placer=placer,
        conflicts=conflicts,
        offering=offering,
        patience=patience,
    )
    ending = Ending(outbox=outbox, timers=timers, clock=clock, offering=offering)
    return Waitlist(
        holding=holding,
        converting=Converting(database=database, clock=clock, claiming=claiming, holding=holding),
        joining=Joining(
            database=database, outbox=outbox, timers=timers, catalog=catalog, clock=clock, offering=offering
        ),
        answering=Answering(database=database, clock=clock, claiming=claiming, ending=ending, offering=offering),
        ending=ending,
        line=Line(database, catalog, identity),
        looking=Looking(
            database=database,
            catalog=catalog,
            identity=identity,
            clock=clock,
            offering=offering,
            ending=ending,
            holding=holding,
        ),
    )
