"""The route that verifies the record."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from berth.kit.http.caller import Administrator, part
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.modules.audit.api.models import VerdictShown
from berth.modules.audit.domain.entry import Head
from berth.modules.audit.usecases.verifying import Verdict, Verifying

router = APIRouter(prefix="/api/v1", tags=["audit"])

NotedHead = Annotated[
    str | None,
    Query(
        max_length=83,
        pattern="^[0-9]{1,18}:[0-9a-f]{64}$",
        description="A `sequence:hash` that was the head at an earlier time.",
    ),
]


@router.get("/audit/verify", response_model=VerdictShown, responses=problems(401, 403))
async def verify(_: Administrator, head: NotedHead = None, verifying: Verifying = part(Verifying)) -> Response:
    """Compute the chain of hashes anew and tell whether it is whole, or where it breaks first.

    It reads every entry, which takes about ten seconds for a million. A broken chain is an answer with `ok` false.
    """
    return reply(_show(await verifying.verify(_head(head) if head else None)))


def _head(text: str) -> Head:
    sequence, _, digest = text.partition(":")
    return Head(int(sequence), bytes.fromhex(digest))


def _show(verdict: Verdict) -> dict[str, Any]:
    kept = verdict.checkpoint
    return {
        "ok": verdict.broken is None,
        "entries": verdict.entries,
        "head": _show_head(verdict.head),
        "checkpoint": {**_show_head(kept.head), "removed_at": kept.removed_at} if kept else None,
        "noted_was_removed": verdict.noted_was_removed,
        "broken": verdict.broken,
    }


def _show_head(head: Head) -> dict[str, Any]:
    return {"sequence": head.sequence, "hash": head.hash.hex()}
