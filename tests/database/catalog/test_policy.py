"""A policy names persons whom identity knows."""

import pytest

from berth.kit.auth import Principal
from berth.kit.http.problem import Problem
from tests.database.catalog.conftest import Process
from tests.database.catalog.test_races import site


async def test_only_active_persons_are_named_by_a_policy(process: Process, actor: Principal) -> None:
    top = await site(process, actor, "Top")
    await process.rules.set_policy(actor, "site", top, {"approvers": [2]})
    for wrong, strangers in (
        ({"approvers": [2, 3]}, [3]),
        ({"escalates_to": [99]}, [99]),
        ({"approvers": [99], "escalates_to": [3]}, [3, 99]),
    ):
        with pytest.raises(Problem) as refused:
            await process.rules.set_policy(actor, "site", top, wrong)
        assert (refused.value.status, refused.value.kind) == (422, "unknown-approver")
        assert refused.value.more == {"person_ids": strangers}
    assert (await process.rules.policy("site", top))["own"] == {"approvers": [2]}
