"""Serves the web app: its files, and its one page at every path that is nobody else's."""

from hashlib import sha256

import structlog
from fastapi import APIRouter, Request, Response
from starlette.convertors import Convertor, register_url_convertor

from berth.app.web.built import INDEX, App
from berth.app.web.missing import not_built
from berth.app.web.policy import NONCE, content_security_policy, new_nonce
from berth.kit.http.caller import Anyone
from berth.kit.http.problem import Problem

NOT_PAGES = ("api", "caldav", "docs", "health", "internal", "metrics", "ready", "ws")
"""First segments of paths that are not the app's, whether there is a route or not."""
READING = ["GET", "HEAD"]
"""HEAD is what monitors and those who check links ask with; the server leaves the body out."""
HASHED = "assets/"
"""Files below carry a hash of their content in their name: whoever has one never needs to ask again."""


class PageConvertor(Convertor[str]):
    """A path of the app: whole segments, none of which begins with a dot, and not one that is somebody else's."""

    regex = rf"(?!(?:{'|'.join(NOT_PAGES)})(?:/|$))[^/.][^/]*(?:/[^/.][^/]*)*/?"

    def convert(self, value: str) -> str:
        """Answer the path."""
        return value

    def to_string(self, value: str) -> str:
        """Answer the path."""
        return value


register_url_convertor("page", PageConvertor())


def web_router(app: App) -> APIRouter:
    """Answer the routes of the app; they come behind all others."""
    router = APIRouter(include_in_schema=False, dependencies=[Anyone])

    @router.api_route("/", methods=READING)
    async def start() -> Response:
        return _page(app)

    @router.api_route("/{path:page}", methods=READING)
    async def at(path: str, request: Request) -> Response:
        file = None if path == INDEX else app.file(path)
        if file is None:
            if path.startswith(HASHED):
                raise Problem(404, "not-found", "There is no such file; an older app asks for it: load the page anew.")
            return _page(app)
        encoding, body = file.best(request.headers.get("accept-encoding", ""))
        headers = _caching(path, body, encoding)
        if "ETag" in headers and request.headers.get("if-none-match") == headers["ETag"]:
            return Response(None, 304, headers)
        if encoding != "identity":
            headers["Content-Encoding"] = encoding
        return Response(body, 200, headers, file.media_type)

    return router


def log_if_missing(app: App) -> None:
    """Say in the log that there is no app, for whoever wonders."""
    if not app.is_built:
        structlog.get_logger().warning("web_app_not_built", mend="make web, or a wheel that has it")


def _page(app: App) -> Response:
    file = app.file(INDEX)
    if file is None:
        return not_built()
    nonce = new_nonce()
    headers = {"Content-Security-Policy": content_security_policy(nonce), "Cache-Control": "no-cache"}
    page = file.bodies["identity"].decode().replace(NONCE, nonce)
    return Response(page, 200, headers, "text/html; charset=utf-8")


def _caching(path: str, body: bytes, encoding: str) -> dict[str, str]:
    if path.startswith(HASHED):
        return {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    tag = f'"{sha256(body).hexdigest()[:16]}-{encoding}"'
    return {"Cache-Control": "no-cache", "Vary": "Accept-Encoding", "ETag": tag}
