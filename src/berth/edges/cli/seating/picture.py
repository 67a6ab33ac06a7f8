"""How the seats of a performance stand, as lines of text: a sign for each seat, a line for each row."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from berth.edges.cli.tables import plain

AISLE = " "
MINE = "M"
SIGNS = {"f": "·", "h": "h", "s": "s", "b": "x"}
WORDS = (("f", "free"), ("h", "held"), ("s", "sold"), ("b", "blocked"))
LEGEND = "· free   h held   s sold   x blocked   M yours"


def picture(seat_map: Any, seats: Any, section: str | None) -> RenderableType:
    """Answer all sections, or one, with their counts, and how the areas stand."""
    lines: list[str] = []
    mine = set(seats["mine"])
    first = 0
    for one in seat_map["sections"]:
        count = sum(len(row["seats"]) for row in one["rows"])
        states = seats["states"][first : first + count]
        if section in (None, one["key"], one["name"]):
            here = {place - first for place in mine}
            lines += [*_section(one, states, here), ""]
        first += count
    names = {one["key"]: one["name"] for one in seat_map["areas"]}
    for area in seats["areas"]:
        free = area["capacity"] - area["taken"]
        lines.append(f"{_titled(names[area['key']], area['key'])}: {free} of {area['capacity']} free")
    lines.append(f"{LEGEND}   in all: {counted(seats['states'])}" if seats["states"] else "")
    return Group(*(Text(plain(line) if line else "", no_wrap=True, overflow="ignore") for line in lines))


def counted(states: str) -> str:
    """Answer how many seats are in which state, leaving out what none is in."""
    return ", ".join(f"{states.count(letter):,} {word}" for letter, word in WORDS if letter in states)


def drawn(row: Any, states: str, mine: Sequence[bool]) -> str:
    """Answer the signs of a row, as the audience sees it, with its aisles."""
    aisles = set(row["aisles_after"])
    last = len(row["seats"]) - 1
    signs = []
    for at, seat in enumerate(row["seats"]):
        sign = MINE if mine[at] else SIGNS.get(states[at], "?")
        signs.append(sign + (AISLE if seat["key"] in aisles and at < last else ""))
    return "".join(signs)


def _section(section: Any, states: str, mine: set[int]) -> Iterator[str]:
    """Answer a title and the rows, the one nearest to the stage first, each between its outermost seats."""
    yield f"{_titled(section['name'], section['key'])}: {counted(states)}"
    rows = [row for row in section["rows"] if row["seats"]]
    if not rows:
        return
    name = max(len(row["key"]) for row in section["rows"])
    left = max(len(row["seats"][0]["key"]) for row in rows)
    signs = []
    first = 0
    for row in rows:
        places = range(first, first + len(row["seats"]))
        signs.append(drawn(row, states[places.start : places.stop], [place in mine for place in places]))
        first = places.stop
    width = max(len(one) for one in signs)
    for row, line in zip(rows, signs, strict=True):
        ends = row["seats"][0]["key"], row["seats"][-1]["key"]
        yield f"  {row['key']:>{name}}  {ends[0]:>{left}} {line:^{width}} {ends[1]}"


def _titled(name: str, key: str) -> str:
    return name if name == key else f"{name} ({key})"
