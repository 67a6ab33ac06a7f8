"""What a series gives back is offered, like what a single reservation does."""

from tests.acceptance.booking.conftest import NewRoom, told
from tests.acceptance.conftest import Caller
from tests.acceptance.series.conftest import far_room, make_series, new_room, weekly
from tests.acceptance.waitlist.conftest import place

__all__ = ["far_room", "new_room"]

SECOND = {"start": "2031-03-11T09:00:00Z", "end": "2031-03-11T10:00:00Z"}


async def waits(caller: Caller, room: int) -> dict:
    entry = told(await caller.post("waitlist", {"resource_id": room, **SECOND}), 201)
    assert entry["state"] == "waiting"
    return entry


async def test_what_a_series_moves_away_from_is_offered(user: Caller, other: Caller, far_room: NewRoom) -> None:
    room = await far_room()
    made = await make_series(user, weekly(room))
    entry = await waits(other, room)
    first = made["occurrences"][0]["reservation_id"]
    later = {"scope": "all", "reservation_id": first, "start": "2031-03-04T14:00:00Z", "end": "2031-03-04T15:00:00Z"}
    told(await user.patch(f"series/{made['id']}", later), 200)
    assert (await place(other, entry))["state"] == "offered"
    assert (await user.post("reservations", {"resource_id": room, **SECOND})).status_code == 409


async def test_what_a_series_gives_up_is_offered(user: Caller, other: Caller, far_room: NewRoom) -> None:
    room = await far_room()
    made = await make_series(user, weekly(room))
    entry = await waits(other, room)
    told(await user.post(f"series/{made['id']}/cancel", {"scope": "all"}), 200)
    assert (await place(other, entry))["state"] == "offered"
    assert (await other.post(f"waitlist/{entry['id']}/accept")).status_code == 201
