"""A code, for the owner of the reservation."""

from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from berth.kit.http.caller import SignedIn, part
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone, shown
from berth.modules.access.usecases.reading import Reading

router = APIRouter(prefix="/api/v1/reservations", tags=["access"])


class CodeShown(BaseModel):
    """A code and when it opens, the end not included. ``code`` is null once it is revoked or expired."""

    code: str | None
    valid_from: datetime
    valid_until: datetime
    state: Literal["active", "revoked", "expired"]


@router.get("/{reservation_id:id}/access-code", response_model=CodeShown, responses=problems(401, 403, 404, 409))
async def access_code(
    reservation_id: int, caller: SignedIn, zone: OutputZone, reading: Reading = part(Reading)
) -> Response:
    """Show the code of your own reservation; nobody else sees it, administrators included."""
    if not 1 <= reservation_id < 2**63:
        raise Problem(404, "unknown-access-code", "This reservation has no access code.")
    found = await reading.of(caller, reservation_id)
    window, where = found.permission.window, zone.of(caller)
    answer = reply(
        {
            "code": found.code,
            "valid_from": window and shown(window.valid_from, where),
            "valid_until": window and shown(window.valid_until, where),
            "state": found.state,
        }
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
