"""The programs of others that services apart need, and how to install them."""

import os
import shutil
from pathlib import Path

from berth.kit.refusal import Refused

SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin", "/opt/homebrew/sbin")
INSTALLED_BY = {
    "nginx": "Debian: apt install nginx-light; macOS: brew install nginx",
    "nats-server": "Debian: apt install nats-server; macOS: brew install nats-server",
    "rabbitmq-server": "Debian: apt install rabbitmq-server; macOS: brew install rabbitmq",
    "chromium": "Debian: apt install chromium",
    "openssl": "Debian: apt install openssl",
    "epmd": "it comes with Erlang; Debian: apt install erlang-base; macOS: brew install erlang",
}


class ProgramMissing(Refused):
    """A program is not installed; the message says how to get it."""


def find_program(name: str) -> str:
    """Answer the path of a program, which may be in a folder that only root has in its path."""
    folders = os.pathsep.join([os.environ.get("PATH", os.defpath), *SYSTEM_FOLDERS])
    found = shutil.which(name, path=folders)
    if found is None:
        raise ProgramMissing(f"{name} is not installed ({INSTALLED_BY[name]}).")
    return found


def find_rabbitmq() -> str:
    """Answer the path of RabbitMQ's own script: Debian's, in the path, asks to be run by root."""
    wrapper = find_program("rabbitmq-server")
    own = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
    return str(own) if own.exists() else wrapper
