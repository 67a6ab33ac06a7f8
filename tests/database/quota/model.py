"""The ledger as a plain model: nothing is kept but requests, and every sum is made anew."""

from dataclasses import dataclass, field

MINUTES, COUNT = "minutes", "count"


@dataclass(frozen=True)
class Line:
    """An allowance of the model."""

    id: int
    unit: str
    amount: int
    shared: bool

    def need(self, minutes: int) -> int:
        return minutes if self.unit == MINUTES else 1


@dataclass
class Entry:
    """What became of a request."""

    state: str
    minutes: int
    week: int
    used_minutes: int = 0


Account = tuple[int, int, int]
"""An allowance's id, a holder and a week."""


@dataclass
class Model:
    """Reservations of two owners: a reservation's number says whose it is."""

    lines: list[Line]
    owners: tuple[int, int]
    requests: dict[int, dict[int, Entry]] = field(default_factory=dict)
    over: dict[int, int] = field(default_factory=dict)
    settled_at: dict[int, int] = field(default_factory=dict)

    def owner(self, reservation: int) -> int:
        return self.owners[reservation % 2]

    def holder(self, line: Line, reservation: int) -> int:
        return 0 if line.shared else self.owner(reservation)

    def holds(self, line: Line, reservation: int, week: int) -> int:
        live = [one for one in self.requests.get(reservation, {}).values() if one.state == "held" and one.week == week]
        return max((line.need(one.minutes) for one in live), default=0)

    def uses(self, line: Line, reservation: int, week: int) -> int:
        over = [one for one in self.requests.get(reservation, {}).values() if one.state == "committed"]
        return sum(
            min(one.minutes, one.used_minutes) if line.unit == MINUTES else 1 for one in over if one.week == week
        )

    def usage(self) -> dict[Account, tuple[int, int]]:
        """What is held and used, wherever there is anything."""
        found: dict[Account, tuple[int, int]] = {}
        for line in self.lines:
            for reservation in self.requests:
                for week in (0, 1):
                    key = (line.id, self.holder(line, reservation), week)
                    held, used = found.get(key, (0, 0))
                    more = self.holds(line, reservation, week), self.uses(line, reservation, week)
                    found[key] = (held + more[0], used + more[1])
        return {key: sums for key, sums in found.items() if sums != (0, 0)}

    def ask(self, reservation: int, request: int, minutes: int, week: int) -> str:
        mine = self.requests.setdefault(reservation, {})
        if request not in mine:
            late = request <= self.over.get(reservation, 0) or request < self.settled_at.get(reservation, 0)
            state = "released" if late else "held" if self._suffices(reservation, minutes, week) else "denied"
            mine[request] = Entry(state, minutes, week)
        return mine[request].state

    def _suffices(self, reservation: int, minutes: int, week: int) -> bool:
        usage = self.usage()
        for line in self.lines:
            more = line.need(minutes) - self.holds(line, reservation, week)
            left = line.amount - sum(usage.get((line.id, self.holder(line, reservation), week), (0, 0)))
            if more > 0 and more > left:
                return False
        return True

    def settle(self, reservation: int, request: int) -> None:
        mine = self.requests.setdefault(reservation, {})
        if request in mine and mine[request].state in ("released", "denied"):
            return
        self.settled_at[reservation] = max(request, self.settled_at.get(reservation, 0))
        self._release(reservation, range(request))

    def withdraw(self, reservation: int, request: int, whole: bool) -> str:
        mine = self.requests.setdefault(reservation, {})
        if whole:
            self.over[reservation] = max(request, self.over.get(reservation, 0))
            self._release(reservation, range(request + 1))
        else:
            mine.setdefault(request, Entry("released", 0, 0))
            self._release(reservation, [request])
        return "released"

    def close(self, reservation: int, request: int, minutes: int) -> str:
        mine = self.requests.setdefault(reservation, {})
        self.over[reservation] = max(request, self.over.get(reservation, 0))
        live = sorted(id_ for id_, one in mine.items() if one.state == "held" and id_ <= request)
        if live:
            mine[live[-1]].state, mine[live[-1]].used_minutes = "committed", minutes
            self._release(reservation, live)
        return "committed"

    def _release(self, reservation: int, requests: range | list[int]) -> None:
        for id_, one in self.requests.get(reservation, {}).items():
            if id_ in requests and one.state == "held":
                one.state = "released"
