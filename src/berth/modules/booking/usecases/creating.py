"""Creates reservations: finds the resources, asks their rules, takes the slot, and says what stood in the way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from berth.contracts.booking.reservation import ReservationCreated
from berth.contracts.catalog import Catalog, Resource
from berth.contracts.identity import Identity, Person
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.http.problem import Problem
from berth.kit.http.reply import encode
from berth.kit.origin import origin
from berth.modules.booking.domain.life.asking import visit
from berth.modules.booking.domain.life.value import Life, told
from berth.modules.booking.domain.policy import Attempt
from berth.modules.booking.domain.reservation import Request, Reservation, State, occupied
from berth.modules.booking.store.placing import Placement
from berth.modules.booking.usecases.choosing import candidates
from berth.modules.booking.usecases.conflict import Conflicts
from berth.modules.booking.usecases.idempotency import Answer, FirstAnswers, fingerprint
from berth.modules.booking.usecases.life.requesting import Requesting
from berth.modules.booking.usecases.placing import Outcome, Placer

Show = Callable[[Life, Sequence[Resource], str], Mapping[str, object]]
"""Answers a new reservation, given its resources and its owner's name, as the caller will see it."""

SPREAD_TRIES_MAX = 16


class Creating:
    """The verb of creating a reservation."""

    def __init__(
        self,
        *,
        catalog: Catalog,
        identity: Identity,
        clock: Clock,
        placer: Placer,
        conflicts: Conflicts,
        requesting: Requesting,
        first_answers: FirstAnswers,
    ) -> None:
        self._catalog = catalog
        self._identity = identity
        self._clock = clock
        self._placer = placer
        self._conflicts = conflicts
        self._requesting = requesting
        self._first_answers = first_answers

    async def create(self, caller: Principal, request: Request, key: str | None, show: Show) -> Answer:
        """Create the reservation and answer its body.

        Raises ``Problem``: 403 for another's reservation, 404 for an unknown resource, 409 with busy
        times and alternatives, 422 with every rule that refused or for a key used for something else.
        """
        try:
            return await self._create(caller, request, key, show)
        except Problem:
            first = await self._first_answers.recall(caller.id, key, request) if key else None
            if first is None:
                raise
            return first

    async def _create(self, caller: Principal, request: Request, key: str | None, show: Show) -> Answer:
        owner = await owner_of(self._identity, caller, request.owner_id)
        attempt = Attempt(caller.role, request.start, request.end, self._clock())
        tries = 0
        while True:
            claim_id = await self._placer.next_id()
            resources, free = await self._choose(caller, request, attempt, claim_id % 2**tries)
            if free:
                placement = await self.placement(
                    claim_id, caller=caller, owner=owner, request=request, resources=free, key=key, show=show
                )
                outcome = await self._placer.place(placement)
                if outcome is Outcome.PLACED:
                    return Answer(placement.answer.encode())
                if outcome is Outcome.KEY_KNOWN and key:
                    first = await self._first_answers.recall(caller.id, key, request, own_id=claim_id)
                    if first is not None:
                        return first
                if outcome is Outcome.KEY_KNOWN or request.any_of is not None:
                    await self._first_answers.release(caller.id, key)
                    tries = min(tries + 1, SPREAD_TRIES_MAX)
                    continue
            problem = await self._conflicts.problem(resources, request.start, request.end, attempt=attempt)
            await self._first_answers.keep(caller.id, key, request, problem, claim_id)
            raise problem

    async def _choose(
        self, caller: Principal, request: Request, attempt: Attempt, place: int
    ) -> tuple[Sequence[Resource], Sequence[Resource]]:
        """Answer the resources that the wish is about, and those to try: all that are named, or one that fits.

        Of those that fit and are free it is the smallest, or for a higher ``place`` one behind it: whoever
        lost a race takes another than those who lost it too. There is none to try if none is free.
        """
        asked, free = await candidates(
            self._catalog, self._conflicts, caller, attempt, ids=request.resource_ids, any_of=request.any_of
        )
        return asked, free if request.any_of is None else free[min(place, len(free) - 1) :][:1]

    async def placement(
        self,
        id_: int,
        *,
        caller: Principal,
        owner: Person,
        request: Request,
        resources: Sequence[Resource],
        key: str | None,
        show: Show,
    ) -> Placement:
        """Answer all that there is to write of a new reservation, with the answer that a success will be given."""
        reservation = Reservation(
            id=id_,
            state=State.READY,
            owner_id=owner.id,
            created_by=caller.id,
            title=request.title,
            description=request.description,
            start=request.start,
            end=request.end,
            resource_ids=tuple(one.id for one in resources),
            version=1,
            cancel_reason=None,
            created_at=self._clock(),
        )
        asking = await self._requesting.making(caller, reservation, owner, resources)
        if asking:
            reservation = replace(reservation, state=State.PENDING)
        rules = visit(resources)
        requests = (asking.request,) if asking else ()
        life = Life(reservation, rules.early_minutes, rules.no_show_minutes, requests)
        event = told(ReservationCreated, reservation, caller.id)
        return Placement(
            reservation=reservation,
            visit=rules,
            request=asking.request if asking else None,
            asked=asking.events if asking else (),
            occupied=tuple(occupied(one, reservation.start, reservation.end) for one in resources),
            event=event.data(),
            origin=origin(),
            answer=encode(show(life, resources, owner.name)).decode(),
            key=key,
            fingerprint=fingerprint(request) if key is not None else None,
        )


async def owner_of(identity: Identity, caller: Principal, owner_id: int | None) -> Person:
    """Answer for whom the caller reserves; raise 403 if only an administrator might, 422 for nobody active."""
    if owner_id is None or owner_id == caller.id:
        return Person(caller.id, caller.username, caller.name, True, caller.role)
    if not caller.is_admin:
        raise Problem(403, "not-allowed", "Only an administrator may reserve for somebody else.")
    owner = (await identity.people(ids=[owner_id])).get(owner_id)
    if owner is None or not owner.active:
        raise Problem(422, "unknown-owner", f"There is no active person with the id {owner_id}.")
    return owner
