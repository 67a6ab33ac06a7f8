"""Making the first administrator: as JSON, and as a page for a browser."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError

from berth.kit.http.caller import Anyone, part
from berth.kit.http.problem import Problem, invalid, problems
from berth.kit.http.reply import reply
from berth.modules.identity.api import setup_page
from berth.modules.identity.api.models import PersonOutput, SetupInput
from berth.modules.identity.domain.people import Account, username_from_email
from berth.modules.identity.usecases.people import Registration
from berth.modules.identity.usecases.setup import Setup

router = APIRouter(tags=["identity"])


@router.post(
    "/api/v1/setup",
    status_code=201,
    response_model=PersonOutput,
    responses=problems(403, 409),
    dependencies=[Anyone],
)
async def finish(body: SetupInput, setup: Setup = part(Setup)) -> Response:
    """Make the first administrator, with the token that the first start printed."""
    return reply(await _finish(setup, body), 201)


@router.get("/setup", include_in_schema=False, dependencies=[Anyone])
async def show(token: Annotated[str, Query(max_length=256)] = "", setup: Setup = part(Setup)) -> Response:
    """Show the form."""
    try:
        await setup.check(token)
    except Problem as problem:
        return setup_page.refusal(problem)
    return setup_page.form({"token": token})


@router.post("/setup", include_in_schema=False, dependencies=[Anyone])
async def submit(request: Request, setup: Setup = part(Setup)) -> Response:
    """Take the form, and show it again with the reason if it is not accepted."""
    entered: dict[str, Any] = {
        name: value for name, value in (await request.form()).items() if isinstance(value, str) and value
    }
    try:
        account = await _finish(setup, SetupInput.model_validate(entered))
    except ValidationError as error:
        return setup_page.form(entered, invalid(error.errors()))
    except Problem as problem:
        if problem.kind in ("setup-over", "setup-token-refused"):
            return setup_page.refusal(problem)
        return setup_page.form(entered, problem)
    return setup_page.done(account)


async def _finish(setup: Setup, body: SetupInput) -> Account:
    username = body.username or username_from_email(body.email)
    wish = Registration(username, body.email, body.password, body.name or username)
    return await setup.finish(token=body.token, wish=wish)
