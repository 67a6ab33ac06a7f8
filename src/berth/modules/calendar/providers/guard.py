"""Connections to where they may go: each name is looked up here, and the address that was checked is connected to."""

import asyncio
import socket
from collections.abc import Iterable, Sequence

import httpcore

from berth.modules.calendar.domain.addresses import Network, UrlRefused, is_allowed

SOCKET_OPTION = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to public addresses, and to those of the given networks.

    Nobody looks the name up a second time, so a name that changes what it means cannot lead elsewhere.
    """

    def __init__(self, networks: Sequence[Network]) -> None:
        self._networks = networks
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to one of the host's addresses; raise ``UrlRefused`` if one of them is not allowed."""
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"there is no address for {host}") from error
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        if not all(is_allowed(one, self._networks) for one in addresses):
            raise UrlRefused(
                f"{host} is an address inside of a network, from which Berth fetches nothing; an operator may allow it "
                "in BERTH_CALENDAR_NETWORKS."
            )
        last: Exception = httpcore.ConnectError(f"there is no address for {host}")
        for one in addresses:
            try:
                return await self._inner.connect_tcp(one, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last

    async def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002 httpcore's own signature
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 as above
        socket_options: Iterable[SOCKET_OPTION] | None = None,  # noqa: ARG002 as above
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: a calendar is never behind a socket of this machine."""
        raise UrlRefused("A calendar is fetched over the network.")

    async def sleep(self, seconds: float) -> None:
        """Wait, between two attempts of httpcore's."""
        await asyncio.sleep(seconds)
