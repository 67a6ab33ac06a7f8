"""The data directory: the one place where an installation keeps what is its own.

It holds the secrets that the first start makes (mode 0600) and, without a database URL, PostgreSQL's files.
"""

import base64
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
from joserfc.jwk import ECKey

SECRETS_FILE = "secrets.json"


@dataclass(frozen=True)
class Secrets:
    """What nobody else may know: the key that signs tokens, and the seed of the database passwords."""

    token_key_pem: str
    database_seed: str

    @property
    def database_secret(self) -> bytes:
        """Answer the seed from which the passwords of the database roles are derived."""
        return base64.b64decode(self.database_seed)


def open_data_dir(path: Path) -> Path:
    """Create the data directory if it is missing, closed to other users, and answer its absolute path."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path.resolve()


def read_secrets(data_dir: Path) -> Secrets:
    """Answer the installation's secrets, made on the first call and the same ever after."""
    path = data_dir / SECRETS_FILE
    if not path.exists():
        _write_once(path, _new_secrets())
    return Secrets(**orjson.loads(path.read_bytes()))


def _new_secrets() -> Secrets:
    key = ECKey.generate_key("P-256", private=True)
    return Secrets(
        token_key_pem=key.as_pem(private=True).decode(),
        database_seed=base64.b64encode(secrets.token_bytes(32)).decode(),
    )


def _write_once(path: Path, made: Secrets) -> None:
    """Write the file whole or not at all; of two processes that start together, the first one's stands."""
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(orjson.dumps(asdict(made)))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
