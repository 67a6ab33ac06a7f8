"""``berth gateway``: what it prints is what nginx takes."""

import asyncio
import json
import os
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from berth.app.gateway.routes import public_places
from berth.edges.gateway.table import services
from deploy.local.answering import free_ports
from deploy.local.process import Process, Program
from deploy.local.programs import find_program
from deploy.local.servers import worker_user
from tests import forking
from tests.needs import needs

ADDRESSES = [f"{name}=127.0.0.1:{9000 + number}" for number, name in enumerate(services(public_places()))]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)


@dataclass(frozen=True)
class Done:
    """What a command said."""

    returncode: int
    stdout: str
    stderr: str


def berth(*words: str, **variables: str) -> Done:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BERTH_")}
    return Done(*forking.run(["gateway", *words], {**clean, **variables}, Path.cwd(), ""))


def test_the_table_is_printed_for_people_and_for_programs() -> None:
    listed, told = berth("routes"), json.loads(berth("routes", "--json").stdout)
    assert {"service": "booking", "methods": ["GET"], "path": "/api/v1/free", "pattern": "^/api/v1/free$"} in told
    assert all(one["path"] in listed.stdout for one in told)
    assert not [one for one in told if one["path"].startswith(("/internal", "/metrics"))]


def test_nginx_takes_what_is_printed(tmp_path: Path) -> None:
    needs("nginx")
    printed = berth("nginx", "--listen", "127.0.0.1:1", BERTH_SERVICES=" ".join(ADDRESSES))
    (tmp_path / "nginx.conf").write_text(printed.stdout)
    words = [find_program("nginx"), "-e", "stderr", "-t", "-p", str(tmp_path), "-c", "nginx.conf"]
    tried = run(*words)
    assert tried.returncode == 0, tried.stderr
    assert "limit_req zone=address burst=5999 nodelay;" in printed.stdout
    assert "client_max_body_size 2000000;" in printed.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "booking, calendar, catalog, identity"),
        (["--tls-key", "key.pem"], "TLS needs both"),
        (["--listen", "here"], "is no address to listen on"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(words: list[str], said: str) -> None:
    done = berth("nginx", *words)
    assert done.returncode == 1
    assert done.stderr.startswith("berth: ")
    assert said in done.stderr


async def test_with_a_certificate_it_speaks_tls_and_insists_on_it(tmp_path: Path) -> None:
    needs("nginx", "openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
    named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    await asyncio.to_thread(run, *made, *named, "-keyout", str(key), "-out", str(certificate))
    (port,) = free_ports(1)
    words = ["--listen", f"127.0.0.1:{port}", "--tls-certificate", str(certificate), "--tls-key", str(key)]
    words += ["--no-access-log", *(["--user", user] if (user := worker_user()) else [])]
    printed = berth("nginx", *words, *(f"--service={one}" for one in ADDRESSES))
    (tmp_path / "nginx.conf").write_text(printed.stdout)
    trusted = ssl.create_default_context(cafile=certificate)
    trusted.set_alpn_protocols(["h2", "http/1.1"])
    protocols: list[str | None] = []

    async def speaks() -> bool:
        _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trusted, server_hostname="localhost")
        protocols.append(writer.get_extra_info("ssl_object").selected_alpn_protocol())
        writer.close()
        return True

    command = [find_program("nginx"), "-e", "stderr", "-p", str(tmp_path), "-c", "nginx.conf"]
    process = Process(Program("nginx", command, os.environ, tmp_path, speaks))
    try:
        await process.start()
        await process.wait_ready()
        asked = ["curl", "-si", "--cacert", str(certificate), f"https://localhost:{port}/nothing"]
        answer = (await asyncio.to_thread(run, *asked)).stdout.lower()
    finally:
        await process.stop()
    assert protocols[-1] == "h2"
    assert "strict-transport-security: max-age=31536000" in answer
    assert "application/problem+json" in answer
