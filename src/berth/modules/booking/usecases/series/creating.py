"""Creates series: plans the occurrences, asks the rules, places all at once, or says what stood in the way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import asyncpg

from berth.contracts.booking.series import SeriesCreated
from berth.contracts.catalog import Catalog, Resource
from berth.contracts.identity import Identity, Person
from berth.kit.auth import Principal
from berth.kit.contention.deadlock import patiently
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.http.reply import encode
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.policy import Refusal
from berth.modules.booking.domain.reservation import Reservation
from berth.modules.booking.domain.series.value import Series
from berth.modules.booking.domain.series.wish import Conflicts, Look, Passed, Place, Plan, SeriesWish, in_the_way
from berth.modules.booking.store.placing import next_ids
from berth.modules.booking.store.series import placing as placing_store
from berth.modules.booking.store.series import series as store
from berth.modules.booking.usecases.choosing import named_resources, refused
from berth.modules.booking.usecases.creating import owner_of
from berth.modules.booking.usecases.idempotency import Answer, FirstAnswers, fingerprint
from berth.modules.booking.usecases.series.looking import Looking, taken
from berth.modules.booking.usecases.series.placing import Occurring, awaiting
from berth.modules.booking.usecases.series.planning import Planning

Show = Callable[[Series, Sequence[Reservation], Sequence[Passed]], Mapping[str, object]]
"""Answers a new series, what was placed of it and what was not, as the caller will see it."""

RETRY = {"Retry-After": "1"}
ALTERNATIVE_TRIES = 3
"""How often alternatives are looked for anew, if somebody takes them first."""


@dataclass(frozen=True, slots=True)
class _Making:
    """A creation that is under way: who wants what, and how it is answered."""

    caller: Principal
    owner: Person
    wish: SeriesWish
    plan: Plan
    key: str | None
    show: Show


class _InTheWay(Exception):
    """Rolls back a placing of which something needed was taken."""

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.places = places


class _KeyKnown(Exception):
    """Rolls back a placing whose Idempotency-Key was answered meanwhile."""


class SeriesCreating:
    """The verbs of previewing and creating a series."""

    def __init__(
        self,
        *,
        database: Database,
        outbox: Outbox,
        catalog: Catalog,
        identity: Identity,
        planning: Planning,
        looking: Looking,
        occurring: Occurring,
        first_answers: FirstAnswers,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._catalog = catalog
        self._identity = identity
        self._planning = planning
        self._looking = looking
        self._occurring = occurring
        self._first_answers = first_answers

    async def resources(self, wish: SeriesWish) -> Sequence[Resource]:
        """Answer the resources that a wish names; raise 404 if one is unknown."""
        return await named_resources(self._catalog, wish.resource_ids)

    async def preview(self, caller: Principal, wish: SeriesWish) -> tuple[Plan, list[Look]]:
        """Answer every occurrence that would be placed now: free, busy with what, or refused by which rules."""
        await owner_of(self._identity, caller, wish.owner_id)
        plan = await self._planning.of_wish(caller, wish)
        return plan, await self._looking.at(caller.role, plan.places())

    async def create(self, caller: Principal, wish: SeriesWish, key: str | None, show: Show) -> Answer:
        """Place the series, and answer its body.

        Raises ``Problem``: 403 for another's, 404 for an unknown resource, 409 with the occurrences that are in the
        way, 422 with every rule that refused, or for a key used for something else. Nothing is placed then.
        """
        first = await self._first_answers.recall(caller.id, key, wish) if key else None
        if first is not None:
            return first
        try:
            return await self._create(caller, wish, key, show)
        except (Problem, _KeyKnown) as error:
            first = await self._first_answers.recall(caller.id, key, wish) if key else None
            if first is not None:
                return first
            if isinstance(error, _KeyKnown):
                raise Problem(
                    503, "contended", "This Idempotency-Key is in use at this moment; ask again.", headers=RETRY
                ) from error
            if error.status == 409 and key:
                [claim_id] = await next_ids(self._database, 1)
                await self._first_answers.keep(caller.id, key, wish, error, claim_id)
            raise

    async def _create(self, caller: Principal, wish: SeriesWish, key: str | None, show: Show) -> Answer:
        owner = await owner_of(self._identity, caller, wish.owner_id)
        plan = await self._planning.of_wish(caller, wish)
        making = _Making(caller, owner, wish, plan, key, show)
        missing: Sequence[Place] = ()
        for _ in range(ALTERNATIVE_TRIES if wish.conflicts is Conflicts.ALTERNATIVE else 1):
            places, passed = await self._chosen(caller, wish, plan)
            if not places:
                missing = [one.place for one in passed]
                break
            try:
                return await patiently(partial(self._place, making, places, passed))
            except _InTheWay as error:
                missing = error.places
        raise taken(await self._looking.at(caller.role, missing), len(plan.occurrences))

    async def _place(self, making: _Making, places: Sequence[Place], passed: Sequence[Passed]) -> Answer:
        plan, caller = making.plan, making.caller
        placements = await self._occurring.prepared(caller, making.owner, plan.series, places)
        async with self._database.transaction() as connection:
            series = await store.add(connection, replace(plan.series, placed_until=plan.considered))
            made = await self._occurring.place(connection, series, placements)
            left = [one for one, two in zip(places, placements, strict=True) if two.reservation.id not in made]
            missing = [one for one in left if one.needed]
            if missing or not made:
                raise _InTheWay(missing or left)
            reservations = [
                replace(one.reservation, series_id=series.id) for one in placements if one.reservation.id in made
            ]
            await self._outbox.write(connection, [_created(series, caller, reservations)])
            await self._occurring.wind(connection, series, plan.resources)
            all_passed = [*passed, *(Passed(one, "busy") for one in left)]
            in_order = sorted(all_passed, key=lambda one: one.place.occurrence.local)
            answer = encode(making.show(series, reservations, in_order))
            await _claim(connection, making, reservations[0].id, answer)
        return Answer(answer)

    async def _chosen(self, caller: Principal, wish: SeriesWish, plan: Plan) -> tuple[list[Place], list[Passed]]:
        """Answer where each occurrence is to be, by the choices and, for the others, by what is wanted of all."""
        places, passed = await self._by_choice(wish, plan)
        refusals: list[Refusal] = []
        kept: list[Place] = []
        for one in places:
            found = self._looking.refused(caller.role, one)
            if not found or (wish.conflicts is Conflicts.ALTERNATIVE and not one.chosen):
                kept.append(one)
            elif one.needed:
                refusals += found
            else:
                passed.append(Passed(one, "refused"))
        if refusals:
            raise refused(caller, refusals)
        if wish.conflicts is Conflicts.ALTERNATIVE:
            kept = await self._with_alternatives(caller, kept, len(plan.occurrences))
        return kept, passed

    async def _by_choice(self, wish: SeriesWish, plan: Plan) -> tuple[list[Place], list[Passed]]:
        choices = {one.occurrence: one for one in wish.choices}
        unknown = choices.keys() - {one.local for one in plan.occurrences}
        if unknown:
            raise Problem(
                422,
                "unknown-occurrence",
                f"The series has no occurrence {min(unknown).isoformat()}; "
                "name them as the preview does, by the time that the rule gives.",
            )
        elsewhere = sorted({one.resource_id for one in wish.choices if one.resource_id is not None})
        others = {one.id: one for one in await named_resources(self._catalog, elsewhere)} if elsewhere else {}
        places, passed = [], []
        for place in plan.places():
            choice = choices.get(place.occurrence.local)
            if choice is None:
                places.append(place._replace(needed=wish.conflicts is not Conflicts.SKIP))
            elif choice.skip:
                passed.append(Passed(place, "chosen"))
            else:
                start = choice.start or place.start
                places.append(
                    place._replace(
                        start=start,
                        end=choice.end or start + (place.end - place.start),
                        resources=(others[choice.resource_id],) if choice.resource_id else place.resources,
                        chosen=True,
                    )
                )
        return places, passed

    async def _with_alternatives(self, caller: Principal, places: list[Place], count: int) -> list[Place]:
        """Answer the places with alternatives for those that cannot be as the rule says; raise 409 if one has none."""
        ruled = [one for one in places if not one.chosen]
        looks = await self._looking.at(caller.role, ruled)
        lacking = [one for one in in_the_way(looks) if one.alternative is None]
        if lacking:
            raise taken(lacking, count)
        others = {one.place.occurrence: one.alternative for one in in_the_way(looks) if one.alternative}
        ids = sorted({one.resource_id for one in others.values()})
        resources = {one.id: one for one in await named_resources(self._catalog, ids)}
        answer = []
        for place in places:
            other = None if place.chosen else others.get(place.occurrence)
            if other is None:
                answer.append(place)
            else:
                elsewhere = (resources[other.resource_id],)
                answer.append(place._replace(start=other.start, end=other.end, resources=elsewhere))
        return answer


def _created(series: Series, caller: Principal, reservations: Sequence[Reservation]) -> SeriesCreated:
    first = reservations[0]
    return SeriesCreated(
        series_id=series.id,
        owner_id=series.owner_id,
        actor_id=caller.id,
        title=series.title,
        resource_ids=first.resource_ids,
        count=len(reservations),
        reservation_id=first.id,
        start=first.start,
        end=first.end,
        rule=series.rule,
        awaiting=awaiting(reservations),
    )


async def _claim(connection: Connection, making: _Making, reservation_id: int, answer: bytes) -> None:
    if making.key is None:
        return
    try:
        await placing_store.claim(
            connection,
            caller_id=making.caller.id,
            key=making.key,
            fingerprint=fingerprint(making.wish),
            reservation_id=reservation_id,
            answer=answer.decode(),
        )
    except asyncpg.UniqueViolationError as known:
        raise _KeyKnown from known
