"""The door at which Stripe tells of payments. Its signature is the credential."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response

from berth.kit.http.caller import Anyone, part
from berth.kit.http.problem import Problem, problems
from berth.modules.payments.usecases.desk import Desk

router = APIRouter(prefix="/api/v1/payments", tags=["payments"])

BYTES_MAX = 256_000
BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
}


@router.post(
    "/stripe/webhook",
    status_code=204,
    dependencies=[Anyone],
    responses=problems(401, 404, 413),
    openapi_extra=BODY,
)
async def told(
    request: Request,
    stripe_signature: Annotated[str | None, Header(max_length=2000)] = None,
    desk: Desk = part(Desk),
) -> Response:
    """Take what Stripe tells. It is not believed but asked for, so that repeats and late ones do no harm."""
    body = await request.body()
    if len(body) > BYTES_MAX:
        raise Problem(413, "too-large", f"What Stripe tells has at most {BYTES_MAX} bytes.")
    await desk.webhook(body, stripe_signature)
    return Response(status_code=204)
