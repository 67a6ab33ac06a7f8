"""For each rule a tree that breaks it and one that comes close to breaking it."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.tidy.rules import documents, shape, sizes, words
from tests.tidy.rules.source import Rule


@dataclass(frozen=True)
class Planted:
    """Files to plant, and the start of the one complaint that must follow; none if all is well."""

    rule: Rule
    files: Mapping[str, str]
    complaint: str | None = None


BOOKING = "src/berth/modules/booking"
WIRED = {f"{BOOKING}/module.py": '"""Wired."""\n'}
RECORD = "# 0001: a thing\n\n## Context\n\n## Decision\n\n## Alternatives\n\n## What enforces it\n"

BROKEN = [
    Planted(sizes.files_are_short, {"src/a.py": "x = 1\n" * 301}, "src/a.py: 301 lines"),
    Planted(sizes.files_are_short, {"tests/unit/test_a.py": "x = 1\n" * 301}, "tests/unit/test_a.py: 301 lines"),
    Planted(sizes.functions_are_short, {"bench/a.py": "def f():\n" + "    g()\n" * 50}, "bench/a.py:1: f has 51 lines"),
    Planted(
        sizes.functions_are_short,
        {"src/a.py": "class A:\n    async def f(self):\n" + "        g()\n" * 50},
        "src/a.py:2: f has 51 lines",
    ),
    Planted(sizes.folders_are_small, {f"src/many/m{n}.py": "" for n in range(13)}, "src/many: 13 files"),
    Planted(words.names_say_something, {"src/berth/kit/time_utils.py": ""}, "src/berth/kit/time_utils.py: the file"),
    Planted(words.names_say_something, {"src/a.py": "class SlotManager: ..."}, "src/a.py:1: SlotManager"),
    Planted(words.names_say_something, {"src/a.py": "def common_part(): ..."}, "src/a.py:1: common_part"),
    Planted(words.names_say_something, {"src/a.py": "class HTTPHelper: ..."}, "src/a.py:1: HTTPHelper"),
    Planted(words.no_banners, {"src/a.py": "x = 1\n# ======== Routes\n"}, "src/a.py:2"),
    Planted(words.no_banners, {"src/a.sql": "-- ---------\nselect 1"}, "src/a.sql:1"),
    Planted(words.nothing_left_over, {"src/a.py": "x = 1  # TODO: say why\n"}, "src/a.py:1"),
    Planted(words.nothing_left_over, {"Makefile": "all:\n# FIXME\n"}, "Makefile:2"),
    Planted(words.nothing_left_over, {"docs/a.md": "<" * 7 + " HEAD\n"}, "docs/a.md:1: a merge"),
    Planted(words.no_paths_of_one_machine, {"docs/a.md": "Run it in /" + "home/ada/berth."}, "docs/a.md:1"),
    Planted(words.no_paths_of_one_machine, {"src/a.py": "LOG = '/" + "tmp/berth.log'"}, "src/a.py:1"),
    Planted(shape.modules_have_one_shape, {f"{BOOKING}/api.py": ""}, f"{BOOKING}: there is no module.py"),
    Planted(shape.modules_have_one_shape, WIRED | {f"{BOOKING}/service.py": ""}, f"{BOOKING}/service.py: a module"),
    Planted(shape.modules_have_one_shape, WIRED | {f"{BOOKING}/models/a.py": ""}, f"{BOOKING}/models: a module"),
    Planted(shape.modules_have_one_shape, WIRED | {f"{BOOKING}/notes.md": ""}, f"{BOOKING}/notes.md: a module"),
    Planted(
        shape.modules_have_one_shape,
        WIRED | {f"{BOOKING}/store.py": "", f"{BOOKING}/store/a.py": ""},
        f"{BOOKING}/store: a role",
    ),
    Planted(
        shape.sql_stands_in_store,
        {f"{BOOKING}/usecases/a.py": 'x = db.fetch("""\n    select id\n    from booking.reservation\n""")'},
        f"{BOOKING}/usecases/a.py:1",
    ),
    Planted(
        shape.sql_stands_in_store,
        {f"{BOOKING}/api.py": 'def f(table):\n    return f"insert into {table} values (1)"'},
        f"{BOOKING}/api.py:2",
    ),
    Planted(
        shape.sql_stands_in_store,
        {f"{BOOKING}/jobs.py": 'def f(table):\n    return f"select id from {table}"'},
        f"{BOOKING}/jobs.py:2",
    ),
    Planted(shape.sql_stands_in_store, {"src/berth/edges/a.py": 'x = "delete from booking.hold"'}, "src/berth/edges"),
    Planted(shape.sql_is_quiet_and_explicit, {f"{BOOKING}/store.py": 'x = "select id FROM a "'}, BOOKING),
    Planted(shape.sql_is_quiet_and_explicit, {f"{BOOKING}/store.py": 'x = "select * from a "'}, BOOKING),
    Planted(
        shape.sql_is_quiet_and_explicit,
        {f"{BOOKING}/store.py": 'x = "insert into a (b) select 1 returning *"'},
        BOOKING,
    ),
    Planted(shape.packages_only_introduce, {"src/a/__init__.py": '"""A."""\nfrom a import b\n'}, "src/a/__init__.py"),
    Planted(shape.packages_only_introduce, {"src/a/__init__.py": ""}, "src/a/__init__.py"),
    Planted(
        shape.migrations_are_in_line, {f"{BOOKING}/migrations/1_tables.sql": ""}, f"{BOOKING}/migrations/1_tables.sql"
    ),
    Planted(
        shape.migrations_are_in_line,
        {f"{BOOKING}/migrations/0001_pre_a.sql": "", f"{BOOKING}/migrations/0003_pre_b.sql": ""},
        f"{BOOKING}/migrations/0003_pre_b.sql: number 0002",
    ),
    Planted(
        shape.migrations_are_in_line,
        {f"{BOOKING}/migrations/0001_pre_a.sql": "", f"{BOOKING}/migrations/0001_pre_b.sql": ""},
        f"{BOOKING}/migrations/0001_pre_b.sql: number 0002",
    ),
    Planted(
        shape.routes_keep_their_annotations,
        {"src/a.py": "from __future__ import annotations\nfrom fastapi import APIRouter\nrouter = APIRouter()\n"},
        "src/a.py",
    ),
    Planted(shape.tests_assert, {"tests/test_a.py": "def test_a():\n    print(1)\n"}, "tests/test_a.py"),
    Planted(documents.links_lead_somewhere, {"docs/a.md": "[see](../b.md#there)"}, "docs/a.md: ../b.md#there"),
    Planted(documents.records_have_one_form, {"docs/adr/first.md": RECORD}, "docs/adr/first.md: name"),
    Planted(
        documents.records_have_one_form,
        {"docs/adr/0001-a.md": RECORD.replace("## Alternatives\n", "")},
        "docs/adr/0001-a.md: the part '## Alternatives'",
    ),
    Planted(
        documents.the_lock_names_no_registry,
        {"requirements.lock": "--index-url https://packages.example.org/simple\na==1\n"},
        "requirements.lock:1",
    ),
]

CLOSE = [
    Planted(sizes.files_are_short, {"src/a.py": "x = 1\n" * 300, "docs/a.md": "x\n" * 400}),
    Planted(sizes.functions_are_short, {"src/a.py": "def f():\n" + "    g()\n" * 49}),
    Planted(sizes.folders_are_small, {f"src/many/m{n}.py": "" for n in range(12)}),
    Planted(words.names_say_something, {"src/a.py": "class Commons: ...\ndef manage(): ...\ncommon = 1\n"}),
    Planted(words.no_banners, {"src/a.py": "x = '# ====='\n# a -- b\n", "docs/a.md": "| -- |\n----\n"}),
    Planted(words.nothing_left_over, {"src/a.py": "x = '# TODO'  # todo lists are text\n"}),
    Planted(words.no_paths_of_one_machine, {"docs/a.md": "/var/lib/berth, ./work/a, https://a.org/home/x\n"}),
    Planted(
        shape.modules_have_one_shape,
        WIRED
        | {f"{BOOKING}/{name}": "" for name in ("__init__.py", "api/a.py", "jobs.py", "migrations/0001_pre_a.sql")},
    ),
    Planted(
        shape.sql_stands_in_store,
        {
            f"{BOOKING}/store/a.py": 'x = "select id from booking.hold "',
            "src/berth/kit/a.py": 'x = "delete from outbox"',
            "src/berth/app/a.py": 'x = "select rolname from pg_roles"\ny = "select extract(epoch from now())"\n',
            f"{BOOKING}/api.py": '"""Select one from many."""\nx = "Choose one from the list."\n',
        },
    ),
    Planted(
        shape.sql_is_quiet_and_explicit,
        {f"{BOOKING}/store.py": 'x = "select count(*) from a "\ny = "NOTHING SELECTED FROM HERE"\n'},
    ),
    Planted(shape.packages_only_introduce, {"src/a/__init__.py": '"""A."""\n', "tests/__init__.py": ""}),
    Planted(
        shape.migrations_are_in_line,
        {f"{BOOKING}/migrations/0001_pre_a.sql": "", f"{BOOKING}/migrations/0002_post_b.sql": ""},
    ),
    Planted(shape.routes_keep_their_annotations, {"src/a.py": "from __future__ import annotations\n"}),
    Planted(
        shape.tests_assert,
        {
            "tests/test_a.py": "def test_a():\n    assert a\n",
            "tests/test_b.py": "def test_b():\n    with pytest.raises(ValueError): ...\n",
            "tests/conftest.py": "",
        },
    ),
    Planted(
        documents.links_lead_somewhere,
        {"docs/a.md": "[b](../b.md) [c](https://example.org) [d](#here) [e](sub/)", "b.md": "", "docs/sub/e.md": ""},
    ),
    Planted(documents.records_have_one_form, {"docs/adr/0001-a.md": RECORD, "docs/adr/README.md": ""}),
    Planted(
        documents.the_lock_names_no_registry, {"requirements.lock": "a==1 \\\n    --hash=sha256:ab\n    # via b\n"}
    ),
]

RULES = list(dict.fromkeys(one.rule for one in BROKEN))
