"""Secrets that people hand to calendar programs: shown once, and known by their hash alone from then on."""

import hashlib
import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks like something else when it is typed off a screen."""
GROUPS, GROUP_LENGTH = 5, 5


def new_token() -> str:
    """Answer the secret part of a feed's address: 256 random bits."""
    return secrets.token_urlsafe(32)


def new_app_password() -> str:
    """Answer a password of 123 random bits, such as ``k3m9p-…``, in groups that can be typed."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def hash_of(secret: str) -> bytes:
    """Answer what is kept of a secret. It is random and long: no guessing is made harder by a slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
