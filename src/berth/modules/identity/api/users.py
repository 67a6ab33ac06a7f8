"""What administrators do with accounts."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from berth.kit.auth import Role
from berth.kit.http.caller import Administrator, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.modules.identity.api.models import (
    WITHOUT_NUL,
    PeopleOutput,
    PersonChanges,
    PersonOutput,
    ResetPassword,
)
from berth.modules.identity.store.people import PeopleQuery
from berth.modules.identity.usecases.people import People

router = APIRouter(prefix="/api/v1/users", tags=["identity"])

PersonId = Annotated[int, Path(ge=1, le=2**63 - 1)]


@router.get("", response_model=PeopleOutput, responses=problems(401, 403))
async def users(
    _: Administrator,
    *,
    text: Annotated[str | None, Query(max_length=200, pattern=WITHOUT_NUL)] = None,
    role: Role | None = None,
    active: bool | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    people: People = part(People),
) -> Response:
    """List accounts by username; ``text`` is looked for in username, name and e-mail address."""
    keys = read_cursor(cursor, str)
    after = keys[0] if keys else None
    if after and "\0" in after:
        raise Problem(422, "invalid-cursor", "This cursor is not one of ours; leave it out to start at the first page.")
    found = await people.search(PeopleQuery(text, role, active, after, limit + 1))
    return reply(page(found, limit, lambda account: (account.username,)))


@router.get("/{person_id}", response_model=PersonOutput, responses=problems(401, 403, 404))
async def user(_: Administrator, person_id: PersonId, people: People = part(People)) -> Response:
    """Answer an account."""
    return reply(await people.account(person_id))


@router.patch("/{person_id}", response_model=PersonOutput, responses=problems(401, 403, 404, 409))
async def change_user(
    caller: Administrator, person_id: PersonId, body: PersonChanges, people: People = part(People)
) -> Response:
    """Change somebody's role, name or access; a deactivated person's sessions end at once."""
    changes = body.model_dump(exclude_none=True)
    return reply(await people.change(person_id, changes, actor=caller))


@router.post("/{person_id}/password", status_code=204, response_class=Response, responses=problems(401, 403, 404))
async def reset_password(
    caller: Administrator, person_id: PersonId, body: ResetPassword, people: People = part(People)
) -> Response:
    """Set somebody's password; all sessions of that person end, and a lockout is lifted."""
    await people.reset_password(person_id, body.new_password, actor=caller)
    return Response(status_code=204)
