"""Policies: each member is that of the nearest place that sets it."""

import random

from hypothesis import given
from hypothesis import strategies as st

from berth.contracts.catalog import Policy
from berth.modules.catalog.domain.policy import (
    CONFIRMATIONS,
    MEMBERS,
    contradiction,
    effective,
    inherit,
    own_policy,
    persons_named,
)

LISTS = {
    "reservable_by": st.lists(st.sampled_from(["guest", "user", "admin"])),
    "confirmations": st.lists(st.sampled_from(CONFIRMATIONS)),
    "approvers": st.lists(st.integers(1, 9)),
    "escalates_to": st.lists(st.integers(1, 9)),
}
written = st.fixed_dictionaries(
    {},
    optional={name: LISTS.get(name, st.integers(1, 1000)) for name in MEMBERS},
)
layers = st.lists(written.map(own_policy), max_size=5)


@given(layers)
def test_every_member_comes_from_the_nearest_layer_that_sets_it(chain: list[dict]) -> None:
    policy = effective(inherit(chain))
    for member in MEMBERS:
        setting = [layer[member] for layer in chain if member in layer]
        expected = setting[-1] if setting else getattr(Policy(), member)
        found = getattr(policy, member)
        assert (list(found) == list(expected)) if member in LISTS else (found == expected)


@given(layers, layers)
def test_inheriting_step_by_step_is_inheriting_at_once(above: list[dict], below: list[dict]) -> None:
    assert inherit([inherit(above), inherit(below)]) == inherit([*above, *below])


@given(layers, st.sampled_from(sorted(LISTS)))
def test_an_empty_list_takes_the_place_of_what_stands_above(chain: list[dict], member: str) -> None:
    assert getattr(effective(inherit([*chain, own_policy({member: []})])), member) == ()


@given(layers, st.sampled_from(sorted(LISTS)))
def test_a_list_that_is_not_set_is_inherited_whole_and_never_mixed(chain: list[dict], member: str) -> None:
    policy = effective(inherit([own_policy({member: []}), *chain, own_policy({member: None})]))
    assert list(getattr(policy, member)) in [[], *(layer[member] for layer in chain if member in layer)]


@given(written, st.randoms())
def test_lists_that_mean_the_same_are_kept_the_same(members: dict, chance: random.Random) -> None:
    shuffled = {
        name: chance.sample(one * 2, len(one) * 2) if isinstance(one, list) else one for name, one in members.items()
    }
    assert own_policy(shuffled) == own_policy(members)
    assert own_policy(own_policy(members)) == own_policy(members)


def test_confirmations_stand_in_the_order_of_the_contract() -> None:
    own = own_policy({"confirmations": ["payment", "access", "approval", "payment"]})
    assert own == {"confirmations": ["approval", "access", "payment"]}


def test_who_approves_and_who_decides_after_them_are_all_persons_that_a_policy_names() -> None:
    assert persons_named({"approvers": [5, 2], "escalates_to": [2, 1], "minutes_max": 9}) == [1, 2, 5]


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
