"""The process that reads one calendar and ends: what a hostile one makes of it is bounded by the kernel.

``python -m berth.modules.calendar.providers.child ZONE SINCE UNTIL`` takes the calendar on standard input and prints
JSON: ``{"busy": [[start, end, title], …]}`` or ``{"error": "a sentence"}``.
"""

import os
import resource
import sys
from datetime import datetime

import orjson

from berth.kit.localtime import zone
from berth.modules.calendar.domain.reading.expanding import Span, read_busy
from berth.modules.calendar.domain.reading.lines import BYTES_MAX, FeedBroken

MEMORY_BYTES_MAX = 512 * 1024 * 1024
CPU_SECONDS_MAX = 5


def main() -> None:
    """Read the calendar of standard input, and print what was found."""
    bound()
    sys.stdout.buffer.write(orjson.dumps(_answer(*sys.argv[1:4])))


def bound() -> None:
    """Let this process have so much memory and time and no more, behind everything else that the machine does."""
    if sys.platform == "linux":  # macOS takes no such limit; there the size of the file and the time bound it alone
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS_MAX, CPU_SECONDS_MAX + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)


def _answer(zone_name: str, since: str, until: str) -> dict[str, object]:
    span = Span(datetime.fromisoformat(since), datetime.fromisoformat(until))
    try:
        found = read_busy(sys.stdin.buffer.read(BYTES_MAX + 1), zone(zone_name), span)
    except FeedBroken as broken:
        return {"error": str(broken)}
    except (MemoryError, RecursionError):
        return {"error": "The calendar needs more memory to be read than Berth spends on one."}
    return {"busy": [[one.start, one.end, one.title] for one in found]}


if __name__ == "__main__":
    main()
