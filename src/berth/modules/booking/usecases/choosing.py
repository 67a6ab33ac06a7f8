"""Chooses the resources that somebody wants: those that are named, or any that fits a search, by their rules."""

from collections.abc import Sequence

from berth.contracts.catalog import Catalog, Resource, ResourceQuery
from berth.kit.auth import Principal
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.offers import smallest_first
from berth.modules.booking.domain.policy import Attempt, Refusal, refusals
from berth.modules.booking.usecases.conflict import Conflicts


async def candidates(
    catalog: Catalog,
    conflicts: Conflicts,
    caller: Principal,
    attempt: Attempt,
    *,
    ids: Sequence[int],
    any_of: ResourceQuery | None,
) -> tuple[Sequence[Resource], Sequence[Resource]]:
    """Answer the resources that a wish for these together, or for any one that fits, is about, and those to try.

    To try are all that are named, free or not, or of those that fit each one that is free, the smallest first. Raises
    ``Problem``: 404 for an unknown resource, 403 or 422 with every rule that refuses, 422 if nothing fits.
    """
    if any_of is None:
        resources = await named_resources(catalog, ids)
        refuse(caller, resources, attempt)
        return resources, resources
    fitting = smallest_first(await catalog.search(query=any_of))
    if not fitting:
        raise nothing_fits()
    allowed = [one for one in fitting if not refusals(one, attempt)]
    if not allowed:
        refuse(caller, fitting[:3], attempt)
    return allowed[:1], await conflicts.free_among(allowed, attempt.start, attempt.end)


def nothing_fits() -> Problem:
    """Answer the problem of a search that no resource fits."""
    return Problem(422, "nothing-fits", "No resource fits this search; ask for less, or look at /resources.")


async def named_resources(catalog: Catalog, ids: Sequence[int]) -> list[Resource]:
    """Answer the resources in the order of their ids as given; raise 404 if one is unknown."""
    known = await catalog.resources(ids=ids)
    unknown = [str(id_) for id_ in ids if id_ not in known]
    if unknown:
        raise Problem(404, "unknown-resource", f"There is no resource with the id {', '.join(unknown)}.")
    return [known[id_] for id_ in ids]


def refuse(caller: Principal, resources: Sequence[Resource], attempt: Attempt) -> None:
    """Raise the problem that lists every rule of these resources that refuses the attempt."""
    found = [refusal for one in resources for refusal in refusals(one, attempt)]
    if found:
        raise refused(caller, found)


def refused(caller: Principal, found: Sequence[Refusal]) -> Problem:
    """Answer the problem of refused rules: 403 if it is only a guest's role that stands in the way, else 422."""
    guest = caller.role.value == "guest" and all(one.rule == "reservable_by" for one in found)
    return Problem(
        403 if guest else 422,
        "not-allowed" if guest else "policy-refused",
        " ".join(dict.fromkeys(one.message for one in found)),
        more={"refusals": found},
    )
