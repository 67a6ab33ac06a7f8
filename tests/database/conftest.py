"""What the stateful tests are given."""

from collections.abc import Iterator

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal


@pytest.fixture
def portal() -> Iterator[BlockingPortal]:
    """An event loop in a thread of its own, for hypothesis is not asynchronous."""
    with start_blocking_portal() as portal:
        yield portal
