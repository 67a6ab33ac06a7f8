"""How the seats of one performance stand, as far as one process knows: read once, then kept up by events."""

import secrets
from array import array
from collections.abc import Sequence
from dataclasses import replace

from berth.contracts.seating.performances import AreaNow, SeatsChanged, SeatsNow
from berth.edges.live.messages import message

LETTERS = {"free": "f", "held": "h", "sold": "s", "blocked": "b"}
KEPT_MAX = 10_000
"""So many events may wait for a reading; of more, the reading that follows is not trusted."""


class Mirror:
    """The map of a performance.

    Each seat has a version, so events may come in any order and twice: what is older than the seat is passed over.
    ``epoch`` names the telling and ``version`` counts its deltas: who has them all has the map. ``suspects`` says
    that an event seems to be missing, so that the seats are to be read again.
    """

    def __init__(self, topic: str) -> None:
        self._topic = topic
        self.begin()

    def begin(self) -> None:
        """Forget everything, for events were missed: a new telling begins with the next reading."""
        self.epoch = secrets.token_hex(4)
        self.version = 0
        self.is_read = False
        self.suspects = False
        self._states = bytearray()
        self._versions = array("q")
        self._areas: dict[str, AreaNow] = {}
        self._kept: list[SeatsChanged] = []
        self._seats_changed: set[int] = set()
        self._areas_changed: set[str] = set()
        self._snapshot: bytes | None = None

    def hear(self, event: SeatsChanged) -> None:
        """Take an event: keep it while the seats are not read."""
        if self.is_read:
            self._apply(event)
        elif len(self._kept) < KEPT_MAX:
            self._kept.append(event)
        else:
            self.suspects = True

    def read(self, now: SeatsNow) -> bool:
        """Take a reading, and what was kept meanwhile; answer whether it begins a telling.

        A later reading only adds what is newer, as events would. If it is of other seats, a new telling begins.
        """
        if self.is_read and self._is_of_these(now):
            self.suspects = False
            self._add(now)
            return False
        if self.is_read:
            self.begin()
        kept, self._kept, self.suspects = self._kept, [], len(self._kept) >= KEPT_MAX
        self._states = bytearray(now.states.encode())
        self._versions = array("q", now.versions)
        self._areas = {one.key: one for one in now.areas}
        self.is_read = True
        for event in kept:
            self._apply(event)
        self._seats_changed.clear()
        self._areas_changed.clear()
        return True

    def snapshot(self) -> bytes:
        """Answer the whole map as a frame; what changed since the last delta is in it, and in the next one again."""
        if self._snapshot is None:
            areas = [{"key": one.key, "capacity": one.capacity, "taken": one.taken} for one in self._areas.values()]
            self._snapshot = message(
                "snapshot",
                topic=self._topic,
                epoch=self.epoch,
                version=self.version,
                states=self._states.decode(),
                areas=areas,
            )
        return self._snapshot

    def delta(self) -> bytes | None:
        """Answer what changed since the last delta as a frame, none if nothing did."""
        if not self._seats_changed and not self._areas_changed:
            return None
        self.version += 1
        seats = [(place, chr(self._states[place])) for place in sorted(self._seats_changed)]
        areas = [(key, self._areas[key].taken) for key in sorted(self._areas_changed)]
        self._seats_changed.clear()
        self._areas_changed.clear()
        self._snapshot = None
        return message("delta", topic=self._topic, epoch=self.epoch, version=self.version, seats=seats, areas=areas)

    def _is_of_these(self, now: SeatsNow) -> bool:
        known = [(one.key, one.capacity) for one in self._areas.values()]
        return len(now.states) == len(self._states) and [(one.key, one.capacity) for one in now.areas] == known

    def _add(self, now: SeatsNow) -> None:
        for place, version in enumerate(now.versions):
            if version > self._versions[place]:
                self._set_seat(place, ord(now.states[place]), version)
        for area in now.areas:
            if area.version > self._areas[area.key].version:
                self._set_area(area)

    def _apply(self, event: SeatsChanged) -> None:
        letter = LETTERS.get(event.state)
        if letter is None:
            self.suspects = True
            return
        self._apply_seats(event.seats, ord(letter))
        for area in event.areas:
            known = self._areas.get(area.key)
            self.suspects |= known is None or area.version > known.version + 1
            if known is not None and area.version > known.version:
                self._set_area(replace(known, taken=area.taken, version=area.version))

    def _apply_seats(self, seats: Sequence[tuple[int, ...]], letter: int) -> None:
        for place, version in seats:
            if not 0 <= place < len(self._states):
                self.suspects = True
                continue
            known = self._versions[place]
            self.suspects |= version > known + 1
            if version > known:
                self._set_seat(place, letter, version)

    def _set_seat(self, place: int, letter: int, version: int) -> None:
        self._states[place] = letter
        self._versions[place] = version
        self._seats_changed.add(place)
        self._snapshot = None

    def _set_area(self, area: AreaNow) -> None:
        self._areas[area.key] = area
        self._areas_changed.add(area.key)
        self._snapshot = None
