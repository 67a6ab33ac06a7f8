"""Set and read the policy and the opening hours of a site or a resource."""

from dataclasses import asdict
from typing import Any

from berth.contracts.catalog import Opening, ResourceChanged, SiteChanged
from berth.contracts.identity import Identity
from berth.kit.auth import Principal
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.catalog.domain.directory import Directory
from berth.modules.catalog.domain.opening import write_opening
from berth.modules.catalog.domain.policy import Owner, OwnPolicy, effective, persons_named
from berth.modules.catalog.store import resources, rules, sites
from berth.modules.catalog.usecases.directory import LiveDirectory
from berth.modules.catalog.usecases.refusals import no_resource, no_site, refuse_faults


class Rules:
    """The verbs of rules. Each answers ``{"own", "effective"}``: what is set here, and what holds after inheriting."""

    def __init__(self, database: Database, outbox: Outbox, live: LiveDirectory, identity: Identity) -> None:
        self._database = database
        self._outbox = outbox
        self._live = live
        self._identity = identity

    async def policy(self, owner: Owner, owner_id: int) -> dict[str, Any]:
        """Answer the policy; ``own`` has only the members that are set here."""
        now = await self._live.now()
        if owner == "site":
            place = now.places.get(owner_id)
            if place is None:
                raise no_site(owner_id)
            return {"own": place.site.policy, "effective": asdict(effective(place.policy))}
        entry = now.by_id.get(owner_id)
        if entry is None:
            raise no_resource(owner_id)
        return {"own": entry.record.policy, "effective": asdict(entry.resource.policy)}

    async def opening(self, owner: Owner, owner_id: int) -> dict[str, Any]:
        """Answer the opening hours; ``own`` is null if they are inherited, ``effective`` if it is always open."""
        own, held = _openings(await self._live.now(), owner, owner_id)
        return {"own": own and write_opening(own), "effective": held and write_opening(held)}

    async def set_policy(self, actor: Principal, owner: Owner, owner_id: int, policy: OwnPolicy) -> dict[str, Any]:
        """Set the members that are given and no other; whoever they name has to be an active person by now."""
        await self._refuse_strangers(persons_named(policy))
        async with self._database.transaction() as connection:
            await self._hold(connection, owner)
            replaced = await rules.set_policy(connection, owner, owner_id, policy)
            if replaced is None:
                raise _unknown(owner, owner_id)
            if replaced.changed:
                await refuse_faults(
                    connection,
                    await resources.records_inheriting(connection)
                    if owner == "site"
                    else await resources.records(connection, [owner_id]),
                )
                event = _event_kind(owner)(
                    owner_id, actor.id, ("policy",), {"policy": replaced.before}, {"policy": policy}
                )
                await self._tell(connection, event)
        self._changed(owner, owner_id)
        return await self.policy(owner, owner_id)

    async def set_opening(
        self, actor: Principal, owner: Owner, owner_id: int, opening: Opening | None
    ) -> dict[str, Any]:
        """Set the opening hours as a whole; ``None`` inherits them again."""
        async with self._database.transaction() as connection:
            await self._hold(connection, owner)
            replaced = await rules.set_opening(connection, owner, owner_id, opening)
            if replaced is None:
                raise _unknown(owner, owner_id)
            if replaced.changed:
                old, new = replaced.before, opening and write_opening(opening)
                event = _event_kind(owner)(
                    owner_id, actor.id, ("opening_hours",), {"opening_hours": old}, {"opening_hours": new}
                )
                await self._tell(connection, event)
        self._changed(owner, owner_id)
        return await self.opening(owner, owner_id)

    async def _refuse_strangers(self, person_ids: list[int]) -> None:
        if not person_ids:
            return
        known = await self._identity.people(ids=person_ids)
        strangers = [one for one in person_ids if one not in known or not known[one].active]
        if strangers:
            named = ", ".join(map(str, strangers))
            raise Problem(
                422,
                "unknown-approver",
                f"There is no active person with the id {named}; leave it out of approvers and escalates_to.",
                more={"person_ids": strangers},
            )

    async def _hold(self, connection: Connection, owner: Owner) -> None:
        await (sites.hold_alone(connection) if owner == "site" else sites.hold_still(connection))

    async def _tell(self, connection: Connection, event: SiteChanged | ResourceChanged) -> None:
        await self._outbox.write(connection, [event])
        await self._live.announce(connection, [event.resource_id] if isinstance(event, ResourceChanged) else None)

    def _changed(self, owner: Owner, owner_id: int) -> None:
        self._live.changed(None if owner == "site" else [owner_id])


def _event_kind(owner: Owner) -> type[SiteChanged] | type[ResourceChanged]:
    return SiteChanged if owner == "site" else ResourceChanged


def _unknown(owner: Owner, owner_id: int) -> Problem:
    return no_site(owner_id) if owner == "site" else no_resource(owner_id)


def _openings(now: Directory, owner: Owner, owner_id: int) -> tuple[Opening | None, Opening | None]:
    if owner == "site":
        place = now.places.get(owner_id)
        if place is None:
            raise no_site(owner_id)
        return place.site.opening, place.opening
    entry = now.by_id.get(owner_id)
    if entry is None:
        raise no_resource(owner_id)
    return entry.record.opening, entry.resource.opening
