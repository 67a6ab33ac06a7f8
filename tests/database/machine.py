"""What the stateful tests have in common: rules that ask Berth, from hypothesis, in order."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from anyio.from_thread import BlockingPortal
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from berth.kit.http.problem import Problem
from tests.scale import SCALE

Answer = TypeVar("Answer")


class Machine(RuleBasedStateMachine):
    """Rules that ask Berth, which is asynchronous and lives in the portal's loop, where hypothesis is not."""

    def __init__(self, portal: BlockingPortal) -> None:
        super().__init__()
        self.portal = portal

    def do(self, verb: Callable[..., Awaitable[Answer]], *given: Any, **more: Any) -> Answer | Problem:
        """Answer what the verb answers, or the problem with which it refused."""

        async def call() -> Answer | Problem:
            try:
                return await verb(*given, **more)
            except Problem as problem:
                return problem

        return self.portal.call(call)


def emptying(*tables: str) -> str:
    """Answer the statements that empty these tables of booking."""
    return ";".join(f"delete from booking.{table}" for table in tables)


def search(machine: Callable[[], Machine], *, steps: int) -> None:
    """Look for an order of the rules in which one fails; the same orders each time unless the scale is raised."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30 * SCALE,
            stateful_step_count=steps,
            derandomize=SCALE == 1,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
