"""The routes of resources."""

from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field, model_validator

from berth.contracts.catalog import ResourceQuery
from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.page import LIMIT_DEFAULT, Cursor, Limit, page, read_cursor
from berth.kit.http.problem import problems
from berth.kit.http.reply import IfMatch, reply, versions_of
from berth.modules.catalog.api.shapes import (
    Attributes,
    Capacity,
    Description,
    Id,
    Input,
    Kind,
    Name,
    PathId,
    QueryId,
    ResourcePage,
    ResourceShape,
    Tags,
    Timezone,
)
from berth.modules.catalog.domain import words
from berth.modules.catalog.domain.directory import Entry
from berth.modules.catalog.domain.resources import Particulars
from berth.modules.catalog.usecases.directory import LiveDirectory
from berth.modules.catalog.usecases.refusals import no_resource
from berth.modules.catalog.usecases.resources import Resources

router = APIRouter(prefix="/api/v1", tags=["catalog"])

PARTICULARS_THAT_MAY_BE_NULL = {"site_id", "capacity", "timezone"}


class NewResource(Input):
    """A resource to be created; without a ``timezone`` it has that of its site."""

    name: Name
    kind: Kind
    site_id: Id | None = None
    capacity: Capacity | None = None
    timezone: Timezone | None = None
    tags: Tags = Field([])
    description: Description = ""
    attributes: Attributes = Field({})


class ResourceEdit(Input):
    """The members to change; ``null`` clears what a resource may be without."""

    name: Name | None = None
    kind: Kind | None = None
    site_id: Id | None = None
    capacity: Capacity | None = None
    timezone: Timezone | None = None
    tags: Tags | None = None
    description: Description | None = None
    attributes: Attributes | None = None

    @model_validator(mode="after")
    def nulls_become_empty(self) -> "ResourceEdit":
        """Read the null of a text or collection as its empty value; refuse it for name and kind."""
        for name in self.model_fields_set - PARTICULARS_THAT_MAY_BE_NULL:
            if getattr(self, name) is None:
                if name in ("name", "kind"):
                    raise ValueError(f"{name} cannot be null")
                object.__setattr__(self, name, {"tags": (), "description": "", "attributes": {}}[name])
        return self


def answer(entry: Entry, status: int = 200) -> Response:
    """Answer one resource with its version as ETag."""
    return reply(entry.shown, status, {"ETag": f'"{entry.record.version}"'})


@router.post("/resources", status_code=201, response_model=ResourceShape, responses=problems(401, 403, 409))
async def create_resource(caller: Administrator, new: NewResource, resources: Resources = part(Resources)) -> Response:
    """Create a resource. It is open at all hours and has no limit until one is set."""
    members: dict[str, Any] = {**new.given(), "tags": tuple(new.tags)}
    return answer(await resources.create(caller, Particulars(**members)), 201)


class ResourceFilter(Input):
    """What the list is narrowed to; every parameter that is given must hold."""

    text: Annotated[str | None, Field(max_length=200, description="Words that must all occur.")] = None
    kind: Annotated[str | None, Field(max_length=words.KIND_MAX)] = None
    tags: Annotated[list[str], Field(max_length=words.TAGS_MAX, description="All of them; `a,b` is two.")] = Field([])
    site_id: Annotated[QueryId | None, Field(description="This site and all below it.")] = None
    capacity_min: Annotated[int | None, Field(ge=0, le=words.CAPACITY_MAX)] = None
    retired: Annotated[bool, Field(description="List the retired ones instead.")] = False
    limit: Limit = LIMIT_DEFAULT
    cursor: Cursor = None

    def query(self) -> ResourceQuery:
        """Answer the filter as a question to the directory."""
        tags = tuple(tag for text in self.tags for tag in text.split(",") if tag)
        return ResourceQuery(
            text=self.text, kind=self.kind, tags=tags, site_id=self.site_id, capacity_min=self.capacity_min
        )


@router.get("/resources", response_model=ResourcePage, responses=problems(401, 403))
async def list_resources(
    _: SignedIn, wanted: Annotated[ResourceFilter, Query()], live: LiveDirectory = part(LiveDirectory)
) -> Response:
    """List resources by name."""
    after = read_cursor(wanted.cursor, str, int)
    now = await live.now()
    found = now.search(wanted.query(), retired=wanted.retired, after=(after[0], after[1]) if after else None)
    shown = [entry.shown for entry in islice(found, wanted.limit + 1)]
    return reply(page(shown, wanted.limit, lambda one: (one["name"], one["id"])))


@router.get("/resources/{resource_id:id}", response_model=ResourceShape, responses=problems(401, 403, 404))
async def read_resource(_: SignedIn, resource_id: PathId, live: LiveDirectory = part(LiveDirectory)) -> Response:
    """Answer one resource."""
    entry = await live.entry(resource_id)
    if entry is None:
        raise no_resource(resource_id)
    return answer(entry)


@router.patch("/resources/{resource_id:id}", response_model=ResourceShape, responses=problems(401, 403, 404, 409, 412))
async def edit_resource(
    caller: Administrator,
    resource_id: PathId,
    edit: ResourceEdit,
    if_match: IfMatch = None,
    resources: Resources = part(Resources),
) -> Response:
    """Change the members that are given; with If-Match only if nobody else changed the resource since."""
    members = edit.given()
    if "tags" in members:
        members["tags"] = tuple(members["tags"])
    return answer(await resources.edit(caller, resource_id, members, versions=versions_of(if_match)))


@router.post("/resources/{resource_id:id}/retire", response_model=ResourceShape, responses=problems(401, 403, 404))
async def retire_resource(
    caller: Administrator, resource_id: PathId, resources: Resources = part(Resources)
) -> Response:
    """Take a resource out of use: it is not found any more, and its history stays."""
    return answer(await resources.retire(caller, resource_id))


@router.post("/resources/{resource_id:id}/restore", response_model=ResourceShape, responses=problems(401, 403, 404))
async def restore_resource(
    caller: Administrator, resource_id: PathId, resources: Resources = part(Resources)
) -> Response:
    """Bring a retired resource back into use."""
    return answer(await resources.restore(caller, resource_id))
