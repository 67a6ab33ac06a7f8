"""How usernames, names and addresses are written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.modules.identity.domain.people import (
    normalized_email,
    normalized_name,
    normalized_username,
    username_from_email,
)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("Ada@Example.org", "ada@example.org"),
        ("ada@office.test", "ada@office.test"),
        ("ada@nas.local", "ada@nas.local"),
        ("ada@localhost", "ada@localhost"),
        ("ada+berth@example.org", "ada+berth@example.org"),
    ],
)
def test_addresses_of_self_hosted_networks_are_addresses(written: str, stored: str) -> None:
    assert normalized_email(written) == stored


@pytest.mark.parametrize("written", ["ada", "ada@", "@example.org", "ada@exa mple.org", "a@b@c.de", "ada@x..org"])
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not an e-mail address"):
        normalized_email(written)


@pytest.mark.parametrize("written", ["ab", "a" * 51, "with space", "ünder", "a@b.c", "abc\n"])
def test_what_is_no_username_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="3 to 50"):
        normalized_username(written)


@pytest.mark.parametrize("written", ["", "   ", "a\nb", "a\0b"])
def test_what_is_no_name_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="visible"):
        normalized_name(written)


@given(st.emails(), st.integers(0, 20))
def test_every_address_makes_a_username(email: str, attempt: int) -> None:
    made = username_from_email(email, attempt)
    assert re.fullmatch("[a-z0-9_.-]{3,50}", made)
    assert made != username_from_email(email, attempt + 1)


def test_the_username_is_the_local_part() -> None:
    assert username_from_email("Harbour.Master@example.org") == "harbour.master"
    assert username_from_email("jo@example.org") == "jo-admin"
