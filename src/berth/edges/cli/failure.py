"""What may go wrong as people expect it to: each with its exit code and a sentence that says the way out."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any


class ExitCode(IntEnum):
    """How a command ended, for scripts; ``berth --help`` lists them."""

    OK = 0
    REFUSED = 1
    MISUSED = 2
    UNREACHABLE = 3
    NOT_SIGNED_IN = 4
    CONFLICT = 5


EXIT_CODES_HELP = (
    "Exit codes: 0 done · 1 refused by the server · 2 wrong usage · 3 server not reachable or failing · "
    "4 not signed in · 5 conflict with what is already there."
)


class Failure(Exception):
    """A command cannot do what it was asked; the message is for people, ``hints`` say what to do now."""

    exit_code = ExitCode.REFUSED

    def __init__(self, sentence: str, *hints: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hints = list(hints)


class Misused(Failure):
    """The words of the command cannot be understood."""

    exit_code = ExitCode.MISUSED


class NotFound(Failure):
    """There is nothing of that name."""


class NotSignedIn(Failure):
    """The command needs a person, and nobody is signed in here."""

    exit_code = ExitCode.NOT_SIGNED_IN

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, "Sign in: berth auth login", "No account yet: berth auth register")


class Unreachable(Failure):
    """No Berth answers at the address."""

    exit_code = ExitCode.UNREACHABLE

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"No Berth answers at {url} ({reason}).",
            "Start one here: berth serve",
            "Speak to another: --url https://… or the variable BERTH_URL",
        )


class Refused(Failure):
    """The server refused; ``problem`` is its answer (RFC 9457), empty if it was none of Berth's."""

    def __init__(self, status: int, problem: Mapping[str, Any], text: str = "") -> None:
        detail = str(problem.get("detail") or text[:300] or f"The server answered {status}.")
        super().__init__(detail, *(["Sign in: berth auth login"] if status == 401 else []))
        self.status = status
        self.problem = problem
        self.exit_code = self._exit_code()
        if len(self.reasons) > 1:
            self.sentence = f"The server refused for {len(self.reasons)} reasons:"

    def _exit_code(self) -> ExitCode:
        """Answer the exit code that tells this refusal from others."""
        if self.status >= 500:
            return ExitCode.UNREACHABLE
        return {401: ExitCode.NOT_SIGNED_IN, 409: ExitCode.CONFLICT, 412: ExitCode.CONFLICT}.get(
            self.status, ExitCode.REFUSED
        )

    @property
    def reasons(self) -> list[str]:
        """Answer every single reason that the server gave: the rules of a policy, or the fields that are wrong."""
        found = []
        for member in ("refusals", "errors"):
            for one in self.problem.get(member) or ():
                place = one.get("where") or one.get("column")
                found.append(f"{place}: {one['message']}" if place else one["message"])
        return list(dict.fromkeys(found))
