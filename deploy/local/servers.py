"""The servers of others, each with all that it writes in a folder of its own and on this machine's own address."""

import os
from collections.abc import Mapping
from pathlib import Path

from deploy.local.answering import amqp_answers, http_answers, listens, nats_answers
from deploy.local.process import Program
from deploy.local.programs import find_program, find_rabbitmq

RABBITMQ_CONFIGURATION = """\
listeners.tcp.1 = 127.0.0.1:{port}
log.console = true
log.console.level = warning
disk_free_limit.absolute = 50MB
"""


def clean_environment() -> dict[str, str]:
    """Answer this environment without what was set for Berth."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BERTH_")}


def nats(folder: Path, port: int) -> Program:
    """Answer NATS with JetStream on disk."""
    words = [find_program("nats-server"), "-js", "-sd", str(folder), "-a", "127.0.0.1", "-p", str(port)]
    return Program("nats", words, clean_environment(), folder, lambda: nats_answers(port))


def nats_url(port: int) -> str:
    """Answer the URL for BERTH_BROKER_URL."""
    return f"nats://127.0.0.1:{port}"


def epmd(folder: Path, port: int) -> Program:
    """Answer Erlang's name server, which RabbitMQ would otherwise start and leave behind."""
    words = [find_program("epmd"), "-port", str(port), "-address", "127.0.0.1", "-relaxed_command_check"]
    return Program("epmd", words, clean_environment(), folder, lambda: listens(port))


def rabbitmq(folder: Path, port: int, *, cluster_port: int, epmd_port: int) -> Program:
    """Answer RabbitMQ as a node of its own, apart from one that the machine may run already."""
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "rabbitmq.conf"
    configuration.write_text(RABBITMQ_CONFIGURATION.format(port=port))
    plugins = folder / "enabled_plugins"
    plugins.write_text("[].\n")
    environment = {
        **{name: value for name, value in clean_environment().items() if not name.startswith("RABBITMQ_")},
        "HOME": str(folder),
        "ERL_EPMD_PORT": str(epmd_port),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_CONF_ENV_FILE": os.devnull,
        "RABBITMQ_CONFIG_FILE": str(configuration),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(plugins),
        "RABBITMQ_NODENAME": "berth@localhost",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(cluster_port),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        # Its script then becomes the server instead of standing before it.
        "RUNNING_UNDER_SYSTEMD": "true",
    }
    return Program("rabbitmq", [find_rabbitmq()], environment, folder, lambda: amqp_answers(port))


def rabbitmq_url(port: int) -> str:
    """Answer the URL for BERTH_BROKER_URL; ``guest`` may come from this machine alone."""
    return f"amqp://guest:guest@127.0.0.1:{port}/"


def nginx(folder: Path, port: int, configuration: str) -> Program:
    """Answer nginx with a configuration of the gateway."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nginx.conf").write_text(configuration)
    words = [find_program("nginx"), "-e", "stderr", "-p", str(folder), "-c", "nginx.conf"]
    return Program("nginx", words, clean_environment(), folder, lambda: http_answers(port))


def berth(
    name: str, words: list[str], folder: Path, port: int, environment: Mapping[str, str], *, where: Path
) -> Program:
    """Answer a process of Berth."""
    return Program(name, words, environment, folder, lambda: http_answers(port), where)


def worker_user() -> str | None:
    """Answer whom nginx's workers run as: ourselves, since another could not get into our folders."""
    return "root" if os.geteuid() == 0 else None
