"""Where services are reached: ``booking=127.0.0.1:8103``, or with ``http://`` before the address."""

import re
from collections.abc import Iterable, Mapping

from berth.edges.gateway.table import GatewayRefused

ADDRESS = re.compile(r"(?:\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+):[0-9]{1,5}")


def service_addresses(words: Iterable[str]) -> Mapping[str, str]:
    """Answer host and port of each service; a later word about a service replaces an earlier one."""
    found = {}
    for word in words:
        name, equals, address = word.partition("=")
        address = address.removeprefix("http://").rstrip("/")
        if not equals or not re.fullmatch(r"[a-z][a-z0-9_]*", name) or not ADDRESS.fullmatch(address):
            raise GatewayRefused(f"'{word}' does not say where a service is: write it like booking=127.0.0.1:8103.")
        found[name] = address
    return found


def listen_address(text: str) -> str:
    """Answer the address to listen on, as nginx takes it."""
    if not ADDRESS.fullmatch(text):
        raise GatewayRefused(f"'{text}' is no address to listen on: write it like 127.0.0.1:8000.")
    return text
