"""Structured logs: readable lines on a terminal, JSON lines elsewhere."""

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor

from berth.kit.origin import origin


def with_trace(_logger: object, _method: str, line: EventDict) -> EventDict:
    """Add to a line of a request or a handler the trace that it belongs to: it is the request's id, too."""
    found = origin()
    if found is not None:
        line.setdefault("trace_id", found.trace_id)
    return line


def configure(level: str) -> None:
    """Send all logs, ours and the libraries', to standard error through one format."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        with_trace,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    terminal = sys.stderr.isatty()
    # The pretty tracebacks of the default show local variables, and with them passwords and tokens.
    console = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    renderer: Processor = console if terminal else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *([] if terminal else [structlog.processors.format_exc_info]),
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
