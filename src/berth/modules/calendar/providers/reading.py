"""Has calendars read by a process of their own, which cannot take more than it is given."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from signal import SIGXCPU

import orjson

from berth.modules.calendar.domain.busy import Busy
from berth.modules.calendar.domain.reading.expanding import Span
from berth.modules.calendar.domain.reading.lines import FeedBroken

PROGRAM = "berth.modules.calendar.providers.child"
SECONDS_MAX = 20.0
"""How long the process may take beside others; of the processor's time it may use less."""
TOO_LONG = "The calendar takes too long to be read: a rule in it repeats without end or never."


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads calendars, one at a time, so that several do not take the machine together."""

    turn: asyncio.Lock
    seconds_max: float = SECONDS_MAX

    async def read(self, data: bytes, zone_name: str, span: Span) -> Sequence[Busy]:
        """Answer the busy times of a calendar; raise ``FeedBroken`` if it cannot be read within bounds."""
        async with self.turn:
            code, out = await self._run(data, zone_name, span.since.isoformat(), span.until.isoformat())
        if code in (-SIGXCPU, None):
            raise FeedBroken(TOO_LONG)
        if code != 0:
            raise FeedBroken("The calendar could not be read: it takes more than Berth spends on one.")
        answer = orjson.loads(out)
        if "error" in answer:
            raise FeedBroken(answer["error"])
        return [
            Busy(datetime.fromisoformat(start), datetime.fromisoformat(end), title)
            for start, end, title in answer["busy"]
        ]

    async def _run(self, data: bytes, *words: str) -> tuple[int | None, bytes]:
        """Answer the exit code, none if the time was up, and what was printed."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-I", "-m", PROGRAM, *words),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(self.seconds_max):
                out, _ = await process.communicate(data)
            return process.returncode, out
        except TimeoutError:
            return None, b""
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
