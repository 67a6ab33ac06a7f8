"""The routes of sites."""

from fastapi import APIRouter, Response
from pydantic import BaseModel, model_validator

from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.modules.catalog.api.shapes import Id, Input, PathId, SiteName, Timezone
from berth.modules.catalog.domain.sites import SiteKind, shown
from berth.modules.catalog.usecases.directory import LiveDirectory
from berth.modules.catalog.usecases.refusals import no_site
from berth.modules.catalog.usecases.sites import Sites

router = APIRouter(prefix="/api/v1", tags=["catalog"])


class NewSite(Input):
    """A site to be created, at the top without a ``parent_id``."""

    name: SiteName
    parent_id: Id | None = None
    kind: SiteKind = "other"
    timezone: Timezone | None = None


class SiteEdit(Input):
    """The members to change; a null ``parent_id`` moves the site to the top, a null ``timezone`` inherits it."""

    name: SiteName | None = None
    parent_id: Id | None = None
    kind: SiteKind | None = None
    timezone: Timezone | None = None

    @model_validator(mode="after")
    def name_and_kind_stay(self) -> "SiteEdit":
        """Refuse a null for what a site cannot be without."""
        for name in ("name", "kind"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class SiteShape(BaseModel):
    """A site as callers see it; ``path`` are the names from the top to the site itself."""

    id: int
    name: str
    parent_id: int | None
    kind: SiteKind
    timezone: str | None
    path: list[str]


class SiteList(BaseModel):
    """All sites."""

    items: list[SiteShape]
    next_cursor: None


@router.post("/sites", status_code=201, response_model=SiteShape, responses=problems(401, 403, 409))
async def create_site(caller: Administrator, new: NewSite, sites: Sites = part(Sites)) -> Response:
    """Create a site."""
    place = await sites.create(caller, parent_id=new.parent_id, name=new.name, kind=new.kind, timezone=new.timezone)
    return reply(shown(place), 201)


@router.get("/sites", response_model=SiteList, responses=problems(401, 403))
async def list_sites(_: SignedIn, live: LiveDirectory = part(LiveDirectory)) -> Response:
    """List all sites, each behind its parent, siblings by name."""
    places = (await live.now()).places
    return reply({"items": [shown(place) for place in places.values()], "next_cursor": None})


@router.get("/sites/{site_id:id}", response_model=SiteShape, responses=problems(401, 403, 404))
async def read_site(_: SignedIn, site_id: PathId, live: LiveDirectory = part(LiveDirectory)) -> Response:
    """Answer one site."""
    place = (await live.now()).places.get(site_id)
    if place is None:
        raise no_site(site_id)
    return reply(shown(place))


@router.patch("/sites/{site_id:id}", response_model=SiteShape, responses=problems(401, 403, 404, 409))
async def edit_site(caller: Administrator, site_id: PathId, edit: SiteEdit, sites: Sites = part(Sites)) -> Response:
    """Rename or move a site, with all that is in it, or change its kind or time zone."""
    return reply(shown(await sites.edit(caller, site_id, edit.given())))


@router.delete("/sites/{site_id:id}", status_code=204, responses=problems(401, 403, 404, 409))
async def remove_site(caller: Administrator, site_id: PathId, sites: Sites = part(Sites)) -> Response:
    """Remove a site that holds neither sites nor resources."""
    await sites.remove(caller, site_id)
    return Response(status_code=204)
