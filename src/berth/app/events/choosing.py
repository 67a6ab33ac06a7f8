"""Which dead letters an operator means."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from berth.kit.outbox.dead_letters import DeadLetter
from berth.kit.refusal import Refused

EVENT_ID = re.compile(r"[a-z_]+/[0-9]{1,18}", re.ASCII)
LISTED = "`berth events dead` lists them"


@dataclass(frozen=True)
class Choice:
    """What the operator said. ``ids`` are such as ``booking/42``; ``module`` tells groups of one name apart."""

    group: str | None
    ids: Sequence[str]
    everything: bool
    module: str | None


def choose(choice: Choice, letters: Sequence[DeadLetter], groups: Sequence[str]) -> list[DeadLetter]:
    """Answer the dead letters that are meant; ``groups`` are the names of those there are.

    What is not there, or not said clearly, is refused as a whole.
    """
    _check(choice, {*groups, *(one.group for one in letters)})
    mine = [
        one
        for one in letters
        if choice.group in {None, one.group}
        and choice.module in {None, one.schema}
        and (choice.everything or one.envelope.id in choice.ids)
    ]
    found = Counter(one.envelope.id for one in mine)
    missing = sorted({*choice.ids} - found.keys())
    if missing:
        raise Refused(f"{choice.group} has no dead letter {', '.join(missing)}; {LISTED}.")
    if not mine:
        raise Refused("There are no such dead letters; `berth events lag` shows what waits and what failed.")
    twice = [] if choice.everything else [id_ for id_, count in found.items() if count > 1]
    if twice:
        owners = sorted({one.schema for one in mine if one.envelope.id == twice[0]})
        raise Refused(
            f"{choice.group} is a group of {' and '.join(owners)}, and both have {twice[0]}: add --module {owners[0]}."
        )
    return mine


def _check(choice: Choice, groups: set[str]) -> None:
    if choice.group is not None and choice.group not in groups:
        there = f"there are {', '.join(sorted(groups))}" if groups else "no module listens to events"
        raise Refused(f"There is no group {choice.group}; {there}.")
    if choice.everything == bool(choice.ids):
        raise Refused("Say which dead letters: a group and the ids of its events, or --all, not both.")
    strange = [one for one in choice.ids if not EVENT_ID.fullmatch(one)]
    if strange:
        raise Refused(f"{strange[0]!r} is not the id of an event, which is one such as booking/42; {LISTED}.")
