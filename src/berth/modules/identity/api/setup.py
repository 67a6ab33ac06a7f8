"""Making the first administrator."""

from fastapi import APIRouter, Request, Response

from berth.kit.http.caller import Anyone, part
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.modules.identity.api.models import PersonOutput, SetupInput, language_of
from berth.modules.identity.domain.people import username_from_email
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
async def finish(request: Request, body: SetupInput, setup: Setup = part(Setup)) -> Response:
    """Make the first administrator, with the token that the first start printed."""
    username = body.username or username_from_email(body.email)
    wish = Registration(username, body.email, body.password, body.name or username, language=language_of(request))
    return reply(await setup.finish(token=body.token, wish=wish), 201)
