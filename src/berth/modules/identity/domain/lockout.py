"""How wrong passwords keep strangers out, and not the owner.

Counted are failures of the last 15 minutes, for each account and address (of IPv6, the network /64):

1. After 5 failures from one address, that address may not try this account again until the oldest of
   the five is 15 minutes old. Somebody else's failures at another address do not lock the owner out.
2. After 20 failures from all addresses together, an address from which the account's owner has not
   signed in may try once in 30 seconds, counted from the last failure; so an attacker with many
   addresses is slow, and an owner on the road waits, but is not shut out. Addresses from which the
   owner has a session that could still be refreshed, ended or not, are spared.

An attempt that is refused by these rules is not looked at and not counted, so it prolongs nothing. A
good sign-in clears the failures of its address; a password reset by an administrator clears them all.
Those who share an address share its count; the reset is their way out. Who is signed in stays so: the
lockout concerns passwords, not tokens. A name that nobody has is treated like an account, so that the
answers do not tell which names exist.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

WINDOW = timedelta(minutes=15)
FAILURES_MAX = 5
FAILURES_EVERYWHERE_MAX = 20
PAUSE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Failure:
    """One wrong password for the account in question."""

    address: str
    failed_at: datetime


def origin_of(address: str) -> str:
    """Answer what counts as one address: itself, or for IPv6 the network that one subscriber has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((int(parsed), 64), strict=False))


def wait(failures: Sequence[Failure], *, address: str, familiar: bool, now: datetime) -> timedelta:
    """Answer how long this address must wait before it may try the account's password; zero means not at all.

    ``failures`` are the account's, in any order; ``familiar`` says whether its owner has signed in from
    the address before.
    """
    recent = [one for one in failures if one.failed_at > now - WINDOW]
    here = sorted(one.failed_at for one in recent if one.address == address)
    until = now
    if len(here) >= FAILURES_MAX:
        until = here[-FAILURES_MAX] + WINDOW
    if not familiar and len(recent) >= FAILURES_EVERYWHERE_MAX:
        until = max(until, max(one.failed_at for one in recent) + PAUSE)
    return max(until - now, timedelta(0))
