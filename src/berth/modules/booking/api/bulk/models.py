"""What a bulk takes and answers over HTTP."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from berth.kit.http.zone import Moment
from berth.modules.booking.api.models import RESOURCES_MAX, Description, Id, Input, StateName, Text, Title
from berth.modules.booking.domain.bulk import OPERATIONS_MAX, Action, Operation

Word = Annotated[
    Id | Annotated[Text, Field(min_length=1, max_length=200)],
    Field(description="An id, or the exact name."),
]
Words = Annotated[tuple[Word, ...], Field(min_length=1, max_length=RESOURCES_MAX)]
Reason = Annotated[Text, Field(max_length=500)]


class BulkCreate(Input):
    """A reservation to make of these resources together; for somebody else if an administrator names the ``owner``."""

    action: Literal["create"]
    resources: Words
    start: Moment
    end: Moment
    title: Title = ""
    description: Description | None = None
    owner: Word | None = None

    @model_validator(mode="after")
    def _whole(self) -> "BulkCreate":
        if self.start >= self.end:
            raise ValueError("the end must lie after the start")
        return self

    def operation(self, row: int) -> Operation:
        """Answer the row as the rules take it."""
        return Operation(
            row,
            Action.CREATE,
            None,
            self.resources,
            self.start,
            self.end,
            self.title,
            self.description,
            self.owner,
        )


class BulkMove(Input):
    """A reservation to move or retitle; what is left out stays, and an empty description clears it."""

    action: Literal["move"]
    reservation_id: Id
    resources: Words | None = None
    start: Moment | None = None
    end: Moment | None = None
    title: Title | None = None
    description: Description | None = None

    @model_validator(mode="after")
    def _whole(self) -> "BulkMove":
        wanted = (self.resources, self.start, self.end, self.title, self.description)
        if all(one is None for one in wanted):
            raise ValueError("say what is to be different: the time, the resources, the title or the description")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError("the end must lie after the start")
        return self

    def operation(self, row: int) -> Operation:
        """Answer the row as the rules take it."""
        return Operation(
            row,
            Action.MOVE,
            self.reservation_id,
            self.resources or (),
            self.start,
            self.end,
            self.title,
            self.description,
        )


class BulkCancel(Input):
    """A reservation to give up, and why."""

    action: Literal["cancel"]
    reservation_id: Id
    reason: Reason | None = None

    def operation(self, row: int) -> Operation:
        """Answer the row as the rules take it."""
        return Operation(row, Action.CANCEL, self.reservation_id, reason=self.reason)


BulkOperation = Annotated[BulkCreate | BulkMove | BulkCancel, Field(discriminator="action")]


class BulkInput(Input):
    """The operations; the first is row 1."""

    operations: Annotated[tuple[BulkOperation, ...], Field(min_length=1, max_length=OPERATIONS_MAX)]


class BulkRow(BaseModel):
    """What a row did, or would have done: a reservation that a dry run would make has no id.

    With ``asked`` a move takes place once it is confirmed; until then both slots are held.
    """

    row: int
    action: Literal["create", "move", "cancel"]
    outcome: Literal["created", "moved", "cancelled", "unchanged"]
    reservation_id: int | None
    state: StateName
    asked: bool


class BulkError(BaseModel):
    """Why a row cannot be done: the kind of problem that it would be by itself, and its sentence."""

    row: int
    column: str | None
    kind: str
    message: str


class BulkReport(BaseModel):
    """What was done, or what a dry run would have done; ``errors`` is empty, bad rows are a 422 problem."""

    created: int
    moved: int
    cancelled: int
    unchanged: int
    dry_run: bool
    errors: list[BulkError]
    items: list[BulkRow]
