"""Booking keeps the venue for what is on there, and for nothing else, wherever a change of it was cut off."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from berth.kit.http.problem import Problem
from berth.modules.seating.domain.performance import PerformanceState
from berth.modules.seating.store import performances
from berth.modules.seating.usecases.performances import CHANGE_SECONDS_MAX
from tests.database.seating.conftest import EVENING, Sale
from tests.database.seating.hall import HALL_ID, ROOT, START

HOUR = timedelta(hours=1)
LATER = timedelta(seconds=CHANGE_SECONDS_MAX)


class PowerCut(Exception):
    """Berth ended between two steps."""


async def kept(sale: Sale) -> list[tuple[datetime, datetime]]:
    """From and until when the venue is closed."""
    rows = await sale.database.fetch(
        """
        select lower(occupies) as starts, upper(occupies) as ends
        from booking.allocation
        where resource_id = $1
          and active
        order by occupies
        """,
        HALL_ID,
    )
    return [(one["starts"], one["ends"]) for one in rows]


def cut_off(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Let Berth end when it comes to this step of the store."""

    async def end(*_: object) -> None:
        raise PowerCut

    monkeypatch.setattr(performances, step, end)


async def test_a_move_that_was_cut_off_is_taken_back(sale: Sale, monkeypatch: pytest.MonkeyPatch) -> None:
    before = await kept(sale)
    with monkeypatch.context() as cut:
        cut_off(cut, "save")
        with pytest.raises(PowerCut):
            await sale.putting_on.change(ROOT, sale.performance.id, {"end": EVENING.end + HOUR}, None)
    assert await kept(sale) == [(START, EVENING.end + HOUR)]
    await sale.pass_time(LATER)
    assert await kept(sale) == before


async def test_a_move_that_was_not_cut_off_stays(sale: Sale) -> None:
    await sale.putting_on.change(ROOT, sale.performance.id, {"end": EVENING.end + HOUR}, None)
    await sale.pass_time(LATER)
    assert await kept(sale) == [(START, EVENING.end + HOUR)]


async def test_the_venue_of_a_cancelled_performance_is_free_though_it_was_cut_off(
    sale: Sale, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def end(**_: object) -> None:
        raise PowerCut

    with monkeypatch.context() as cut:
        cut.setattr(sale.booking, "vacate", end)
        with pytest.raises(PowerCut):
            await sale.putting_on.cancel(ROOT, sale.performance.id, "The singer is ill.")
    assert await kept(sale) == [(START, EVENING.end)]
    await sale.pass_time(LATER)
    assert await kept(sale) == []


async def test_what_was_cut_off_before_it_was_on_is_gone(sale: Sale, monkeypatch: pytest.MonkeyPatch) -> None:
    matinee = replace(EVENING, start=START - 5 * HOUR, end=START - 3 * HOUR, sales_end=START - 5 * HOUR)
    before = await kept(sale)
    with monkeypatch.context() as cut:
        cut_off(cut, "save")
        with pytest.raises(PowerCut):
            await sale.putting_on.add(ROOT, sale.performance.venue_id, matinee)
    assert await kept(sale) == [(matinee.start, matinee.end), *before]
    await sale.pass_time(LATER)
    assert await kept(sale) == before
    assert await sale.database.fetch_value("select count(*) from seating.performance") == 1


async def test_a_venue_that_is_taken_refuses_and_keeps_what_was(sale: Sale) -> None:
    before = await kept(sale)
    with pytest.raises(Problem, match="taken at this time"):
        await sale.putting_on.add(ROOT, sale.performance.venue_id, replace(EVENING, name="Another"))
    assert await kept(sale) == before
    found = await performances.find(sale.database, sale.performance.id)
    assert found
    assert found.state is PerformanceState.SCHEDULED
    assert await sale.database.fetch_value("select count(*) from seating.performance") == 1
