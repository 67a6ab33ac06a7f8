"""A process that serves some of the modules: how it reaches the others, and lets itself be asked by them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from berth.kit.http.front import HotRoute
from berth.kit.module import Built, Module
from berth.kit.refusal import Refused
from berth.kit.remote.client import Line, Service, remote
from berth.kit.remote.server import internal_routes
from berth.kit.remote.token import InternalTokens

OR_WHOLE = "or serve all modules in one process, with `berth serve`"
"""The other way out of every refusal here."""


class ApartRefused(Refused):
    """These modules cannot be served apart as things are set; the message says what is missing."""


@dataclass(frozen=True)
class Apart:
    """``local`` are the names of the modules served here, ``services`` the addresses of others by their names."""

    local: frozenset[str]
    services: Mapping[str, str]
    tokens: InternalTokens
    line: Line

    def far(self, modules: Sequence[Module]) -> dict[type, object]:
        """Answer what fulfils the contracts of the modules elsewhere, as far as their addresses are known."""
        return {
            module.offers: remote(module.offers, Service(module.name, self.services[module.name]), self.line)
            for module in modules
            if module.offers and module.name not in self.local and module.name in self.services
        }

    def routes(self, modules: Sequence[Module], built: Mapping[str, Built]) -> dict[tuple[str, str], HotRoute]:
        """Answer the routes on which the modules here are asked by those elsewhere."""
        found: dict[tuple[str, str], HotRoute] = {}
        for module in modules:
            if module.offers and module.name in built:
                offer = built[module.name].offer
                found |= internal_routes(module.offers, offer, service=module.name, tokens=self.tokens)
        return found


def read_services(text: str) -> dict[str, str]:
    """Answer the addresses by service of ``identity=http://127.0.0.1:8101 catalog=…``."""
    found = {}
    for entry in re.split(r"[\s,]+", text.strip()):
        name, _, url = entry.partition("=")
        parts = urlsplit(url)
        if entry and (not name or parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ApartRefused(
                f"BERTH_SERVICES lists services like identity=http://127.0.0.1:8101, with spaces between; "
                f"{entry!r} is not one."
            )
        if entry:
            found[name] = url.rstrip("/")
    return found


def refuse_unreachable(modules: Sequence[Module], local: frozenset[str], services: Mapping[str, str]) -> None:
    """Refuse to serve the local modules if something that one of them needs is neither here nor listed."""
    offering = {module.offers: module.name for module in modules if module.offers}
    for module in modules:
        for need in module.needs if module.name in local else ():
            there = offering[need]
            if there not in local and there not in services:
                raise ApartRefused(
                    f"{module.name} needs {need.__name__} of {there}, which is neither served here nor listed in "
                    f"BERTH_SERVICES: add {there}=http://host:port to it, {OR_WHOLE}."
                )
