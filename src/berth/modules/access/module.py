"""The wiring of access: it listens to booking, answers it, and needs nobody."""

from functools import partial

from berth.contracts.access import Access, Verdict
from berth.kit.module import Built, Module, Tools
from berth.modules.access.api import administering, code
from berth.modules.access.domain.sealing import Sealer
from berth.modules.access.handlers import GROUP
from berth.modules.access.jobs import forget_old_tries
from berth.modules.access.providers import Lock, NoLock, WebhookLock
from berth.modules.access.usecases.checking import Checking
from berth.modules.access.usecases.confirming import Confirming
from berth.modules.access.usecases.keeping import LOCK, Keeping
from berth.modules.access.usecases.reading import Reading
from berth.modules.access.usecases.telling import Telling
from berth.modules.access.usecases.trying import Trying


class Offer:
    """What access offers to other modules."""

    def __init__(self, reading: Reading, trying: Trying) -> None:
        self._reading = reading
        self._trying = trying

    async def code_of(self, *, reservation_id: int) -> str | None:
        """Answer the code of a reservation that holds; none if it has none. Only its owner may see it."""
        return await self._reading.code_of(reservation_id)

    async def try_code(self, *, reservation_id: int, code: str, person_id: int) -> Verdict:
        """Answer whether this is the reservation's code and valid now; wrong tries are counted and limited."""
        return await self._trying.try_code(reservation_id, code, person_id)


def build(tools: Tools, *, secret: bytes, lock: Lock) -> Built:
    """Build access with its lock; ``secret`` is the installation's, from which its keys are derived."""
    database, clock, sealer = tools.database, tools.clock, Sealer(secret)
    keeping = Keeping(tools.errands, sealer)
    reading = Reading(database, sealer, clock)
    telling = Telling(
        database=database,
        outbox=tools.outbox,
        errands=tools.errands,
        keeping=keeping,
        sealer=sealer,
        lock=lock,
        clock=clock,
    )
    return Built(
        offer=Offer(reading, Trying(database, tools.outbox, sealer, clock)),
        routers=(code.router, administering.router),
        parts=(reading, Checking(lock)),
        handlers={GROUP.name: Confirming(tools.outbox, keeping, clock, at_once=lock.takes_at_once).confirm},
        errands={LOCK: telling.tell},
        tasks=(forget_old_tries(database, clock), lock.run),
    )


def access(*, secret: bytes, lock_url: str | None = None, lock_secret: str | None = None) -> Module:
    """Answer access, ready to be assembled; without ``lock_url`` there is no lock to be told of codes."""
    lock: Lock = WebhookLock(lock_url, (lock_secret or "").encode()) if lock_url else NoLock()
    return Module(
        "access", "berth.modules.access", partial(build, secret=secret, lock=lock), offers=Access, groups=(GROUP,)
    )
