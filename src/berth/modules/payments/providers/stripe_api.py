"""Stripe: payments by card that are held first and taken later (PaymentIntents with manual capture)."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import orjson
import stripe

from berth.modules.payments.domain.intent import Action, Capture, Confirmed, Intent, Open, Refund, Standing
from berth.modules.payments.providers.port import ProviderAway
from berth.modules.payments.providers.stripe_amounts import NotChargeable, from_stripe, step_minor, to_stripe

STRIPE = "stripe"
ANSWER_SECONDS_MAX = 20
HOLD_DAYS_MAX = 6
"""A card's hold ends after seven days at the earliest; a day is left to take the money."""
LOOK_EVERY = timedelta(seconds=30)

PENDING = frozenset({"requires_payment_method", "requires_confirmation", "requires_action", "processing"})

Found = TypeVar("Found")


class NotSigned(Exception):
    """A webhook is not Stripe's, or too old to be believed."""


class Stripe:
    """The provider that speaks to Stripe's API, or to another of the same form at ``api_base``."""

    name: str = STRIPE
    looks_every: timedelta | None
    holds_for: timedelta | None = timedelta(days=HOLD_DAYS_MAX)

    def __init__(
        self, *, secret_key: str, webhook_secret: str, api_base: str | None = None, looks_every: timedelta = LOOK_EVERY
    ) -> None:
        self.looks_every = looks_every
        self._webhook_secret = webhook_secret
        self._secret_key = secret_key
        self._api_base = api_base
        self._made: stripe.StripeClient | None = None

    async def look(self, intent: Intent) -> Confirmed:
        """Answer how the payment stands at Stripe; without its name there, what we know."""
        if intent.confirmed.reference is None:
            return intent.confirmed
        try:
            found = await _answered(
                self._client.v1.payment_intents.retrieve_async(
                    intent.confirmed.reference, {"expand": ["latest_charge"]}
                )
            )
        except stripe.InvalidRequestError as refused:
            raise ProviderAway(f"Stripe does not know it: {refused.code or refused.http_status}") from None
        return _confirmed(intent, found)

    async def do(self, intent: Intent, action: Action) -> Confirmed:
        """Do it; where Stripe says that it cannot be done, what it says then is in its books."""
        if isinstance(action, Open):
            return await self._open(intent)
        try:
            await _answered(self._asked(intent, action))
        except stripe.InvalidRequestError as refused:
            found = await self.look(intent)
            if found == intent.confirmed:
                raise ProviderAway(f"Stripe refused: {refused.code or refused.http_status}") from None
            return found
        return await self.look(intent)

    def webhook(self, body: bytes, signature: str | None) -> str | None:
        """Answer which payment a webhook is about, if it is about one; raise ``NotSigned``."""
        try:
            stripe.WebhookSignature.verify_header(
                body.decode(), signature, self._webhook_secret, stripe.Webhook.DEFAULT_TOLERANCE
            )
            event = orjson.loads(body)
        except (stripe.SignatureVerificationError, ValueError) as error:
            raise NotSigned from error
        about = event.get("data", {}).get("object", {}) if isinstance(event, dict) else {}
        named = about.get("id") if about.get("object") == "payment_intent" else about.get("payment_intent")
        return named if isinstance(named, str) else None

    @property
    def _client(self) -> stripe.StripeClient:
        # Made when it is first needed: its connections belong to the loop that runs then.
        if self._made is None:
            self._made = stripe.StripeClient(
                self._secret_key,
                base_addresses={"api": self._api_base} if self._api_base else None,
                http_client=stripe.HTTPXClient(timeout=ANSWER_SECONDS_MAX),
                max_network_retries=0,
            )
        return self._made

    async def _open(self, intent: Intent) -> Confirmed:
        try:
            found = await _answered(
                self._client.v1.payment_intents.create_async(
                    {
                        "amount": to_stripe(intent.amount_minor, intent.currency),
                        "currency": intent.currency.lower(),
                        "capture_method": "manual",
                        "automatic_payment_methods": {"enabled": True},
                        "metadata": {"berth_key": intent.key},
                        "expand": ["latest_charge"],
                    },
                    {"idempotency_key": f"{intent.key}-open"},
                )
            )
        except NotChargeable as error:
            return Confirmed(Standing.REFUSED, error=str(error))
        except stripe.InvalidRequestError as error:
            return Confirmed(Standing.REFUSED, error=error.user_message or "The payment was refused.")
        return _confirmed(intent, found)

    def _asked(self, intent: Intent, action: Action) -> Awaitable[Any]:
        reference = intent.confirmed.reference or ""
        intents, step = self._client.v1.payment_intents, step_minor(intent.currency)
        # What cannot be charged exactly is rounded in favour of the payer.
        if isinstance(action, Capture) and action.amount_minor >= step:
            amount = to_stripe(action.amount_minor // step * step, intent.currency)
            return intents.capture_async(
                reference, {"amount_to_capture": amount}, {"idempotency_key": f"{intent.key}-capture-{amount}"}
            )
        if isinstance(action, Refund):
            amount = to_stripe(-(-action.amount_minor // step) * step, intent.currency)
            # Named by what stays taken: repeated after a lost answer it is the same, and one that follows is another.
            return self._client.v1.refunds.create_async(
                {"payment_intent": reference, "amount": amount},
                {"idempotency_key": f"{intent.key}-refund-{amount}-to-{action.target_minor}"},
            )
        return intents.cancel_async(reference, {}, {"idempotency_key": f"{intent.key}-void"})


async def _answered(asked: Awaitable[Found]) -> Found:
    try:
        return await asked
    except stripe.InvalidRequestError:
        raise
    except stripe.StripeError as error:
        # Its own text may quote what was sent; the kind and the code say enough.
        raise ProviderAway(f"{type(error).__name__} {error.code or error.http_status or ''}".strip()) from None


def _confirmed(intent: Intent, found: stripe.PaymentIntent) -> Confirmed:
    """Answer what Stripe's payment intent means to us."""
    before = replace(intent.confirmed, reference=found.id, client_secret=None, error=None)
    if found.status in PENDING:
        error = found.last_payment_error
        return replace(
            before,
            standing=Standing.PENDING,
            client_secret=found.client_secret,
            error=(error.message if error else None) or None,
        )
    if found.status == "canceled":
        return replace(before, standing=Standing.VOIDED)
    amount = from_stripe(found.amount, intent.currency)
    if found.status == "requires_capture":
        return replace(before, standing=Standing.AUTHORISED, authorised_minor=amount)
    charge = found.latest_charge
    refunded = charge.amount_refunded if isinstance(charge, stripe.Charge) else 0
    return replace(
        before,
        standing=Standing.CAPTURED,
        authorised_minor=amount,
        captured_minor=from_stripe(found.amount_received, intent.currency),
        refunded_minor=from_stripe(refunded, intent.currency),
    )
