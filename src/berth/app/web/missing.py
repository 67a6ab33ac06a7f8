"""The page that stands where the web app would be, if it was not built."""

import base64
import hashlib

from fastapi import Response

STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; padding: 1rem; background: light-dark(#eef4f8, #0b151d); color: light-dark(#16324a, #dbe7ef);
  font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 8vh auto; }
code { overflow-wrap: anywhere; } a { color: light-dark(#0b5c8a, #7cc4ee); }
"""
POLICY = (
    f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE = f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Berth: the web app is not built</title>
<style>{STYLE}</style>
<main>
<h1>The web app is not built</h1>
<p>Berth itself works: the <a href="/docs">HTTP API</a> and the command line <code>berth</code> do everything.</p>
<p>Whoever runs it builds the app with <code>make web</code>, which says what is in the way, and then starts
Berth again. It needs npm's registry, and takes Node from PyPI if the machine has none.</p>
<p>The first administrator can be made without the app: <code>berth admin create --token …</code></p>
</main>
</html>
"""


def not_built() -> Response:
    """Answer the page, as something that is unavailable."""
    headers = {"Content-Security-Policy": POLICY, "Retry-After": "60"}
    return Response(PAGE, 503, headers, "text/html; charset=utf-8")
