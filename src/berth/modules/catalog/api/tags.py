"""The routes of tags."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel

from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.modules.catalog.api.shapes import Input, Tag
from berth.modules.catalog.usecases.directory import LiveDirectory
from berth.modules.catalog.usecases.tags import Tags

router = APIRouter(prefix="/api/v1", tags=["catalog"])

PathTag = Annotated[Tag, Path()]


class TagEdit(Input):
    """The new name of a tag; if it is in use already, the two become one."""

    name: Tag


class TagShape(BaseModel):
    """A tag and the number of resources that bear it, retired ones too."""

    tag: str
    resources: int


class TagList(BaseModel):
    """All tags in use."""

    items: list[TagShape]
    next_cursor: None


@router.get("/tags", response_model=TagList, responses=problems(401, 403))
async def list_tags(_: SignedIn, live: LiveDirectory = part(LiveDirectory)) -> Response:
    """List the tags in use, by name."""
    items = [{"tag": tag, "resources": count} for tag, count in (await live.now()).tags()]
    return reply({"items": items, "next_cursor": None})


# A tag may hold a slash, and servers decode %2F before they look for the route: hence `path`.
@router.patch("/tags/{tag:path}", response_model=TagShape, responses=problems(401, 403, 404))
async def rename_tag(caller: Administrator, tag: PathTag, edit: TagEdit, tags: Tags = part(Tags)) -> Response:
    """Rename a tag on all resources."""
    return reply({"tag": edit.name, "resources": await tags.rename(caller, tag, edit.name)})


@router.delete("/tags/{tag:path}", status_code=204, responses=problems(401, 403, 404))
async def delete_tag(caller: Administrator, tag: PathTag, tags: Tags = part(Tags)) -> Response:
    """Take a tag away from all resources."""
    await tags.delete(caller, tag)
    return Response(status_code=204)
