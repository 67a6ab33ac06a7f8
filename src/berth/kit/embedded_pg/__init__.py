"""A PostgreSQL of Berth's own, for whoever gives it no database: nothing to install, set up or open.

Its programs come from a wheel; starting, watching and stopping them is done here. It listens on a socket
in a private directory, never on TCP, and trusts nobody without the password.
"""

from berth.kit.embedded_pg.cluster import SUPERUSER
from berth.kit.embedded_pg.lock import holder
from berth.kit.embedded_pg.refusal import DirectoryInUse, ServerRefused
from berth.kit.embedded_pg.server import examine, running_process, running_url, serving

__all__ = [
    "SUPERUSER",
    "DirectoryInUse",
    "ServerRefused",
    "examine",
    "holder",
    "running_process",
    "running_url",
    "serving",
]
