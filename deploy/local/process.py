"""One program of a topology: started, waited for, killed, restarted and stopped."""

import asyncio
import contextlib
import os
import shutil
import signal
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from berth.kit.refusal import Refused

READY_SECONDS_MAX = 60.0
STOP_SECONDS_MAX = 20.0
RESTART_SECONDS = 0.5
RESTART_SECONDS_MAX = 10.0
READ_SECONDS_MAX = 2.0
TAIL_BYTES = 3000

Say = Callable[[str, str], None]
"""Takes the name of a program and a line that it wrote."""


class NotReady(Refused):
    """A program ended, or did not answer, when it should have begun to work."""


@dataclass(frozen=True)
class Program:
    """What to run: its words, its environment, and how to tell that it works; ``folder`` keeps its log."""

    name: str
    words: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    ready: Callable[[], Awaitable[bool]]
    where: Path | None = None


class Process:
    """A program that runs, or ran.

    Its output goes line by line to ``say``, and without that into ``<folder>/<name>.log``. With
    ``restart`` it is started again whenever it ends by itself.
    """

    def __init__(self, program: Program, *, say: Say | None = None, restart: bool = False) -> None:
        self.name = program.name
        self._program = program
        self._say = say
        self._restart = restart
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """Answer the number of the process, none if it does not run."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def start(self) -> None:
        """Start the program; does nothing if it runs."""
        if self.pid is None:
            await self._spawn()
        if self._restart and self._watching is None:
            self._watching = asyncio.create_task(self._watch())

    async def wait_ready(self, seconds_max: float = READY_SECONDS_MAX) -> None:
        """Wait until the program works; raise ``NotReady`` with its last lines if it does not."""
        give_up = asyncio.get_running_loop().time() + seconds_max
        while True:
            with contextlib.suppress(OSError, EOFError, TimeoutError):
                async with asyncio.timeout(2):
                    if await self._program.ready():
                        return
            if self.pid is None and not self._restart:
                raise NotReady(f"{self.name} ended as soon as it was started. {self.tail()}")
            if asyncio.get_running_loop().time() > give_up:
                raise NotReady(f"{self.name} did not get ready within {seconds_max:.0f} s. {self.tail()}")
            await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """End the program, and whatever it started, as ``kill -9`` does; it stays ended until ``start``."""
        await self._unwatch()
        await self._end()

    async def stop(self) -> None:
        """Stop the program as an operator does; kill it if that takes too long."""
        await self._unwatch()
        if self.pid is not None:
            os.kill(self.pid, signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(STOP_SECONDS_MAX):
                    await self._ended()
        await self._end()

    def tail(self) -> str:
        """Answer what the program wrote last, if that is kept in a file."""
        if self._say or not self._log.exists():
            return ""
        return self._log.read_bytes()[-TAIL_BYTES:].decode(errors="replace")

    @property
    def _log(self) -> Path:
        return self._program.folder / f"{self.name}.log"

    async def _spawn(self) -> None:
        program = self._program
        program.folder.mkdir(parents=True, exist_ok=True)
        with self._output() as output:
            self._process = await asyncio.create_subprocess_exec(
                *_ended_with_us(),
                *program.words,
                cwd=program.where or program.folder,
                env=dict(program.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,  # a terminal's Ctrl-C is for us, who stop them in order
            )

    @contextlib.contextmanager
    def _output(self) -> Iterator[int]:
        """Lend a descriptor to write to.

        The pipe is ours: of a program with one of asyncio's, the end is not noticed before all that it
        started have ended, too.
        """
        if self._say is None:
            with self._log.open("ab") as log:
                yield log.fileno()
            return
        reading, writing = os.pipe()
        try:
            yield writing
        finally:
            os.close(writing)
        self._reading = asyncio.create_task(_read_lines(os.fdopen(reading, "rb"), self.name, self._say))

    async def _watch(self) -> None:
        """Start the program again whenever it ended, waiting longer each time that it does so at once."""
        delay = RESTART_SECONDS
        clock = asyncio.get_running_loop().time
        while self._process:
            since = clock()
            code = await self._process.wait()
            delay = RESTART_SECONDS if clock() - since > RESTART_SECONDS_MAX else min(delay * 2, RESTART_SECONDS_MAX)
            if self._say:
                self._say(self.name, f"ended ({_reason(code)}); it is started again in {delay:g} s")
            await asyncio.sleep(delay)
            self._signal(signal.SIGKILL)
            await self._spawn()

    async def _unwatch(self) -> None:
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
            self._watching = None

    async def _ended(self) -> None:
        if self._process is not None:
            await self._process.wait()

    async def _end(self) -> None:
        """Kill what is left, and read what it wrote to the end."""
        self._signal(signal.SIGKILL)
        await self._ended()
        if self._reading is not None:
            await asyncio.wait([self._reading], timeout=READ_SECONDS_MAX)
            self._reading.cancel()
            self._reading = None

    def _signal(self, number: signal.Signals) -> None:
        """Send a signal to the program and to those that it started, which outlive it if it was killed."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)


def _ended_with_us() -> list[str]:
    """Answer the words that let a program end when we are killed, where the system can do that."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _reason(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


async def _read_lines(pipe: IO[bytes], name: str, say: Say) -> None:
    stream = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(stream), pipe
    )
    rest = b""
    try:
        while chunk := await stream.read(65536):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                say(name, line.decode(errors="replace").rstrip())
        if rest:
            say(name, rest.decode(errors="replace"))
    finally:
        transport.close()
