"""Which confirmations a slot needs, by the policies of its resources, and the request that asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from berth.contracts.booking.reservation import ConfirmationAsked, Reserved
from berth.contracts.catalog import Policy, Resource
from berth.modules.booking.domain.life.value import APPROVAL, Approval, Confirmation, Request, Slot, Standing

STEPS_IN_ORDER = (APPROVAL, "quota", "access", "payment")


@dataclass(frozen=True, slots=True)
class Visit:
    """The rules of coming and going: ``no_show_minutes`` is none if nobody has to check in."""

    early_minutes: int
    no_show_minutes: int | None


def visit(resources: Sequence[Resource]) -> Visit:
    """Answer the rules for resources reserved together: the strictest of each."""
    grace = [one.policy.no_show_minutes for one in resources if one.policy.no_show_minutes is not None]
    return Visit(min(one.policy.early_minutes for one in resources), min(grace, default=None))


def request_for(
    id_: int,
    resources: Sequence[Resource],
    slot: Slot,
    *,
    caller_id: int,
    administrators: Sequence[int],
    now: datetime,
    moves: bool = False,
    also: Sequence[str] = (),
) -> Request | None:
    """Answer the request for all confirmations that the resources ask for, and for some ``also``; none if for none.

    Approval is not asked of somebody who could give it. ``moves`` tells a move from the making of a reservation.
    """
    policies = [one.policy for one in resources]
    wanted = {*also, *(name for one in policies for name in one.confirmations)}
    approval = _approval(policies, administrators, now) if APPROVAL in wanted else None
    if approval and caller_id in approval.approver_ids:
        approval = None
    confirmations = tuple(
        Confirmation(name, Standing.ASKED, _due_at(name, policies, slot, now))
        for name in STEPS_IN_ORDER
        if name in wanted and (name != APPROVAL or approval)
    )
    if not confirmations:
        return None
    return Request(id_, caller_id, confirmations, slot if moves else None, approval)


def asked(
    request: Request,
    resources: Sequence[Resource],
    slot: Slot,
    *,
    reservation_id: int,
    owner_id: int,
    owner_role: str,
) -> ConfirmationAsked | None:
    """Answer the event that asks those who confirm; none if nobody but an approver is asked."""
    if not request.steps:
        return None
    return ConfirmationAsked(
        reservation_id=reservation_id,
        request_id=request.id,
        steps=request.steps,
        owner_id=owner_id,
        owner_role=owner_role,
        actor_id=request.actor_id,
        resources=tuple(
            Reserved(one.id, one.name, one.kind, one.tags, one.site_ids, one.timezone) for one in resources
        ),
        start=slot.start,
        end=slot.end,
        early_minutes=visit(resources).early_minutes,
        due_at={one.step: one.due_at for one in request.confirmations if one.due_at and one.step != APPROVAL},
    )


def _approval(policies: Sequence[Policy], administrators: Sequence[int], now: datetime) -> Approval:
    asking = [one for one in policies if APPROVAL in one.confirmations]
    named = {id_ for one in asking for id_ in one.approvers}
    beyond = {id_ for one in asking for id_ in one.escalates_to}
    return Approval(
        approver_ids=tuple(sorted(named or administrators)),
        escalates_to=tuple(sorted(beyond or administrators)),
        hours_max=max(one.approval_hours_max for one in asking),
        asked_at=now,
    )


def _due_at(name: str, policies: Sequence[Policy], slot: Slot, now: datetime) -> datetime:
    """Answer until when a step may take: an approval twice its time, for it escalates, but not beyond the slot."""
    asking = [one for one in policies if name in one.confirmations] or policies
    if name == APPROVAL:
        hours = 2 * max(one.approval_hours_max for one in asking)
        return min(now + timedelta(hours=hours), slot.end)
    if name == "payment":
        return now + timedelta(minutes=max(one.payment_minutes_max for one in asking))
    return now + timedelta(seconds=max(one.confirmation_seconds_max for one in asking))
