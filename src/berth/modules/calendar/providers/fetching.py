"""Fetches calendars from other servers, within bounds of time, size and redirects."""

import asyncio
import ssl
import zlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin

import httpcore

from berth.modules.calendar.domain.addresses import Network, Place, UrlRefused, read_url
from berth.modules.calendar.domain.reading.lines import BYTES_MAX, FeedBroken
from berth.modules.calendar.providers.guard import GuardedNetwork

SECONDS_MAX = 10.0
REDIRECTS_MAX = 3
MOVED = frozenset({301, 302, 303, 307, 308})
TOO_LARGE = f"The calendar has more than {BYTES_MAX // 1024 // 1024} MB."


class NotFetched(Exception):
    """The calendar could not be fetched; the message is a sentence for who subscribed to it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a server said of the version that was read last."""

    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A calendar as its server sent it, or no ``data`` if it has not changed."""

    data: bytes | None
    seen: Seen


class Fetcher:
    """Fetches from public addresses, and from those in ``networks``."""

    def __init__(self, networks: Sequence[Network] = (), *, seconds_max: float = SECONDS_MAX) -> None:
        self._network = GuardedNetwork(networks)
        self._seconds_max = seconds_max

    async def fetch(self, url: str, seen: Seen) -> Fetched:
        """Answer the calendar of a URL, or that it is as it was; raise ``NotFetched`` if there is none to be had."""
        try:
            async with asyncio.timeout(self._seconds_max):
                return await self._follow(url, seen)
        except TimeoutError as error:
            raise NotFetched(f"The server did not send the calendar within {self._seconds_max:g} s.") from error
        except (UrlRefused, FeedBroken) as error:
            raise NotFetched(str(error)) from error
        except ssl.SSLError as error:
            raise NotFetched(f"The server's certificate is refused: {error.reason or error}.") from error
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as error:
            raise NotFetched(f"The server cannot be reached: {str(error)[:200] or type(error).__name__}.") from error

    async def _follow(self, url: str, seen: Seen) -> Fetched:
        for _ in range(REDIRECTS_MAX + 1):
            place = read_url(url)
            async with (
                httpcore.AsyncConnectionPool(
                    ssl_context=_trusted() if place.secure else None, network_backend=self._network, retries=0
                ) as pool,
                pool.stream("GET", _address(place), headers=_headers(place, seen)) as answer,
            ):
                headers = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in answer.headers}
                if answer.status not in MOVED:
                    return await _read(answer, headers, seen)
                url = urljoin(url, headers.get("location", ""))
        raise NotFetched(f"The server leads on more than {REDIRECTS_MAX} times.")


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


def _address(place: Place) -> httpcore.URL:
    scheme = b"https" if place.secure else b"http"
    return httpcore.URL(scheme=scheme, host=place.host.encode(), port=place.port, target=place.target.encode())


def _headers(place: Place, seen: Seen) -> list[tuple[bytes, bytes]]:
    host = f"[{place.host}]" if ":" in place.host else place.host
    usual = place.port == (443 if place.secure else 80)
    found = {
        "Host": host if usual else f"{host}:{place.port}",
        "User-Agent": "Berth",
        "Accept": "text/calendar, */*;q=0.5",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        "If-None-Match": seen.etag,
        "If-Modified-Since": seen.last_modified,
    }
    return [(name.encode(), value.encode("latin-1")) for name, value in found.items() if value]


async def _read(answer: httpcore.Response, headers: Mapping[str, str], seen: Seen) -> Fetched:
    if answer.status == 304 and (seen.etag or seen.last_modified):
        return Fetched(None, seen)
    if answer.status != 200:
        raise NotFetched(f"The server answered {answer.status} in place of the calendar.")
    length = headers.get("content-length", "0")
    if length.isdecimal() and int(length[:15]) > BYTES_MAX:
        raise NotFetched(TOO_LARGE)
    parts = answer.aiter_stream()
    data = await _gathered(parts, headers.get("content-encoding", "").strip().lower())
    return Fetched(data, Seen(headers.get("etag", "")[:500] or None, headers.get("last-modified", "")[:100] or None))


async def _gathered(parts: AsyncIterator[bytes], encoding: str) -> bytes:
    """Answer the body, unpacked; neither what comes nor what it unpacks to is ever more than is allowed."""
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise NotFetched(f"The server sends the calendar packed as {encoding[:20]!r}, which was not asked for.")
    unpacking = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    data, received = bytearray(), 0
    async for part in parts:
        received += len(part)
        try:
            data += unpacking.decompress(part, BYTES_MAX + 1 - len(data)) if unpacking else part
        except zlib.error as error:
            raise NotFetched("The server sends the calendar packed in a way that cannot be unpacked.") from error
        if max(received, len(data)) > BYTES_MAX or (unpacking and unpacking.unconsumed_tail):
            raise NotFetched(TOO_LARGE)
    if unpacking and not unpacking.eof:
        raise NotFetched("The server sends the calendar packed, and breaks off.")
    return bytes(data)
