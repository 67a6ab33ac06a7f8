"""Ledgers as rows: many at once, by as few statements as one would take."""

from collections.abc import Mapping, Sequence

from berth.kit.db import Connection, Database, Row
from berth.modules.access.domain.ledger import Ended, Given, Ledger, LockTold, Permission, Window

CODE = "reservation_id, owner_id, sealed, digest, ended"
PERMISSION = """
    reservation_id, request_id, valid_from, valid_until, resource_ids, due_at, given, reason, settled, withdrawn,
    lock, lock_error, lock_tries, lock_at
"""


async def take_up(connection: Connection, reservation_ids: Sequence[int]) -> dict[int, Ledger]:
    """Answer the ledgers of these reservations, empty where nothing is known, and keep others from changing them.

    The rows are made and locked in their order, so that two who do it at once need not wait in a circle.
    """
    await connection.execute(
        """
        insert into access.code (reservation_id)
        select reservation_id
        from unnest($1::bigint[]) as wanted (reservation_id)
        order by reservation_id
        on conflict on constraint code_pk do nothing
        """,
        reservation_ids,
    )
    codes = await connection.fetch(
        f"""
        select {CODE}
        from access.code
        where reservation_id = any($1::bigint[])
        order by reservation_id
        for update
        """,
        reservation_ids,
    )
    return _ledgers(codes, await _permissions(connection, reservation_ids))


async def read(source: Connection | Database, reservation_ids: Sequence[int]) -> dict[int, Ledger]:
    """Answer the ledgers of these reservations; those of which nothing is known are left out."""
    codes = await source.fetch(
        f"""
        select {CODE}
        from access.code
        where reservation_id = any($1::bigint[])
        """,
        reservation_ids,
    )
    return _ledgers(codes, await _permissions(source, reservation_ids))


async def _permissions(source: Connection | Database, reservation_ids: Sequence[int]) -> Sequence[Row]:
    rows: Sequence[Row] = await source.fetch(
        f"""
        select {PERMISSION}
        from access.permission
        where reservation_id = any($1::bigint[])
        order by reservation_id, request_id
        """,
        reservation_ids,
    )
    return rows


def _ledgers(codes: Sequence[Row], permissions: Sequence[Row]) -> dict[int, Ledger]:
    known: dict[int, list[Permission]] = {row["reservation_id"]: [] for row in codes}
    for row in permissions:
        if row["reservation_id"] in known:
            known[row["reservation_id"]].append(_permission(row))
    return {
        row["reservation_id"]: Ledger(
            reservation_id=row["reservation_id"],
            owner_id=row["owner_id"],
            sealed=row["sealed"],
            digest=row["digest"],
            ended=Ended(row["ended"]) if row["ended"] else None,
            permissions=tuple(known[row["reservation_id"]]),
        )
        for row in codes
    }


def _permission(row: Row) -> Permission:
    is_asked = row["valid_from"] is not None
    return Permission(
        request_id=row["request_id"],
        window=Window(row["valid_from"], row["valid_until"], tuple(row["resource_ids"])) if is_asked else None,
        due_at=row["due_at"],
        given=Given(row["given"]) if row["given"] else None,
        reason=row["reason"],
        settled=row["settled"],
        withdrawn=row["withdrawn"],
        lock=LockTold(row["lock"]) if row["lock"] else None,
        lock_error=row["lock_error"],
        lock_tries=row["lock_tries"],
        lock_at=row["lock_at"],
    )


async def save(connection: Connection, before: Mapping[int, Ledger], after: Mapping[int, Ledger]) -> None:
    """Write down what changed."""
    codes = [one for id_, one in after.items() if _own(one) != _own(before[id_])]
    permissions = [
        (id_, permission)
        for id_, one in after.items()
        for permission in one.permissions
        if permission != before[id_].permission(permission.request_id)
    ]
    if codes:
        await _save_codes(connection, codes)
    if permissions:
        await _save_permissions(connection, permissions)


def _own(ledger: Ledger) -> tuple[object, ...]:
    return ledger.owner_id, ledger.sealed, ledger.digest, ledger.ended


async def _save_codes(connection: Connection, codes: Sequence[Ledger]) -> None:
    await connection.execute(
        """
        update access.code
        set owner_id = changed.owner_id,
            sealed = changed.sealed,
            digest = changed.digest,
            ended = changed.ended
        from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bytea[], $5::text[])
            as changed (reservation_id, owner_id, sealed, digest, ended)
        where code.reservation_id = changed.reservation_id
        """,
        [one.reservation_id for one in codes],
        [one.owner_id for one in codes],
        [one.sealed for one in codes],
        [one.digest for one in codes],
        [one.ended for one in codes],
    )


# The resources travel as text, for unnest would take apart an array of arrays to its last element.
SAVE_PERMISSIONS = f"""
insert into access.permission ({PERMISSION})
select
    reservation_id, request_id, valid_from, valid_until, resource_ids::bigint[], due_at, given, reason, settled,
    withdrawn, lock, lock_error, lock_tries, lock_at
from unnest(
    $1::bigint[], $2::bigint[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::timestamptz[], $7::text[],
    $8::text[], $9::boolean[], $10::boolean[], $11::text[], $12::text[], $13::integer[], $14::timestamptz[]
) as changed (
    reservation_id, request_id, valid_from, valid_until, resource_ids, due_at, given, reason, settled, withdrawn,
    lock, lock_error, lock_tries, lock_at
)
on conflict on constraint permission_pk do update
    set valid_from = excluded.valid_from,
        valid_until = excluded.valid_until,
        resource_ids = excluded.resource_ids,
        due_at = excluded.due_at,
        given = excluded.given,
        reason = excluded.reason,
        settled = excluded.settled,
        withdrawn = excluded.withdrawn,
        lock = excluded.lock,
        lock_error = excluded.lock_error,
        lock_tries = excluded.lock_tries,
        lock_at = excluded.lock_at
"""


async def _save_permissions(connection: Connection, permissions: Sequence[tuple[int, Permission]]) -> None:
    windows = [one.window for _, one in permissions]
    await connection.execute(
        SAVE_PERMISSIONS,
        [id_ for id_, _ in permissions],
        [one.request_id for _, one in permissions],
        [one and one.valid_from for one in windows],
        [one and one.valid_until for one in windows],
        [f"{{{','.join(map(str, one.resource_ids))}}}" if one else "{}" for one in windows],
        [one.due_at for _, one in permissions],
        [one.given for _, one in permissions],
        [one.reason for _, one in permissions],
        [one.settled for _, one in permissions],
        [one.withdrawn for _, one in permissions],
        [one.lock for _, one in permissions],
        [one.lock_error for _, one in permissions],
        [one.lock_tries for _, one in permissions],
        [one.lock_at for _, one in permissions],
    )
