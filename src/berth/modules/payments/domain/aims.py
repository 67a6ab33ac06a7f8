"""What each payment of a reservation should come to, from all that is known of the reservation."""

from dataclasses import replace

from berth.modules.payments.domain.account import Account, Request, RequestState
from berth.modules.payments.domain.intent import Goal, Intent

NOTHING = Goal(0)
WAITING = frozenset({RequestState.OPEN, RequestState.GIVEN})


def aimed(account: Account) -> Account:
    """Answer the account with the goals that its payments have now; a payment whose goal changed is a version newer."""
    shares = _shares(account)
    requests = tuple(
        replace(one, intent=_with_goal(one.intent, shares.get(one.id, _alone(account, one)))) if one.intent else one
        for one in account.requests
    )
    return replace(account, requests=requests)


def secured(account: Account) -> int:
    """Answer how much of what a move will cost is there already: all that can still be taken."""
    return sum(one.intent.capacity_minor for one in account.pool if one.intent)


def _shares(account: Account) -> dict[int, Goal]:
    """Answer the goals of the payments that secure the reservation: its cost, the oldest payment first."""
    cost = _cost(account)
    take = account.charging or account.ending is not None
    goals: dict[int, Goal] = {}
    for one in account.pool:
        if one.intent:
            share = min(one.intent.capacity_minor, cost)
            cost -= share
            goals[one.id] = Goal(share, take or one.intent.early)
    return goals


def _cost(account: Account) -> int:
    if account.ending:
        return account.ending.cost_minor
    return account.in_force.price_minor if account.in_force else 0


def _alone(account: Account, one: Request) -> Goal:
    """Answer the goal of a payment that secures a request which is not in force: to be held while that may be."""
    if one.intent is None or account.ending or one.state not in WAITING:
        return NOTHING
    return Goal(one.intent.amount_minor, one.intent.early)


def _with_goal(intent: Intent, goal: Goal) -> Intent:
    if not goal.target_minor:
        goal = NOTHING
    return intent if intent.goal == goal else replace(intent, goal=goal, version=intent.version + 1)


def cost_of_withdrawing(account: Account, *, by_owner: bool, kept_minor: int) -> int:
    """Answer what a reservation costs that is given up: something only if it held, and its owner gave it up."""
    holds = account.in_force is not None and account.in_force.state is RequestState.SETTLED
    return kept_minor if by_owner and holds else 0
