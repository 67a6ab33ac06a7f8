"""Import resources from CSV, all or nothing, and export them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from berth.contracts.catalog import ResourceChanged, ResourceCreated, ResourceQuery, SiteChanged
from berth.kit.auth import Principal
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.event import Event
from berth.kit.outbox.write import Outbox
from berth.kit.reading.sheet import BadCell
from berth.modules.catalog.domain.resources import Particulars, Record, changed_members, values
from berth.modules.catalog.domain.sites import place
from berth.modules.catalog.domain.transfer import Row, SitePath, read_sheet, write_sheet
from berth.modules.catalog.store import sites, transfer
from berth.modules.catalog.usecases.directory import LiveDirectory
from berth.modules.catalog.usecases.refusals import found_faults


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or what a dry run would have done."""

    created: int
    updated: int
    unchanged: int
    sites_created: int
    dry_run: bool


class _DryRunEnds(Exception):
    """Rolls the transaction of a dry run back and carries its report out."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the good rows make of the resources that are there."""

    created: Sequence[Particulars]
    updated: Sequence[tuple[Particulars, Particulars, tuple[str, ...]]]
    unchanged: int
    records: Sequence[Record]
    errors: Sequence[BadCell]


class Transfer:
    """The verbs of whole catalogues."""

    def __init__(self, database: Database, outbox: Outbox, live: LiveDirectory) -> None:
        self._database = database
        self._outbox = outbox
        self._live = live

    async def import_csv(self, actor: Principal, content: bytes, *, dry_run: bool) -> Report:
        """Create and update resources by name, and create the sites they name.

        ``domain/transfer.py`` says what a file looks like. Importing the same file again changes
        nothing. If any row is bad, all bad rows are told and nothing is stored. A dry run does
        everything but commit.
        """
        sheet = read_sheet(content)
        try:
            async with self._database.transaction() as connection:
                # Alone, because it may add sites; that also keeps names from being taken meanwhile.
                await sites.hold_alone(connection)
                report = await self._import(connection, actor, sheet.rows, sheet.errors, dry_run=dry_run)
                if dry_run:
                    raise _DryRunEnds(report)
        except _DryRunEnds as end:
            return end.report
        self._live.changed(None)
        return report

    async def export_csv(self) -> str:
        """Answer all resources that are not retired, as a file that ``import_csv`` takes for unchanged."""
        entries = (await self._live.now()).search(ResourceQuery())
        return write_sheet((entry.resource, entry.record.stated) for entry in entries)

    async def _import(
        self,
        connection: Connection,
        actor: Principal,
        rows: Sequence[Row],
        errors: Sequence[BadCell],
        *,
        dry_run: bool,
    ) -> Report:
        site_ids, new_sites = await _sites_of(connection, rows)
        plan = await _plan(connection, rows, site_ids)
        bad = [*errors, *plan.errors]
        if bad:
            raise _bad_rows(bad, dry_run=dry_run)
        ids = await transfer.save_all(connection, [*plan.created, *(stated for _, stated, _ in plan.updated)])
        events: list[Event] = [
            SiteChanged(site_id, actor.id, ("created",), None, stated) for site_id, stated in new_sites.items()
        ]
        events += [ResourceCreated(ids[one.name], one.name, one.kind, actor.id) for one in plan.created]
        events += [
            ResourceChanged(ids[after.name], actor.id, changes, values(before, changes), values(after, changes))
            for before, after, changes in plan.updated
        ]
        await self._outbox.write(connection, events)
        if events:
            await self._live.announce(connection, None)
        return Report(len(plan.created), len(plan.updated), plan.unchanged, len(new_sites), dry_run)


async def _sites_of(
    connection: Connection, rows: Sequence[Row]
) -> tuple[dict[SitePath, int], dict[int, dict[str, Any]]]:
    """Answer the ids of all sites by path, and what is stated of those that were created because the rows name them."""
    known = {one.path: site_id for site_id, one in place(await sites.all_sites(connection)).items()}
    wanted = {row.site[:depth] for row in rows for depth in range(1, len(row.site) + 1)} - known.keys()
    created: dict[int, dict[str, Any]] = {}
    for depth in sorted({len(path) for path in wanted}):
        paths = sorted(path for path in wanted if len(path) == depth)
        added = {(known[path[:-1]] if path[:-1] else None, path[-1]): path for path in paths}
        for key, site_id in (await sites.insert_all(connection, list(added))).items():
            known[added[key]] = site_id
            created[site_id] = {"parent_id": key[0], "name": key[1], "kind": "other", "timezone": None}
    return known, created


async def _plan(connection: Connection, rows: Sequence[Row], site_ids: dict[SitePath, int]) -> _Plan:
    known = {one.stated.name: one for one in await transfer.records_named(connection, [row.name for row in rows])}
    created: list[Particulars] = []
    updated: list[tuple[Particulars, Particulars, tuple[str, ...]]] = []
    unchanged = 0
    records: list[Record] = []
    errors: list[BadCell] = []
    for row in rows:
        record = known.get(row.name)
        stated = row.applied_to(record.stated if record else None, site_ids)
        if record is None:
            created.append(stated)
            records.append(Record(0, stated, {}, None, retired=False, version=1))
            continue
        if record.retired:
            errors.append(BadCell(row.number, "name", "this resource is retired; restore it, or leave the row out"))
        changes = changed_members(record.stated, stated)
        records.append(replace(record, stated=stated))
        if changes:
            updated.append((record.stated, stated, changes))
        else:
            unchanged += 1
    number_of = {row.name: row.number for row in rows}
    errors += [
        BadCell(number_of[fault.where], "timezone" if fault.member == "timezone" else "site", fault.message)
        for fault in await found_faults(connection, records)
    ]
    return _Plan(created, updated, unchanged, records, errors)


def _bad_rows(errors: Sequence[BadCell], *, dry_run: bool) -> Problem:
    told: list[dict[str, Any]] = [asdict(one) for one in sorted(errors, key=lambda one: one.row)]
    count = len({one.row for one in errors})
    first = told[0]
    where = f"Row {first['row']}" + (f", {first['column']}" if first["column"] else "")
    return Problem(
        422,
        "bad-rows",
        f"{count} of the rows cannot be taken, so nothing was stored. {where}: {first['message']}.",
        more={"errors": told, "dry_run": dry_run},
    )
