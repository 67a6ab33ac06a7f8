"""What the events of an order of seats change. An order is paid once, before it holds, and never moved."""

from berth.contracts.seating.orders import REQUEST_ID, OrderCancelled, OrderEvent, OrderPaid, OrderPlaced
from berth.modules.payments.domain.account import Account
from berth.modules.payments.domain.pricing import Agreement, Line, PriceUnit, Terms
from berth.modules.payments.domain.reacting import Ask, asked, paid, withdrawn

OWNER = "owner"
NO_PRICE = 0
"""The id of the price of seats: seating says what they cost, so that there is no price here to name."""


def heard(account: Account, event: OrderEvent, *, key: str, provider: str) -> Account:
    """Answer what the event makes of the order's account; ``key`` and ``provider`` are those of a new payment."""
    match event:
        case OrderPlaced():
            agreement = agreement_of(event)
            return asked(account, Ask(REQUEST_ID, event.buyer_id, event.due_at, key, provider, agreement))
        case OrderPaid():
            return paid(account)
        case OrderCancelled():
            by_owner = event.by == OWNER
            return withdrawn(account, REQUEST_ID, whole=True, by_owner=by_owner, at=event.at, start=event.start)
    return account


def agreement_of(event: OrderPlaced) -> Agreement:
    """Answer what the buyer agreed on, as seating reckoned it: a line for seats of one price, all by the same terms."""
    terms = Terms(event.free_until_hours, event.kept_percent)
    lines = tuple(
        Line(
            price_id=NO_PRICE,
            price_version=NO_PRICE,
            what=line.what,
            resource_ids=(),
            unit=PriceUnit.SEAT,
            unit_minor=line.unit_minor,
            minutes=0,
            amount_minor=line.amount_minor,
            currency=event.currency,
            terms=terms,
        )
        for line in event.lines
    )
    return Agreement(event.amount_minor, event.currency, lines, event.start, event.end, event.timezone, event.name)
