"""Events, dead letters and backlogs as people and programs read them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import orjson
from rich.console import Group, RenderableType

from berth.edges.cli.tables import plain, table
from berth.kit.outbox.dead_letters import DeadLetter
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.following import Seen
from berth.kit.outbox.watching import COUNT_MAX, Backlog


def as_json(value: Any) -> str:
    """Answer the value as one line of JSON, with times in UTC."""
    return orjson.dumps(value, option=orjson.OPT_UTC_Z).decode()


def event(one: Seen) -> dict[str, Any]:
    """Answer an event as a CloudEvent, and when it was handed on."""
    return {**_cloud_event(one.envelope), "published_at": one.published_at}


def letter(one: DeadLetter) -> dict[str, Any]:
    """Answer a dead letter: whose, why, and the event as a CloudEvent."""
    return {
        "module": one.schema,
        "group": one.group,
        "attempts": one.attempts,
        "error": one.error,
        "died_at": one.died_at,
        **_cloud_event(one.envelope),
    }


def backlogs(found: Sequence[Backlog]) -> list[dict[str, Any]]:
    """Answer backlogs as plain values."""
    return [asdict(one) for one in found]


def event_table(found: Sequence[Seen]) -> RenderableType:
    """Answer events, a row for each."""
    rows = [
        (
            _time(one.envelope.time),
            one.envelope.id,
            one.envelope.type,
            one.envelope.subject,
            "published" if one.published_at else "waiting",
        )
        for one in found
    ]
    return table(("time (UTC)", "id", "type", "subject", "state"), rows, none="No such events.", whole=("time (UTC)",))


def event_line(one: Seen) -> str:
    """Answer one event as a line."""
    of = one.envelope
    return "  ".join((_time(of.time), plain(of.id), plain(of.type), plain(of.subject)))


def letter_table(found: Sequence[DeadLetter]) -> RenderableType:
    """Answer dead letters, a row for each."""
    rows = [
        (
            one.group,
            one.envelope.id,
            one.envelope.type,
            one.envelope.subject,
            one.attempts,
            one.error,
            _time(one.died_at),
        )
        for one in found
    ]
    columns = ("group", "id", "type", "subject", "attempts", "error", "died at (UTC)")
    return table(columns, rows, none="No dead letters.", right=("attempts",), whole=("group", "died at (UTC)"))


def backlog_tables(found: Sequence[Backlog]) -> RenderableType:
    """Answer what waits: a row for each module, and below one for each group."""
    modules = [(one.schema, _count(one.unpublished), _age(one.oldest_unpublished_seconds)) for one in found]
    groups = [
        (
            backlog.schema,
            one.group,
            _count(one.waiting),
            _age(one.oldest_waiting_seconds),
            _count(one.failing),
            _count(one.dead),
        )
        for backlog in found
        for one in backlog.groups
    ]
    numbers = ("unpublished", "waiting", "oldest", "failing", "dead")
    return Group(
        table(("module", "unpublished", "oldest"), modules, none="No modules.", right=numbers),
        "",
        table(
            ("module", "group", "waiting", "oldest", "failing", "dead"),
            groups,
            none="No module listens to events.",
            right=numbers,
        ),
    )


def _cloud_event(one: Envelope) -> dict[str, Any]:
    optional = {"traceparent": one.trace_parent, "address": one.address}
    return {
        "id": one.id,
        "source": one.source,
        "type": one.type,
        "subject": one.subject,
        "time": one.time,
        **{name: value for name, value in optional.items() if value is not None},
        "data": one.members(),
    }


def _time(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def _count(number: int) -> str:
    return f"{number}+" if number >= COUNT_MAX else str(number)


def _age(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    for length, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= length:
            return f"{seconds / length:.1f} {unit}"
    return f"{seconds:.1f} s"
