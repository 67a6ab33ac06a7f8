"""Amounts as Stripe counts them, which is not always in ISO 4217's minor unit."""

from berth.kit.money import exponent, written

WHOLE_AT_STRIPE = frozenset({"MGA"})
"""ISO 4217 gives these two digits, and Stripe takes whole units."""

HUNDREDTHS_AT_STRIPE = frozenset({"ISK", "UGX"})
"""ISO 4217 gives these no digits, and Stripe takes hundredths, which must be whole units."""


class NotChargeable(ValueError):
    """Stripe cannot charge this amount exactly; the message is for people."""


def step_minor(currency: str) -> int:
    """Answer of how many minor units an amount must be a multiple, for Stripe to charge it exactly."""
    if currency in WHOLE_AT_STRIPE:
        return 100
    return 10 if exponent(currency) == 3 else 1


def to_stripe(amount_minor: int, currency: str) -> int:
    """Answer our amount as Stripe counts it; raise ``NotChargeable``."""
    if currency in HUNDREDTHS_AT_STRIPE:
        return amount_minor * 100
    if amount_minor % step_minor(currency):
        raise NotChargeable(f"{written(amount_minor, currency)} cannot be charged exactly by card.")
    return amount_minor // 100 if currency in WHOLE_AT_STRIPE else amount_minor


def from_stripe(amount: int, currency: str) -> int:
    """Answer an amount of Stripe's in our minor units."""
    if currency in HUNDREDTHS_AT_STRIPE:
        return amount // 100
    return amount * 100 if currency in WHOLE_AT_STRIPE else amount
