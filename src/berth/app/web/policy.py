"""What the pages of the app may load, said to the browser: nothing but what this server sends."""

import secrets

NONCE = "{{style-nonce}}"
"""Stands in ``index.html`` for a number used once. Mantine writes style elements of its own, which need it; scripts
are files without exception."""


def new_nonce() -> str:
    """Answer a random text for one page."""
    return secrets.token_urlsafe(16)


def content_security_policy(nonce: str) -> str:
    """Answer the policy of a page whose own style elements bear the nonce."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
