"""Which language a caller would like, by RFC 9110 and among those that there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.modules.identity.domain.language import preferred_language

KNOWN = ("en", "fr", "es")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr", "fr"),
        ("FR-ca", "fr"),
        ("de, es;q=0.8, en;q=0.7", "es"),
        ("en;q=0.5, fr;q=0.9", "fr"),
        ("es, fr", "es"),
        ("fr;q=0, en;q=0.1", "en"),
        ("fr;q=much, es", "es"),
        ("fr;q=2, es;q=0.1", "es"),
        ("de, *", None),
        ("", None),
    ],
)
def test_the_one_that_is_liked_best_is_taken(header: str, language: str | None) -> None:
    assert preferred_language(header, KNOWN) == language


@given(st.text())
def test_any_header_can_be_read(header: str) -> None:
    assert preferred_language(header, KNOWN) in {*KNOWN, None}
