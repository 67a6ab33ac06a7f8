"""HTTP to one Berth: signs every request in, tries again what is safe to try again, tells refusals apart."""

import os
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from berth.edges.cli.credentials import Credentials, config_dir
from berth.edges.cli.failure import Misused, NotSignedIn, Refused, Unreachable

PREFIX = "/api/v1"
URL_DEFAULT = "http://127.0.0.1:8000"
TIMEOUT = httpx.Timeout(30.0, connect=5.0)
TRY_AGAIN_SECONDS = (0.3, 1.0)
PAGE_ITEMS_MAX = 200
_ADDRESS = re.compile(r"https?://(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?(/[^\s?#]*)?")

Params = Mapping[str, Any]


def server_url(given: str | None) -> str:
    """Answer the address of the server: the given one, without what people paste along with it."""
    url = (given or URL_DEFAULT).strip().rstrip("/").removesuffix(PREFIX)
    if not _ADDRESS.fullmatch(url):
        raise Misused(f"{url!r} is not the address of a server; write one such as {URL_DEFAULT}")
    return url


def connection(url: str) -> dict[str, Any]:
    """Answer how a client of httpx is set up for this server.

    A proxy is never asked for this very computer, and certificates are loaded only where there are any.
    """
    near = httpx.URL(url).host in ("127.0.0.1", "localhost", "::1")
    return {
        "base_url": f"{url}{PREFIX}/",
        "timeout": TIMEOUT,
        "trust_env": not near,
        "verify": url.startswith("https:"),
    }


def refusal(answer: httpx.Response) -> Refused:
    """Answer what a response of 400 and above says."""
    try:
        problem = answer.json()
    except ValueError:
        problem = {}
    return Refused(answer.status_code, problem if isinstance(problem, dict) else {}, answer.text)


class Server:
    """One Berth, spoken to as the person who is signed in there, or with the token of ``BERTH_TOKEN``."""

    def __init__(
        self,
        url: str,
        credentials: Credentials,
        *,
        token: str | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.url = url
        self.credentials = credentials
        self._token = token
        self._client = httpx.Client(**connection(url), transport=transport)

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def get(self, path: str, **params: Any) -> httpx.Response:
        """Ask; members of ``params`` that are none are left out."""
        return self.send("GET", path, params=params, again=True)

    def post(self, path: str, json: object = None, **more: Any) -> httpx.Response:
        """Create or do something."""
        return self.send("POST", path, json=json, **more)

    def patch(self, path: str, json: object, **more: Any) -> httpx.Response:
        """Change the members that ``json`` names."""
        return self.send("PATCH", path, json=json, **more)

    def put(self, path: str, json: object) -> httpx.Response:
        """Set something as a whole."""
        return self.send("PUT", path, json=json, again=True)

    def delete(self, path: str) -> httpx.Response:
        """Remove something."""
        return self.send("DELETE", path)

    def send(
        self, method: str, path: str, *, again: bool = False, anonymous: bool = False, **request: Any
    ) -> httpx.Response:
        """Send a request and answer the response if it is below 400, else raise.

        ``again`` says that sending it twice does no harm, so that a lost connection is tried anew.
        """
        if request.get("params"):
            request["params"] = {key: value for key, value in request["params"].items() if value not in (None, (), [])}
        token = None if anonymous else self.token()
        answer = self._try(method, path, token, again, request)
        if answer.status_code == 401 and token and not self._token:
            renewed = self.token(refused=token)
            answer = self._try(method, path, renewed, again, request)
        if answer.status_code >= 400:
            raise refusal(answer)
        return answer

    def token(self, refused: str = "") -> str:
        """Answer an access token that is good now; raise ``NotSignedIn`` without one."""
        if self._token:
            return self._token
        signed_in_before = self.credentials.find(self.url) is not None
        token = self.credentials.fresh(self.url, self._refresh, refused=refused)
        if token:
            return token
        raise NotSignedIn(
            f"You are not signed in at {self.url} any more."
            if signed_in_before
            else f"You are not signed in at {self.url}."
        )

    def every(self, path: str, **params: Any) -> list[dict[str, Any]]:
        """Answer all items of a list, page by page."""
        found: list[dict[str, Any]] = []
        cursor = None
        while True:
            page = self.get(path, **{**params, "limit": PAGE_ITEMS_MAX, "cursor": cursor}).json()
            found += page["items"]
            cursor = page.get("next_cursor")
            if not cursor:
                return found

    def page(self, path: str, *, everything: bool, **params: Any) -> httpx.Response | dict[str, Any]:
        """Answer one page of a list, or with ``everything`` all pages as if they were one."""
        if everything:
            return {"items": self.every(path, **params), "next_cursor": None}
        return self.get(path, **params)

    def download(self, path: str, **params: Any) -> Iterator[bytes]:
        """Answer a file part by part; members of ``params`` that are none are left out."""
        given = {key: value for key, value in params.items() if value is not None}
        headers = {"Authorization": f"Bearer {self.token()}"}
        try:
            with self._client.stream("GET", path, params=given, headers=headers) as answer:
                if answer.status_code >= 400:
                    answer.read()
                    raise refusal(answer)
                yield from answer.iter_bytes()
        except httpx.TransportError as error:
            raise Unreachable(self.url, reason_of(error)) from error

    def _refresh(self, refresh_token: str) -> Mapping[str, Any] | None:
        answer = self._try("POST", "token/refresh", None, False, {"json": {"refresh_token": refresh_token}})
        if answer.status_code >= 500 or answer.status_code == 429:
            raise refusal(answer)
        return answer.json() if answer.status_code == 200 else None

    def _try(
        self, method: str, path: str, token: str | None, again: bool, request: Mapping[str, Any]
    ) -> httpx.Response:
        headers = {**request.get("headers", {}), **({"Authorization": f"Bearer {token}"} if token else {})}
        waits = list(TRY_AGAIN_SECONDS) if again else []
        began = False
        while True:
            try:
                return self._client.request(method, path, **{**request, "headers": headers})
            except httpx.TransportError as error:
                began = began or not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
                if not waits or not began:
                    raise Unreachable(self.url, reason_of(error)) from error
                time.sleep(waits.pop(0))


def reason_of(error: httpx.TransportError) -> str:
    """Answer in a few words why there was no answer."""
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpx.ConnectError):
        return "connection refused" if "refused" in str(error) or "attempts failed" in str(error) else str(error)
    return str(error) or "connection lost"


def server_from(url: str | None, environment: Mapping[str, str] = os.environ) -> Server:
    """Answer the server of ``--url``, of ``BERTH_URL`` or of this computer, whichever is given first."""
    return Server(
        server_url(url or environment.get("BERTH_URL")),
        Credentials(config_dir(environment)),
        token=environment.get("BERTH_TOKEN"),
    )
