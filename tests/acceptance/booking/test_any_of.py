"""Reserving any resource that fits."""

import asyncio

from tests.acceptance.booking.conftest import NewRoom, reserve, slot, told
from tests.acceptance.conftest import Caller


async def test_the_smallest_that_fits_is_taken_then_the_next(user: Caller, new_room: NewRoom) -> None:
    sizes = {await new_room(kind="berth", capacity=size): size for size in (40, 8, 20, None)}
    body = {"any_of": {"kind": "berth", "capacity_min": 10}} | slot("09:00", "10:00")
    taken = [told(await user.post("reservations", body), 201)["resources"][0]["id"] for _ in range(2)]
    assert [sizes[one] for one in taken] == [20, 40]
    problem = told(await user.post("reservations", body), 409)
    assert problem["busy"]
    any_size = {"any_of": {"kind": "berth"}} | slot("09:00", "10:00")
    taken = [told(await user.post("reservations", any_size), 201)["resources"][0]["id"] for _ in range(2)]
    assert [sizes[one] for one in taken] == [8, None]


async def test_each_member_of_the_search_counts(admin: Caller, user: Caller, new_room: NewRoom, unique: object) -> None:
    site = told(await admin.post("sites", {"name": f"Mole {next(unique)}"}), 201)["id"]
    wanted = await new_room(kind="slip", site_id=site, tags=["crane", "power"], capacity=9, description="the deep one")
    await new_room(kind="slip", tags=["crane"], capacity=3)
    queries = ({"site_id": site}, {"tags": ["power", "crane"]}, {"text": "deep"}, {"capacity_min": 4})
    for number, query in enumerate(queries):
        times = slot(f"{9 + number:02}:00", f"{10 + number:02}:00")
        made = told(await user.post("reservations", {"any_of": {"kind": "slip"} | query} | times), 201)
        assert [one["id"] for one in made["resources"]] == [wanted]


async def test_those_whose_rules_refuse_are_passed_over(user: Caller, new_room: NewRoom) -> None:
    strict = await new_room(kind="pontoon", capacity=1, policy={"minutes_max": 30})
    lenient = await new_room(kind="pontoon", capacity=2)
    made = told(await user.post("reservations", {"any_of": {"kind": "pontoon"}} | slot("09:00", "10:00")), 201)
    assert [one["id"] for one in made["resources"]] == [lenient]
    only_strict = {"any_of": {"kind": "pontoon", "text": "Cabin"}} | slot("09:00", "09:30")
    assert told(await user.post("reservations", only_strict), 201)["resources"][0]["id"] == strict


async def test_if_nothing_fits_or_all_rules_refuse_it_is_said(user: Caller, new_room: NewRoom) -> None:
    await new_room(kind="raft", policy={"minutes_max": 30})
    nothing = told(await user.post("reservations", {"any_of": {"kind": "zeppelin"}} | slot("09:00", "10:00")), 422)
    assert nothing["type"] == "/problems/nothing-fits"
    refused = told(await user.post("reservations", {"any_of": {"kind": "raft"}} | slot("09:00", "10:00")), 422)
    assert [one["rule"] for one in refused["refusals"]] == ["minutes_max"]


async def test_in_a_race_everybody_gets_another_one_until_none_is_left(
    user: Caller, other: Caller, new_room: NewRoom
) -> None:
    rooms = [await new_room(kind="lock", capacity=size) for size in range(1, 13)]
    await reserve(user, rooms[0], "09:00", "10:00")
    body = {"any_of": {"kind": "lock"}} | slot("09:00", "10:00")
    answers = await asyncio.gather(*(caller.post("reservations", body) for caller in (user, other) * 10))
    taken = sorted(one.json()["resources"][0]["id"] for one in answers if one.status_code == 201)
    assert taken == rooms[1:]
    assert {one.status_code for one in answers} == {201, 409}
