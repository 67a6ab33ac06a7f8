"""Works out which occurrences a series has up to its horizon."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from berth.contracts.catalog import Catalog, Holiday, Resource, Term
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.http.problem import Problem
from berth.kit.localtime import zone
from berth.modules.booking.domain.series.rule import NotTaken, Rule, parse, written
from berth.modules.booking.domain.series.value import (
    PLACED_MAX,
    Occurrence,
    Series,
    horizon,
    local_times,
    meeting,
    occurrences,
    on_holiday,
)
from berth.modules.booking.domain.series.wish import Plan, SeriesWish
from berth.modules.booking.usecases.choosing import named_resources

DAY = timedelta(days=1)


class Planning:
    """The questions that come before a series is placed."""

    def __init__(self, catalog: Catalog, clock: Clock) -> None:
        self._catalog = catalog
        self._clock = clock

    async def of_wish(self, caller: Principal, wish: SeriesWish) -> Plan:
        """Answer the plan of a series that somebody wants.

        Raises ``Problem``: 404 for an unknown resource, 422 for a rule or a term that cannot be taken, and for a
        rule that gives no time, or times that are in each other's way.
        """
        resources = await named_resources(self._catalog, wish.resource_ids)
        if len({one.timezone for one in resources}) > 1:
            raise Problem(422, "mixed-zones", "A series takes resources of one time zone; make one for each zone.")
        series = await self._drafted(caller, wish, resources)
        plan = await self.of_series(series, resources, after=None)
        if not plan.occurrences:
            raise Problem(422, "no-occurrences", _nothing(plan, horizon(resources, self._clock())))
        clash = meeting(plan.occurrences, resources)
        if clash:
            raise Problem(
                422,
                "occurrences-overlap",
                f"The occurrences of {clash[0].local} and {clash[1].local} overlap, buffers included; "
                "make them shorter or rarer.",
            )
        return plan

    async def of_series(self, series: Series, resources: Sequence[Resource], *, after: datetime | None) -> Plan:
        """Answer the occurrences behind the one named ``after``, up to the horizon, as many as are placed at once."""
        limit = horizon(resources, self._clock())
        holidays = await self._holidays(series, resources)
        found: list[Occurrence] = []
        free_days: list[tuple[Occurrence, Holiday]] = []
        considered = after
        for one in occurrences(series, limit, after=after):
            holiday = on_holiday(series, one, holidays)
            if holiday is not None:
                free_days.append((one, holiday))
            else:
                found.append(one)
            considered = one.local
            if len(found) == PLACED_MAX:
                break
        return Plan(series, tuple(resources), tuple(found), tuple(free_days), considered)

    async def _holidays(self, series: Series, resources: Sequence[Resource]) -> Sequence[Holiday]:
        site_ids = _site_ids(resources)
        return await self._catalog.holidays(site_ids=site_ids) if series.skip_holidays and site_ids else ()

    async def _drafted(self, caller: Principal, wish: SeriesWish, resources: Sequence[Resource]) -> Series:
        where = zone(resources[0].timezone)
        try:
            rule = parse(wish.rule, where)
        except NotTaken as refused:
            raise Problem(422, "rule-not-taken", str(refused)) from refused
        starts = wish.start.astimezone(where).replace(tzinfo=None)
        series = Series(
            id=0,
            owner_id=wish.owner_id or caller.id,
            created_by=caller.id,
            title=wish.title,
            description=wish.description,
            resource_ids=tuple(one.id for one in resources),
            timezone=resources[0].timezone,
            starts=starts,
            length=wish.end - wish.start,
            rule=written(rule),
            exdates=local_times(wish.exdates, starts, where),
            rdates=local_times(wish.rdates, starts, where),
            term_id=wish.term_id,
            skip_holidays=wish.skip_holidays,
            created_at=self._clock(),
        )
        if wish.term_id is None:
            return series
        term = await self._term(wish.term_id, resources, rule)
        return replace(
            series,
            begins=datetime.combine(term.first_day, time()),
            ends_before=datetime.combine(term.last_day + DAY, time()),
        )

    async def _term(self, term_id: int, resources: Sequence[Resource], rule: Rule) -> Term:
        if rule.count or rule.until:
            raise Problem(422, "rule-not-taken", "The term ends the series: leave COUNT and UNTIL out of the rule.")
        terms = await self._catalog.terms(site_ids=_site_ids(resources))
        found = next((one for one in terms if one.id == term_id), None)
        if found is None:
            raise Problem(
                422,
                "unknown-term",
                f"There is no term {term_id} at the sites of these resources; GET /sites/{{id}}/terms lists them.",
            )
        return found


def _site_ids(resources: Sequence[Resource]) -> list[int]:
    return sorted({id_ for one in resources for id_ in one.site_ids})


def _nothing(plan: Plan, limit: datetime) -> str:
    until = f"{limit.astimezone(plan.series.where):%Y-%m-%d}"
    if plan.holidays:
        return f"Every time of this rule until {until} falls on a holiday; say skip_holidays: false to keep them."
    return f"This rule gives no time from its start until {until}, up to when one may reserve; name other days."
