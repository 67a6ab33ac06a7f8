"""The data directory: the one place where an installation keeps what is its own.

It holds the secrets that the first start makes (mode 0600) and, without a database URL, PostgreSQL's files.
"""

import base64
import contextlib
import os
import secrets
import stat
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
from joserfc.jwk import ECKey

from berth.kit.refusal import Refused

SECRETS_FILE = "secrets.json"


class DataDirRefused(Refused):
    """The data directory cannot be used as it is; the message says what to change."""


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
    """Create the data directory if it is missing, closed to other users' writing, and answer its absolute path."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = path.resolve(strict=True)
    except OSError as error:
        raise DataDirRefused(f"The data directory {path} cannot be made: {error}. Set BERTH_DATA_DIR.") from error
    if not os.access(found, os.R_OK | os.W_OK | os.X_OK):
        raise DataDirRefused(f"The data directory {found} is closed to this user. Open it, or set BERTH_DATA_DIR.")
    mode = stat.S_IMODE(found.stat().st_mode)
    if mode & 0o022:  # others could replace the secrets
        with contextlib.suppress(PermissionError):  # a volume that is not ours, as containers get them
            found.chmod(mode & ~0o022)
    return found


def read_secrets(data_dir: Path) -> Secrets:
    """Answer the installation's secrets, made on the first call and the same ever after."""
    path = data_dir / SECRETS_FILE
    if not path.exists():
        _write_once(path, _new_secrets())
    return known_secrets(data_dir)


def known_secrets(data_dir: Path) -> Secrets:
    """Answer the installation's secrets without making any; close the file to others if somebody opened it."""
    path = data_dir / SECRETS_FILE
    try:
        with path.open("rb") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                with contextlib.suppress(PermissionError):  # another user's file: the doctor tells
                    os.fchmod(file.fileno(), 0o600)
            return Secrets(**orjson.loads(file.read()))
    except FileNotFoundError as error:
        raise DataDirRefused(
            f"There is no installation in {data_dir}. `berth serve` makes one; "
            "if yours is elsewhere, set BERTH_DATA_DIR."
        ) from error
    except PermissionError as error:
        raise DataDirRefused(f"{path} is closed to this user: run Berth as the user that it belongs to.") from error
    except (ValueError, TypeError) as error:
        raise DataDirRefused(
            f"{path} is damaged: put it back from a backup. Without it the embedded database cannot be opened; "
            "if there is nothing to keep, begin with another BERTH_DATA_DIR."
        ) from error


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
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(orjson.dumps(asdict(made)))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    _sync(path.parent)


def _sync(directory: Path) -> None:
    """Make a new name in a directory outlast a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
