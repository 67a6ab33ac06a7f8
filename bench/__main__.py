"""``make bench``: every measurement, or those named: ``python -m bench reserving finding listing``."""

import sys

from bench import carrying, confirming, dispatching, finding, latency, listing, reserving
from bench.recurring import measure as recurring
from bench.searches import measure as searches
from bench.seating import selling, watching

MEASUREMENTS = {
    "reserving": reserving.run,
    "listing": listing.run,
    "finding": finding.run,
    "dispatching": dispatching.run,
    "latency": latency.run,
    "confirming": confirming.run,
    "carrying": carrying.run,
    "recurring": recurring.run,
    "searches": searches.run,
    "selling": selling.run,
    "watching": watching.run,
}


def main() -> None:
    """Run what is asked for, in order."""
    for name in [word for word in sys.argv[1:] if not word.isdigit()] or MEASUREMENTS:
        MEASUREMENTS[name]()


if __name__ == "__main__":
    main()
