"""What people have chosen to be told."""

from collections.abc import Mapping

from berth.kit.db import Connection, Database
from berth.modules.notifications.domain.kinds import REMINDER_HOURS_DEFAULT, Channel, Kind, Switch


async def switches(database: Database, person_id: int) -> dict[Switch, bool]:
    """Answer what the person has switched on or off."""
    rows = await database.fetch(
        """
        select kind, by_self, channel, enabled
        from notifications.preference
        where person_id = $1
        """,
        person_id,
    )
    return {Switch(Kind(row["kind"]), row["by_self"], Channel(row["channel"])): row["enabled"] for row in rows}


async def save_switches(connection: Connection, person_id: int, chosen: Mapping[Switch, bool]) -> None:
    """Keep the state of these switches."""
    await connection.execute(
        """
        insert into notifications.preference (person_id, kind, by_self, channel, enabled)
        select $1, kind, by_self, channel, enabled
        from unnest($2::text[], $3::boolean[], $4::text[], $5::boolean[]) as chosen (kind, by_self, channel, enabled)
        order by kind, by_self, channel
        on conflict (person_id, kind, by_self, channel) do update
            set enabled = excluded.enabled
        """,
        person_id,
        [switch.kind for switch in chosen],
        [switch.by_self for switch in chosen],
        [switch.channel for switch in chosen],
        list(chosen.values()),
    )


async def reminder_hours(database: Database, person_id: int) -> int | None:
    """Answer how many hours before the start the person is reminded; none is never."""
    rows = await database.fetch(
        """
        select hours
        from notifications.reminder
        where person_id = $1
        """,
        person_id,
    )
    return rows[0]["hours"] if rows else REMINDER_HOURS_DEFAULT


async def save_reminder_hours(connection: Connection, person_id: int, hours: int | None) -> None:
    """Keep when the person is reminded."""
    await connection.execute(
        """
        insert into notifications.reminder (person_id, hours)
        values ($1, $2)
        on conflict (person_id) do update
            set hours = excluded.hours
        """,
        person_id,
        hours,
    )
