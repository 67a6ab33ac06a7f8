"""The files of Compose name what there is, and close what can be closed.

There may be no container engine, so the files are read as YAML and held against the settings and the
modules of Berth, the Dockerfile, and the example of their variables.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from berth.app.data_dir import read_secrets
from berth.app.modules import modules
from berth.app.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
FILES = ("compose.yaml", "compose.rabbitmq.yaml")
VARIABLE = re.compile(r"\$\{([A-Z_]+)(?::([-?])([^}]*))?\}")
KNOWN_KEYS = {
    "image", "build", "command", "user", "environment", "tmpfs", "volumes", "networks", "ports", "depends_on",
    "healthcheck", "profiles", "init", "read_only", "cap_drop", "security_opt", "restart", "stop_grace_period",
    "shm_size", "hostname",
}  # fmt: skip


def read(name: str) -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / name).read_text())


def services() -> dict[str, dict[str, Any]]:
    return read("compose.yaml")["services"]


def of_berth() -> dict[str, dict[str, Any]]:
    return {name: one for name, one in services().items() if "build" in one}


def of_profile(profile: str) -> set[str]:
    return {name for name, one in services().items() if profile in one["profiles"]}


@pytest.fixture(scope="module")
def module_names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    secrets = read_secrets(tmp_path_factory.mktemp("data"))
    return {one.name for one in modules(Settings.model_construct(), secrets)}


def test_small_is_one_process_and_its_database() -> None:
    assert of_profile("small") == {"berth", "database"}
    assert services()["berth"]["command"] == ["serve"]


def test_each_module_is_a_service_behind_the_gateway(module_names: set[str]) -> None:
    served = {name: one["command"] for name, one in services().items() if one.get("command", [""])[0] == "serve"}
    apart = {name: command for name, command in served.items() if command != ["serve"]}
    assert apart == {name: ["serve", name] for name in apart}
    assert apart.keys() == module_names
    assert of_profile("services") == {*apart, "gateway", "database", "broker"}
    addresses = f"{' '.join(f'{name}=http://{name}:8000' for name in apart)}"
    told = [services()[name]["environment"]["BERTH_SERVICES"] for name in (*apart, "gateway")]
    assert set(told) == {addresses}
    assert services()["gateway"]["depends_on"] == {name: {"condition": "service_healthy"} for name in apart}


def test_all_of_berth_is_built_from_the_one_dockerfile() -> None:
    stages = re.findall(r"^FROM \S+ AS (\S+)$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    for name, one in of_berth().items():
        assert (DEPLOY / one["build"]["context"] / one["build"]["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
        assert one["build"]["target"] in stages, name
        assert one["user"] == "10001:10001", name


@pytest.mark.parametrize("name", sorted(services()))
def test_a_container_may_do_no_more_than_it_must(name: str) -> None:
    one = services()[name]
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert not one.keys() & {"privileged", "cap_add", "network_mode", "pid", "ipc", "env_file"}
    assert one.keys() <= KNOWN_KEYS
    assert one["tmpfs"]


@pytest.mark.parametrize("name", sorted(services()))
def test_a_container_says_how_it_is_and_waits_for_those_that_it_needs(name: str) -> None:
    one = services()[name]
    # Images of Berth have their check from the Dockerfile.
    assert "build" in one or one["healthcheck"]["test"]
    for needed, how in one.get("depends_on", {}).items():
        assert how == {"condition": "service_healthy"}
        assert set(one["profiles"]) <= set(services()[needed]["profiles"])


def test_only_what_people_speak_to_is_published_and_on_this_machine_alone() -> None:
    published = {name: one["ports"] for name, one in services().items() if "ports" in one}
    assert published == {name: ["${PUBLISH:-127.0.0.1:8000}:8000"] for name in ("berth", "gateway")}
    inside = {name for name, one in services().items() if one["networks"] == ["inner"]}
    assert inside == services().keys() - published.keys()
    assert read("compose.yaml")["networks"]["inner"] == {"internal": True}


def test_every_setting_of_berth_is_one_that_it_has() -> None:
    known = {f"BERTH_{name.upper()}" for name in Settings.model_fields}
    given = {key for one in of_berth().values() for key in one["environment"] if key.startswith("BERTH_")}
    baked = set(re.findall(r"\b(BERTH_[A-Z_]+)=", (DEPLOY / "Dockerfile").read_text()))
    assert given | baked <= known


def test_volumes_are_named_and_the_secrets_are_shared() -> None:
    for file in FILES:
        document = read(file)
        mounted = {mount.split(":")[0] for one in document["services"].values() for mount in one.get("volumes", ())}
        assert mounted == document["volumes"].keys()
    keeping = {name for name, one in of_berth().items() if one.get("volumes") == ["data:/data"]}
    assert keeping == of_berth().keys() - {"gateway"}


def test_rabbitmq_takes_the_place_of_the_broker() -> None:
    ((name, other),) = read("compose.rabbitmq.yaml")["services"].items()
    assert name in services()
    assert other.keys() <= KNOWN_KEYS
    assert other["healthcheck"]["test"]


def test_the_example_explains_every_variable_with_its_default() -> None:
    text = "\n".join(re.sub(r"(?m)^\s*#.*$", "", (DEPLOY / file).read_text()) for file in FILES)
    used = {name: default if kind == "-" else "" for name, kind, default in VARIABLE.findall(text)}
    told = dict(re.findall(r"(?m)^#?([A-Z_]+)=(.*)$", (DEPLOY / ".env.example").read_text()))
    assert told.pop("COMPOSE_FILE") == ":".join(FILES)
    assert told.pop("BROKER_URL").startswith("amqp://")
    assert used.pop("BROKER_URL").startswith("nats://")
    assert told == used


def test_no_password_has_a_default() -> None:
    text = (DEPLOY / "compose.yaml").read_text() + (DEPLOY / "compose.rabbitmq.yaml").read_text()
    secret = {name: kind for name, kind, _ in VARIABLE.findall(text) if "PASSWORD" in name}
    assert set(secret.values()) == {"?"}
