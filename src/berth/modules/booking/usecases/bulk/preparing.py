"""Finds out all that the rows of a bulk need of others, and which of them the rules refuse, before the transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from berth.contracts.booking.reservation import ReservationCreated
from berth.contracts.catalog import Catalog, Resource, ResourceQuery
from berth.contracts.identity import Identity, Person
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.kit.origin import origin
from berth.modules.booking.domain.bulk import Action, BadRow, Names, Operation, named_twice
from berth.modules.booking.domain.life.asking import visit
from berth.modules.booking.domain.life.value import told
from berth.modules.booking.domain.policy import Attempt
from berth.modules.booking.domain.reservation import Reservation, State, occupied
from berth.modules.booking.store import living
from berth.modules.booking.store.placing import Placement, next_ids
from berth.modules.booking.usecases.choosing import refuse
from berth.modules.booking.usecases.life.requesting import Asking, Requesting

COLUMNS = {
    "unknown-resource": "resource",
    "unknown-reservation": "reservation",
    "not-changeable": "reservation",
    "unknown-owner": "owner",
}
"""The column to which a kind of problem belongs, if it belongs to one."""


@dataclass(frozen=True, slots=True)
class Creation:
    """A reservation that a row makes."""

    operation: Operation
    resources: Sequence[Resource]
    placement: Placement


@dataclass(frozen=True, slots=True)
class Prepared:
    """What can be tried: reservations to make, and operations on others with the resources that they name.

    ``resources`` are all that are known, ``owners`` those of the reservations that exist.
    """

    creations: Sequence[Creation]
    changes: Sequence[Operation]
    named: Mapping[int, Sequence[Resource]]
    resources: Mapping[int, Resource]
    owners: Mapping[int, Person]
    administrators: Sequence[int]
    bad: Sequence[BadRow]


@dataclass
class _Draft:
    operation: Operation
    owner: Person
    resources: Sequence[Resource]


@dataclass
class _Notes:
    bad: list[BadRow] = field(default_factory=list)
    named: dict[int, Sequence[Resource]] = field(default_factory=dict)


class Preparing:
    """The questions before a bulk."""

    def __init__(
        self, *, database: Database, catalog: Catalog, identity: Identity, requesting: Requesting, clock: Clock
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._identity = identity
        self._requesting = requesting
        self._clock = clock

    async def prepared(self, caller: Principal, operations: Sequence[Operation]) -> Prepared:
        """Answer what can be tried, and what is wrong with the other rows."""
        notes = _Notes(named_twice(operations))
        twice = {one.row for one in notes.bad}
        changes = [one for one in operations if one.action is not Action.CREATE and one.row not in twice]
        lives = await living.read_all(self._database, [one.reservation_id or 0 for one in changes])
        names = Names(await self._resources(operations))
        for one in operations:
            notes.named[one.row], wrong = names.all(one.row, one.resources)
            notes.bad += wrong
        drafts = await self._drafts(caller, [one for one in operations if one.action is Action.CREATE], notes)
        held = {id_ for life in lives.values() for id_ in life.reservation.resource_ids}
        involved = {one.id: one for each in notes.named.values() for one in each}
        involved |= dict(await self._catalog.resources(ids=sorted(held - involved.keys()))) if held else {}
        owner_ids = sorted({life.reservation.owner_id for life in lives.values()})
        wrong_rows = {one.row for one in notes.bad}
        return Prepared(
            creations=await self._creations(caller, drafts),
            changes=[one for one in changes if one.row not in wrong_rows],
            named=notes.named,
            resources=involved,
            owners=dict(await self._identity.people(ids=owner_ids)) if owner_ids else {},
            administrators=await self._requesting.administrators(list(involved.values())),
            bad=notes.bad,
        )

    async def _resources(self, operations: Iterable[Operation]) -> Sequence[Resource]:
        """Answer the resources that may be meant: all of them, if some are called by their names."""
        words = {word for one in operations for word in one.resources}
        ids = sorted({int(word) for word in words if isinstance(word, int) or word.strip().isdecimal()})
        by_id = dict(await self._catalog.resources(ids=[id_ for id_ in ids if id_ < 2**63])) if ids else {}
        if any(isinstance(word, str) for word in words):
            by_id |= {one.id: one for one in await self._catalog.search(query=ResourceQuery())}
        return list(by_id.values())

    async def _drafts(self, caller: Principal, creations: Sequence[Operation], notes: _Notes) -> list[_Draft]:
        owners = await self._owners(caller, creations)
        refused = {one.row for one in notes.bad}
        drafts = []
        for one in creations:
            if one.row in refused:
                continue
            try:
                owner = _owner(caller, one, owners)
                start, end = one.start, one.end
                if start is None or end is None:
                    raise Problem(422, "invalid-input", "A reservation to create has a start and an end.")
                resources = notes.named[one.row]
                refuse(caller, resources, Attempt(caller.role, start, end, self._clock()))
            except Problem as problem:
                notes.bad.append(bad_row(one, problem))
            else:
                drafts.append(_Draft(one, owner, resources))
        return drafts

    async def _owners(self, caller: Principal, creations: Sequence[Operation]) -> dict[int | str, Person]:
        """Answer those for whom is reserved, by what they are called; others may reserve for themselves alone."""
        words = {one.owner for one in creations if one.owner is not None}
        own: dict[int | str, Person] = dict.fromkeys((caller.id, caller.username), _self(caller))
        if not caller.is_admin or not words - own.keys():
            return own
        usernames = sorted({word.lower() for word in words if isinstance(word, str)})
        found: dict[int | str, Person] = {}
        if usernames:
            found.update(await self._identity.named(usernames=usernames))
        ids = sorted({int(word) for word in words - found.keys() if isinstance(word, int) or word.isdecimal()})
        if ids:
            people = await self._identity.people(ids=[id_ for id_ in ids if id_ < 2**63])
            found |= {one.id: one for one in people.values()}
        return found | own

    async def _creations(self, caller: Principal, drafts: Sequence[_Draft]) -> list[Creation]:
        numbers = await next_ids(self._database, len(drafts)) if drafts else []
        made = [(self._reservation(id_, caller, one), one) for id_, one in zip(numbers, drafts, strict=True)]
        asking: dict[int, Asking | None] = {}
        for owner in {one.owner.id: one.owner for one in drafts}.values():
            mine = [(reservation, one.resources) for reservation, one in made if one.owner.id == owner.id]
            asked = await self._requesting.making_all(caller, mine, owner)
            asking |= {reservation.id: each for (reservation, _), each in zip(mine, asked, strict=True)}
        return [Creation(one.operation, one.resources, _placement(each, one, asking[each.id])) for each, one in made]

    def _reservation(self, id_: int, caller: Principal, draft: _Draft) -> Reservation:
        operation = draft.operation
        if operation.start is None or operation.end is None:
            raise RuntimeError("it was found out that there is a time")
        return Reservation(
            id=id_,
            state=State.READY,
            owner_id=draft.owner.id,
            created_by=caller.id,
            title=operation.title or "",
            description=operation.description,
            start=operation.start,
            end=operation.end,
            resource_ids=tuple(one.id for one in draft.resources),
            version=1,
            cancel_reason=None,
            created_at=self._clock(),
        )


def bad_row(operation: Operation, problem: Problem) -> BadRow:
    """Answer what a problem says of a row."""
    return BadRow(operation.row, COLUMNS.get(problem.kind), problem.kind, problem.detail)


def _placement(reservation: Reservation, draft: _Draft, asking: Asking | None) -> Placement:
    if asking:
        reservation = replace(reservation, state=State.PENDING)
    return Placement(
        reservation=reservation,
        visit=visit(draft.resources),
        occupied=tuple(occupied(one, reservation.start, reservation.end) for one in draft.resources),
        event=told(ReservationCreated, reservation, reservation.created_by).data(),
        origin=origin(),
        answer="",
        key=None,
        fingerprint=None,
        request=asking.request if asking else None,
        asked=asking.events if asking else (),
    )


def _owner(caller: Principal, operation: Operation, owners: Mapping[int | str, Person]) -> Person:
    word = operation.owner
    if word is None:
        return _self(caller)
    found = owners.get(word) or owners.get(word.lower() if isinstance(word, str) else word)
    if found is None and isinstance(word, str) and word.isdecimal():
        found = owners.get(int(word))
    if found is not None and found.active:
        return found
    if not caller.is_admin:
        raise Problem(403, "not-allowed", "Only an administrator may reserve for somebody else.")
    raise Problem(422, "unknown-owner", f"There is no active person “{word}”; name one by the username or the id.")


def _self(caller: Principal) -> Person:
    return Person(caller.id, caller.username, caller.name, True, caller.role)
