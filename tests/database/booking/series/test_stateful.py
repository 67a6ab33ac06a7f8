"""Whatever is done to series in whatever order, only that changes which should: no other series, exception or past.

Derandomised, so that every run does the same; ``BERTH_PROOF_SCALE`` above 1 searches at random, and longer.
"""

import pytest
from anyio.from_thread import BlockingPortal
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
)

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from berth.kit.http.problem import Problem
from tests.conftest import DatabaseFor
from tests.database.booking.life.conftest import opened
from tests.database.booking.series.conftest import DAY, HOUR, NOW, OTHER, PLAIN, RESOURCES, Office
from tests.database.booking.series.model import Model, Occurrence
from tests.database.machine import Machine, emptying, search
from tests.scale import SCALE

rooms = st.sampled_from([PLAIN, OTHER])
which = st.integers(0, 20)
hours = st.sampled_from([-24, -2, -1, 1, 2, 24, 48])
scopes = st.sampled_from(["following", "all"])
EMPTY = emptying("reservation", "allocation", "series", "reservation_change", "outbox", "timer")


class Series(Machine):
    """Each rule asks Berth and the model, and holds all that Berth has against the model."""

    def __init__(self, portal: BlockingPortal, office: Office) -> None:
        super().__init__(portal)
        self.office = office

    @initialize()
    def begin(self) -> None:
        self.model = Model(NOW)
        self.office.process.clock.now = NOW
        self.do(self.office.process.database.execute, EMPTY)

    @rule(room=rooms, day=st.integers(1, 6), hour=st.integers(8, 12), step=st.integers(1, 3), count=st.integers(1, 5))
    def create(self, room: int, day: int, hour: int, step: int, count: int) -> None:
        start = self.model.now.replace(hour=hour, minute=0) + day * DAY
        times = [start + number * step * DAY for number in range(count)]
        blocked = [one for one in times if self.model.taken(room, one, one + HOUR, set())]
        made = self.do(
            self.office.create, room, start=start, rule=f"FREQ=DAILY;INTERVAL={step};COUNT={count}", title="Seminar"
        )
        if blocked:
            assert isinstance(made, Problem)
            assert (made.status, len(made.more["occurrences"])) == (409, len(blocked))
            return
        for id_, at in zip(made["ids"], times, strict=True):
            name = at.replace(tzinfo=None)
            self.model.occurrences[id_] = Occurrence(
                id_, made["id"], room, name, at, at + HOUR, "Seminar", at, "Seminar"
            )

    def some(self, series: int, number: int) -> tuple[int, Occurrence] | None:
        """Answer a series that goes on and one of its occurrences that has not begun, if there is one."""
        known = list(self.model.series())
        chosen = known[series % len(known)]
        ahead = self.model.ahead(chosen, None)
        return (chosen, ahead[number % len(ahead)]) if ahead else None

    @precondition(lambda self: any(self.model.series()))
    @rule(series=which, number=which, by=hours)
    def move_one(self, series: int, number: int, by: int) -> None:
        found = self.some(series, number)
        if found is None:
            return
        id_, one = found
        start = one.start + by * HOUR
        answer = self.do(self.office.change, id_, "this", one.id, start=start, end=start + (one.end - one.start))
        past = start < self.model.now
        blocked = self.model.taken(one.room, start, start + (one.end - one.start), {one.id})
        assert isinstance(answer, Problem) == (past or blocked)
        if not (past or blocked):
            one.start, one.end = start, start + (one.end - one.start)

    @precondition(lambda self: any(self.model.series()))
    @rule(series=which, number=which, title=st.sampled_from(["Alone", "Apart"]))
    def retitle_one(self, series: int, number: int, title: str) -> None:
        found = self.some(series, number)
        if found:
            self.do(self.office.change, found[0], "this", found[1].id, title=title)
            found[1].title = title

    @precondition(lambda self: any(self.model.series()))
    @rule(series=which, number=which)
    def cancel_one(self, series: int, number: int) -> None:
        found = self.some(series, number)
        if found:
            self.do(self.office.cancel, found[0], "this", found[1].id)
            found[1].state = "cancelled"

    def divided(self, id_: int, since: Occurrence | None, heir: int) -> None:
        """Let the occurrences from one on belong to the series that goes on with them."""
        if since is not None:
            for one in self.model.concerned(id_, since):
                one.series = heir

    @precondition(lambda self: any(self.model.series()))
    @rule(series=which, number=which, scope=scopes, title=st.sampled_from(["Course", "Workshop", "Lecture"]))
    def retitle(self, series: int, number: int, scope: str, title: str) -> None:
        found = self.some(series, number)
        if found is None:
            return
        id_, anchor = found
        since = anchor if scope == "following" else None
        answer = self.do(self.office.change, id_, scope, anchor.id, title=title)
        assert not isinstance(answer, Problem)
        for one in self.model.following(id_, since):
            one.title = title
        for one in self.model.concerned(id_, since):
            one.due_title = title
        self.divided(id_, since, answer.id)

    @precondition(lambda self: any(self.model.series()))
    @rule(series=which, number=which, scope=scopes, by=hours, skip=st.booleans())
    def move(self, series: int, number: int, scope: str, by: int, skip: bool) -> None:
        found = self.some(series, number)
        if found is None or found[1].own:
            return
        id_, anchor = found
        since = anchor if scope == "following" else None
        moving = self.model.following(id_, since)
        wish = {"start": anchor.start + by * HOUR, "skip": skip}
        answer = self.do(self.office.change, id_, scope, anchor.id, **wish)
        refused = {one.id for one in moving if one.start + by * HOUR < self.model.now}
        allowed = [one for one in moving if one.id not in refused]
        stuck = self.model.stuck(allowed, by * HOUR)
        assert isinstance(answer, Problem) == (not skip and bool(refused or stuck))
        if isinstance(answer, Problem):
            return
        for one in allowed:
            if one.id not in stuck:
                one.start, one.end = one.start + by * HOUR, one.end + by * HOUR
        # What could not come along is not as its series says any more.
        for one in self.model.concerned(id_, since):
            one.due_start += by * HOUR
        self.divided(id_, since, answer.id)

    @precondition(lambda self: any(self.model.series()))
    @rule(series=which, number=which, scope=scopes)
    def cancel(self, series: int, number: int, scope: str) -> None:
        found = self.some(series, number)
        if found is None:
            return
        id_, anchor = found
        since = anchor if scope == "following" else None
        first = self.model.of(id_)[0]
        for one in self.model.ahead(id_, since):
            one.state = "cancelled"
        if since is None or first.name == since.name:
            self.model.cancelled.add(id_)
        answer = self.do(self.office.cancel, id_, scope, anchor.id)
        assert answer.state == ("cancelled" if id_ in self.model.cancelled else "active")

    @rule(by=st.integers(1, 40))
    def time_passes(self, by: int) -> None:
        self.model.now += by * HOUR
        self.office.process.clock.now = self.model.now

    @invariant()
    def nothing_else_is_different(self) -> None:
        if not hasattr(self, "model"):
            return
        rows = self.do(self.office.rows)
        found = {
            row["id"]: (row["series_id"], row["occurrence"], row["starts"], row["ends"], row["title"], row["state"])
            for row in rows
        }
        assert found == {
            one.id: (one.series, one.name, one.start, one.end, one.title, one.state)
            for one in self.model.occurrences.values()
        }


@pytest.mark.proof
@pytest.mark.timeout(600 * SCALE)  # what it finds takes a while to be made small
def test_edits_change_what_they_should_and_nothing_else(
    portal: BlockingPortal, newest_database: DatabaseFor, settings: Settings, secrets: Secrets
) -> None:
    with (
        portal.wrap_async_context_manager(newest_database()) as url,
        portal.wrap_async_context_manager(opened(url, settings, secrets, RESOURCES)) as process,
    ):
        office = Office(process)
        search(lambda: Series(portal, office), steps=30)
        assert portal.call(office.rows) is not None
