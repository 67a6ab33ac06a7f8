"""The latest events are found, and new ones followed, in whatever order they commit."""

from datetime import UTC, datetime, timedelta

from berth.kit.outbox.following import Sought, end_of, latest, new
from tests.database.spine.conftest import LOGGED, Harbour, HornSounded, ShipSighted


async def ids(harbour: Harbour, sought: Sought, limit: int = 10) -> list[str]:
    async with harbour.database.connection() as connection:
        found = [one.envelope for one in await latest(connection, ["harbour", "pilots"], sought, limit)]
        everything = [one.envelope for one in await latest(connection, ["harbour"], Sought(), 10)]
    assert found == [one for one in everything if sought.fits(one)][-limit:], "following and looking back agree"
    return [one.id for one in found]


async def test_the_latest_come_last_and_filters_hold_together(harbour: Harbour) -> None:
    await harbour.sight(ShipSighted(1, 0), ShipSighted(21, 0), HornSounded(21, 1))
    await harbour.database.execute("update harbour.outbox set published_at = now() where id = 1")
    await harbour.database.execute("update harbour.outbox set occurred_at = now() - interval '1 hour' where id = 1")
    async with harbour.database.connection() as connection:
        found = await latest(connection, ["harbour"], Sought(), 10)
    assert [one.envelope.number for one in found] == [1, 2, 3]
    assert [one.published_at is None for one in found] == [False, True, True]
    assert found[0].envelope.members() == {"ship": 1, "place": 0}
    assert await ids(harbour, Sought(), limit=2) == ["harbour/2", "harbour/3"]
    assert await ids(harbour, Sought(type=LOGGED)) == ["harbour/1", "harbour/2"]
    assert await ids(harbour, Sought(type="*.horn_sounded.*")) == ["harbour/3"]
    assert await ids(harbour, Sought(subject="ship/1")) == ["harbour/1"]
    assert await ids(harbour, Sought(subject="ship/2_")) == [], "only the star stands for other text"
    assert await ids(harbour, Sought(subject="ship/2*", type=LOGGED)) == ["harbour/2"]
    since = datetime.now(UTC) - timedelta(minutes=1)
    assert await ids(harbour, Sought(since=since)) == ["harbour/2", "harbour/3"]


async def test_following_begins_behind_what_is_there_and_tells_each_event_once(harbour: Harbour) -> None:
    await harbour.sight(ShipSighted(1, 0))
    async with harbour.database.connection() as connection:
        place = await end_of(connection, "harbour")
        assert await new(connection, place) == []
        await harbour.sight(ShipSighted(1, 1), ShipSighted(1, 2))
        assert [one.envelope.number for one in await new(connection, place, limit=1)] == [2]
        assert [one.envelope.number for one in await new(connection, place)] == [3]
        assert await new(connection, place) == []


async def test_what_commits_late_is_followed_although_its_number_is_lower(harbour: Harbour) -> None:
    async with harbour.database.connection() as connection:

        async def told() -> list[int]:
            return [one.envelope.number for one in await new(connection, place)]

        async with harbour.database.transaction() as slow:
            await harbour.outbox.write(slow, [ShipSighted(1, 0)])
            await harbour.sight(ShipSighted(2, 0))
            place = await end_of(connection, "harbour")
            async with harbour.database.transaction() as slower:
                await harbour.outbox.write(slower, [ShipSighted(3, 0)])
                await harbour.sight(ShipSighted(4, 0))
                assert await told() == [4]
            assert await told() == [3]
            assert await told() == []
        assert await told() == [1]
        assert await told() == []


async def test_numbers_that_were_rolled_back_are_not_looked_for_for_ever(harbour: Harbour) -> None:
    async with harbour.database.connection() as connection:
        place = await end_of(connection, "harbour")
        async with harbour.database.connection() as other:
            given_up = other.transaction()
            await given_up.start()
            await harbour.outbox.write(other, [ShipSighted(1, 0)])
            await given_up.rollback()
        for turn in range(4):
            await harbour.sight(ShipSighted(2, turn))
            assert len(await new(connection, place)) == 1
        assert place.missing == {}
