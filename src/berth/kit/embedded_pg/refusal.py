"""Why the embedded PostgreSQL cannot be used, told in a sentence with the ways out."""

from berth.kit.refusal import Refused


class ServerRefused(Refused):
    """The embedded PostgreSQL cannot be started or used; the message is for the operator."""


class DirectoryInUse(ServerRefused):
    """Another process holds the data directory."""

    def __init__(self, process: int | None) -> None:
        who = f"process {process}" if process else "another process"
        super().__init__(
            f"Berth is already running on this data directory ({who}). Stop it, give this one a directory of its "
            "own with BERTH_DATA_DIR, or let both share one PostgreSQL with BERTH_DATABASE_URL."
        )
        self.process = process
