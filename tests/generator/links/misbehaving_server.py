"""A real HTTP server on this machine with every fault that the tests need."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
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
    "/to-private": answer("302 Found", "Location: http://10.0.0.1/secret"),
    "/to-nonsense": answer("302 Found", "Location: http://[bad/"),
    "/to-nowhere": answer("302 Found"),
    "/gone-home": answer("301 Moved Permanently", "Location: /"),
    "/gone-home-for-now": answer("302 Found", "Location: /"),
    "/to-file": answer("302 Found", "Location: file:///etc/passwd"),
    "/503": answer("503 Service Unavailable", "Retry-After: 86400"),
    "/truncated": b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nContent-Type: text/html\r\n\r\nonly this",
    "/wrong-type": answer("200 OK", "Content-Type: application/\x00nonsense".replace("\x00", ""), body=b"\x00\x01"),
    "/closes": b"",
    "/length-twice": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
    "/no-colon": b"HTTP/1.1 200 OK\r\nno header at all\r\nContent-Length: 0\r\n\r\n",
    "/unknown-encoding": b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 0\r\n\r\n",
    "/nonsense": b"what do you want?\r\n\r\n",
    "/huge-header": b"HTTP/1.1 200 OK\r\nX-Big: " + b"x" * 200_000 + b"\r\n\r\n",
    "/latin-1": b"HTTP/1.1 302 Found\r\nLocation: /caf\xe9\r\nContent-Length: 0\r\n\r\n",
    "/latin-1-ftp": b"HTTP/1.1 302 Found\r\nLocation: ftp://x.example/caf\xe9\r\nContent-Length: 0\r\n\r\n",
}


@dataclass
class Server:
    """The state of the server.

    ``requests`` counts the requests by ``METHOD path``, ``most_at_once`` is how many of them were open at the same time.
    """

    port: int = 0
    scheme: str = "http"
    agents: set[str] = field(default_factory=set)
    requests: Counter[str] = field(default_factory=Counter)
    open: int = 0
    most_at_once: int = 0
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the URL of a path."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request, with the fault that its path names."""
        task = asyncio.current_task()
        assert task
        self.tasks.add(task)
        self.open += 1
        self.most_at_once = max(self.most_at_once, self.open)
        try:
            first = await reader.readexactly(1)
            if first == b"\x16":  # the beginning of a TLS handshake, on a port that speaks plain HTTP
                writer.write(answer("400 Bad Request"))
                return
            head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            method, path, _ = head.split(" ", 2)
            self.requests[f"{method} {path}"] += 1
            self.agents |= {line for line in head.splitlines() if line.startswith("User-Agent: ")}
            await self.reply(method, path, head, writer)
        except (ConnectionError, asyncio.IncompleteReadError, ValueError):
            pass
        finally:
            self.open -= 1
            self.tasks.discard(task)
            writer.close()

    async def reply(self, method: str, path: str, head: str, writer: asyncio.StreamWriter) -> None:  # noqa: C901, PLR0912  # a case each
        """Write the answer for a path."""
        number = self.requests[f"{method} {path}"]
        if path.startswith("/hanging"):
            await asyncio.sleep(30)
        elif path == "/dripping":
            for _ in range(100):
                writer.write(b"HTTP/1.1 200 OK\r\nX: " if not _ else b"x")
                await writer.drain()
                await asyncio.sleep(0.05)
        elif path == "/slow":
            await asyncio.sleep(0.2)
            writer.write(answer("200 OK"))
        elif path.startswith("/head-") and method == "HEAD":  # servers with a fault for HEAD only
            if path == "/head-hangs":
                await asyncio.sleep(30)
            elif path == "/head-closes":
                return
            writer.write(answer(f"{path.removeprefix('/head-')[:3]} Whatever", "Location: /404"))
        elif path == "/wants-cookie":
            set_cookie = answer("302 Found", "Location: /wants-cookie", "Set-Cookie: seen=1; Path=/")
            writer.write(answer("200 OK") if "cookie: seen=1" in head.lower() else set_cookie)
        elif path == "/busy":
            writer.write(answer("429 Too Many Requests", "Retry-After: 0") if number < 3 else answer("200 OK"))
        elif path == "/busy-for-long":
            writer.write(answer("429 Too Many Requests", "Retry-After: 99999"))
        elif path == "/fails-once":
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


@contextmanager
def running_in_thread() -> Iterator[Server]:
    """Run the server in another thread, for a test that blocks or starts a program."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = running()
    yield asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result()
    asyncio.run_coroutine_threadsafe(server.__aexit__(None, None, None), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


@asynccontextmanager
async def running(tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    """Run the server on a free port."""
    state = Server(scheme="https" if tls else "http")
    server = await asyncio.start_server(state.handle, "127.0.0.1", 0, limit=1 << 20, ssl=tls)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
        for task in state.tasks:
            task.cancel()
        await asyncio.gather(*state.tasks, return_exceptions=True)
