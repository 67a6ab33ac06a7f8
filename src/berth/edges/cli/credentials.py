"""Who is signed in where: a file that only its owner may read, with one entry per server.

A refresh token is good for one use, and its second use ends the whole sign-in. Commands that run at the
same time therefore refresh under a lock, and each looks first whether another has just done it.
"""

import contextlib
import fcntl
import json
import os
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

EXPIRY_MARGIN_SECONDS = 30


@dataclass(frozen=True)
class SignIn:
    """The tokens of one person at one server; ``expires_at`` is in seconds since 1970."""

    username: str
    access_token: str
    refresh_token: str
    expires_at: float

    @classmethod
    def answered(cls, username: str, pair: Mapping[str, Any], now: float) -> "SignIn":
        """Make it from the server's answer to a sign-in or a refresh."""
        return cls(username, pair["access_token"], pair["refresh_token"], now + float(pair["expires_in"]))


def config_dir(environment: Mapping[str, str]) -> Path:
    """Answer where Berth keeps what belongs to the person at this computer."""
    own = environment.get("BERTH_CONFIG_DIR")
    if own:
        return Path(own)
    return Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "berth"


class Credentials:
    """The file of sign-ins."""

    def __init__(self, directory: Path, clock: Callable[[], float] = time.time) -> None:
        self._directory = directory
        self._file = directory / "credentials.json"
        self._clock = clock

    def sign_in(self, url: str, username: str, pair: Mapping[str, Any]) -> None:
        """Keep the tokens that the server at the URL gave."""
        with self._locked():
            self._put(url, SignIn.answered(username, pair, self._clock()))

    def sign_out(self, url: str) -> SignIn | None:
        """Forget the tokens for the URL and answer what they were."""
        with self._locked():
            known = self._of(url)
            if known:
                self._put(url, None)
            return known

    def find(self, url: str) -> SignIn | None:
        """Answer the tokens for the URL, expired ones too."""
        return self._of(url)

    def fresh(self, url: str, refresh: Callable[[str], Mapping[str, Any] | None], *, refused: str = "") -> str | None:
        """Answer an access token that is good now, or none if nobody is signed in.

        ``refresh`` takes the refresh token and answers a new pair, or none if the server ended the sign-in.
        ``refused`` is an access token that the server has just refused, whatever its expiry says.
        """
        known = self._of(url)
        if known and self._good(known, refused):
            return known.access_token
        if not known:
            return None
        with self._locked():
            known = self._of(url)
            if known is None or self._good(known, refused):
                return known.access_token if known else None
            pair = refresh(known.refresh_token)
            if pair is None:
                self._put(url, None)
                return None
            renewed = SignIn.answered(known.username, pair, self._clock())
            self._put(url, renewed)
            return renewed.access_token

    def _good(self, known: SignIn, refused: str) -> bool:
        return known.access_token != refused and known.expires_at - EXPIRY_MARGIN_SECONDS > self._clock()

    def _of(self, url: str) -> SignIn | None:
        entry = self._read().get(url)
        try:
            return SignIn(**entry) if entry else None
        except TypeError:
            return None

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self._file.read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _put(self, url: str, entry: SignIn | None) -> None:
        """Write the file whole or not at all."""
        entries = {**self._read(), url: asdict(entry)} if entry else self._read()
        if entry is None:
            entries.pop(url, None)
        draft = self._file.with_suffix(f".{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(entries, file, indent=1)
        draft.replace(self._file)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self._directory / "credentials.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)
