"""The CalDAV tree: read with HTTP Basic, by a username and an app password."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import unquote, urlsplit

from fastapi import APIRouter, Depends, Header, Request, Response

from berth.kit.http.caller import AllowAnyone, Anyone, address_of, part
from berth.kit.http.problem import Problem
from berth.kit.reading.xml import Element, NotXml, read_xml
from berth.modules.calendar.domain.dav import nodes
from berth.modules.calendar.domain.dav.asked import NotSupported, Wanted, hrefs, query, wanted
from berth.modules.calendar.domain.dav.nodes import Node, Person
from berth.modules.calendar.domain.dav.xml import BOUNDS, CALDAV, DAV, document, element, text_of
from berth.modules.calendar.domain.items import Item
from berth.modules.calendar.domain.writing import MEDIA_TYPE, calendar_text
from berth.modules.calendar.usecases.collection import Collection
from berth.modules.calendar.usecases.passwords import AppPasswords

router = APIRouter(include_in_schema=False)

XML_TYPE = "application/xml; charset=utf-8"
WHERE_ROOT = nodes.ROOT
CREDENTIALS_MAX = 500
HEADERS = {"DAV": "1, 3, calendar-access", "Cache-Control": "private, no-cache"}
PRINCIPAL, HOME, CALENDAR = (
    "/caldav/principals/{person_id:id}/",
    "/caldav/calendars/{person_id:id}/",
    "/caldav/calendars/{person_id:id}/reservations/",
)
ITEM = CALENDAR + "{reservation_id:id}.ics"
Depth = Annotated[str, Header(max_length=20)]


class AllowAppPassword(AllowAnyone):
    """A dependency that lets those pass who send a username and one of that person's app passwords."""

    async def __call__(self, request: Request) -> None:
        """Note who calls; raise 401 with a challenge for Basic, 429 over the limits."""
        await super().__call__(request)
        passwords: AppPasswords = request.app.state.parts[AppPasswords]
        credentials = _credentials(request.headers.get("authorization", ""))
        person = await passwords.owner(*credentials, address_of(request)) if credentials else None
        if person is None:
            raise Problem(
                401,
                "app-password-refused",
                "Sign in with your username and an app password: make one at POST /api/v1/calendars/app-passwords.",
                headers={"WWW-Authenticate": 'Basic realm="Berth", charset="UTF-8"'},
            )
        request.state.person = Person(person.id, person.name)


ByAppPassword = Depends(AllowAppPassword())


def _credentials(header: str) -> tuple[str, str] | None:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic" or len(encoded) > CREDENTIALS_MAX:
        return None
    try:
        name, colon, secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, secret) if colon and "\0" not in name else None


async def _caller(request: Request) -> Person:
    found: Person = request.state.person
    return found


Caller = Annotated[Person, Depends(_caller)]


def _own(caller: Person, person_id: int) -> None:
    """Raise 404 for another's tree: nobody learns whether there is one."""
    if person_id != caller.id:
        raise Problem(404, "not-found", "There is nothing at this path.")


async def _body(request: Request) -> Element | None:
    try:
        return read_xml(await request.body(), BOUNDS)
    except NotXml as error:
        raise Problem(400, "invalid-xml", str(error)) from error


def _answer(responses: Sequence[str], token: str | None = None) -> Response:
    content = "".join(responses) + (element((DAV, "sync-token"), text_of(token)) if token else "")
    return Response(document((DAV, "multistatus"), content), 207, HEADERS, XML_TYPE)


def _refused(status: int, condition: tuple[str, str]) -> Response:
    """Answer a refusal as WebDAV states it: by the condition that is not met."""
    return Response(document((DAV, "error"), element(condition)), status, HEADERS, XML_TYPE)


def _shown(asked: Wanted, depth: str, node: Node, below: Sequence[Node] = ()) -> Response:
    if depth.lower() == "infinity":
        return _refused(403, (DAV, "propfind-finite-depth"))
    return _answer([nodes.answered(one, asked) for one in (node, *(below if depth == "1" else ()))])


@router.api_route("/.well-known/caldav", methods=["GET", "HEAD", "OPTIONS", "PROPFIND"], dependencies=[Anyone])
async def well_known() -> Response:
    """Lead to the tree (RFC 6764)."""
    return Response(None, 301, {"Location": WHERE_ROOT})


@router.api_route("/caldav", methods=["GET", "HEAD", "OPTIONS", "PROPFIND"], dependencies=[Anyone])
async def without_slash() -> Response:
    """Lead to the tree."""
    return Response(None, 301, {"Location": WHERE_ROOT})


@router.api_route(WHERE_ROOT, methods=["OPTIONS"], dependencies=[ByAppPassword])
@router.api_route(PRINCIPAL, methods=["OPTIONS"], dependencies=[ByAppPassword])
@router.api_route(HOME, methods=["OPTIONS"], dependencies=[ByAppPassword])
async def options() -> Response:
    """Say what is understood here."""
    return Response(None, 200, {**HEADERS, "Allow": "OPTIONS, PROPFIND"})


@router.api_route(CALENDAR, methods=["OPTIONS"], dependencies=[ByAppPassword])
@router.api_route(ITEM, methods=["OPTIONS"], dependencies=[ByAppPassword])
async def options_of_calendar() -> Response:
    """Say what is understood here; whoever may not read a path learns no more of it than this."""
    return Response(None, 200, {**HEADERS, "Allow": "GET, HEAD, OPTIONS, PROPFIND, REPORT"})


@router.api_route(WHERE_ROOT, methods=["PROPFIND"], dependencies=[ByAppPassword])
async def find_root(request: Request, caller: Caller, depth: Depth = "0") -> Response:
    """Answer the entrance, which says who the caller is."""
    return _shown(wanted(await _body(request)), depth, nodes.root(caller), [nodes.principal(caller)])


@router.api_route(PRINCIPAL, methods=["PROPFIND"], dependencies=[ByAppPassword])
async def find_principal(request: Request, person_id: int, caller: Caller, depth: Depth = "0") -> Response:
    """Answer the caller, and where their calendars are."""
    _own(caller, person_id)
    return _shown(wanted(await _body(request)), depth, nodes.principal(caller))


@router.api_route(HOME, methods=["PROPFIND"], dependencies=[ByAppPassword])
async def find_home(
    request: Request, person_id: int, caller: Caller, depth: Depth = "0", collection: Collection = part(Collection)
) -> Response:
    """Answer the caller's home, and the one calendar in it."""
    _own(caller, person_id)
    asked = wanted(await _body(request))
    below = [nodes.collection(caller, (await collection.held(caller.id)).token)] if depth == "1" else []
    return _shown(asked, depth, nodes.home(caller), below)


@router.api_route(CALENDAR, methods=["PROPFIND"], dependencies=[ByAppPassword])
async def find_calendar(
    request: Request, person_id: int, caller: Caller, depth: Depth = "0", collection: Collection = part(Collection)
) -> Response:
    """Answer the calendar, and what is in it."""
    _own(caller, person_id)
    asked = wanted(await _body(request))
    held = await collection.held(caller.id)
    below = _items(caller, held.items, asked) if depth == "1" else []
    return _shown(asked, depth, nodes.collection(caller, held.token), below)


@router.api_route(ITEM, methods=["PROPFIND"], dependencies=[ByAppPassword])
async def find_item(
    request: Request,
    person_id: int,
    reservation_id: int,
    caller: Caller,
    depth: Depth = "0",
    collection: Collection = part(Collection),
) -> Response:
    """Answer one reservation."""
    _own(caller, person_id)
    asked = wanted(await _body(request))
    one = _known(await collection.items(caller.id), reservation_id)
    return _shown(asked, depth, nodes.item(caller, reservation_id, one, asked))


@router.api_route(CALENDAR, methods=["REPORT"], dependencies=[ByAppPassword])
async def report(
    request: Request, person_id: int, caller: Caller, collection: Collection = part(Collection)
) -> Response:
    """Answer what is within a time, what is named, or what changed since a token."""
    _own(caller, person_id)
    root = await _body(request)
    if root is None:
        raise Problem(400, "invalid-xml", "A report is asked for by an XML document.")
    asked = wanted(root)
    try:
        if root.name == (CALDAV, "calendar-query"):
            wish = query(root)
            found = {id_: one for id_, one in (await collection.items(caller.id)).items() if wish.fits(one)}
            return _answer([nodes.answered(one, asked) for one in _items(caller, found, asked)])
        if root.name == (CALDAV, "calendar-multiget"):
            return _named(caller, asked, hrefs(root), await collection.items(caller.id))
    except NotSupported:
        return _refused(403, (CALDAV, "supported-filter"))
    except NotXml as error:
        raise Problem(400, "invalid-xml", str(error)) from error
    if root.name != (DAV, "sync-collection"):
        return _refused(403, (DAV, "supported-report"))
    return await _changed(caller, asked, root, collection)


async def _changed(caller: Person, asked: Wanted, root: Element, collection: Collection) -> Response:
    token = root.one((DAV, "sync-token"))
    found = await collection.since(caller.id, token.text.strip() if token else "")
    if found is None:
        return _refused(403, (DAV, "valid-sync-token"))
    changed = [nodes.answered(one, asked) for one in _items(caller, found.changed, asked)]
    return _answer([*changed, *(nodes.missing(caller.item(id_)) for id_ in found.gone)], found.token)


@router.api_route(ITEM, methods=["GET", "HEAD"], dependencies=[ByAppPassword])
async def get_item(
    person_id: int,
    reservation_id: int,
    caller: Caller,
    if_none_match: Annotated[str | None, Header(max_length=2000)] = None,
    collection: Collection = part(Collection),
) -> Response:
    """Answer one reservation as a calendar."""
    _own(caller, person_id)
    one = _known(await collection.items(caller.id), reservation_id)
    headers = {**HEADERS, "ETag": f'"{one.etag}"'}
    if if_none_match and (if_none_match == "*" or f'"{one.etag}"' in if_none_match):
        return Response(None, 304, headers)
    return Response(calendar_text([one]), 200, headers, MEDIA_TYPE)


def _items(caller: Person, items: Mapping[int, Item], asked: Wanted) -> list[Node]:
    return [nodes.item(caller, id_, one, asked) for id_, one in items.items()]


def _known(items: Mapping[int, Item], reservation_id: int) -> Item:
    if reservation_id not in items:
        raise Problem(404, "not-found", "There is no such reservation in this calendar.")
    return items[reservation_id]


def _named(caller: Person, asked: Wanted, paths: Sequence[str], items: Mapping[int, Item]) -> Response:
    """Answer the items of these paths; a path is written as the client likes, with or without the server."""
    by_path = {caller.item(id_): id_ for id_ in items}
    found = []
    for path in paths:
        id_ = by_path.get(_path(path))
        if id_ is None:
            found.append(nodes.missing(path))
        else:
            found.append(nodes.answered(nodes.item(caller, id_, items[id_], asked), asked))
    return _answer(found)


def _path(href: str) -> str:
    try:
        return unquote(urlsplit(href).path)
    except ValueError:
        return ""
