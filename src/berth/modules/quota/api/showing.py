"""What the routes of quota answer, made of values."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from berth.contracts.identity import Person
from berth.kit.http.zone import shown
from berth.modules.quota.domain.allowances import EVERYBODY, Allowance
from berth.modules.quota.domain.ledger import Balance
from berth.modules.quota.domain.periods import Period
from berth.modules.quota.store.grants import Grant
from berth.modules.quota.usecases.standing import Standing, Usage

People = Mapping[int, Person]


def show_allowance(one: Allowance, where: tzinfo, note: str | None = None) -> dict[str, Any]:
    """Answer an allowance."""
    members = {"id": one.id, **one.rule.members(), "removed_at": one.removed_at and shown(one.removed_at, where)}
    return {**members, "note": note}


def show_standing(one: Standing, where: tzinfo) -> dict[str, Any]:
    """Answer what the caller has of an allowance."""
    return {
        "allowance": show_allowance(one.allowance, where),
        **_balance(one.balance, one.allowance.rule.amount),
        "period": _period(one.period, one.timezone, where),
        "renews_at": one.period.renews_at and shown(one.period.renews_at, where),
    }


def show_usage(allowance: Allowance, usage: Usage, people: People, where: tzinfo) -> dict[str, Any]:
    """Answer who has how much of an allowance, and what is left of a shared one."""
    periods = {key: _period(period, timezone, where) for key, (period, timezone) in usage.periods.items()}
    amount = None if allowance.rule.shared else allowance.rule.amount
    return {
        "items": [
            {
                "person": _person(one.person_id, people),
                **_balance(one.balance, amount),
                "period": periods[one.period],
            }
            for one in usage.shares
        ],
        "together": [
            {**_balance(balance, allowance.rule.amount), "period": periods[key]}
            for key, balance in usage.together.items()
        ],
    }


def show_grant(one: Grant, people: People, where: tzinfo) -> dict[str, Any]:
    """Answer a grant."""
    return {
        "id": one.id,
        "person": None if one.slot.holder_id == EVERYBODY else _person(one.slot.holder_id, people),
        "amount": one.amount,
        "period": one.slot.period,
        "reason": one.reason,
        "actor": _person(one.actor_id, people),
        "created_at": shown(one.created_at, where),
    }


def _balance(balance: Balance, amount: int | None) -> dict[str, Any]:
    return {
        "granted": balance.granted,
        "held": balance.held,
        "used": balance.used,
        "left": None if amount is None else max(0, balance.left(amount)),
    }


def _period(period: Period, timezone: str, where: tzinfo) -> dict[str, Any]:
    return {"start": shown(period.start, where), "end": shown(period.end, where), "timezone": timezone}


def _person(id_: int, people: People) -> dict[str, Any]:
    return {"id": id_, "name": people[id_].name if id_ in people else None}
