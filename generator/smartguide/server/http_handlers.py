"""The preview over HTTP: for this machine only, and only to be read."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from aiohttp import web

from smartguide.server.answers import CONTENT_TYPES, Answer
from smartguide.server.injection import PREFIX, SCRIPT, STYLE_SHEET
from smartguide.server.preview import Follower, Preview

STATIC: Final = Path(__file__).parent / "static"
EVENTS: Final = "events"
ALIVE: Final = 15
"""Seconds after which a silent stream says that it is there: so it is known when a browser has gone."""
HOSTS: Final = ("127.0.0.1", "localhost", "[::1]")
METHODS: Final = ("GET", "HEAD")
_NAMED_BY_CONTENT: Final = re.compile(r"\.[0-9a-f]{8}\.min\.(?:css|js)$")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def application(preview: Preview) -> web.Application:
    """Return the application that serves a preview."""
    app = web.Application(middlewares=[_only_this_machine])
    app[_PREVIEW] = preview
    app.router.add_route("*", f"{PREFIX}{EVENTS}", _events)
    app.router.add_route("*", f"{PREFIX}{{name}}", _own_file)
    app.router.add_route("*", "/{path:.*}", _site)
    app[_STREAMS] = []
    app.on_response_prepare.append(_add_headers)
    app.on_shutdown.append(_end_events)
    return app


_PREVIEW: Final = web.AppKey("preview", Preview)
_STREAMS: Final = web.AppKey("streams", list[asyncio.Task[Any]])


@web.middleware
async def _only_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests that name another host: a page of the web could have its name lead to this machine."""
    here = request.transport.get_extra_info("sockname")[1] if request.transport else 0
    host = request.headers.get("Host", "")
    allowed = {f"{name}:{here}" for name in HOSTS} | ({*HOSTS} if here == 80 else set())  # noqa: PLR2004
    if host.lower() not in allowed:
        return web.Response(status=421, text="this preview is for 127.0.0.1 and localhost only\n")
    if request.method not in METHODS:
        return web.Response(status=405, headers={"Allow": ", ".join(METHODS)}, text="it can only be read\n")
    return await handler(request)


async def _add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Let no other site take in what is served here, and let browsers ask each time."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers.setdefault("Cache-Control", "no-cache")


async def _site(request: web.Request) -> web.StreamResponse:
    """Answer with a page or a file of the site."""
    preview = request.app[_PREVIEW]
    path = request.path
    found = await preview.answer(path)
    if found.status == 404 and preview.awaits(path):  # noqa: PLR2004
        await preview.settled()
        found = await preview.answer(path)
    response = _response(found)
    if found.page:
        await response.prepare(request)
        await response.write_eof()
        preview.served(path)
    return response


def _response(found: Answer) -> web.StreamResponse:
    if found.location:
        return web.Response(status=found.status, headers={"Location": quote(found.location)})
    headers = {"Content-Type": found.content_type}
    if isinstance(found.body, bytes):
        return web.Response(status=found.status, body=found.body, headers=headers)
    if _NAMED_BY_CONTENT.search(found.body.name):
        headers["Cache-Control"] = "max-age=86400"
    return web.FileResponse(found.body, status=found.status, headers=headers)


async def _own_file(request: web.Request) -> web.StreamResponse:
    """Answer with a file of the preview itself."""
    name = request.match_info["name"]
    if name not in {SCRIPT, STYLE_SHEET}:
        return web.Response(status=404, text="there is no such file\n")
    return web.FileResponse(STATIC / name, headers={"Content-Type": CONTENT_TYPES[Path(name).suffix]})


async def _events(request: web.Request) -> web.StreamResponse:
    """Tell a page what changes, as server-sent events: ``changed`` (reload) and ``findings`` (with the new panel)."""
    preview = request.app[_PREVIEW]
    asked = request.query
    follower = Follower(asked.get("path", ""), asked.get("page", ""), asked.get("panel", ""))
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    if request.method == "HEAD":
        return response
    task = asyncio.current_task()
    streams = request.app[_STREAMS]
    if task is not None:
        streams.append(task)
    await preview.follow(follower)
    try:
        await response.write(b": here\n\n")
        while True:
            try:
                found = await asyncio.wait_for(follower.news.get(), ALIVE)
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            await response.write(_event(found, follower))
    except ConnectionError:  # the browser has gone
        return response
    finally:
        preview.leave(follower)
        if task is not None:
            streams.remove(task)


def _event(found: Answer, follower: Follower) -> bytes:
    if found.page != follower.page:
        return b"event: changed\ndata: {}\n\n"
    data = json.dumps({"panel": found.panel, "html": found.panel_html})
    return f"event: findings\ndata: {data}\n\n".encode()


async def _end_events(app: web.Application) -> None:
    """End the streams, which would never end by themselves."""
    streams = app[_STREAMS]
    for task in tuple(streams):
        task.cancel()
