"""Access tokens: only ours are believed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey

from berth.kit.auth import TokenRefused
from berth.modules.identity.domain.tokens import Signer, hash_of, new_secret

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def _key() -> str:
    return ECKey.generate_key("P-256", private=True).as_pem(private=True).decode()


KEY = _key()
SIGNER = Signer(KEY, minutes=15)


def test_a_token_says_whose_it_is_and_until_when() -> None:
    claims = SIGNER.verify(SIGNER.issue(person_id=7, session_id=42, now=NOON))
    assert (claims.person_id, claims.session_id) == (7, 42)
    assert claims.expires == NOON.timestamp() + 15 * 60


def test_two_tokens_of_one_moment_differ() -> None:
    assert SIGNER.issue(person_id=7, session_id=1, now=NOON) != SIGNER.issue(person_id=7, session_id=1, now=NOON)


def test_another_key_another_issuer_and_no_signature_are_refused() -> None:
    stranger = Signer(_key(), minutes=15).issue(person_id=7, session_id=1, now=NOON)
    elsewhere = jwt.encode({"alg": "ES256"}, {"iss": "else", "sub": "7", "sid": "1", "exp": 9e9}, ECKey.import_key(KEY))
    bare = jwt.encode({"alg": "ES256"}, {"iss": "berth"}, ECKey.import_key(KEY))
    unsigned = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJiZXJ0aCIsInN1YiI6IjciLCJzaWQiOiIxIiwiZXhwIjo5ZTl9."
    for token in (stranger, elsewhere, bare, unsigned, "x" * 5000):
        with pytest.raises(TokenRefused):
            SIGNER.verify(token)


@given(st.text() | st.from_regex(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", fullmatch=True))
def test_garbage_is_refused_and_nothing_worse(token: str) -> None:
    with pytest.raises(TokenRefused):
        SIGNER.verify(token)


def test_a_refresh_token_is_long_random_and_stored_as_its_hash() -> None:
    first, second = new_secret(), new_secret()
    assert first != second
    assert len(first) >= 43
    assert len(hash_of(first)) == 32
