"""Whatever is done in whatever order, the API answers as a plain model does, and the calendars agree at the end.

Derandomised, so that every run does the same; ``BERTH_PROOF_SCALE`` above 1 searches at random, and longer.
"""

import itertools
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    multiple,
    rule,
    run_state_machine_as_test,
)

from tests.acceptance.stateful.conftest import Door, Doors
from tests.acceptance.stateful.model import Calendar, Reservation, Room
from tests.scale import SCALE

BASE = datetime(2033, 5, 2, tzinfo=UTC)
CAPACITIES = (2, 4, 4, 8)
QUARTERS = 6 * 4

quarter = st.integers(0, QUARTERS).map(lambda number: number * 15)
length = st.sampled_from((15, 30, 45, 60, 120))
buffer = st.sampled_from((0, 0, 10, 15, 30))
room_numbers = st.integers(0, len(CAPACITIES) - 1)
some_rooms = st.sets(room_numbers, min_size=1, max_size=3)
person = st.integers(0, 1)


def instant(minute: int) -> str:
    return (BASE + timedelta(minutes=minute)).isoformat().replace("+00:00", "Z")


def times(start: int, minutes: int) -> dict[str, str]:
    return {"start": instant(start), "end": instant(start + minutes)}


class Berth(RuleBasedStateMachine):
    """Each rule asks the API and the model, and holds the one's answer against the other's."""

    reservations: Bundle[Reservation] = Bundle("reservations")
    blackouts: Bundle[int] = Bundle("blackouts")
    keys: Bundle[tuple[Door, str, dict[str, Any], Any]] = Bundle("keys")

    def __init__(self, doors: Doors) -> None:
        super().__init__()
        self.doors = doors
        self.kind = f"model {secrets.token_hex(6)}"
        self.numbers = itertools.count()

    @initialize()
    def rooms(self) -> None:
        made = [
            self.doors.admin(
                "post",
                "resources",
                {"name": f"{self.kind} {number}", "kind": self.kind, "timezone": "UTC", "capacity": capacity},
            )
            for number, capacity in enumerate(CAPACITIES)
        ]
        assert {one.status_code for one in made} == {201}
        self.ids = [one.json()["id"] for one in made]
        self.calendar = Calendar(Room(id_, capacity) for id_, capacity in zip(self.ids, CAPACITIES, strict=True))

    def made(self, answer: Any, door: Door, ids: Any, start: int, minutes: int) -> Reservation:
        """Enter a reservation into the model as it was answered."""
        body = answer.json()
        assert [one["id"] for one in body["resources"]] == sorted(ids)
        assert (body["start"], body["end"], body["version"]) == (*times(start, minutes).values(), 1)
        one = Reservation(body["id"], door.caller.id, tuple(sorted(ids)), start, start + minutes)
        self.calendar.reservations[one.id] = one
        self.calendar.occupy(one.id, one.rooms, one.start, one.end)
        return one

    @rule(target=reservations, who=person, rooms=some_rooms, start=quarter, minutes=length)
    def reserve(self, who: int, rooms: set[int], start: int, minutes: int) -> Any:
        door, ids = self.doors.people[who], [self.ids[number] for number in rooms]
        named = {"resource_id": ids[0]} if len(ids) == 1 else {"resource_ids": ids}
        expected = self.calendar.status_of(ids, start, start + minutes)
        answer = door("post", "reservations", named | times(start, minutes))
        assert answer.status_code == expected, answer.text
        return self.made(answer, door, ids, start, minutes) if expected == 201 else multiple()

    @rule(target=reservations, who=person, capacity=st.integers(1, 9), start=quarter, minutes=length)
    def reserve_any(self, who: int, capacity: int, start: int, minutes: int) -> Any:
        door = self.doors.people[who]
        expected, room = self.calendar.any_of(capacity, start, start + minutes)
        wanted = {"any_of": {"kind": self.kind, "capacity_min": capacity}}
        answer = door("post", "reservations", wanted | times(start, minutes))
        assert answer.status_code == expected, answer.text
        return self.made(answer, door, [room], start, minutes) if room is not None else multiple()

    @rule(target=keys, who=person, room=room_numbers, start=quarter, minutes=length)
    def reserve_with_a_key(self, who: int, room: int, start: int, minutes: int) -> Any:
        door, id_ = self.doors.people[who], self.ids[room]
        key = f"{self.kind} {next(self.numbers)}"
        body = {"resource_id": id_} | times(start, minutes)
        expected = self.calendar.status_of([id_], start, start + minutes)
        answer = door("post", "reservations", body, headers={"Idempotency-Key": key})
        assert answer.status_code == expected, answer.text
        if expected == 201:
            self.made(answer, door, [id_], start, minutes)
        return multiple() if expected == 422 else (door, key, body, answer)

    @rule(first=keys)
    def repeat_with_the_same_key(self, first: Any) -> None:
        door, key, body, answered = first
        answer = door("post", "reservations", body, headers={"Idempotency-Key": key})
        assert (answer.status_code, answer.json()) == (answered.status_code, answered.json())

    @rule(one=reservations, rooms=st.none() | some_rooms, start=quarter, minutes=length, as_admin=st.booleans())
    def reschedule(self, one: Reservation, rooms: set[int] | None, start: int, minutes: int, as_admin: bool) -> None:
        ids = one.rooms if rooms is None else tuple(sorted(self.ids[number] for number in rooms))
        same = (ids, start, start + minutes) == (one.rooms, one.start, one.end)
        expected = self.calendar.status_of(ids, start, start + minutes, ignoring=one.id, good=200)
        if one.cancelled or same:
            expected = 200 if same else 409
        wanted = times(start, minutes) | ({} if rooms is None else {"resource_ids": list(ids)})
        answer = self._door_of(one, as_admin)("patch", f"reservations/{one.id}", wanted)
        assert answer.status_code == expected, answer.text
        if expected == 200 and not same:
            one.rooms, one.start, one.end, one.version = ids, start, start + minutes, one.version + 1
            self.calendar.occupy(one.id, ids, one.start, one.end)
        self.agree(one)

    @rule(one=reservations, as_admin=st.booleans())
    def cancel(self, one: Reservation, as_admin: bool) -> None:
        answer = self._door_of(one, as_admin)("post", f"reservations/{one.id}/cancel")
        assert answer.status_code == 200, answer.text
        one.version += not one.cancelled
        one.cancelled = True
        self.calendar.vacate(one.id)
        self.agree(one)

    @rule(one=reservations, start=quarter)
    def meddle(self, one: Reservation, start: int) -> None:
        [stranger] = [door for door in self.doors.people if door.caller.id != one.owner]
        assert stranger("patch", f"reservations/{one.id}", times(start, 15)).status_code == 403
        assert stranger("post", f"reservations/{one.id}/cancel").status_code == 403
        self.agree(one)

    @rule(target=blackouts, rooms=some_rooms, start=quarter, minutes=length)
    def close(self, rooms: set[int], start: int, minutes: int) -> Any:
        ids = [self.ids[number] for number in rooms]
        free = all(self.calendar.rooms[id_].free(start, start + minutes) for id_ in ids)
        answer = self.doors.admin("post", "blackouts", {"resource_ids": ids, "reason": "x"} | times(start, minutes))
        assert answer.status_code == (201 if free else 409), answer.text
        if not free:
            return multiple()
        self.calendar.occupy(answer.json()["id"], ids, start, start + minutes, buffered=False)
        return answer.json()["id"]

    @rule(blackout=consumes(blackouts))
    def lift(self, blackout: int) -> None:
        assert self.doors.admin("delete", f"blackouts/{blackout}").status_code == 204
        assert self.doors.admin("delete", f"blackouts/{blackout}").status_code == 404
        self.calendar.vacate(blackout)

    @rule(room=room_numbers, setup=buffer, teardown=buffer)
    def set_buffers(self, room: int, setup: int, teardown: int) -> None:
        policy = {"setup_minutes": setup, "teardown_minutes": teardown}
        assert self.doors.admin("put", f"resources/{self.ids[room]}/policy", policy).status_code == 200
        one = self.calendar.rooms[self.ids[room]]
        one.setup, one.teardown = setup, teardown

    @rule(room=room_numbers, retired=st.booleans())
    def retire_or_restore(self, room: int, retired: bool) -> None:
        verb = "retire" if retired else "restore"
        assert self.doors.admin("post", f"resources/{self.ids[room]}/{verb}").status_code == 200
        self.calendar.rooms[self.ids[room]].retired = retired

    def _door_of(self, one: Reservation, as_admin: bool) -> Door:
        [owner] = [door for door in self.doors.people if door.caller.id == one.owner]
        return self.doors.admin if as_admin else owner

    def agree(self, one: Reservation) -> None:
        """Check that the API tells of a reservation what the model knows."""
        body = self._door_of(one, False)("get", f"reservations/{one.id}").json()
        assert body["state"] == ("cancelled" if one.cancelled else "ready")
        assert (body["start"], body["end"]) == (instant(one.start), instant(one.end))
        assert ([each["id"] for each in body["resources"]], body["version"]) == (list(one.rooms), one.version)

    def teardown(self) -> None:
        """Hold every calendar, and what a search finds free, against the model's."""
        if not hasattr(self, "calendar"):
            return
        everything = {"from": instant(-600), "until": instant(3000)}
        for room in self.calendar.rooms.values():
            answer = self.doors.admin("get", f"resources/{room.id}/schedule", **everything)
            busy = [(one["start"], one["end"]) for one in answer.json()["items"]]
            assert busy == [(instant(since), instant(until)) for since, until in sorted(room.occupied.values())]
        for start in (0, 90, 240):
            window = {"available_from": instant(start), "available_until": instant(start + 30), "kind": self.kind}
            found = self.doors.admin("get", "resources/search", **window).json()["items"]
            free = [
                room.id
                for room in self.calendar.rooms.values()
                if not room.retired and room.free(*room.buffered(start, start + 30))
            ]
            assert [one["id"] for one in found] == free
        for one in self.calendar.reservations.values():
            self.agree(one)


@pytest.mark.proof
@pytest.mark.timeout(600 * SCALE)  # what it finds takes a while to be made small
def test_the_api_answers_as_the_model_does(doors: Doors) -> None:
    run_state_machine_as_test(
        lambda: Berth(doors),
        settings=settings(
            max_examples=25 * SCALE,
            stateful_step_count=40,
            derandomize=SCALE == 1,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert doors.admin("get", "reservations", limit=1).json()["items"]
