"""The columns of an entry."""

from berth.kit.db import Row
from berth.modules.audit.domain.entry import Entry

COLUMNS = """
    sequence, event, type, subject, actor_id, occurred_at, recorded_at, address, trace_id, data, previous_hash, hash
"""


def entry(row: Row) -> Entry:
    """Answer the entry of a row of ``COLUMNS``."""
    return Entry(*row)
