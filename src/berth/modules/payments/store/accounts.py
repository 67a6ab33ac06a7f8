"""SQL for the payments of reservations and orders, read and written as whole accounts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from berth.kit.db import Connection, Row
from berth.modules.payments.domain.account import (
    NOBODY,
    Account,
    Ending,
    How,
    Of,
    Request,
    RequestState,
    Returning,
    Word,
)
from berth.modules.payments.domain.intent import Confirmed, Goal, Intent, Standing, state_of
from berth.modules.payments.domain.records import read_agreement, write_agreement

INTENT = (
    "id, reservation_id, request_id, key, amount_minor, currency, provider, target_minor, take, early, standing, "
    "authorised_minor, captured_minor, refunded_minor, reference, client_secret, error, version, created_at"
)


def read_intent(row: Row) -> Intent:
    """Answer the payment of a row with the columns of ``INTENT``."""
    return Intent(
        key=row["key"],
        amount_minor=row["amount_minor"],
        currency=row["currency"],
        provider=row["provider"],
        goal=Goal(row["target_minor"], row["take"]),
        confirmed=Confirmed(
            standing=Standing(row["standing"]),
            authorised_minor=row["authorised_minor"],
            captured_minor=row["captured_minor"],
            refunded_minor=row["refunded_minor"],
            reference=row["reference"],
            client_secret=row["client_secret"],
            error=row["error"],
        ),
        early=row["early"],
        version=row["version"],
        id=row["id"],
        created_at=row["created_at"],
    )


async def open_accounts(connection: Connection, opened: Mapping[int, Of]) -> None:
    """Have accounts for these numbers of reservations and orders; those that are there stay as they are."""
    await connection.execute(
        """
        insert into payments.account (reservation_id, of_what, payer_id, charging)
        select reservation_id, of_what, $3, false
        from unnest($1::bigint[], $2::text[]) as opened (reservation_id, of_what)
        order by reservation_id
        on conflict (reservation_id) do nothing
        """,
        list(opened),
        list(opened.values()),
        NOBODY,
    )


async def lock(connection: Connection, reservation_ids: Iterable[int]) -> dict[int, Account]:
    """Answer the accounts of these reservations that there are, locked until the transaction ends.

    They are locked in their order, so that two who want several do not wait for each other in a circle.
    """
    wanted = sorted(set(reservation_ids))
    rows = await connection.fetch(
        """
        select reservation_id, of_what, payer_id, charging, ended_how, ended_cost_minor
        from payments.account
        where reservation_id = any($1::bigint[])
        order by reservation_id
        for update
        """,
        wanted,
    )
    if not rows:
        return {}
    requests = await _requests(connection, wanted, await _intents(connection, wanted))
    return {row["reservation_id"]: _account(row, requests[row["reservation_id"]]) for row in rows}


def _account(row: Row, requests: Sequence[Request]) -> Account:
    how = row["ended_how"]
    return Account(
        reservation_id=row["reservation_id"],
        payer_id=row["payer_id"],
        charging=row["charging"],
        ending=Ending(How(how), row["ended_cost_minor"]) if how else None,
        requests=tuple(requests),
        of=Of(row["of_what"]),
    )


async def _intents(connection: Connection, reservation_ids: Sequence[int]) -> dict[tuple[int, int], Intent]:
    rows = await connection.fetch(
        f"""
        select {INTENT}
        from payments.intent
        where reservation_id = any($1::bigint[])
        """,
        reservation_ids,
    )
    return {(row["reservation_id"], row["request_id"]): read_intent(row) for row in rows}


async def _requests(
    connection: Connection, reservation_ids: Sequence[int], intents: Mapping[tuple[int, int], Intent]
) -> dict[int, list[Request]]:
    rows = await connection.fetch(
        """
        select reservation_id, id, state, agreement, owed_minor, due_at, reason, returning_what, closing, answered
        from payments.request
        where reservation_id = any($1::bigint[])
        order by reservation_id, id
        """,
        reservation_ids,
    )
    found: dict[int, list[Request]] = defaultdict(list)
    for row in rows:
        request = Request(
            id=row["id"],
            state=RequestState(row["state"]),
            agreement=read_agreement(row["agreement"]) if row["agreement"] else None,
            owed_minor=row["owed_minor"],
            due_at=row["due_at"],
            reason=row["reason"],
            intent=intents.get((row["reservation_id"], row["id"])),
            returning=Returning(row["returning_what"]),
            closing=row["closing"],
            answered=frozenset(Word(word) for word in row["answered"]),
        )
        found[row["reservation_id"]].append(request)
    return found


async def save(connection: Connection, changes: Sequence[tuple[Account, Account]]) -> None:
    """Write what is different between each account as it was locked and as it is now."""
    accounts = [after for before, after in changes if _head(before) != _head(after)]
    requests = [(after, one) for before, after in changes for one in after.requests if before.find(one.id) != one]
    await _save_accounts(connection, accounts)
    await _save_requests(connection, requests)
    intents = [(account, one.id, one.intent) for account, one in requests if one.intent]
    await _save_intents(connection, intents)


def _head(account: Account) -> tuple[object, ...]:
    return account.payer_id, account.charging, account.ending


async def _save_accounts(connection: Connection, accounts: Sequence[Account]) -> None:
    if not accounts:
        return
    await connection.executemany(
        """
        update payments.account
        set payer_id = $2,
            charging = $3,
            ended_how = $4,
            ended_cost_minor = $5
        where reservation_id = $1
        """,
        [
            (
                one.reservation_id,
                one.payer_id,
                one.charging,
                one.ending and one.ending.how,
                one.ending and one.ending.cost_minor,
            )
            for one in accounts
        ],
    )


async def _save_requests(connection: Connection, requests: Sequence[tuple[Account, Request]]) -> None:
    if not requests:
        return
    await connection.executemany(
        """
        insert into payments.request (
            reservation_id, id, state, agreement, owed_minor, due_at, reason, returning_what, closing, answered
        )
        values ($1, $2, $3, $4::text::jsonb, $5, $6, $7, $8, $9, $10)
        on conflict (reservation_id, id) do update
            set state = excluded.state,
                reason = excluded.reason,
                returning_what = excluded.returning_what,
                closing = excluded.closing,
                answered = excluded.answered
        """,
        [
            (
                account.reservation_id,
                one.id,
                one.state,
                write_agreement(one.agreement),
                one.owed_minor,
                one.due_at,
                one.reason,
                one.returning,
                one.closing,
                sorted(one.answered),
            )
            for account, one in requests
        ],
    )


async def _save_intents(connection: Connection, intents: Sequence[tuple[Account, int, Intent]]) -> None:
    if not intents:
        return
    await connection.executemany(
        """
        insert into payments.intent (
            reservation_id, request_id, payer_id, key, amount_minor, currency, provider, target_minor, take, early,
            standing, authorised_minor, captured_minor, refunded_minor, reference, client_secret, error, version, state
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
        on conflict (reservation_id, request_id) do update
            set target_minor = excluded.target_minor,
                take = excluded.take,
                early = excluded.early,
                standing = excluded.standing,
                authorised_minor = excluded.authorised_minor,
                captured_minor = excluded.captured_minor,
                refunded_minor = excluded.refunded_minor,
                reference = excluded.reference,
                client_secret = excluded.client_secret,
                error = excluded.error,
                version = excluded.version,
                state = excluded.state,
                changed_at = case when intent.state = excluded.state then intent.changed_at else now() end
        """,
        [_columns(account, request_id, one) for account, request_id, one in intents],
    )


def _columns(account: Account, request_id: int, one: Intent) -> tuple[object, ...]:
    found = one.confirmed
    return (
        account.reservation_id,
        request_id,
        account.payer_id,
        one.key,
        one.amount_minor,
        one.currency,
        one.provider,
        one.goal.target_minor,
        one.goal.take,
        one.early,
        found.standing,
        found.authorised_minor,
        found.captured_minor,
        found.refunded_minor,
        found.reference,
        found.client_secret,
        found.error,
        one.version,
        state_of(one),
    )
