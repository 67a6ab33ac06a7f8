"""The routes of import and export."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.modules.catalog.usecases.transfer import Transfer

router = APIRouter(prefix="/api/v1", tags=["catalog"])

CSV = "text/csv"
EXAMPLE = "name,kind,site,capacity,timezone,tags\r\nR1,room,Engineering/First floor,8,Europe/Rome,projector\r\n"
CSV_BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {CSV: {"schema": {"type": "string"}, "example": EXAMPLE}}}
}
CSV_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "The resources", "content": {CSV: {"schema": {"type": "string"}, "example": EXAMPLE}}}
}


class BadCellShape(BaseModel):
    """What is wrong with a row; the header is row 1."""

    row: int
    column: str | None
    message: str


class ReportShape(BaseModel):
    """What an import did, or what a dry run would have done; ``errors`` is empty, bad rows are a 422 problem."""

    created: int
    updated: int
    unchanged: int
    sites_created: int
    errors: list[BadCellShape]
    dry_run: bool


@router.post("/resources/import", response_model=ReportShape, responses=problems(401, 403, 415), openapi_extra=CSV_BODY)
async def import_resources(
    caller: Administrator,
    request: Request,
    dry_run: Annotated[bool, Query(description="Do everything but store.")] = False,
    transfer: Transfer = part(Transfer),
) -> Response:
    """Create and update resources by name, all or nothing.

    Columns: `name`, `kind`, and any of `site` (a path such as `Campus/Building/Floor`, created where it
    is missing), `capacity`, `timezone`, `tags` (separated by `;`, `|` or `,`), `description`,
    `attributes` (a JSON object). An absent column leaves what a known resource has, an empty cell clears
    it. Up to 10,000 rows. If a row is bad, the 422 problem tells all of them in `errors`, each with
    `row`, `column` and `message`, and nothing is stored.
    """
    media_type = request.headers.get("content-type", CSV).split(";")[0].strip().lower()
    if media_type != CSV:
        raise Problem(415, "not-csv", f"Send the file as {CSV}, in UTF-8.")
    report = await transfer.import_csv(caller, await request.body(), dry_run=dry_run)
    return reply({**asdict(report), "errors": []})


@router.get("/resources/export", response_class=Response, responses={**CSV_ANSWER, **problems(401, 403)})
async def export_resources(_: SignedIn, transfer: Transfer = part(Transfer)) -> Response:
    """Answer all resources that are not retired as CSV, which an import takes for unchanged."""
    disposition = {"Content-Disposition": 'attachment; filename="resources.csv"'}
    return Response(await transfer.export_csv(), 200, disposition, f"{CSV}; charset=utf-8")
