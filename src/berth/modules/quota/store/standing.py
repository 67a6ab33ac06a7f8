"""What is left of allowances, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from berth.kit.db import Database
from berth.modules.quota.domain.ledger import Balance, Slot


@dataclass(frozen=True, slots=True)
class Share:
    """What one person has of an allowance in a period; of a shared one, nothing is granted to a person."""

    person_id: int
    period: str
    balance: Balance


async def balances(database: Database, slots: Sequence[Slot]) -> dict[Slot, Balance]:
    """Answer what these slots have; those where nothing was counted yet are left out."""
    rows = await database.fetch(
        """
        select usage.allowance_id, usage.holder_id, usage.period, usage.granted, usage.held, usage.used
        from unnest($1::bigint[], $2::bigint[], $3::text[]) as wanted (allowance_id, holder_id, period)
        join quota.usage
          on usage.allowance_id = wanted.allowance_id
         and usage.holder_id = wanted.holder_id
         and usage.period = wanted.period
        """,
        [one.allowance_id for one in slots],
        [one.holder_id for one in slots],
        [one.period for one in slots],
    )
    return {
        Slot(row["allowance_id"], row["holder_id"], row["period"]): Balance(row["granted"], row["held"], row["used"])
        for row in rows
    }


async def shares(
    database: Database, allowance_id: int, periods: Sequence[str], *, after: tuple[int, str] | None, limit: int
) -> Sequence[Share]:
    """Answer what each holder has of an allowance that is not shared, by person and period."""
    rows = await database.fetch(
        """
        select holder_id as person_id, period, granted, held, used
        from quota.usage
        where allowance_id = $1
          and period = any($2::text[])
          and (granted <> 0 or held > 0 or used > 0)
          and ($3::bigint is null or (holder_id, period) > ($3, $4))
        order by holder_id, period
        limit $5
        """,
        allowance_id,
        periods,
        after and after[0],
        after and after[1],
        limit,
    )
    return [Share(row["person_id"], row["period"], Balance(row["granted"], row["held"], row["used"])) for row in rows]


async def shares_of_pool(
    database: Database, allowance_id: int, periods: Sequence[str], *, after: tuple[int, str] | None, limit: int
) -> Sequence[Share]:
    """Answer what each person has out of a shared allowance, by person and period.

    As in the ledger, a reservation holds what the greatest of its live requests needs.
    """
    rows = await database.fetch(
        """
        select owner_id as person_id, period, sum(held)::bigint as held, sum(used)::bigint as used
        from (
            select
                hold.owner_id, hold.period,
                coalesce(max(hold.amount) filter (where request.state = 'held'), 0) as held,
                sum(hold.used) as used
            from quota.hold
            join quota.request
              on request.reservation_id = hold.reservation_id
             and request.request_id = hold.request_id
            where hold.allowance_id = $1
              and hold.period = any($2::text[])
              and ($3::bigint is null or (hold.owner_id, hold.period) > ($3, $4))
            group by hold.owner_id, hold.period, hold.reservation_id
        ) as reservation
        group by owner_id, period
        having sum(held) > 0 or sum(used) > 0
        order by owner_id, period
        limit $5
        """,
        allowance_id,
        periods,
        after and after[0],
        after and after[1],
        limit,
    )
    return [Share(row["person_id"], row["period"], Balance(0, row["held"], row["used"])) for row in rows]
