"""App passwords, by their hashes."""

from datetime import datetime

from berth.kit.db import Connection, Database, Row
from berth.modules.calendar.domain.feed import AppPassword

COLUMNS = "id, person_id, name, created_at, used_at"


def _read(row: Row) -> AppPassword:
    return AppPassword(row["id"], row["person_id"], row["name"], row["created_at"], row["used_at"])


async def add(
    connection: Connection, *, secret_hash: bytes, person_id: int, name: str, now: datetime, count_max: int
) -> AppPassword | None:
    """Make a password and answer it; none if the person has too many."""
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('berth.calendar.app_password/' || $1::bigint, 0))", person_id
    )
    row = await connection.fetchrow(
        f"""
        insert into calendar.app_password (secret_hash, person_id, name, created_at)
        select $1, $2, $3, $4
        where (
            select count(*)
            from calendar.app_password
            where person_id = $2
        ) < $5
        returning {COLUMNS}
        """,
        secret_hash,
        person_id,
        name,
        now,
        count_max,
    )
    return row and _read(row)


async def listed(database: Database, person_id: int) -> list[AppPassword]:
    """Answer the passwords of a person, by id."""
    rows = await database.fetch(
        f"select {COLUMNS} from calendar.app_password where person_id = $1 order by id", person_id
    )
    return [_read(row) for row in rows]


async def remove(connection: Connection, id_: int, person_id: int) -> AppPassword | None:
    """Forget a password of a person and answer which it was."""
    row = await connection.fetchrow(
        f"delete from calendar.app_password where id = $1 and person_id = $2 returning {COLUMNS}", id_, person_id
    )
    return row and _read(row)


async def by_secret(database: Database, secret_hash: bytes) -> AppPassword | None:
    """Answer the password of this hash."""
    row = await database.fetch_row(f"select {COLUMNS} from calendar.app_password where secret_hash = $1", secret_hash)
    return row and _read(row)


# Programs ask every few minutes: an hour is exact enough for who wonders whether one is still in use.
async def note_used(database: Database, id_: int, now: datetime) -> None:
    """Note that a password was used."""
    await database.execute(
        """
        update calendar.app_password
        set used_at = $2
        where id = $1
          and (used_at is null or used_at < $2::timestamptz - interval '1 hour')
        """,
        id_,
        now,
    )
