"""Telling people of events, and reminding them of what is to come."""

from collections.abc import Sequence

from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.errand.ask import Errands
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.write import Outbox
from berth.modules.notifications.domain.course import courses_of
from berth.modules.notifications.domain.news import News, news_of, reminder_of
from berth.modules.notifications.domain.told.orders import order_ids, orders_told
from berth.modules.notifications.domain.told.series import decided_by, makings_of, missed_news, settled_news
from berth.modules.notifications.store import orders, reminding, series, telling


class Telling:
    """The verbs that make notifications."""

    def __init__(self, outbox: Outbox, errands: Errands) -> None:
        self._outbox = outbox
        self._errands = errands

    async def tell(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """Make the notifications of these events, in the transaction that marks them as handled.

        Each notification has an event, and each mail an errand. What is known of the reservations comes first,
        for it is told, too, and it decides of which series all is settled.
        """
        courses = courses_of(envelopes)
        if courses:
            await reminding.lock_shared(connection)
            await reminding.follow(connection, courses)
        news = [
            *news_of(envelopes),
            *missed_news(envelopes),
            *await _settled(connection, envelopes),
            *await _ordered(connection, envelopes),
        ]
        if news:
            await telling.tell(connection, news)
        self._ring(connection)

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
                self._ring(connection)
        return len(taken) == reminding.REMIND_AT_ONCE_MAX

    def _ring(self, connection: Connection) -> None:
        self._outbox.ring(connection)
        self._errands.ring(connection)


async def _settled(connection: Connection, envelopes: Sequence[Envelope]) -> list[News]:
    """Answer what is told of series of which these events decided the last that was open."""
    makings, decided = makings_of(envelopes), decided_by(envelopes)
    if not makings and not decided:
        return []
    await series.lock(connection)
    await series.note(connection, makings)
    found = await series.take_settled(connection, [one.number for one in makings], decided)
    happened_at = max(one.time for one in envelopes)
    return [news for one in found if (news := settled_news(one, happened_at))]


async def _ordered(connection: Connection, envelopes: Sequence[Envelope]) -> list[News]:
    """Answer what is told of orders of seats, and note that it was."""
    ids = order_ids(envelopes)
    if not ids:
        return []
    stand, news = orders_told(await orders.known(connection, ids), envelopes)
    await orders.follow(connection, stand)
    return news
