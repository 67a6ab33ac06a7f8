"""Searching the catalogue, and what its resources inherit."""

from berth.contracts.catalog import ResourceQuery
from berth.modules.catalog.domain.directory import Directory, directory
from berth.modules.catalog.domain.opening import read_opening
from berth.modules.catalog.domain.sites import place
from berth.modules.catalog.domain.soundness import faults
from tests.unit.catalog.resources import record, site

WEEKDAY = read_opening({"weekly": {"monday": [["08:00", "20:00"]]}})
NIGHT = read_opening({"weekly": {"monday": [["20:00", "24:00"]]}})

SITES = [
    site(1, "Campus Nord", timezone="Europe/Rome", policy={"minutes_max": 60, "setup_minutes": 5}, opening=WEEKDAY),
    site(2, "Biblioteca", 1, policy={"minutes_max": 120}),
    site(3, "Außen", timezone="Europe/Berlin"),
]


def example() -> Directory:
    return directory(
        place(SITES),
        [
            record(1, "Sala Caffè", site_id=2, capacity=4, tags=("projector", "quiet"), timezone=None),
            record(2, "Aula B", site_id=1, capacity=40, tags=("projector",), policy={"minutes_max": 30}),
            record(3, "Laser", kind="equipment", description="Second floor, ask at the desk"),
            record(4, "Aula A", site_id=3, capacity=10, opening=NIGHT),
            record(5, "Aula vecchia", site_id=1, capacity=50, retired=True),
        ],
    )


def found(**query: object) -> list[int]:
    return [entry.resource.id for entry in example().search(ResourceQuery(**query))]


def test_all_are_found_by_name_but_the_retired() -> None:
    assert found() == [4, 2, 3, 1]


def test_text_is_found_without_case_and_accents_in_every_place() -> None:
    assert found(text="CAFFE") == [1]
    assert found(text="aussen") == [4]
    assert found(text="biblio") == [1]
    assert found(text="desk") == [3]
    assert found(text="equip") == [3]
    assert found(text="quiet") == [1]


def test_all_words_must_occur() -> None:
    assert found(text="aula nord") == [2]
    assert found(text="aula laser") == []


def test_a_site_includes_the_sites_below_it() -> None:
    assert found(site_id=1) == [2, 1]
    assert found(site_id=2) == [1]
    assert found(site_id=99) == []


def test_all_tags_must_be_there() -> None:
    assert found(tags=("projector",)) == [2, 1]
    assert found(tags=("projector", "quiet")) == [1]


def test_capacity_kind_and_ids_narrow_further() -> None:
    assert found(capacity_min=10) == [4, 2]
    assert found(kind="equipment") == [3]
    assert found(ids=(1, 2, 5, 77), capacity_min=5) == [2]


def test_a_page_goes_on_behind_its_key() -> None:
    assert [entry.key for entry in example().search(ResourceQuery(), after=("Aula B", 2))] == [
        ("Laser", 3),
        ("Sala Caffè", 1),
    ]


def test_rules_are_inherited_from_the_nearest_site_that_sets_them() -> None:
    by_id = example().by_id
    cafe = by_id[1].resource
    assert (cafe.timezone, cafe.site_path) == ("Europe/Rome", ("Campus Nord", "Biblioteca"))
    assert (cafe.policy.minutes_max, cafe.policy.setup_minutes, cafe.opening) == (120, 5, WEEKDAY)
    assert (by_id[2].resource.policy.minutes_max, by_id[2].resource.policy.setup_minutes) == (30, 5)
    assert by_id[3].resource.opening is None
    assert by_id[4].resource.opening == NIGHT


def test_sites_are_in_tree_order() -> None:
    assert [place.path for place in example().places.values()] == [
        ("Außen",),
        ("Campus Nord",),
        ("Campus Nord", "Biblioteca"),
    ]


def test_a_replaced_resource_takes_its_new_place() -> None:
    renamed = example().with_records([record(4, "Zaal")])
    assert [entry.resource.name for entry in renamed.search(ResourceQuery())][-1] == "Zaal"
    assert len(renamed.entries) == 5


def test_faults_name_resources_without_a_zone_and_rules_that_contradict() -> None:
    places = place([*SITES, site(4, "Nowhere", policy={"minutes_min": 90})])
    found = faults(
        places,
        [
            record(1, "R1", site_id=4, timezone=None),
            record(2, "R2", site_id=4, policy={"minutes_max": 30}),
            record(3, "R3", site_id=1, timezone=None, policy={"minutes_min": 60}),
        ],
    )
    assert [(one.where, one.kind) for one in found] == [("R1", "timezone-missing"), ("R2", "policy-contradiction")]
