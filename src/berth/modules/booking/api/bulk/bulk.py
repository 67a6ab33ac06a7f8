"""``POST /reservations/bulk`` and the same from a file."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from berth.kit.http.caller import SignedIn, part
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import Ready
from berth.modules.booking.api.bulk.models import BulkInput, BulkReport
from berth.modules.booking.api.bulk.sheet import read_operations
from berth.modules.booking.api.creating import REPLAYED, IdempotencyKey
from berth.modules.booking.usecases.bulk.bulk import Bulk, bad_rows
from berth.modules.booking.usecases.idempotency import Answer

router = APIRouter(prefix="/api/v1", tags=["reservations"])

CSV = "text/csv"
EXAMPLE = (
    "action,reservation,resource,start,end,title,reason\r\n"
    "create,,Room 12,2031-03-03T09:00:00Z,2031-03-03T10:00:00Z,Seminar,\r\n"
    "cancel,1,,,,,Fog\r\n"
)
CSV_BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {CSV: {"schema": {"type": "string"}, "example": EXAMPLE}}}
}
DryRun = Annotated[bool, Query(description="Do everything but store.")]


@router.post("/reservations/bulk", response_model=BulkReport, responses=problems(401))
async def run(
    body: BulkInput,
    caller: SignedIn,
    dry_run: DryRun = False,
    idempotency_key: IdempotencyKey = None,
    bulk: Bulk = part(Bulk),
) -> Response:
    """Create, move and cancel reservations, all or nothing; everybody may what he may one by one.

    What is cancelled is free for what is moved or created, and moves make room for each other, in whatever order
    they come. If a row cannot be done, the 422 problem `bad-rows` tells all of them in `errors`, each with `row`,
    `column`, `kind` and `message`, and nothing is done. Row 1 is the first operation. Up to 500.
    """
    operations = [one.operation(number) for number, one in enumerate(body.operations, start=1)]
    return _reply(await bulk.run(caller, operations, dry_run=dry_run, key=idempotency_key))


@router.post("/reservations/bulk/csv", response_model=BulkReport, responses=problems(401, 415), openapi_extra=CSV_BODY)
async def run_csv(
    caller: SignedIn,
    request: Request,
    dry_run: DryRun = False,
    idempotency_key: IdempotencyKey = None,
    bulk: Bulk = part(Bulk),
) -> Response:
    """Do what the rows of a CSV file say, as `POST /reservations/bulk` does.

    Columns: `action` (`create`, `move` or `cancel`), and any of `reservation` (the id), `resource` (exact names or ids,
    separated by `;`), `start` and `end` (with their offsets), `title`, `description`, `owner` (username or id) and
    `reason`. An empty cell says nothing. Rows are counted as a spreadsheet does: the header is row 1.
    """
    media_type = request.headers.get("content-type", CSV).split(";")[0].strip().lower()
    if media_type != CSV:
        raise Problem(415, "not-csv", f"Send the file as {CSV}, in UTF-8.")
    operations, bad = read_operations(await request.body())
    if bad:
        raise bad_rows(sorted(bad, key=lambda one: one.row), dry_run=dry_run)
    return _reply(await bulk.run(caller, operations, dry_run=dry_run, key=idempotency_key))


def _reply(answer: Answer) -> Response:
    return Ready(answer.body, 200, [REPLAYED] if answer.replayed else [])
