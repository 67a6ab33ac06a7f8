"""What holds and the waitlist should do, in plain Python: lists, and loops that try every minute."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

HOLD_MINUTES, HOLDS_MAX, OFFER_MINUTES, ENTRIES_MAX = 10, 5, 30, 20
SETUP = {1: 0, 2: 0, 3: 30}


@dataclass
class Taken:
    """What occupies rooms, by its number; all times are minutes."""

    kind: str
    who: int
    rooms: tuple[int, ...]
    start: int
    end: int
    until: int | None = None


@dataclass
class Place:
    """A place in line: for all of the rooms, or with ``any`` for one of them."""

    id: int
    who: int
    rooms: tuple[int, ...]
    any: bool
    start: int
    end: int
    minutes: int | None
    state: str = "waiting"
    offer: int | None = None

    @property
    def wish(self) -> tuple[object, ...]:
        return () if self.any else self.rooms, self.any, self.start, self.end, self.minutes

    @property
    def length(self) -> int:
        return self.minutes or self.end - self.start


Slot = tuple[tuple[int, ...], int, int]


@dataclass
class Model:
    """Rooms, what occupies them, and who waits. ``offered`` are the offers made since somebody looked, in order."""

    now: int = 0
    taken: dict[int, Taken] = field(default_factory=dict)
    line: list[Place] = field(default_factory=list)
    offered: list[tuple[Place, Slot]] = field(default_factory=list)
    _given: int = -1

    def free(self, room: int, start: int, end: int, ignoring: int | None = None) -> bool:
        return not any(
            room in one.rooms and start - SETUP[room] < one.end and one.start - SETUP[room] < end
            for id_, one in self.taken.items()
            if id_ != ignoring
        )

    def all_free(self, rooms: Sequence[int], start: int, end: int, ignoring: int | None = None) -> bool:
        return all(self.free(room, start, end, ignoring) for room in rooms)

    def holds_of(self, who: int) -> list[int]:
        return [id_ for id_, one in self.taken.items() if one.kind == "hold" and one.who == who]

    def live(self, who: int) -> list[Place]:
        return [one for one in self.line if one.who == who and one.state in ("waiting", "offered")]

    def may_join(self, place: Place) -> bool:
        live = self.live(place.who)
        return len(live) < ENTRIES_MAX and all(one.wish != place.wish for one in live)

    def give_back(self, id_: int) -> None:
        del self.taken[id_]
        self.serve()

    def serve(self) -> None:
        """Give what is free to those who wait, in their order."""
        for place in self.line:
            if place.state == "waiting" and (slot := self._slot(place)):
                rooms, start, end = slot
                place.state, place.offer = "offered", self._given
                self._given -= 1
                self.taken[place.offer] = Taken("offer", place.who, rooms, start, end, self.now + OFFER_MINUTES)
                self.offered.append((place, slot))

    def known_as(self, place: Place, id_: int) -> None:
        """Note the number that an offer has in the database."""
        assert place.offer is not None
        self.taken[id_] = self.taken.pop(place.offer)
        place.offer = id_

    def _slot(self, place: Place) -> Slot | None:
        for start in range(place.start, place.end - place.length + 1):
            for rooms in self._choices(place):
                if self.all_free(rooms, start, start + place.length):
                    return rooms, start, start + place.length
        return None

    def _choices(self, place: Place) -> Iterator[tuple[int, ...]]:
        if place.any:
            yield from ((room,) for room in place.rooms)
        else:
            yield place.rooms

    def next_due(self) -> tuple[int, str] | None:
        """Answer when something ends by the clock next, and the key of its timer."""
        holds = [(one.until, f"hold/{id_}") for id_, one in self.taken.items() if one.kind == "hold"]
        offers = [
            (self.taken[one.offer].until, f"waitlist/{one.id}")
            for one in self.line
            if one.state == "offered" and one.offer is not None
        ]
        return min([(until, key) for until, key in [*holds, *offers] if until is not None], default=None)
