"""The payment server as a process of its own, and what tests tell it."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
SECRET_KEY, WEBHOOK_SECRET = "sk_test_berth", "whsec_berth"


@dataclass(frozen=True)
class Remote:
    """A payment server that runs at ``url``."""

    url: str

    def _control(self, path: str, **given: object) -> dict[str, Any]:
        answer = httpx.post(f"{self.url}/control/{path}", json=given, trust_env=False)
        return answer.raise_for_status().json()

    def faults(self, **chances: object) -> None:
        """Have it misbehave from now on, and only so."""
        self._control("faults", **chances)

    def pay(self, id_: str, *, declined: bool = False) -> None:
        """Pay as the payer does."""
        self._control(f"pay/{id_}", declined=declined)

    def expire(self, id_: str) -> None:
        """Let a hold go."""
        self._control(f"expire/{id_}")

    def books(self) -> dict[str, dict[str, Any]]:
        """Answer all payment intents by their ids."""
        return self._control("books")["intents"]


@contextlib.contextmanager
def payment_server() -> Iterator[Remote]:
    """Run a payment server, and end it afterwards."""
    command = [sys.executable, "-m", "tests.payment_server"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Remote(f"http://127.0.0.1:{int(process.stdout.readline())}")
        finally:
            process.terminate()
