"""What Stripe counts otherwise than ISO 4217 is charged exactly or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.modules.payments.providers.stripe_amounts import NotChargeable, from_stripe, to_stripe


def test_most_amounts_are_counted_alike():
    assert [to_stripe(1250, code) for code in ("EUR", "JPY", "KRW")] == [1250, 1250, 1250]


def test_some_have_hundredths_there_that_they_do_not_have_and_some_none_that_they_have():
    assert (to_stripe(500, "ISK"), to_stripe(500, "UGX"), to_stripe(500, "MGA")) == (50000, 50000, 5)


@pytest.mark.parametrize(("amount", "currency"), [(1251, "KWD"), (150, "MGA")])
def test_what_cannot_be_charged_exactly_is_refused(amount, currency):
    with pytest.raises(NotChargeable):
        to_stripe(amount, currency)


@given(st.integers(0, 10**7), st.sampled_from(["EUR", "JPY", "ISK", "MGA", "KWD"]))
def test_there_and_back_is_the_same(amount, currency):
    assert from_stripe(to_stripe(amount * 100, currency), currency) == amount * 100
