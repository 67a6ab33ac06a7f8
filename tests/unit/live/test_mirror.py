"""Whatever order the news come in, and however often, whoever follows a map ends with the database's."""

import orjson
from hypothesis import given
from hypothesis import strategies as st

from berth.contracts.seating.performances import SeatsChanged, SeatsNow
from berth.edges.live.mirror import Mirror
from tests.unit.live.hall import Hall
from tests.websocket import Shown


def payload(frame: bytes) -> dict[str, object]:
    return orjson.loads(frame[frame.index(b"{") :])


def mirror_of(hall: Hall) -> Mirror:
    mirror = Mirror("performance/12")
    mirror.read(hall.now())
    return mirror


def test_a_snapshot_has_a_version_and_a_delta_the_next() -> None:
    hall = Hall()
    mirror = mirror_of(hall)
    assert payload(mirror.snapshot()) == {
        "type": "snapshot",
        "topic": "performance/12",
        "epoch": mirror.epoch,
        "version": 0,
        "states": "ffffff",
        "areas": [{"key": "floor", "capacity": 100, "taken": 0}],
    }
    mirror.hear(hall.change("held", 1, 2, floor=3))
    mirror.hear(hall.change("sold", 2))
    assert payload(mirror.delta() or b"") == {
        "type": "delta",
        "topic": "performance/12",
        "epoch": mirror.epoch,
        "version": 1,
        "seats": [[1, "h"], [2, "s"]],
        "areas": [["floor", 3]],
    }
    assert mirror.delta() is None
    assert payload(mirror.snapshot())["states"] == "fhsfff"


def test_older_news_of_a_seat_are_passed_over_and_so_is_what_was_heard_already() -> None:
    hall = Hall()
    mirror = mirror_of(hall)
    held, free = hall.change("held", 0), hall.change("free", 0)
    mirror.hear(free)
    mirror.delta()
    mirror.hear(held)
    mirror.hear(free)
    assert mirror.delta() is None
    assert payload(mirror.snapshot())["states"] == "ffffff"


def test_what_happens_while_the_seats_are_read_is_applied_to_what_was_read() -> None:
    hall = Hall()
    mirror = Mirror("performance/12")
    before_the_reading = hall.change("held", 0)
    reading = hall.now()
    mirror.hear(before_the_reading)
    mirror.hear(hall.change("sold", 0, 5))
    assert mirror.read(reading)
    assert payload(mirror.snapshot())["states"] == "sffffs"


def test_a_version_that_was_left_out_means_that_an_event_is_missing_and_a_reading_makes_up_for_it() -> None:
    hall = Hall()
    mirror = mirror_of(hall)
    hall.change("held", 0, 3)
    mirror.hear(hall.change("sold", 0))
    assert mirror.suspects
    assert not mirror.read(hall.now()), "the telling goes on"
    assert not mirror.suspects
    assert payload(mirror.delta() or b"")["seats"] == [[0, "s"], [3, "h"]]


def test_after_an_interruption_a_new_telling_begins() -> None:
    hall = Hall()
    mirror = mirror_of(hall)
    epoch = mirror.epoch
    hall.change("sold", 4)
    mirror.begin()
    assert not mirror.is_read
    assert mirror.read(hall.now())
    assert mirror.epoch != epoch
    assert (payload(mirror.snapshot())["version"], payload(mirror.snapshot())["states"]) == (0, "ffffsf")


def test_seats_that_are_not_there_begin_a_new_telling_once_they_are_read() -> None:
    hall = Hall()
    mirror = mirror_of(hall)
    hall.seats.append(("blocked", 1))
    mirror.hear(hall.change("free", 6))
    assert mirror.suspects
    assert mirror.read(hall.now())
    assert payload(mirror.snapshot())["states"] == "fffffff"


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["free", "held", "sold", "blocked"]),
        st.sets(st.integers(0, 5), min_size=1, max_size=3),
        st.one_of(st.none(), st.integers(0, 100)),
    ),
    max_size=25,
)


class Interleaving:
    """A hall, its mirror, and events on their way; ``early`` follows from the first reading, ``late`` joins later."""

    def __init__(self, data: st.DataObject) -> None:
        self.hall, self.mirror = Hall(), Mirror("performance/12")
        self.early, self.late = Shown(), Shown()
        self.under_way: list[SeatsChanged] = []
        self._reading: SeatsNow | None = None
        self._data = data
        self._steps = (self.hear, self.hear_again, self.look, self.read, self.delta, self.join)

    def step(self) -> None:
        self._data.draw(st.sampled_from(self._steps))()

    def hear(self) -> None:
        if self.under_way:
            self.mirror.hear(self.under_way.pop(self._any()))

    def hear_again(self) -> None:
        if self.under_way:
            self.mirror.hear(self.under_way[self._any()])

    def look(self) -> None:
        self._reading = self.hall.now()

    def read(self) -> None:
        if self._reading is not None and self.mirror.read(self._reading):
            self.early.take(payload(self.mirror.snapshot()))
        self._reading = None

    def delta(self) -> None:
        frame = self.mirror.delta() if self.mirror.is_read else None
        for shown in (self.early, self.late):
            if frame and shown.epoch:
                shown.take(payload(frame))

    def join(self) -> None:
        if self.mirror.is_read:
            self.late.take(payload(self.mirror.snapshot()))

    def end(self) -> None:
        """All events arrive at last, in some order."""
        self.look()
        if not self.mirror.is_read:
            self.read()
        for event in self._data.draw(st.permutations(self.under_way)):
            self.mirror.hear(event)
        if not self.late.epoch:
            self.join()
        self.delta()

    def _any(self) -> int:
        return self._data.draw(st.integers(0, len(self.under_way) - 1))


@given(CHANGES, st.data())
def test_any_interleaving_ends_with_the_map_of_the_database(
    changes: list[tuple[str, set[int], int | None]], data: st.DataObject
) -> None:
    """Events come late, in any order and twice; readings, deltas and one who joins are in between."""
    telling = Interleaving(data)
    for state, places, floor in changes:
        telling.under_way.append(telling.hall.change(state, *places, floor=floor))
        for _ in range(data.draw(st.integers(0, 3))):
            telling.step()
    telling.end()
    for shown in (telling.early, telling.late):
        assert "".join(shown.states) == telling.hall.states
        assert shown.areas == {"floor": telling.hall.areas["floor"][0]}
        assert shown.gaps == 0
