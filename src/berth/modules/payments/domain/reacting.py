"""What each thing that happens changes. Everything may come twice, and in another order."""

from dataclasses import dataclass, replace
from datetime import datetime

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
from berth.modules.payments.domain.aims import aimed, cost_of_withdrawing, secured
from berth.modules.payments.domain.intent import Confirmed, Goal, Intent, Standing
from berth.modules.payments.domain.pricing import Agreement

TOO_LATE = "The payment did not come in time."


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as it comes in. ``agreement`` is none if there is no price, for the ``reason``.

    ``key`` and ``provider`` are those of the payment, if one is needed.
    """

    request_id: int
    payer_id: int
    due_at: datetime
    key: str
    provider: str
    agreement: Agreement | None
    reason: str | None = None


def asked(account: Account, ask: Ask) -> Account:
    """Take a request up; one that is known is answered again, and one that is dead gives nothing."""
    known = account.find(ask.request_id)
    if account.payer_id == NOBODY:
        account = replace(account, payer_id=ask.payer_id)
    if account.ending or (known and known.returning is not Returning.NO):
        return _dead(account, known or Request(ask.request_id, RequestState.WITHDRAWN))
    if known:
        again = known.answered - {Word.ASKED, Word.AUTHORISED, Word.DECLINED}
        return account.with_request(replace(known, answered=again))
    return aimed(_holding(account.with_request(_taken_up(account, ask))))


def _taken_up(account: Account, ask: Ask) -> Request:
    request = Request(ask.request_id, RequestState.OPEN, ask.agreement, due_at=ask.due_at, reason=ask.reason)
    if ask.agreement is None:
        return replace(request, state=RequestState.DECLINED)
    owed = max(ask.agreement.amount_minor - secured(account), 0)
    paid_in = {one.currency for one in account.intents() if one.capacity_minor}
    if ask.agreement.amount_minor and paid_in - {ask.agreement.currency}:
        [other, *_] = paid_in
        reason = f"The new price is in {ask.agreement.currency}, and the reservation was paid for in {other}."
        return replace(request, state=RequestState.DECLINED, reason=reason)
    if not owed:
        return replace(request, state=RequestState.GIVEN)
    intent = Intent(ask.key, owed, ask.agreement.currency, ask.provider, Goal(owed))
    return replace(request, owed_minor=owed, intent=intent)


def _dead(account: Account, request: Request) -> Account:
    returning = Returning.WHOLE if account.ending else request.returning
    return account.with_request(replace(request, returning=returning, answered=request.answered - {Word.RETURNED}))


def settled(account: Account, request_id: int) -> Account:
    """Put a request in force, in place of what was before."""
    request = account.find(request_id)
    if account.ending or request is None or not request.is_given:
        return account
    return aimed(account.with_request(replace(request, state=RequestState.SETTLED)))


def paid(account: Account) -> Account:
    """Put an order in force and take its money at once; what is not secured yet, as soon as it is."""
    return account if account.ending else aimed(_holding(replace(account, charging=True)))


def _holding(account: Account) -> Account:
    """Answer the account with what is secured of an order in force, if its seats are sold."""
    if account.of is not Of.ORDER or not account.charging:
        return account
    given = [one for one in account.requests if one.state is RequestState.GIVEN]
    for one in given:
        account = account.with_request(replace(one, state=RequestState.SETTLED))
    return account


def withdrawn(
    account: Account, request_id: int, *, whole: bool, by_owner: bool, at: datetime, start: datetime
) -> Account:
    """Undo a move, or everything; what the terms keep is kept if the owner gives up what holds."""
    request = account.find(request_id) or Request(request_id, RequestState.WITHDRAWN)
    request = replace(request, answered=request.answered - {Word.RETURNED})
    if not whole and not account.ending:
        return aimed(account.with_request(replace(request, state=RequestState.WITHDRAWN, returning=Returning.MOVE)))
    if not account.ending:
        agreement = account.in_force.agreement if account.in_force else None
        kept = agreement.kept(at=at, start=start) if agreement else 0
        cost = cost_of_withdrawing(account, by_owner=by_owner, kept_minor=kept)
        account = replace(account, ending=Ending(How.WITHDRAWN, cost))
    return aimed(account.with_request(replace(request, returning=Returning.WHOLE)))


def closed(account: Account, request_id: int) -> Account:
    """Use up what was given: the reservation is over, and costs what was agreed on.

    Only what holds is closed, so that this settles the request, if that was never heard.
    """
    account = settled(account, request_id)
    request = account.find(request_id) or Request(request_id, RequestState.WITHDRAWN)
    if not account.ending:
        price = account.in_force.price_minor if account.in_force else 0
        account = replace(account, ending=Ending(How.CLOSED, price))
    request = replace(request, closing=True, answered=request.answered - {Word.CLOSED})
    return aimed(account.with_request(request))


def started(account: Account) -> Account:
    """Take the money: somebody checked in, or the start came."""
    if account.ending or account.in_force is None:
        return account
    return aimed(replace(account, charging=True))


def start_came(account: Account, now: datetime) -> Account:
    """Take the money if the reservation in force begins by now, for it may have been moved meanwhile."""
    agreement = account.in_force.agreement if account.in_force else None
    return started(account) if agreement and agreement.start <= now else account


def overdue(account: Account, request_id: int, now: datetime) -> Account:
    """Give up a request that is still not paid for when its time is over."""
    request = account.find(request_id)
    if account.ending or request is None or request.state is not RequestState.OPEN:
        return account
    if request.due_at and request.due_at > now:
        return account
    error = request.intent and request.intent.confirmed.error
    reason = f"{TOO_LATE} The last try: {error}" if error else TOO_LATE
    return aimed(account.with_request(replace(request, state=RequestState.DECLINED, reason=reason)))


def hold_ends(account: Account, request_id: int) -> Account:
    """Take now what the provider would not hold until the start."""
    request = account.find(request_id)
    if request is None or request.intent is None or request.intent.confirmed.standing is not Standing.AUTHORISED:
        return account
    return aimed(account.with_request(replace(request, intent=replace(request.intent, early=True))))


def begun(account: Account, request_id: int) -> Account:
    """Note, before the provider is asked for the first time, that it may have been asked."""
    return _confirm(account, request_id, Confirmed(Standing.BEGUN))


def confirmed(account: Account, request_id: int, found: Confirmed) -> Account:
    """Believe what the provider says, and what follows for the request."""
    account = _confirm(account, request_id, found)
    request = account.find(request_id)
    if request and request.state is RequestState.OPEN and not account.ending:
        if found.is_secure:
            request = replace(request, state=RequestState.GIVEN)
        elif found.standing in (Standing.REFUSED, Standing.VOIDED):
            reason = found.error or "The payment was cancelled."
            request = replace(request, state=RequestState.DECLINED, reason=reason)
        account = _holding(account.with_request(request))
    return aimed(account)


def _confirm(account: Account, request_id: int, found: Confirmed) -> Account:
    request = account.find(request_id)
    if request is None or request.intent is None or request.intent.confirmed == found:
        return account
    intent = replace(request.intent, confirmed=found, version=request.intent.version + 1)
    return account.with_request(replace(request, intent=intent))
