"""Creates reservations: finds the resources, asks their rules, takes the slot, and says what stood in the way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from berth.contracts.booking import ReservationCreated
from berth.contracts.catalog import Catalog, Resource
from berth.contracts.identity import Identity, Person
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.http.problem import Problem
from berth.kit.http.reply import encode
from berth.kit.origin import origin
from berth.modules.booking.domain.life.asking import visit
from berth.modules.booking.domain.life.value import Life, told
from berth.modules.booking.domain.policy import Attempt, Refusal, refusals
from berth.modules.booking.domain.reservation import Request, Reservation, State, occupied
from berth.modules.booking.store.placing import Placement
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
    ) -> tuple[list[Resource], list[Resource]]:
        """Answer the resources that the wish is about, and those to try: all that are named, or one that fits.

        Of those that fit and are free it is the smallest, or for a higher ``place`` one behind it: whoever
        lost a race takes another than those who lost it too. There is none to try if none is free.
        """
        if request.any_of is None:
            resources = await named_resources(self._catalog, request.resource_ids)
            refuse(caller, resources, attempt)
            return resources, resources
        fitting = smallest_first(await self._catalog.search(query=request.any_of))
        if not fitting:
            raise Problem(422, "nothing-fits", "No resource fits this search; ask for less, or look at /resources.")
        allowed = [one for one in fitting if not refusals(one, attempt)]
        if not allowed:
            refuse(caller, fitting[:3], attempt)
        free = await self._conflicts.free_among(allowed, request.start, request.end)
        return allowed[:1], free[min(place, len(free) - 1) :][:1]

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


def smallest_first(resources: Sequence[Resource]) -> list[Resource]:
    """Answer the resources with the smallest capacity first; those without one last."""
    return sorted(resources, key=lambda one: (one.capacity is None, one.capacity or 0, one.name, one.id))


async def named_resources(catalog: Catalog, ids: Sequence[int]) -> list[Resource]:
    """Answer the resources in the order of their ids as given; raise 404 if one is unknown."""
    known = await catalog.resources(ids=ids)
    unknown = [str(id_) for id_ in ids if id_ not in known]
    if unknown:
        raise Problem(404, "unknown-resource", f"There is no resource with the id {', '.join(unknown)}.")
    return [known[id_] for id_ in ids]


def refuse(caller: Principal, resources: Sequence[Resource], attempt: Attempt) -> None:
    """Raise the problem that lists every rule of these resources that refuses the attempt."""
    found = [refusal for one in resources for refusal in refusals(one, attempt)]
    if found:
        raise refused(caller, found)


def refused(caller: Principal, found: Sequence[Refusal]) -> Problem:
    """Answer the problem of refused rules: 403 if it is only a guest's role that stands in the way, else 422."""
    guest = caller.role.value == "guest" and all(one.rule == "reservable_by" for one in found)
    return Problem(
        403 if guest else 422,
        "not-allowed" if guest else "policy-refused",
        " ".join(dict.fromkeys(one.message for one in found)),
        more={"refusals": found},
    )
