"""What the catalogue refuses, as problems with a way out."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence

import asyncpg

from berth.kit.db import Connection
from berth.kit.http.problem import Problem
from berth.modules.catalog.domain.resources import Record
from berth.modules.catalog.domain.sites import place
from berth.modules.catalog.domain.soundness import Fault, faults
from berth.modules.catalog.store import sites

FAULTS_TOLD_MAX = 20

CONSTRAINTS = {
    "resource_name_once": (409, "name-taken", "There is a resource of this name; names are unique, choose another."),
    "site_name_once": (409, "name-taken", "There is a site of this name in the same place; choose another."),
    "resource_site": (422, "unknown-site", "There is no site with this site_id; GET /api/v1/sites lists them."),
    "site_parent": (422, "unknown-site", "There is no site with this parent_id; GET /api/v1/sites lists them."),
    "term_name_once": (409, "name-taken", "The site has a term of this name; choose another."),
    "term_no_overlap": (
        409,
        "term-overlap",
        "Another term of the site has some of these days; GET its terms to see which, and move one of them.",
    ),
    "holiday_once": (409, "name-taken", "The site has this holiday on this day already."),
    "site_not_below_itself": (409, "site-cycle", "A site cannot be in itself; choose another parent_id."),
}


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Turn the constraints that input can violate into problems."""
    try:
        yield
    except asyncpg.IntegrityConstraintViolationError as error:
        if error.constraint_name not in CONSTRAINTS:
            raise
        raise Problem(*CONSTRAINTS[error.constraint_name]) from error


async def found_faults(connection: Connection, records: Iterable[Record]) -> Sequence[Fault]:
    """Answer what the transaction has made unsound in the sites and in these resources."""
    return list(faults(place(await sites.all_sites(connection)), records))


async def refuse_faults(connection: Connection, records: Iterable[Record]) -> None:
    """Raise the 422 problem if the transaction has made the sites or these resources unsound."""
    found = await found_faults(connection, records)
    if not found:
        return
    told = [{"where": one.where, "member": one.member, "message": one.message} for one in found[:FAULTS_TOLD_MAX]]
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    raise Problem(422, found[0].kind, f"{found[0].where}: {found[0].message}{more}.", more={"errors": told})


def no_resource(resource_id: int) -> Problem:
    """Answer the problem of an id that no resource has."""
    return Problem(404, "unknown-resource", f"There is no resource {resource_id}; GET /api/v1/resources lists them.")


def no_site(site_id: int) -> Problem:
    """Answer the problem of an id that no site has."""
    return Problem(404, "unknown-site", f"There is no site {site_id}; GET /api/v1/sites lists them.")
