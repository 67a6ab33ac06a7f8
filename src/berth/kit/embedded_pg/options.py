"""How the embedded PostgreSQL is set, in one place; given on its command line, so that they change with Berth."""

from pathlib import Path

SETTINGS = {
    # Nobody but this machine's users who may enter the socket's directory, and they need the password.
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    # A machine that also runs other things: enough for a few million reservations.
    "shared_buffers": "256MB",
    # Fewer, longer checkpoints: each writes whole pages to the log anew, which costs the hot path.
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    # Who needs a new segment of the log would wait until it is filled with zeros, and all others with him: 70 ms.
    "wal_init_zero": "off",
    # A confirmed reservation survives a power cut.
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    # Our statements take milliseconds; compiling them takes longer than running them.
    "jit": "off",
    # The data lies on a solid-state disk or in memory.
    "random_page_cost": "1.1",
    # A killed Berth must not hold locks by a statement that nobody waits for any more.
    "client_connection_check_interval": "10s",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    # Every refused overlap is an error of a statement: Berth answers it, the log need not keep it.
    "log_min_messages": "log",
    "log_checkpoints": "off",
}

THROW_AWAY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""For a server whose data nobody will miss: a test's."""


def arguments(socket_dir: Path, *, durable: bool) -> list[str]:
    """Answer the settings as arguments of ``postgres``."""
    chosen = {**SETTINGS, "unix_socket_directories": str(socket_dir), **({} if durable else THROW_AWAY)}
    return [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
