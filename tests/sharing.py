"""How the tests share the workers of a run: what needs the same costly servers stays on one worker."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parent


def group_of(item: pytest.Item) -> str:
    """Answer the group of a test: all of a topology that has servers of its own, else those of one folder."""
    way = item.callspec.params.get("way", "") if hasattr(item, "callspec") else ""
    if way not in ("", "one process"):
        return way
    return item.path.parent.relative_to(TESTS).as_posix()


def share(items: list[pytest.Item]) -> None:
    """Mark every test with its group, and put the topologies first: they take the longest, and wait the most."""
    groups = {item: group_of(item) for item in items}
    for item, group in groups.items():
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: " on " not in groups[item])
