"""The configuration of nginx: one origin, whose every place leads to the service that answers there.

It is to be used as ``nginx -e stderr -p FOLDER -c nginx.conf``: all files that nginx writes are in that
folder, no user but the present one is needed, it stays in the foreground and logs to standard error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from berth.edges.gateway.answers import FOLDER, SERVICE, answer_lines, answers
from berth.edges.gateway.table import GatewayRefused, Place, services

SOCKET_SERVICE, SOCKET_PATH = "live", "/ws"
SERVICE_KEEPS_SECONDS = 4
"""How long an idle connection to a service is kept: less than the 5 s after which the service closes it."""
FEEDS = "/api/v1/calendars/feeds/"
HSTS = ("Strict-Transport-Security", "max-age=31536000")
# What reaches a service must be what nginx decided about. Dots that go up would be resolved by nginx
# alone, so a path that has them is refused.
UPWARDS = r"~*^[^?]*(/|%2f)(\.|%2e){1,2}(/|%2f|\?|$)"


@dataclass(frozen=True)
class Options:
    """What an operator decides about the gateway.

    ``addresses`` are host and port by service, ``tls`` the files of the certificate and its key, ``user``
    whom the workers run as if nginx is started by root.
    """

    listen: str
    addresses: Mapping[str, str]
    body_bytes_max: int
    rate_address_per_minute: int
    tls: tuple[str, str] | None = None
    connections: int = 8192
    access_log: bool = True
    user: str | None = None


def configuration(places: Sequence[Place], options: Options) -> str:
    """Answer the text of ``nginx.conf``; raise ``GatewayRefused`` if a service has no address."""
    wanted, given = set(services(places)), set(options.addresses)
    if missing := sorted(wanted - given):
        raise GatewayRefused(
            f"It is not said where to find {', '.join(missing)}: give --service {missing[0]}=HOST:PORT for each, "
            "or set BERTH_SERVICES."
        )
    if unknown := sorted(given - wanted - {SOCKET_SERVICE}):
        raise GatewayRefused(f"There is no service {unknown[0]}; there are {', '.join(sorted(wanted))}.")
    lines = [
        *_process(options),
        "http {",
        *_indented(_http(options)),
        *_indented(chain.from_iterable(_upstream(name, at) for name, at in sorted(options.addresses.items()))),
        "    server {",
        *_indented(_indented(_server(places, options))),
        "    }",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _indented(lines: Sequence[str] | chain[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def _process(options: Options) -> list[str]:
    return [
        *([f"user {options.user};"] if options.user else []),
        "daemon off;",
        "pid nginx.pid;",
        "error_log stderr warn;",
        "worker_processes auto;",
        # Each connection is an open file here and another one to its service.
        f"worker_rlimit_nofile {2 * options.connections};",
        "worker_shutdown_timeout 10s;",
        "events {",
        f"    worker_connections {options.connections};",
        "}",
    ]


def _http(options: Options) -> list[str]:
    log_format = (
        '{"address":"$remote_addr","event":"request","method":"$request_method","path":"$logged_path","status":$status,'
        '"seconds":$request_time,"service":"$proxy_host","request_id":"$upstream_http_x_request_id",'
        '"timestamp":"$time_iso8601"}'
    )
    rate = options.rate_address_per_minute
    return [
        *(f"{one}_temp_path {one}_temp;" for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")),
        # Whoever knows the address of a calendar feed may read it: it is no matter for a log.
        f'map $uri $logged_path {{ default $uri; "~^{FEEDS}" {FEEDS}...; }}',
        f"log_format berth escape=json '{log_format}';",
        "access_log /dev/stderr berth;" if options.access_log else "access_log off;",
        "server_tokens off;",
        "merge_slashes off;",
        "tcp_nodelay on;",
        "keepalive_timeout 65s;",
        "client_header_timeout 10s;",
        "client_body_timeout 30s;",
        "client_body_buffer_size 64k;",
        f"client_max_body_size {options.body_bytes_max};",
        "send_timeout 30s;",
        "proxy_http_version 1.1;",
        "proxy_connect_timeout 2s;",
        "proxy_send_timeout 30s;",
        "proxy_read_timeout 60s;",
        f'map $request_uri $goes_up {{ default 0; "{UPWARDS}" 1; }}',
        'map $http_upgrade $connection_upgrade { default upgrade; "" ""; }',
        *(_rate(rate) if rate else []),
    ]


def _rate(per_minute: int) -> list[str]:
    """Limit whoever is not signed in, as each service does; a wrong token is counted by the service."""
    burst = f" burst={per_minute - 1} nodelay" if per_minute > 1 else ""
    return [
        'map $http_authorization $address_not_signed_in { "" $binary_remote_addr; default ""; }',
        f"limit_req_zone $address_not_signed_in zone=address:10m rate={per_minute}r/m;",
        f"limit_req zone=address{burst};",
        "limit_req_status 429;",
        "limit_req_log_level info;",
    ]


def _upstream(name: str, address: str) -> list[str]:
    return [
        f"upstream berth_{name} {{",
        f"    server {address};",
        "    keepalive 32;",
        f"    keepalive_timeout {SERVICE_KEEPS_SECONDS}s;",
        "}",
    ]


def _server(places: Sequence[Place], options: Options) -> list[str]:
    secure = [HSTS] if options.tls else []
    told = answers(body_bytes_max=options.body_bytes_max, rate_address_per_minute=options.rate_address_per_minute)
    return [
        f"listen {options.listen}{' ssl http2' if options.tls else ''};",
        *(_tls(*options.tls) if options.tls else []),
        *(f'add_header {name} "{value}" always;' for name, value in secure),
        *_forwarded("$http_host", connection='""'),
        f"if ($goes_up) {{ rewrite ^ {FOLDER}/nothing; }}",
        *chain.from_iterable(answer_lines(one, secure) for one in told),
        *map(_location, places),
        *(_socket() if SOCKET_SERVICE in options.addresses else []),
        "location / { return 404; }",
    ]


def _tls(certificate: str, key: str) -> list[str]:
    return [
        f"ssl_certificate {_quoted(certificate)};",
        f"ssl_certificate_key {_quoted(key)};",
        "ssl_protocols TLSv1.2 TLSv1.3;",
        "ssl_session_cache shared:tls:10m;",
        "ssl_session_tickets off;",
    ]


def _forwarded(host: str, *, connection: str) -> list[str]:
    """Say who asks; what a client says of itself is replaced, so that nobody chooses an address to be counted under."""
    return [
        f"proxy_set_header Host {host};",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        f"proxy_set_header X-Forwarded-Host {host};",
        'proxy_set_header Forwarded "";',
        'proxy_set_header X-Real-IP "";',
        f"proxy_set_header Connection {connection};",
    ]


def _location(place: Place) -> str:
    where = f"= {place.path}" if place.is_exact else f'~ "{place.pattern}"'
    return f"location {where} {{ set {SERVICE} {place.service}; proxy_pass http://berth_{place.service}; }}"


def _socket() -> list[str]:
    return [
        f"location = {SOCKET_PATH} {{",
        *_indented(_forwarded("$http_host", connection="$connection_upgrade")),
        "    proxy_set_header Upgrade $http_upgrade;",
        "    proxy_read_timeout 1h;",
        "    proxy_send_timeout 1h;",
        f"    set {SERVICE} {SOCKET_SERVICE};",
        f"    proxy_pass http://berth_{SOCKET_SERVICE};",
        "}",
    ]


def _quoted(path: str) -> str:
    if any(one in path for one in '"$\\') or not path.isprintable():
        raise GatewayRefused(f"nginx cannot read a file of this name: {path}")
    return f'"{path}"'
