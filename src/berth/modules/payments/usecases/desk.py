"""What people and providers tell of payments: that one was paid by hand, or that one stands differently."""

from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.modules.payments.domain.account import RequestState
from berth.modules.payments.domain.intent import Standing
from berth.modules.payments.domain.reacting import confirmed
from berth.modules.payments.providers.manual import MANUAL, paid
from berth.modules.payments.providers.stripe_api import NotSigned, Stripe
from berth.modules.payments.store import accounts, listing
from berth.modules.payments.store.listing import Payment
from berth.modules.payments.usecases.books import Books
from berth.modules.payments.usecases.reading import no_payment

OPEN = (Standing.NONE, Standing.BEGUN, Standing.PENDING)


class Desk:
    """The verbs of telling. ``stripe`` is none if it is not set up."""

    def __init__(self, database: Database, books: Books, stripe: Stripe | None) -> None:
        self._database = database
        self._books = books
        self._stripe = stripe

    async def mark_paid(self, id_: int, reference: str) -> Payment:
        """Note that a payment was made by hand, and answer it; saying so twice changes nothing more."""
        found = await listing.find(self._database, id_)
        if found is None:
            raise no_payment()
        if found.intent.provider != MANUAL:
            raise Problem(409, "payment-not-manual", f"This payment is made through {found.intent.provider}.")
        async with self._database.transaction() as connection:
            account = (await accounts.lock(connection, [found.reservation_id]))[found.reservation_id]
            request = account.find(found.request_id)
            intent = account.intent_of(found.request_id)
            if request is None or intent is None:
                raise no_payment()
            if intent.confirmed.authorised_minor and intent.confirmed.reference == reference:
                return found
            if account.ending or request.state is not RequestState.OPEN or intent.confirmed.standing not in OPEN:
                raise Problem(
                    409, "payment-not-open", "This payment was made already, or is not wanted any more; look at it."
                )
            after = confirmed(account, request.id, paid(intent, reference))
            await self._books.change(connection, account, after)
        return await listing.find(self._database, id_) or found

    async def webhook(self, body: bytes, signature: str | None) -> None:
        """Have a payment looked at that Stripe tells of; what is told is not believed, but asked for."""
        if self._stripe is None:
            raise Problem(404, "not-found", "Payments by Stripe are not set up here.")
        try:
            reference = self._stripe.webhook(body, signature)
        except NotSigned as error:
            raise Problem(401, "webhook-not-signed", "The signature is missing, wrong or too old.") from error
        if reference is None:
            return
        async with self._database.transaction() as connection:
            place = await listing.place_of(connection, reference)
            if place:
                await self._books.bring(connection, *place)
