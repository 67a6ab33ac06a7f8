"""Access tokens (ES256 JWT) and refresh tokens (random, known to us by their hash alone)."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from berth.kit.auth import TokenRefused

ISSUER = "berth"
ALGORITHM = "ES256"
TOKEN_LENGTH_MAX = 2048


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What a verified access token says; ``expires`` in seconds since 1970."""

    person_id: int
    session_id: int
    expires: float


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What a sign-in or a refresh hands out; ``expires_in`` are seconds of the access token."""

    access_token: str
    refresh_token: str
    expires_in: int
    token_type: str = "bearer"  # noqa: S105 the name of a scheme


class Signer:
    """Issues and verifies access tokens with the installation's key."""

    def __init__(self, key_pem: str, *, minutes: int) -> None:
        self._key = ECKey.import_key(key_pem)
        self.lifetime = timedelta(minutes=minutes)

    def issue(self, *, person_id: int, session_id: int, now: datetime) -> str:
        """Answer a token for a person's session that is valid from now on."""
        claims = {
            "iss": ISSUER,
            "sub": str(person_id),
            "sid": str(session_id),
            "iat": int(now.timestamp()),
            "exp": int((now + self.lifetime).timestamp()),
            "jti": secrets.token_urlsafe(12),
        }
        return jwt.encode({"alg": ALGORITHM}, claims, self._key, algorithms=[ALGORITHM])

    def verify(self, token: str) -> AccessClaims:
        """Answer what the token says if we signed it; whether it has expired is for the caller to ask."""
        if len(token) > TOKEN_LENGTH_MAX:
            raise TokenRefused("This is not an access token of ours; sign in again.")
        try:
            claims = jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims
            if claims["iss"] != ISSUER:
                raise TokenRefused("This access token is for another service; sign in here.")
            return AccessClaims(int(claims["sub"]), int(claims["sid"]), float(claims["exp"]))
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise TokenRefused("This is not an access token of ours; sign in again.") from error


def still_good(used_at: datetime | None, *, now: datetime, grace: timedelta) -> bool:
    """Tell whether a refresh token may be exchanged: unused, or used for the first time less than ``grace`` ago."""
    return used_at is None or now - used_at < grace


def new_secret() -> str:
    """Answer a random token of 256 bits that is safe in links."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> bytes:
    """Answer what we store of a random token; being random, it needs no slow hash."""
    return hashlib.sha256(secret.encode()).digest()
