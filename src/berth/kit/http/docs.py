"""The page that explains the API, with a browser's every request going to this server and nowhere else."""

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Response

from berth.kit.http.caller import Anyone
from berth.kit.http.problem import Problem

# Swagger UI's style sheet carries its icons as data, hence the one exception to 'self'.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Berth API</title>
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="page"></div>
<noscript>This page needs JavaScript; <a href="{openapi_path}">the OpenAPI document</a> says the same.</noscript>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""

START = """SwaggerUIBundle({
  url: new URL("%s", document.baseURI).href,
  dom_id: "#page",
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  validatorUrl: null
});
"""

ASSETS = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon-32x32.png": "image/png",
}


@cache
def _asset(name: str) -> bytes:
    return (files("fastapi_swagger") / "resources" / name).read_bytes()


def docs_router(openapi_url: str) -> APIRouter:
    """Answer the routes of ``/docs``, which read the OpenAPI document at this path.

    The page names everything relative to itself, so that it works below any path of a proxy.
    """
    router = APIRouter(include_in_schema=False, dependencies=[Anyone])
    openapi_path = openapi_url.lstrip("/")

    @router.get("/docs")
    async def page() -> Response:
        headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}
        return Response(PAGE.format(openapi_path=openapi_path), 200, headers, "text/html")

    @router.get("/docs/start.js")
    async def start() -> Response:
        return Response(START % openapi_path, media_type="text/javascript")

    @router.get("/docs/{name}")
    async def asset(name: str) -> Response:
        if name not in ASSETS:
            raise Problem(404, "not-found", "There is nothing here; the documentation is at /docs.")
        return Response(_asset(name), 200, {"Cache-Control": "public, max-age=86400"}, ASSETS[name])

    return router
