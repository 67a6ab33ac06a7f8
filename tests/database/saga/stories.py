"""What people do with a reservation, as acts that follow each other, and what becomes of the letters in between."""

import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from berth.contracts.catalog import Policy
from berth.kit.auth import Principal, Role
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.reservation import Request
from berth.modules.booking.store.approving import Decided
from berth.modules.booking.usecases.changing import Changing, Wish
from berth.modules.booking.usecases.creating import Creating
from berth.modules.booking.usecases.life.approving import Approving
from berth.modules.booking.usecases.life.visiting import Visiting
from berth.modules.payments.domain.pricing import Price, PriceUnit, Scope, Terms
from berth.modules.payments.usecases.desk import Desk
from berth.modules.payments.usecases.prices import Prices
from berth.modules.quota.domain import allowances
from berth.modules.quota.usecases.allowances import Allowances
from tests.database.saga.around import CHIEF
from tests.database.saga.world import HOUR, ROUNDS_MAX, Letter, World, id_of

STEPS = ("quota", "access", "payment")


@dataclass
class Guest:
    """Somebody with one reservation, and what happens to the letters about it.

    ``loses`` and ``doubles`` name letters by their places; ``holds`` keeps a letter back until another one was
    delivered, or nothing else is left to do.
    """

    who: Principal
    resource_id: int
    start: datetime
    id: int = 0
    loses: frozenset[int] = frozenset()
    doubles: frozenset[int] = frozenset()
    holds: Mapping[int, int] = field(default_factory=dict)
    seen: dict[int, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        return f"reservation/{self.id}"

    def waits_with(self, letter: Letter) -> bool:
        """Tell whether the letter is kept back for now."""
        return letter.place in self.holds and self.holds[letter.place] not in self.seen

    def copies(self, letter: Letter) -> int:
        """Answer how often to deliver a letter now; what is doubled comes twice at once, and again at the end."""
        came_before = letter.place in self.seen
        self.seen[letter.place] = str(letter)
        if letter.place in self.loses:
            return 0
        return 2 if letter.place in self.doubles and not came_before else 1


Act = Callable[[World, Guest], Awaitable[object]]


async def make(world: World, guest: Guest) -> None:
    wanted = Request((guest.resource_id,), None, guest.start, guest.start + 2 * HOUR, "Seminar", None, None)
    answer = await world.part("booking", Creating).create(
        guest.who, wanted, None, lambda one, *_: {"id": one.reservation.id, "state": one.reservation.state}
    )
    guest.id = id_of(answer.body)


async def pay(world: World, guest: Guest) -> None:
    """Pay what is asked for, by hand."""
    rows = await world.doors.of("payments").fetch(
        "select id from payments.intent where reservation_id = $1 and standing = 'pending'", guest.id
    )
    for row in rows:
        await world.part("payments", Desk).mark_paid(row["id"], f"B-{row['id']}")


async def decide(world: World, guest: Guest, *, approved: bool) -> None:
    waiting = await world.part("booking", Approving).waiting(CHIEF, None, 1000)
    for one in waiting:
        if one.reservation_id == guest.id:
            decided = Decided(approved=approved, message="too loud")
            await world.part("booking", Approving).decide(CHIEF, one.request_id, decided)


async def approve(world: World, guest: Guest) -> None:
    await decide(world, guest, approved=True)


async def reject(world: World, guest: Guest) -> None:
    await decide(world, guest, approved=False)


def moving(**wish: object) -> Act:
    """Move the reservation by what is said of its start, end and resource."""

    async def move(world: World, guest: Guest) -> None:
        start = guest.start + wish.get("start", timedelta(0))
        end = guest.start + 2 * HOUR + wish.get("end", wish.get("start", timedelta(0)))
        ids = (guest.resource_id + wish["to"],) if "to" in wish else None
        await world.part("booking", Changing).change(guest.who, guest.id, Wish(start=start, end=end, resource_ids=ids))

    return move


async def cancel(world: World, guest: Guest) -> None:
    await world.part("booking", Changing).cancel(guest.who, guest.id, None)


async def cancel_as_staff(world: World, guest: Guest) -> None:
    await world.part("booking", Changing).cancel(CHIEF, guest.id, "painting")


async def come(world: World, guest: Guest) -> None:
    """Be there at the start; ``tell`` lets the time pass until then."""
    assert world.clock.now >= guest.start


async def check_in(world: World, guest: Guest) -> None:
    await world.part("booking", Visiting).check_in(guest.who, guest.id, None)


async def check_out(world: World, guest: Guest) -> None:
    world.clock.now = max(world.clock.now, guest.start + HOUR / 2)
    await world.part("booking", Visiting).check_out(guest.who, guest.id)


MOVES: Mapping[str, Act] = {
    "at the same price": moving(start=3 * HOUR),
    "over a part of the old": moving(start=HOUR),
    "dearer": moving(end=2 * HOUR),
    "cheaper": moving(end=-HOUR),
    "elsewhere": moving(to=1000),
    "to the next week": moving(start=timedelta(days=7)),
}


@dataclass(frozen=True)
class Story:
    """Acts, and how the reservation ends if nothing is spoilt; ``known`` acts are spoilt in another story already."""

    acts: Sequence[Act]
    end: str
    known: int = 0


STORIES: Mapping[str, Story] = {
    "used": Story((make, pay, come, check_in, check_out), "finished"),
    "used to its end": Story((make, pay, come, check_in), "finished", 4),
    "missed": Story((make, pay), "no_show", 2),
    "never paid": Story((make,), "cancelled", 1),
    "given up": Story((make, pay, cancel), "cancelled", 2),
    "given up at once": Story((make, cancel), "cancelled"),
    "taken away by staff": Story((make, pay, cancel_as_staff), "cancelled", 2),
    "extended while in use": Story((make, pay, come, check_in, moving(end=HOUR), pay, check_out), "finished", 4),
    **{f"moved {name}": Story((make, pay, one, pay), "no_show", 2) for name, one in MOVES.items()},
    "moved and used": Story((make, pay, MOVES["dearer"], pay, come, check_in, check_out), "finished", 4),
    "moved and given up": Story((make, pay, MOVES["dearer"], pay, cancel), "cancelled", 4),
    "moved twice": Story((make, pay, MOVES["dearer"], pay, MOVES["to the next week"], pay), "no_show", 4),
    "moved, not paid, and given up": Story((make, pay, MOVES["dearer"], cancel), "cancelled", 2),
    "moved, not paid, and used": Story((make, pay, MOVES["dearer"], come, check_in), "finished", 3),
}


@dataclass
class Setting:
    """A kind of resources of a test's own, with its allowance, its price and its guests, each with a room."""

    world: World
    number: int
    start: datetime
    allowance_id: int | None = None

    def guest(self, place: int, **faults: object) -> Guest:
        who = Principal(self.number * 10_000 + place, f"g{place}", f"Guest {place}", Role.USER, None, 1)
        return Guest(who, self.number * 10_000 + place, self.start, **faults)


async def setting(
    world: World, *confirmations: str, minutes: int = 600, amount: int = 1000, no_show_minutes: int | None = 30
) -> Setting:
    """Begin on a Monday at nine, with everything for two days later, and so many minutes a week for everybody."""
    number = next(iter(world.numbers))
    monday = world.clock.now + timedelta(days=7 - world.clock.now.weekday())
    world.clock.now = monday.replace(hour=9, minute=0, second=0, microsecond=0)
    kind = world.shelf.kind_of(number * 10_000)
    world.shelf.policies[kind] = Policy(
        confirmations=confirmations or STEPS,
        no_show_minutes=no_show_minutes,
        approvers=(CHIEF.id,),
        escalates_to=(CHIEF.id,),
    )
    rule = allowances.Rule(
        kind, allowances.AllowanceUnit.MINUTES, minutes, allowances.Per.WEEK, scope=allowances.Scope(kind=kind)
    )
    kept = await world.part("quota", Allowances).add(CHIEF, rule)
    price = Price(0, 1, Scope(kind=kind), PriceUnit.HOUR, amount, "EUR", (), Terms(24, 50))
    await world.part("payments", Prices).create(CHIEF, price)
    return Setting(world, number, world.clock.now + timedelta(days=2), kept.id)


async def tell(world: World, acts: Sequence[Act], guests: Sequence[Guest], *, singly: bool = False) -> None:
    """Let all guests do the same, one act after the other, and let everything come to its end.

    What is refused to one of them, for its letters were spoilt, is not done.
    """
    for act in acts:
        await tell_one(world, act, guests, singly=singly)
    await pass_time(world, guests, None, singly=singly)


async def tell_one(world: World, act: Act, guests: Sequence[Guest], *, singly: bool = False) -> None:
    """Let all guests do one thing, and carry what comes of it."""
    if act is come:
        await pass_time(world, guests, guests[0].start, singly=singly)
    for guest in guests:
        with contextlib.suppress(Problem):
            await act(world, guest)
    await carry(world, guests, singly=singly)


async def pass_time(world: World, guests: Sequence[Guest], until: datetime | None, *, singly: bool = False) -> None:
    """Let time pass until an instant, or until there is nothing more to come."""
    for _ in range(ROUNDS_MAX):
        due_at = await world.next_due()
        if due_at is None or (until and due_at > until):
            world.clock.now = max(world.clock.now, until or world.clock.now)
            return
        await world.strike(after=timedelta(0) if until else timedelta(minutes=10))
        await carry(world, guests, singly=singly)
    raise AssertionError("time goes on and on")


async def carry(world: World, guests: Sequence[Guest], *, singly: bool = False) -> None:
    """Carry letters, spoiling what is to be spoilt, until all is quiet."""
    about = {one.subject: one for one in guests}
    again: list[Letter] = []
    while True:
        await world.collect()
        ready, held = [], []
        for letter in world.post:
            guest = about.get(letter.envelope.subject)
            (held if guest and guest.waits_with(letter) else ready).append(letter)
        if not ready and not await world.do_errands():
            if not held and not again:
                return
            ready, held, again = [*again, *held], [], []
        world.post = held
        batch: list[Letter] = []
        for letter in ready:
            guest = about.get(letter.envelope.subject)
            copies = guest.copies(letter) if guest else 1
            batch += [letter] * copies
            if copies > 1:
                again.append(letter)
        for part in [[one] for one in batch] if singly else [batch]:
            await world.deliver(part)
        await world.do_errands()
