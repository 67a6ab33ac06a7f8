"""Telling people of events, and reminding them of what is to come."""

from collections.abc import Sequence

from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.errand.ask import Errands
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.write import Outbox
from berth.modules.notifications.domain.course import courses_of
from berth.modules.notifications.domain.news import news_of, reminder_of
from berth.modules.notifications.store import reminding, telling


class Telling:
    """The verbs that make notifications."""

    def __init__(self, outbox: Outbox, errands: Errands) -> None:
        self._outbox = outbox
        self._errands = errands

    async def tell(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """Make the notifications of these events, in the transaction that marks them as handled.

        Each notification has an event, and each mail an errand. What is known of the reservations comes first,
        for it is told, too.
        """
        courses = courses_of(envelopes)
        if courses:
            await reminding.lock_shared(connection)
            await reminding.follow(connection, courses)
        news = news_of(envelopes)
        if news:
            await telling.tell(connection, news)
        self._ring()

    async def remind(self, database: Database, clock: Clock) -> bool:
        """Remind of some of the reservations of which it is time, and tell whether there may be more.

        One that has begun meanwhile is passed over.
        """
        now = clock()
        async with database.transaction() as connection:
            taken = await reminding.take_due(connection, now)
            news = [reminder_of(one, now) for one in taken if one.start > now]
            if news:
                await telling.tell(connection, news)
        self._ring()
        return len(taken) == reminding.REMIND_AT_ONCE_MAX

    def _ring(self) -> None:
        self._outbox.ring()
        self._errands.ring()
