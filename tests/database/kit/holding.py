"""A program that runs the embedded PostgreSQL as Berth does: prints its URL, and holds it until its input ends.

``python -m tests.database.kit.holding DIRECTORY [UID]``
"""

import asyncio
import os
import sys
from pathlib import Path

from berth.kit.embedded_pg.refusal import ServerRefused
from berth.kit.embedded_pg.server import serving

PASSWORD = "a-password-of-the-tests"


async def hold(data_dir: Path) -> None:
    async with serving(data_dir, PASSWORD, durable=False) as url:
        print(url, flush=True)
        await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    data_dir = Path(sys.argv[1])
    if len(sys.argv) > 2:
        asyncio.run(asyncio.to_thread(str))  # loads what Python loads late: the user may not get to its files
        os.setgroups([])
        os.setgid(int(sys.argv[2]))
        os.setuid(int(sys.argv[2]))
    data_dir.mkdir(mode=0o700, exist_ok=True)
    try:
        asyncio.run(hold(data_dir.resolve()))
    except ServerRefused as error:
        sys.exit(f"refused: {error}")


if __name__ == "__main__":
    main()
