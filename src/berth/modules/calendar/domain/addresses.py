"""Where calendars may be fetched from: the public internet, and what an operator allows beyond it."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

URL_LENGTH_MAX = 2_000
TRANSLATED = (
    ip_network("64:ff9b::/96"),
    ip_network("64:ff9b:1::/48"),
    ip_network("2002::/16"),
    ip_network("2001::/32"),
)
"""Networks of IPv6 whose addresses lead to one of IPv4, which might be any."""


class UrlRefused(ValueError):
    """A calendar is not fetched from there; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a URL leads: to a port of a host, by TLS or not, and what to ask for there."""

    secure: bool
    host: str
    port: int
    target: str


def read_url(url: str) -> Place:
    """Answer where a URL leads; raise ``UrlRefused`` for one that is not fetched."""
    # What calendar programs write for "subscribe to this" is https by another name.
    text = "https" + url[6:] if url[:9].lower() == "webcal://" else url
    if len(text) > URL_LENGTH_MAX or any(not "!" <= character <= "~" for character in text):
        raise UrlRefused("The address has more than 2,000 characters, or some that an address cannot have.")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UrlRefused(
            "This is not the address of a calendar; write one such as https://example.org/a.ics."
        ) from error
    if parts.scheme not in ("http", "https") or not host:
        raise UrlRefused("A calendar is fetched from an http:// or https:// address, and from nowhere else.")
    if parts.username is not None or parts.password is not None:
        raise UrlRefused("The address holds a user name or password; Berth does not keep such.")
    secure = parts.scheme == "https"
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(secure, host, port if port is not None else (443 if secure else 80), target)


def read_networks(text: str) -> tuple[Network, ...]:
    """Answer the networks that a setting names, such as ``10.1.0.0/16, fd00::/8``; raise ``ValueError`` otherwise."""
    return tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())


def is_allowed(text: str, networks: Sequence[Network]) -> bool:
    """Tell whether a connection to this address may be made."""
    try:
        address: Address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if any(address.version == one.version and address in one for one in networks):
        return True
    if any(address.version == one.version and address in one for one in TRANSLATED):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved
