"""How codes are drawn and kept: encrypted, and compared by keyed hashes, with keys of the installation's secret.

There are a million codes, so a plain hash would be no secret at all: whoever has the database alone could try
them all. Without the key there is nothing to try them against.
"""

import hmac
import secrets

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

CODE_DIGITS = 6
MARK_BITS = 62
"""Less than a bigint holds, so that the one-number range of it has an end."""


class SealBroken(Exception):
    """A code cannot be read: the installation's secret is another one, or the row was changed."""


class Sealer:
    """Draws, seals and compares codes; ``secret`` is the installation's."""

    def __init__(self, secret: bytes) -> None:
        self._sealing = OctKey.import_key(hmac.digest(secret, b"berth access codes, sealing", "sha256"))
        self._digesting = hmac.digest(secret, b"berth access codes, comparing", "sha256")
        self._marking = hmac.digest(secret, b"berth access codes, telling apart", "sha256")

    def draw(self) -> str:
        """Answer a new code, all of them equally likely."""
        return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"

    def seal(self, reservation_id: int, code: str) -> str:
        """Answer the code encrypted (JWE, ``dir`` and ``A256GCM``), good for this reservation alone."""
        header = {"alg": "dir", "enc": "A256GCM", "kid": str(reservation_id)}
        return jwe.encrypt_compact(header, code.encode(), self._sealing)

    def open(self, reservation_id: int, sealed: str) -> str:
        """Answer the code; raise ``SealBroken`` if it was sealed for another reservation or with another secret."""
        try:
            opened = jwe.decrypt_compact(sealed, self._sealing)
        except (JoseError, ValueError) as error:
            raise SealBroken(f"the code of reservation {reservation_id} cannot be read") from error
        if opened.plaintext is None or opened.headers().get("kid") != str(reservation_id):
            raise SealBroken(f"the code of reservation {reservation_id} was sealed for another one")
        return opened.plaintext.decode()

    def digest(self, reservation_id: int, code: str) -> bytes:
        """Answer what a code is compared by."""
        return hmac.digest(self._digesting, f"{reservation_id}:{code}".encode("utf-8", "surrogatepass"), "sha256")

    def mark(self, resource_id: int, code: str) -> int:
        """Answer what tells codes apart at one resource; equal codes of two resources have different marks."""
        found = hmac.digest(self._marking, f"{resource_id}:{code}".encode(), "sha256")
        return int.from_bytes(found[:8], "big") >> (64 - MARK_BITS)
