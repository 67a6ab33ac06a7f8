"""How the tests share the workers of a run: what needs the same costly servers stays on one worker."""

import re
from pathlib import PurePath

from xdist.scheduler import LoadScopeScheduling

TOPOLOGY = re.compile(r"\[(?:.*-)?([a-z ]+ on [A-Za-z]+)(?:-.*)?\]$")


def group_of(test_id: str) -> str:
    """Answer the group of a test: all of a topology that has servers of its own, else those of one folder."""
    topology = TOPOLOGY.search(test_id)
    return topology[1] if topology else PurePath(test_id.partition("::")[0]).parent.as_posix()


class Sharing(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Hands out the groups one by one, to whichever worker is idle."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def place(test_id: str) -> bool:
    """Answer where in the order a test stands: the topologies come first, for they take the longest."""
    return TOPOLOGY.search(test_id) is None
