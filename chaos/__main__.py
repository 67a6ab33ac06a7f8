"""``make chaos``: ``python -m chaos [--faults 100] [--broker nats|rabbitmq]``; fails if anything is found broken."""

import argparse
import sys
import tempfile
from pathlib import Path

import uvloop

from chaos.drill import drill


def main() -> None:
    """Run a drill in a temporary directory, and print what happens."""
    words = argparse.ArgumentParser(prog="chaos")
    words.add_argument("--faults", type=int, default=100)
    words.add_argument("--broker", choices=("nats", "rabbitmq"), default="nats")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="berth-") as folder:
        Path(folder).chmod(0o711)
        found = uvloop.run(drill(Path(folder), asked.broker, asked.faults, lambda line: print(line, flush=True)))
    sys.exit(1 if any(one.broken for one in found) else 0)


if __name__ == "__main__":
    main()
