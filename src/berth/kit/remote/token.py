"""Signed tokens between the services of one installation: short-lived, each good for one service alone.

They close ``/internal`` to the public, even where a gateway forgets to hide it.
"""

import hmac
from datetime import timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from berth.kit.clock import Clock
from berth.kit.http.problem import Problem

ISSUER = "berth-internal"
ALGORITHM = "HS256"
LIFETIME = timedelta(seconds=60)
RENEWED_BEFORE = timedelta(seconds=30)
"""A token is replaced this long before its end, so that clocks may differ by as much."""

AHEAD_SECONDS_MAX = 2 * LIFETIME.total_seconds()
"""A token that claims to live longer than that is none of ours, or comes from a clock that is far off."""

TOKEN_LENGTH_MAX = 1024
REMEMBERED_MAX = 100


class InternalTokens:
    """Issues and checks the tokens of one installation; ``seed`` is a secret that its processes share."""

    def __init__(self, seed: bytes, clock: Clock) -> None:
        self._key = OctKey.import_key(hmac.digest(seed, b"berth internal tokens", "sha256"))
        self._clock = clock
        self._issued: dict[str, tuple[str, float]] = {}
        self._checked: dict[tuple[str, str], float] = {}

    def token_for(self, service: str) -> str:
        """Answer a token for asking this service, good for half a minute at least."""
        token, expires = self._issued.get(service, ("", 0.0))
        now = self._clock()
        if expires > (now + RENEWED_BEFORE).timestamp():
            return token
        until = int((now + LIFETIME).timestamp())
        claims = {"iss": ISSUER, "aud": service, "exp": until}
        token = jwt.encode({"alg": ALGORITHM}, claims, self._key, algorithms=[ALGORITHM])
        self._issued[service] = token, float(until)
        return token

    def check(self, token: str, service: str) -> None:
        """Raise the 401 problem unless the token is one of ours, for this service, and has not expired."""
        now = self._clock().timestamp()
        expires = self._checked.get((token, service)) or self._read(token, service)
        if not now < expires < now + AHEAD_SECONDS_MAX:
            self._checked.pop((token, service), None)
            raise refused()

    def _read(self, token: str, service: str) -> float:
        """Answer when the token expires, and remember it: a token is sent with each question for half a minute."""
        if not 0 < len(token) <= TOKEN_LENGTH_MAX:
            raise refused()
        try:
            claims = jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims
            if claims["iss"] != ISSUER or claims["aud"] != service:
                raise refused()
            expires = float(claims["exp"])
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise refused() from error
        self._checked[token, service] = expires
        if len(self._checked) > REMEMBERED_MAX:
            del self._checked[next(iter(self._checked))]
        return expires


def refused() -> Problem:
    """Answer the 401 problem of whoever is not a service of this installation."""
    return Problem(
        401,
        "internal-token-refused",
        "This path is for the services of this installation alone. Services that ask each other must share the "
        "secrets in BERTH_DATA_DIR, and the time.",
        headers={"WWW-Authenticate": "Bearer"},
    )
