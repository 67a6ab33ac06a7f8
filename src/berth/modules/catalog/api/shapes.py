"""What callers send and see: the members, their bounds, and their place in the OpenAPI document."""

from typing import Annotated, Any

from fastapi import Path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

from berth.kit.http.problem import Problem
from berth.modules.catalog.domain import words

ID_MAX = 2**63 - 1


def _known(number: int) -> int:
    if not 1 <= number <= ID_MAX:
        raise Problem(404, "unknown-id", f"Nothing here has the id {number}.")
    return number


# Strict, because JSON's false is no zero and "5" no five; a query parameter is always text, hence its own.
Id = Annotated[int, Field(strict=True, ge=1, le=ID_MAX)]
QueryId = Annotated[int, Field(ge=1, le=ID_MAX)]
PathId = Annotated[int, Path(json_schema_extra={"minimum": 1, "maximum": ID_MAX}), AfterValidator(_known)]


def _line(length_max: int, pattern: str) -> Any:
    return Field(min_length=1, max_length=length_max, json_schema_extra={"pattern": pattern})


Name = Annotated[str, _line(words.NAME_MAX, words.NAME_PATTERN), AfterValidator(words.name)]
SiteName = Annotated[str, _line(words.NAME_MAX, words.SITE_NAME_PATTERN), AfterValidator(words.site_name)]
Kind = Annotated[str, _line(words.KIND_MAX, words.NAME_PATTERN), AfterValidator(words.kind)]
Tag = Annotated[str, _line(words.TAG_MAX, words.TAG_PATTERN), AfterValidator(words.tag)]
Tags = Annotated[list[Tag], Field(max_length=words.TAGS_MAX), AfterValidator(words.tags)]
Timezone = Annotated[
    str,
    Field(min_length=1, max_length=64, description="An IANA name.", examples=["Europe/Rome"]),
    AfterValidator(words.timezone),
]
Capacity = Annotated[int, Field(strict=True, ge=1, le=words.CAPACITY_MAX)]
Description = Annotated[
    str, Field(max_length=words.DESCRIPTION_MAX, json_schema_extra={"pattern": words.DESCRIPTION_PATTERN})
]
Attributes = Annotated[
    dict[str, str | bool | int | float | None],
    Field(
        max_length=words.ATTRIBUTES_MAX, description="A flat object of up to 8 kB.", examples=[{"hearing_loop": True}]
    ),
    AfterValidator(words.attributes),
]


class Input(BaseModel):
    """What a caller sends: members that we do not know are refused."""

    model_config = ConfigDict(extra="forbid")

    def given(self) -> dict[str, Any]:
        """Answer the members that the caller wrote."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class ResourceShape(BaseModel):
    """A resource as callers see it."""

    id: int
    name: str
    kind: str
    site_id: int | None
    site_path: list[str]
    capacity: int | None
    timezone: str
    tags: list[str]
    description: str
    attributes: dict[str, JsonValue]
    retired: bool


class ResourcePage(BaseModel):
    """A page of resources."""

    items: list[ResourceShape]
    next_cursor: str | None
