"""The set-up page: plain HTML without scripts, readable on a phone."""

import base64
import hashlib
from collections.abc import Mapping
from html import escape

from fastapi import Response

from berth.kit.http.problem import Problem
from berth.modules.identity.domain.passwords import LENGTH_MAX, LENGTH_MIN
from berth.modules.identity.domain.people import (
    EMAIL_LENGTH_MAX,
    NAME_LENGTH_MAX,
    USERNAME_PATTERN,
    USERNAME_RULE,
    Account,
)

STYLE = """
:root { color-scheme: light dark; --ink: #16324a; --paper: #fff; --sea: #eef4f8; --line: #8aa3b5; --deep: #0b5c8a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #dbe7ef; --paper: #14222d; --sea: #0b151d; --line: #5b7487; --deep: #3b95c9; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; background: var(--sea); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 6vh auto; padding: 1.5rem; background: var(--paper); border-radius: .75rem; }
h1 { margin: 0 0 .5rem; font-size: 1.4rem; }
label { display: block; margin-top: 1rem; font-weight: 600; }
small { font-weight: 400; }
input { display: block; width: 100%; margin-top: .25rem; padding: .6rem; border: 1px solid var(--line);
  border-radius: .4rem; background: transparent; color: inherit; font: inherit; }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid var(--deep); outline-offset: 2px; }
button { width: 100%; margin-top: 1.5rem; padding: .75rem; border: 0; border-radius: .4rem; background: #0b5c8a;
  color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
[role=alert] { padding: .6rem .8rem; border-left: .25rem solid #c0392b; background: #c0392b22; }
code { overflow-wrap: anywhere; } a { color: var(--deep); }
"""

POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HTML_USERNAME_PATTERN = USERNAME_PATTERN.replace("-]", "\\-]")
"""Browsers read a pattern with the flag v, in which a lone hyphen in brackets is an error."""

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Berth</title>
<style>{style}</style>
<main>
<h1>{title}</h1>
{content}
</main>
</html>
"""

FORM = """<p>You hold the set-up link, so the first administrator's account is yours to make.</p>
{alert}
<form method="post" action="/setup">
<input type="hidden" name="token" value="{token}">
<label>E-mail address
<input name="email" type="email" required maxlength="{email_max}" autocomplete="email" value="{email}"></label>
<label>Your name <small>(optional)</small>
<input name="name" maxlength="{name_max}" autocomplete="name" value="{name}"></label>
<label>Username <small>(optional; otherwise made from the address)</small>
<input name="username" pattern="{username_pattern}" title="{username_rule}"
 autocapitalize="none" autocomplete="username" value="{username}"></label>
<label>Password <small>(at least {password_min} characters, not easily guessed)</small>
<input name="password" type="password" required minlength="{password_min}" maxlength="{password_max}"
 autocomplete="new-password"></label>
<button>Create the administrator</button>
</form>"""

DONE = """<p>The administrator <strong>{username}</strong> ({email}) is set up, and this link is used up. Next:</p>
<ol>
<li>Sign in: <code>berth auth login</code></li>
<li>Add a first resource: <code>berth resources create --help</code></li>
<li>Or speak to the <a href="/docs">API</a> directly.</li>
</ol>"""


def _page(status: int, title: str, content: str) -> Response:
    html = PAGE.format(title=escape(title), style=STYLE, content=content)
    return Response(html, status, {"Content-Security-Policy": POLICY}, "text/html; charset=utf-8")


def form(entered: Mapping[str, str], problem: Problem | None = None) -> Response:
    """Show the form with what was entered, save the password, and why it was not accepted."""
    values = {name: escape(entered.get(name, "")) for name in ("token", "email", "name", "username")}
    content = FORM.format(
        **values,
        alert=f'<p role="alert">{escape(problem.detail)}</p>' if problem else "",
        username_pattern=HTML_USERNAME_PATTERN,
        username_rule=USERNAME_RULE,
        name_max=NAME_LENGTH_MAX,
        email_max=EMAIL_LENGTH_MAX,
        password_min=LENGTH_MIN,
        password_max=LENGTH_MAX,
    )
    return _page(problem.status if problem else 200, "Set up Berth", content)


def refusal(problem: Problem) -> Response:
    """Show why there is no form."""
    return _page(problem.status, "No set-up here", f'<p role="alert">{escape(problem.detail)}</p>')


def done(account: Account) -> Response:
    """Show that it worked, and what to do next."""
    content = DONE.format(username=escape(account.username), email=escape(account.email))
    return _page(201, "Berth is set up", content)
