"""Policies: each member is that of the nearest place that sets it."""

from hypothesis import given
from hypothesis import strategies as st

from berth.contracts.catalog import Policy
from berth.modules.catalog.domain.policy import MEMBERS, contradiction, effective, inherit, own_policy

layers = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            **{name: st.integers(1, 1000) for name in MEMBERS if name != "reservable_by"},
            "reservable_by": st.lists(st.sampled_from(["guest", "user", "admin"])),
        },
    ).map(own_policy),
    max_size=5,
)


@given(layers)
def test_every_member_comes_from_the_nearest_layer_that_sets_it(chain: list[dict]) -> None:
    policy = effective(inherit(chain))
    for member in MEMBERS:
        setting = [layer[member] for layer in chain if member in layer]
        expected = setting[-1] if setting else getattr(Policy(), member)
        found = getattr(policy, member)
        assert (list(found) == list(expected)) if member == "reservable_by" else (found == expected)


@given(layers, layers)
def test_inheriting_step_by_step_is_inheriting_at_once(above: list[dict], below: list[dict]) -> None:
    assert inherit([inherit(above), inherit(below)]) == inherit([*above, *below])


def test_nobody_sets_anything_means_no_limit() -> None:
    assert effective(inherit([])) == Policy()


def test_null_is_not_set_and_zero_is() -> None:
    assert own_policy({"minutes_min": None, "setup_minutes": 0}) == {"setup_minutes": 0}


def test_nobody_but_administrators_may_be_allowed() -> None:
    assert effective(own_policy({"reservable_by": []})).reservable_by == ()


def test_a_contradiction_names_both_members() -> None:
    held = inherit([{"minutes_min": 60}, {"minutes_max": 30}])
    assert contradiction(held) == "minutes_min (60) is more than minutes_max (30)"
    assert contradiction({"minutes_min": 30, "minutes_max": 30}) is None
