"""A real server on this machine that does everything wrong that servers do."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/html\r\n\r\nok"


def answer(status: str, *headers: str, body: bytes = b"") -> bytes:
    """Return an answer with a status and headers."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


ANSWERS = {
    "/good": OK,
    "/404": answer("404 Not Found"),
    "/410": answer("410 Gone"),
    "/403": answer("403 Forbidden"),
    "/401": answer("401 Unauthorized"),
    "/500": answer("500 Internal Server Error"),
    "/chain": answer("302 Found", "Location: /chain2"),
    "/chain2": answer("307 Temporary Redirect", "Location: /good"),
    "/loop": answer("302 Found", "Location: /loop2"),
    "/loop2": answer("302 Found", "Location: /loop"),
    "/moved": answer("301 Moved Permanently", "Location: /moved2"),
    "/moved2": answer("308 Permanent Redirect", "Location: /good"),
    "/moved-then-away": answer("301 Moved Permanently", "Location: /chain"),
    "/to-private": answer("302 Found", "Location: http://127.0.0.1:9/secret"),
    "/to-file": answer("302 Found", "Location: file:///etc/passwd"),
    "/truncated": b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nContent-Type: text/html\r\n\r\nonly this",
    "/wrong-type": answer("200 OK", "Content-Type: application/\x00nonsense".replace("\x00", ""), body=b"\x00\x01"),
    "/nonsense": b"what do you want?\r\n\r\n",
    "/huge-header": b"HTTP/1.1 200 OK\r\nX-Big: " + b"x" * 200_000 + b"\r\n\r\n",
    "/latin-1": b"HTTP/1.1 302 Found\r\nLocation: /caf\xe9\r\nContent-Length: 0\r\n\r\n",
}


@dataclass
class Server:
    """What was asked of the server: ``asked`` counts ``METHOD path``, ``most`` is how many requests were open at once."""

    port: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    open: int = 0
    most: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"http://{host}:{self.port}{path}"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request, in the way that its path asks for."""
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            method, path, _ = head.decode("latin-1").split(" ", 2)
            self.asked[f"{method} {path}"] += 1
            await self.reply(method, path, writer)
        except (ConnectionError, asyncio.IncompleteReadError, ValueError):
            pass
        finally:
            self.open -= 1
            writer.close()

    async def reply(self, method: str, path: str, writer: asyncio.StreamWriter) -> None:  # noqa: PLR0912  # a case each
        """Write the answer for a path."""
        number = self.asked[f"{method} {path}"]
        if path == "/hanging":
            await asyncio.sleep(30)
        elif path == "/dripping":
            for _ in range(100):
                writer.write(b"HTTP/1.1 200 OK\r\nX: " if not _ else b"x")
                await writer.drain()
                await asyncio.sleep(0.05)
        elif path == "/slow":
            await asyncio.sleep(0.2)
            writer.write(answer("200 OK"))
        elif path == "/no-head" and method == "HEAD":
            writer.write(answer("405 Method Not Allowed"))
        elif path == "/busy":
            writer.write(answer("429 Too Many Requests", "Retry-After: 0") if number < 3 else answer("200 OK"))
        elif path == "/busy-for-long":
            writer.write(answer("429 Too Many Requests", "Retry-After: 99999"))
        elif path == "/stumbles":
            writer.write(answer("500 Oops") if number == 1 else answer("200 OK"))
        elif path.startswith("/many/"):
            writer.write(answer("204 No Content"))
        elif path.startswith("/wayback"):
            body = (
                b'{"archived_snapshots": {"closest": {"available": true, "url": "http://web.archive.org/web/2019/x"}}}'
            )
            writer.write(answer("200 OK", "Content-Type: application/json", body=body))
        elif path == "/endless":
            writer.write(answer("302 Found", f"Location: /endless{number}"))
        elif path.startswith("/endless"):
            writer.write(answer("302 Found", f"Location: {path}0"))
        else:
            found = ANSWERS.get(path, OK)
            writer.write(found if method == "GET" else found.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
        await writer.drain()


@asynccontextmanager
async def running() -> AsyncIterator[Server]:
    """Run the server on a free port."""
    state = Server()
    server = await asyncio.start_server(state.handle, "127.0.0.1", 0, limit=1 << 20)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
