"""SQL for prices."""

from collections.abc import Sequence

import asyncpg

from berth.kit.db import Connection, Database, Row
from berth.modules.payments.domain.pricing import Price, PriceUnit, Scope, Terms

PRICE = (
    "id, version, resource_id, site_id, kind, tag, unit, amount_minor, currency, free_roles, free_until_hours, "
    "kept_percent"
)


class PriceTaken(Exception):
    """There is a price of the same scope already."""


def _read(row: Row) -> Price:
    return Price(
        id=row["id"],
        version=row["version"],
        scope=Scope(row["resource_id"], row["site_id"], row["kind"], row["tag"]),
        unit=PriceUnit(row["unit"]),
        amount_minor=row["amount_minor"],
        currency=row["currency"],
        free_roles=tuple(row["free_roles"]),
        terms=Terms(row["free_until_hours"], row["kept_percent"]),
    )


def _values(price: Price) -> tuple[object, ...]:
    return (
        price.scope.resource_id,
        price.scope.site_id,
        price.scope.kind,
        price.scope.tag,
        price.unit,
        price.amount_minor,
        price.currency,
        list(price.free_roles),
        price.terms.free_until_hours,
        price.terms.kept_percent,
    )


async def every(connection: Connection | Database) -> Sequence[Price]:
    """Answer all prices; there are few, and which of them holds is a rule and no query."""
    rows = await connection.fetch(
        f"""
        select {PRICE}
        from payments.price
        """
    )
    return [_read(row) for row in rows]


async def listed(database: Database, after: int | None, limit: int) -> Sequence[Price]:
    """Answer up to ``limit`` prices behind an id, in the order of their ids."""
    rows = await database.fetch(
        f"""
        select {PRICE}
        from payments.price
        where id > coalesce($1::bigint, 0)
        order by id
        limit $2
        """,
        after,
        limit,
    )
    return [_read(row) for row in rows]


async def find(connection: Connection | Database, id_: int) -> Price | None:
    """Answer the price of this id."""
    read = connection.fetch_row if isinstance(connection, Database) else connection.fetchrow
    row = await read(
        f"""
        select {PRICE}
        from payments.price
        where id = $1
        """,
        id_,
    )
    return row and _read(row)


async def insert(connection: Connection, price: Price) -> Price:
    """Make a price and answer it with its id; raise ``PriceTaken``."""
    try:
        row = await connection.fetchrow(
            f"""
            insert into payments.price (
                resource_id, site_id, kind, tag, unit, amount_minor, currency, free_roles, free_until_hours,
                kept_percent
            )
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            returning {PRICE}
            """,
            *_values(price),
        )
    except asyncpg.UniqueViolationError as error:
        raise PriceTaken from error
    return _read(row)


async def lock(connection: Connection, id_: int) -> Price | None:
    """Answer the price of this id, locked until the transaction ends."""
    row = await connection.fetchrow(
        f"""
        select {PRICE}
        from payments.price
        where id = $1
        for update
        """,
        id_,
    )
    return row and _read(row)


async def replace(connection: Connection, price: Price) -> Price:
    """Set a price that is there as a whole, as its next version, and answer it; raise ``PriceTaken``."""
    try:
        row = await connection.fetchrow(
            f"""
            update payments.price
            set version = version + 1,
                resource_id = $2,
                site_id = $3,
                kind = $4,
                tag = $5,
                unit = $6,
                amount_minor = $7,
                currency = $8,
                free_roles = $9,
                free_until_hours = $10,
                kept_percent = $11
            where id = $1
            returning {PRICE}
            """,
            price.id,
            *_values(price),
        )
    except asyncpg.UniqueViolationError as error:
        raise PriceTaken from error
    return _read(row)


async def delete(connection: Connection, id_: int) -> None:
    """Remove a price."""
    await connection.execute("delete from payments.price where id = $1", id_)
