"""What is known of a reservation's code. Whatever comes twice, or late, leads to the same end.

A ledger holds facts that only accumulate: what was asked for, what was settled, what was withdrawn, and whether
the reservation is over. When the code is valid is read off them, so that their order does not matter.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Given(StrEnum):
    """What was answered to a request; ``waiting`` for the lock means nothing yet."""

    WAITING = "waiting"
    ISSUED = "issued"
    REFUSED = "refused"


class Ended(StrEnum):
    """How a code came to its end."""

    REVOKED = "revoked"
    EXPIRED = "expired"


class LockTold(StrEnum):
    """What the lock was told of a permission; those on ``-ing`` are what it is still to be told."""

    GRANTING = "granting"
    GRANTED = "granted"
    REFUSED = "refused"
    REVOKING = "revoking"
    REVOKED = "revoked"


class PermissionState(StrEnum):
    """How a permission stands, as people are told."""

    WAITING = "waiting"
    REFUSED = "refused"
    ISSUED = "issued"
    ACTIVE = "active"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    EXPIRED = "expired"


UNTOLD = frozenset({LockTold.GRANTING, LockTold.GRANTED, LockTold.REVOKING})
"""The states in which the lock may still open."""


@dataclass(frozen=True, slots=True)
class Window:
    """When and where a code opens; half-open."""

    valid_from: datetime
    valid_until: datetime
    resource_ids: tuple[int, ...]

    def is_open_at(self, moment: datetime) -> bool:
        """Tell whether the moment lies in the window."""
        return self.valid_from <= moment < self.valid_until


@dataclass(frozen=True, slots=True)
class Permission:
    """One request of a reservation. ``window`` is none until it is asked for; an answer is due at ``due_at``."""

    request_id: int
    window: Window | None = None
    due_at: datetime | None = None
    given: Given | None = None
    reason: str | None = None
    settled: bool = False
    withdrawn: bool = False
    lock: LockTold | None = None
    lock_error: str | None = None
    lock_tries: int = 0
    lock_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that is known of a reservation's code; ``permissions`` are in the order of their requests."""

    reservation_id: int
    owner_id: int | None = None
    sealed: str | None = None
    digest: bytes | None = None
    ended: Ended | None = None
    permissions: tuple[Permission, ...] = ()

    def permission(self, request_id: int) -> Permission:
        """Answer what is known of a request, which may be nothing."""
        found = (one for one in self.permissions if one.request_id == request_id)
        return next(found, Permission(request_id))

    def having(self, permission: Permission) -> "Ledger":
        """Answer the ledger with this permission in place of what was known of its request."""
        others = [one for one in self.permissions if one.request_id != permission.request_id]
        return replace(self, permissions=tuple(sorted([*others, permission], key=lambda one: one.request_id)))

    @property
    def held(self) -> Permission | None:
        """Answer the permission that counts: the newest that was settled."""
        if self.ended:
            return None
        settled = [one for one in self.permissions if one.settled and not one.withdrawn and one.given is Given.ISSUED]
        return settled[-1] if settled else None

    @property
    def live(self) -> tuple[Permission, ...]:
        """Answer the permissions that count or may come to count."""
        if self.ended:
            return ()
        first = self.held.request_id if self.held else 0
        return tuple(
            one
            for one in self.permissions
            if one.window and not one.withdrawn and one.given is not Given.REFUSED and one.request_id >= first
        )

    @property
    def places(self) -> dict[int, tuple[tuple[datetime, datetime], ...]]:
        """Answer when a keypad must know this code from all others, by resource."""
        found: dict[int, tuple[tuple[datetime, datetime], ...]] = {}
        for window in (one.window for one in self.live if one.window):
            for id_ in window.resource_ids:
                found[id_] = (*found.get(id_, ()), (window.valid_from, window.valid_until))
        return found

    def is_valid_at(self, moment: datetime) -> bool:
        """Tell whether the code opens at this moment."""
        held = self.held
        return bool(held and held.window and held.window.is_open_at(moment))

    def state_of(self, permission: Permission) -> PermissionState:
        """Answer how one of the permissions stands."""
        if permission.given is Given.REFUSED:
            return PermissionState.REFUSED
        if permission.withdrawn:
            return PermissionState.WITHDRAWN
        if self.ended:
            return PermissionState(self.ended)
        if self.held and permission.request_id <= self.held.request_id:
            return PermissionState.ACTIVE if permission.request_id == self.held.request_id else PermissionState.REPLACED
        return PermissionState.WAITING if permission.given is Given.WAITING else PermissionState.ISSUED


def asked(ledger: Ledger, request_id: int, owner_id: int, window: Window, *, due_at: datetime, at_once: bool) -> Ledger:
    """Note that a window is wanted; ``at_once`` gives it without a lock. What is over or withdrawn gets nothing."""
    known = ledger.permission(request_id)
    if ledger.ended or known.withdrawn or known.window:
        return ledger
    newest = all(one.request_id <= request_id for one in ledger.permissions if one.window)
    superseded = ledger.held is not None and ledger.held.request_id > request_id
    given = Given.ISSUED if at_once or superseded or known.settled else Given.WAITING
    found = ledger.having(replace(known, window=window, due_at=due_at, given=given))
    return replace(found, owner_id=owner_id) if newest else found


def settled(ledger: Ledger, request_id: int) -> Ledger:
    """Note that a request holds."""
    return ledger if ledger.ended else ledger.having(replace(ledger.permission(request_id), settled=True))


def withdrawn(ledger: Ledger, request_id: int, *, whole: bool) -> Ledger:
    """Note that a request, or the whole reservation, is to be undone."""
    if whole:
        return replace(ledger, ended=Ended.REVOKED)
    return ledger if ledger.ended else ledger.having(replace(ledger.permission(request_id), withdrawn=True))


def closed(ledger: Ledger) -> Ledger:
    """Note that the reservation is over; one that was withdrawn stays so."""
    return replace(ledger, ended=ledger.ended or Ended.EXPIRED)


def refused(ledger: Ledger, request_id: int, reason: str) -> Ledger:
    """Note that a request gets no code."""
    return ledger.having(replace(ledger.permission(request_id), given=Given.REFUSED, reason=reason))


def to_tell(ledger: Ledger) -> tuple[Ledger, tuple[int, ...]]:
    """Answer the ledger with what the lock is now to be told, and the requests that this is about."""
    live = {one.request_id for one in ledger.live}
    changed: list[Permission] = []
    for one in ledger.permissions:
        if one.request_id in live and one.given is Given.WAITING and one.lock is None:
            changed.append(replace(one, lock=LockTold.GRANTING))
        elif one.request_id not in live and one.lock in (LockTold.GRANTING, LockTold.GRANTED):
            changed.append(replace(one, lock=LockTold.REVOKING, lock_tries=0))
    for one in changed:
        ledger = ledger.having(one)
    return ledger, tuple(one.request_id for one in changed)


def erased(ledger: Ledger) -> Ledger:
    """Answer the ledger without the code, if nobody needs it any more: it opens nothing, and the lock knows.

    It may be over, or all that was asked for it refused or withdrawn; what is asked later gets another code.
    """
    waits = any(one.lock in UNTOLD for one in ledger.permissions)
    return ledger if ledger.live or waits else replace(ledger, sealed=None)
