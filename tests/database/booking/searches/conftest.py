"""Booking alone, with people who search, and a catalogue that a test may change."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from berth.contracts.catalog import Policy, Resource, ResourceQuery
from berth.contracts.identity import Person
from berth.kit.auth import Principal
from berth.kit.outbox.event import Envelope
from berth.modules.booking.domain.searches.search import SavedSearch
from berth.modules.booking.handlers import SEARCHES
from berth.modules.booking.usecases.searches.reading import Searches
from berth.modules.booking.usecases.searches.saving import Saving, SearchWish
from berth.modules.booking.usecases.searches.tending import Tending
from tests.database.booking.calendar import HOUR, Names, Shelf, resource
from tests.database.booking.life.answering import TEN
from tests.database.booking.waitlist.conftest import Desk, desk_on

ROOMS = (resource(1), resource(2, Policy(no_show_minutes=10)), resource(3, Policy(setup_minutes=30), capacity=40))


class Stock(Shelf):
    """A catalogue that changes."""

    def put(self, *resources: Resource) -> None:
        """Put these in place of those of their ids."""
        ids = {one.id for one in resources}
        kept = [one for one in self._resources if one.id not in ids]
        self._resources = sorted([*kept, *resources], key=lambda one: (one.name, one.id))

    async def search(self, *, query: ResourceQuery) -> Sequence[Resource]:
        return [one for one in await super().search(query=query) if not one.retired]


@dataclass
class Staff(Names):
    """People of whom some have left, or have another role."""

    others: dict[int, Person] = field(default_factory=dict)

    async def people(self, *, ids: Sequence[int]) -> Mapping[int, Person]:
        known = await super().people(ids=ids)
        return {id_: self.others.get(id_, one) for id_, one in known.items()}


@dataclass
class Watchers:
    """A desk where people search, too."""

    desk: Desk
    stock: Stock
    staff: Staff
    heard: int = 0

    async def save(
        self,
        who: Principal,
        name: str = "Rooms",
        *,
        start: datetime = TEN,
        hours: int = 1,
        minutes: int | None = None,
        query: ResourceQuery | None = None,
        notify: bool = True,
    ) -> SavedSearch:
        wish = SearchWish(name, query or ResourceQuery(), start, start + hours * HOUR, minutes, notify)
        return await self.desk.part(Saving).save(who, wish)

    async def search(self, who: Principal, id_: int) -> SavedSearch:
        return await self.desk.part(Searches).one(who, id_)

    async def pause(self, who: Principal, id_: int, *, notify: bool = False) -> SavedSearch:
        return await self.desk.part(Saving).change(who, id_, None, notify)

    async def hear(self) -> int:
        """Let searches hear of what happened since the last time, in one batch, and answer how much it was."""
        envelopes = await self.unheard()
        if envelopes:
            self.heard = envelopes[-1].number
            async with self.desk.database.transaction() as connection:
                await self.desk.built.handlers[SEARCHES.name](connection, envelopes)
        return len(envelopes)

    async def unheard(self) -> list[Envelope]:
        rows = await self.desk.database.fetch(
            """
            select id, type, subject, data::text as data
            from booking.outbox
            where id > $1
              and type = any($2::text[])
            order by id
            """,
            self.heard,
            sorted(SEARCHES.types or ()),
        )
        now = self.desk.clock.now
        return [Envelope("booking", row[0], row[1], row[2], now, row[3], None, None) for row in rows]

    async def look(self) -> None:
        """Look at the searches of which it is time by the clock."""
        now = self.desk.clock.now
        rung = Envelope("timer", 1, "searches", "searches", now, "{}", None, None)
        async with self.desk.database.transaction() as connection:
            await self.desk.built.timers["searches"](connection, [rung])

    async def next_look(self) -> datetime | None:
        """When the timer is due by which somebody looks."""
        found: datetime | None = await self.desk.database.fetch_value(
            "select due_at from booking.timer where key = 'searches'"
        )
        return found

    async def pass_until_told(self) -> list[dict[str, Any]]:
        """Hear, let time pass until each look that is due, and answer all that was ever told."""
        await self.hear()
        for _ in range(100):
            due = await self.desk.database.fetch_value("select min(look_at) from booking.search_watch")
            if due is None:
                break
            self.desk.clock.now = max(self.desk.clock.now, due)
            await self.look()
        return await self.told()

    async def told(self) -> list[dict[str, Any]]:
        return await self.desk.told("search_matched")

    async def tend(self) -> None:
        """Look after searches, as a task does when rules, resources or people changed."""
        await self.tending.tend()

    @property
    def tending(self) -> Tending:
        owners = [getattr(one.tell, "__self__", None) for one in self.desk.built.broadcasts]
        return next(one for one in owners if isinstance(one, Tending))


def slots(told: Sequence[Mapping[str, Any]]) -> list[tuple[int, datetime]]:
    """Answer the resources and starts of all slots that were told."""
    return [(one["resource_id"], datetime.fromisoformat(one["start"])) for each in told for one in each["slots"]]


def retired(room: Resource) -> Resource:
    return replace(room, retired=True)


def leaves(person: Principal) -> Person:
    return Person(person.id, person.username, person.name, False)


@pytest_asyncio.fixture(loop_scope="session")
async def watchers(empty_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Watchers]:
    stock, staff = Stock(ROOMS), Staff()
    async with desk_on(empty_url, settings, secrets, stock, staff) as desk:
        yield Watchers(desk, stock, staff)
