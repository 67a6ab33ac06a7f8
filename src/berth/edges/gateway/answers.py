"""What the gateway answers itself: RFC 9457 problems, like those of every service behind it."""

from dataclasses import dataclass

from berth.kit.http.front import SAFE_HEADERS
from berth.kit.http.problem import MEDIA_TYPE, Problem
from berth.kit.http.reply import encode

FOLDER = "/.gateway"
"""Where the answers are inside of nginx; nobody outside can ask for them."""
SERVICE = "$service"
"""The variable of nginx that each place sets to the service that it leads to."""


@dataclass(frozen=True)
class Answer:
    """A problem, and the errors of nginx that it stands for."""

    name: str
    instead_of: tuple[int, ...]
    problem: Problem


def answers(*, body_bytes_max: int, rate_address_per_minute: int) -> list[Answer]:
    """Answer them all, in the words that a service has for the same."""
    wait_seconds = max(1, round(60 / max(1, rate_address_per_minute)))
    return [
        Answer("malformed", (400, 414, 494), Problem(400, "http", "This is no request that HTTP allows.")),
        Answer("nothing", (404,), Problem(404, "http", "There is nothing at this path; /docs describes the API.")),
        Answer("method", (405,), Problem(405, "http", "Method Not Allowed")),
        Answer("too-large", (413,), Problem(413, "too-large", f"A request may carry up to {body_bytes_max:,} bytes.")),
        Answer(
            "too-many",
            (429,),
            Problem(
                429,
                "too-many-requests",
                f"More than {rate_address_per_minute} such requests in a minute; try again in {wait_seconds} seconds.",
                headers={"Retry-After": str(wait_seconds)},
            ),
        ),
        Answer("internal", (500,), Problem(500, "internal", "Something went wrong at the gateway; it is logged.")),
        Answer(
            "service-away",
            (502, 503, 504),
            Problem(
                503,
                "service-away",
                f"This needs the service {SERVICE}, which does not answer at the moment. Try again.",
                headers={"Retry-After": "1"},
                more={"service": SERVICE},
            ),
        ),
    ]


def answer_lines(answer: Answer, more_headers: list[tuple[str, str]]) -> list[str]:
    """Answer the lines of configuration that let nginx give the answer."""
    problem = answer.problem
    headers = [
        *((name.decode(), value.decode()) for name, value in SAFE_HEADERS),
        *problem.headers.items(),
        ("X-Request-Id", "$request_id"),
        *more_headers,
    ]
    text = encode(problem.body()).decode().replace("\\", "\\\\").replace("'", "\\'")
    caught = " ".join(map(str, answer.instead_of))
    return [
        f"error_page {caught} ={problem.status} {FOLDER}/{answer.name};",
        f"location = {FOLDER}/{answer.name} {{",
        "    internal;",
        f"    default_type {MEDIA_TYPE};",
        *(f'    add_header {name} "{value}" always;' for name, value in headers),
        f"    return {problem.status} '{text}';",
        "}",
    ]
