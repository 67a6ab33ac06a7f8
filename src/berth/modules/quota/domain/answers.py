"""Whether what a reservation demands is there, and what booking is answered."""

from collections.abc import Mapping, Sequence

from berth.contracts.booking.reservation import Answer
from berth.contracts.quota import Held, QuotaCommitted, QuotaDenied, QuotaHeld, QuotaReleased
from berth.kit.localtime import zone
from berth.modules.quota.domain.allowances import AllowanceUnit
from berth.modules.quota.domain.demands import Demand
from berth.modules.quota.domain.ledger import Account, Balance, Hold, Request, Said, Slot, State, said

PERIODS = {"day": "that day", "week": "that week", "month": "that month", "term": "that term"}


def ask(
    account: Account,
    reservation_id: int,
    request_id: int,
    demands: Sequence[Demand],
    balances: Mapping[Slot, Balance],
) -> tuple[Account, Said]:
    """Answer the account after a request, and what to answer to it: all that it demands is held, or nothing.

    A request that is known gets the answer that it got before, unless it is over.
    """
    known = account.requests.get(request_id)
    if known is None and account.is_late(request_id):
        known = Request(State.RELEASED)
        account = account.with_request(request_id, known)
    if known is not None:
        return account, _again(known, reservation_id, request_id)
    held = account.held()
    for one in demands:
        denial = _denied(one, held.get(one.slot, 0), balances[one.slot], reservation_id, request_id)
        if denial is not None:
            answer = said(denial)
            return account.with_request(request_id, Request(State.DENIED, (), answer)), answer
    given = tuple(_given(one, held.get(one.slot, 0), balances[one.slot]) for one in demands)
    answer = said(QuotaHeld(reservation_id, request_id, given))
    holds = tuple(Hold(one.slot, one.allowance.rule.unit, one.owner_id, one.amount) for one in demands)
    return account.with_request(request_id, Request(State.HELD, holds, answer)), answer


def _again(known: Request, reservation_id: int, request_id: int) -> Said:
    if known.state is State.COMMITTED:
        return said(QuotaCommitted(reservation_id, request_id))
    if known.state is State.RELEASED or known.answer is None:
        return said(QuotaReleased(reservation_id, request_id))
    return known.answer


def _given(one: Demand, held: int, balance: Balance) -> Held:
    more = max(0, one.amount - held)
    left = balance.left(one.allowance.rule.amount) - more
    return Held(one.allowance.id, one.allowance.rule.name, one.allowance.rule.unit, one.amount, max(0, left))


def _denied(one: Demand, held: int, balance: Balance, reservation_id: int, request_id: int) -> Answer | None:
    """Answer the refusal if the allowance does not suffice; what the reservation has already needs no room."""
    rule = one.allowance.rule
    more = one.amount - held
    left = balance.left(rule.amount)
    if more <= 0 or more <= left:
        return None
    return QuotaDenied(
        reservation_id,
        request_id,
        allowance_id=one.allowance.id,
        name=rule.name,
        unit=rule.unit,
        wanted=more,
        left=max(0, left),
        renews_at=one.period.renews_at,
        reason=_sentence(one, max(0, left), rule.amount + balance.granted, more),
    )


def _sentence(one: Demand, left: int, whole: int, wanted: int) -> str:
    rule, renews_at = one.allowance.rule, one.period.renews_at
    what = "min" if rule.unit is AllowanceUnit.MINUTES else "reservations"
    whose = "together " if rule.shared else ""
    local = renews_at and renews_at.astimezone(zone(one.timezone))
    renewal = f" It renews on {local:%a %Y-%m-%d %H:%M} {one.timezone}." if local else ""
    return (
        f"The allowance “{rule.name}” has {left} of {whose}{whole} {what} left in {PERIODS[rule.per]}, "
        f"and {wanted} would be needed.{renewal}"
    )
