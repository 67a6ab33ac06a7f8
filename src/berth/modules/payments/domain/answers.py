"""What booking or seating is to be told, from how the payments stand and what it was told before."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypedDict

from berth.contracts.payments import (
    PaymentAsked,
    PaymentAuthorised,
    PaymentClosed,
    PaymentDeclined,
    PaymentEvent,
    PaymentReturned,
    PaymentTaken,
)
from berth.kit.money import NO_CURRENCY
from berth.modules.payments.domain.account import Account, Request, RequestState, Returning, Word
from berth.modules.payments.domain.intent import Standing, is_reached


class _What(TypedDict):
    of: str
    performance: str | None


def answered(account: Account) -> tuple[Account, list[PaymentEvent]]:
    """Answer what is to be said now, in its order, and the account that knows that it was said."""
    events: list[PaymentEvent] = []
    for request in account.requests:
        said = dict(_due(account, request))
        if said:
            events += said.values()
            account = account.with_request(replace(request, answered=request.answered | said.keys()))
    return account, events


def _due(account: Account, request: Request) -> Iterator[tuple[Word, PaymentEvent]]:
    """Answer what there is to say to a request that was not said."""
    for word, event in (*_of_giving(account, request), *_of_taking(account, request), *_of_ending(account, request)):
        if word not in request.answered:
            yield word, event


def _of_giving(account: Account, request: Request) -> Iterator[tuple[Word, PaymentEvent]]:
    who = (account.reservation_id, request.id, account.payer_id, _currency(account, request))
    if account.ending or request.returning is not Returning.NO:
        return
    if request.state is RequestState.OPEN and request.intent:
        if request.intent.confirmed.standing is Standing.PENDING:
            yield Word.ASKED, PaymentAsked(*who, request.owed_minor, **_what(account))
    elif request.is_given:
        yield Word.AUTHORISED, PaymentAuthorised(*who, request.price_minor, **_what(account))
    elif request.state is RequestState.DECLINED:
        reason = request.reason or "It was declined."
        yield Word.DECLINED, PaymentDeclined(*who, request.owed_minor, reason, **_what(account))


def _of_taking(account: Account, request: Request) -> Iterator[tuple[Word, PaymentEvent]]:
    taking = account.charging and not account.ending and request is account.in_force
    if taking and account.net_minor and all(is_reached(one.intent) for one in account.pool if one.intent):
        who = (account.reservation_id, request.id, account.payer_id, _currency(account, request))
        yield Word.TAKEN, PaymentTaken(*who, account.net_minor, **_what(account))


def _of_ending(account: Account, request: Request) -> Iterator[tuple[Word, PaymentEvent]]:
    who = (account.reservation_id, request.id, account.payer_id, _currency(account, request))
    if request.returning is Returning.MOVE:
        own = [request.intent] if request.intent else []
    else:
        own = list(account.intents())
    if not all(is_reached(one) for one in own):
        return
    kept = sum(one.confirmed.net_minor for one in own)
    if request.returning is not Returning.NO:
        had = sum(one.confirmed.authorised_minor for one in own)
        yield Word.RETURNED, PaymentReturned(*who, kept, had - kept, **_what(account))
    if request.closing:
        yield Word.CLOSED, PaymentClosed(*who, kept, **_what(account))


def _currency(account: Account, request: Request) -> str:
    """Answer the currency of the request, else of what was paid, else that there is none."""
    if request.agreement:
        return request.agreement.currency
    return next((one.currency for one in account.intents()), NO_CURRENCY)


def _what(account: Account) -> _What:
    """Answer what the payment is for, as its events say it."""
    agreements = (one.agreement for one in account.requests if one.agreement)
    return {"of": account.of, "performance": next((one.performance for one in agreements), None)}
