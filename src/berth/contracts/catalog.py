"""Resources and the rules that hold for them, as other modules may ask about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Protocol

from berth.kit.outbox.event import Event

Interval = tuple[int, int]
"""Minutes of the wall clock of one local day, 0 to 1440, half-open."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of reserving one resource, after inheriting from its sites; ``None`` means no such rule.

    ``setup_minutes`` and ``teardown_minutes`` widen what a reservation occupies. ``reservable_by`` are
    the roles that may reserve; administrators always may.

    ``confirmations`` names what a reservation waits for before it holds, of ``approval``, ``quota``, ``access``
    and ``payment``. ``approvers`` are the persons of whom one has to approve; nobody named means the
    administrators. If none of them decides within ``approval_hours_max``, those of ``escalates_to`` (again the
    administrators, if nobody is named) have as long; who is silent then has refused. The other steps have
    ``confirmation_seconds_max``, but ``payment`` has ``payment_minutes_max``, for a person has to act.

    One may check in, and the access code is valid, from ``early_minutes`` before the start; whoever has not
    checked in ``no_show_minutes`` after it loses the slot.
    """

    minutes_min: int | None = None
    minutes_max: int | None = None
    granularity_minutes: int | None = None
    lead_minutes_min: int | None = None
    horizon_days_max: int | None = None
    setup_minutes: int = 0
    teardown_minutes: int = 0
    reservable_by: tuple[str, ...] = ("user", "admin")
    confirmations: tuple[str, ...] = ()
    confirmation_seconds_max: int = 60
    approvers: tuple[int, ...] = ()
    approval_hours_max: int = 48
    escalates_to: tuple[int, ...] = ()
    payment_minutes_max: int = 30
    early_minutes: int = 15
    no_show_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """Opening hours in the resource's zone.

    ``weekly`` has seven entries, Monday first; ``exceptions`` replace the weekly intervals of their
    date, and an empty one means closed. Intervals are sorted and do not touch.
    """

    weekly: tuple[tuple[Interval, ...], ...]
    exceptions: Mapping[date, tuple[Interval, ...]]


@dataclass(frozen=True, slots=True)
class Resource:
    """A thing with a calendar. ``opening`` is ``None`` if it is open at all hours.

    ``site_ids`` are its site and all above it, from the top, as ``site_path`` names them.
    """

    id: int
    name: str
    kind: str
    site_id: int | None
    site_path: tuple[str, ...]
    capacity: int | None
    timezone: str
    tags: tuple[str, ...]
    description: str
    attributes: Mapping[str, Any]
    retired: bool
    policy: Policy
    opening: Opening | None
    site_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteDays:
    """Named days at a site; ``last_day`` belongs to them."""

    id: int
    site_id: int
    name: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Term(SiteDays):
    """A stretch of days, such as an academic term."""


@dataclass(frozen=True, slots=True)
class Holiday(SiteDays):
    """Days on which nothing recurs."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place, as others see it; ``timezone`` is its own or that of a site above it, if there is one."""

    id: int
    name: str
    timezone: str | None


@dataclass(frozen=True, slots=True)
class ResourceQuery:
    """What to look for; every member that is given must hold. Retired resources are never found.

    ``text`` is looked for in name, description, kind, tags and the site's path; ``site_id`` includes
    the sites below it; ``tags`` must all be there.
    """

    text: str | None = None
    kind: str | None = None
    tags: tuple[str, ...] = ()
    site_id: int | None = None
    capacity_min: int | None = None
    ids: tuple[int, ...] | None = None


class Catalog(Protocol):
    """The questions that catalog answers."""

    async def resources(self, *, ids: Sequence[int]) -> Mapping[int, Resource]:
        """Answer the resources with these ids, retired ones too; unknown ids are left out."""
        ...

    async def search(self, *, query: ResourceQuery) -> Sequence[Resource]:
        """Answer all resources that fit, ordered by name and then id."""
        ...

    async def sites(self, *, ids: Sequence[int]) -> Mapping[int, Site]:
        """Answer the sites with these ids; unknown ids are left out."""
        ...

    async def terms(self, *, site_ids: Sequence[int]) -> Sequence[Term]:
        """Answer the terms that are set at these sites, by their first days."""
        ...

    async def holidays(self, *, site_ids: Sequence[int]) -> Sequence[Holiday]:
        """Answer the holidays that are set at these sites, by their first days."""
        ...


@dataclass(frozen=True, slots=True)
class ResourceCreated(Event):
    """There is a new resource."""

    type: ClassVar[str] = "berth.catalog.resource_created.v1"
    resource_id: int
    name: str
    kind: str
    actor_id: int

    @property
    def subject(self) -> str:
        """Name the resource."""
        return f"resource/{self.resource_id}"


@dataclass(frozen=True, slots=True)
class ResourceChanged(Event):
    """A resource, its hours or its policy was changed; ``changes`` names the members.

    ``before`` and ``after`` hold them, as JSON has them.
    """

    type: ClassVar[str] = "berth.catalog.resource_changed.v1"
    resource_id: int
    actor_id: int
    changes: tuple[str, ...]
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None

    @property
    def subject(self) -> str:
        """Name the resource."""
        return f"resource/{self.resource_id}"


@dataclass(frozen=True, slots=True)
class SiteChanged(Event):
    """A site was created, changed or removed; its hours and policy hold for the resources below it.

    ``before`` and ``after`` hold the members that changed, as JSON has them; one is null if it is new or gone.
    """

    type: ClassVar[str] = "berth.catalog.site_changed.v1"
    site_id: int
    actor_id: int
    changes: tuple[str, ...]
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None

    @property
    def subject(self) -> str:
        """Name the site."""
        return f"site/{self.site_id}"
