"""The timeline of a large house: 200 resources and 3,000 reservations in view, scrolled and dragged."""

import asyncpg
import pytest_asyncio

from tests.acceptance.conftest import Caller, sign_in
from tests.acceptance.under_load.program import running
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD, temporary_database
from tests.needs import needs_web_app
from tests.web.conftest import Open, Visit
from tests.web.finding.conftest import point
from tests.web.tracing import Work, traced

RESOURCES, RESERVATIONS, PER_DAY = 200, 3_000, 3
FRAME_MS_MAX = 50
FRAMES_MIN = 10
MONDAY = "2031-02-03"

# Each resource has three hours of every day of a week, until there are enough.
SEED = f"""
with made as (
    insert into booking.reservation (id, state, owner_id, created_by, title, starts, ends)
    select
        nextval('booking.occupant_id_seq'), 'ready', $1, $1, 'Reservation ' || number,
        start, start + interval '90 minutes'
    from generate_series(0, {RESERVATIONS - 1}) as number
    cross join lateral (
        select '{MONDAY} 07:00Z'::timestamptz
            + (number / {RESOURCES} / {PER_DAY}) * interval '1 day'
            + (number / {RESOURCES} % {PER_DAY}) * interval '3 hours' as start
    ) as placed
    returning id, starts, ends
)
insert into booking.allocation (occupant_id, resource_id, kind, occupies)
select id, resource_id, 'reservation', tstzrange(starts, ends)
from (select id, starts, ends, row_number() over (order by id) - 1 as number from made) as numbered
join (select id as resource_id, row_number() over (order by id) - 1 as place from catalog.resource) as listed
  on place = number % {RESOURCES}
"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site(server_url, tmp_path_factory):
    """A Berth whose only house is large."""
    needs_web_app()
    data_dir = tmp_path_factory.mktemp("large") / "data"
    async with temporary_database(server_url) as url, running(data_dir, url) as program, program.client() as client:
        admin = await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)
        lines = [f"Room {number:03},room,Europe/Rome,8" for number in range(RESOURCES)]
        answer = await client.post(
            "/api/v1/resources/import",
            content="name,kind,timezone,capacity\n" + "\n".join(lines),
            headers={"Authorization": f"Bearer {admin.token}", "Content-Type": "text/csv"},
        )
        assert answer.status_code == 200, answer.text
        connection = await asyncpg.connect(url)
        await connection.execute(SEED, admin.id)
        await connection.close()
        yield program


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def client(site):
    async with site.client() as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def admin(client):
    return await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)


async def test_a_large_timeline_is_one_request_and_scrolls_and_drags_without_a_slow_frame(
    open_browser: Open, admin: Caller
) -> None:
    visit = await open_browser()
    asked: list[str] = []
    visit.page.on("request", lambda one: asked.append(one.url) if "/api/v1/schedule" in one.url else None)
    await visit.enter(admin, f'/find?view=timeline&span=week&day="{MONDAY}"')
    await visit.page.locator(".timeline .timeline-block").first.wait_for()
    assert await visit.page.get_by_role("grid").get_attribute("aria-rowcount") == str(RESOURCES + 1)
    assert len(asked) == 1, "a week of all of them is one request"
    assert await visit.page.get_by_role("row").count() < RESOURCES / 4, "only what is in sight is drawn"

    scrolling = await scrolled(visit)
    dragging = await dragged(visit)
    for work in (scrolling, dragging):
        assert work.frames > FRAMES_MIN
        assert work.tasks[0].ms <= FRAME_MS_MAX, work.tasks[:3]
    assert len(asked) == 1


async def scrolled(visit: Visit) -> Work:
    """Scroll through all rows, and back over the week."""
    await point(visit, "Room 003", 8)
    await visit.page.mouse.move(700, 600)
    async with traced(visit) as work:
        for _ in range(24):
            await visit.page.mouse.wheel(0, 400)
        for _ in range(12):
            await visit.page.mouse.wheel(80, -800)
    return work


async def dragged(visit: Visit) -> Work:
    """Drag a block across rows and days, and leave it where it was."""
    mouse = visit.page.mouse
    x, y = await point(visit, "Room 003", 8.5)
    await mouse.move(x, y)
    async with traced(visit) as work:
        await mouse.down()
        for step in range(40):
            await mouse.move(x + 6 * step, y + 5 * step)
    assert await visit.page.locator('.timeline[data-dragging="move"]').count() == 1
    await visit.page.keyboard.press("Escape")
    await mouse.up()
    return work
