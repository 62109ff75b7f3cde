"""A client of yaml-language-server, which is what editors with YAML support ask about a file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ENVIRONMENT = Path(sys.prefix)
"""Where the tools are installed, also for tests in a copy of the repository."""
COMMAND = [
    str(ENVIRONMENT / "bin/node"),
    str(ENVIRONMENT.parent / "node_modules/yaml-language-server/bin/yaml-language-server"),
    "--stdio",
]


class Editor:
    """An editor with a folder open, whose settings are those of the extension as it is installed."""

    def __init__(self, server: subprocess.Popen[bytes], settings: dict[str, Any]) -> None:
        self._server = server
        self._settings = settings
        self._number = 0
        self._versions: dict[str, int] = {}

    def ask(self, method: str, **values: Any) -> Any:
        """Return the answer of the server."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": values})
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                return message.get("result")

    def tell(self, method: str, **values: Any) -> None:
        """Tell the server something."""
        self._send({"method": method, "params": values})

    def problems(self, path: Path, text: str | None = None) -> list[str]:
        """Open a file, perhaps with another text, and return what the server says is wrong: line and message."""
        uri = self.open(path, text)
        while True:
            message = self._receive()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                found = message["params"]["diagnostics"]
                return [f"{one['range']['start']['line'] + 1}: {one['message']}" for one in found]

    def offered(self, path: Path, text: str) -> dict[str, str]:
        """Return what the server offers at the place of ``|`` in a text, and what it says of each."""
        found = self._asked("completion", path, text)
        items = found["items"] if isinstance(found, dict) else found
        return {one["label"]: _plain(one.get("documentation")) for one in items}

    def hover(self, path: Path, text: str) -> str:
        """Return what the server shows of what stands at ``|`` in a text."""
        found = self._asked("hover", path, text)
        return _plain(found["contents"]) if found else ""

    def changed(self, path: Path) -> None:
        """Tell the server that a file, which is not open, was written."""
        self.tell("workspace/didChangeWatchedFiles", changes=[{"uri": path.as_uri(), "type": 2}])

    def _asked(self, method: str, path: Path, text: str) -> Any:
        """Ask about the place of the last ``|`` in a text, which is taken out."""
        before, _, after = text.rpartition("|")
        self.problems(path, before + after)
        position = {"line": before.count("\n"), "character": len(before) - (before.rfind("\n") + 1)}
        return self.ask(f"textDocument/{method}", textDocument={"uri": path.as_uri()}, position=position)

    def open(self, path: Path, text: str | None = None) -> str:
        """Open a file, or change it if it is open, and return its URI."""
        uri = path.as_uri()
        content = path.read_text(encoding="utf-8") if text is None else text
        self._versions[uri] = version = self._versions.get(uri, 0) + 1
        if version == 1:
            document = {"uri": uri, "languageId": "yaml", "version": version, "text": content}
            self.tell("textDocument/didOpen", textDocument=document)
        else:
            document = {"uri": uri, "version": version}
            self.tell("textDocument/didChange", textDocument=document, contentChanges=[{"text": content}])
        return uri

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._server.stdin
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._server.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """Return the next message; requests of the server for its settings are answered."""
        assert self._server.stdout
        size = 0
        while (line := self._server.stdout.readline().strip()) or not size:
            assert line or self._server.poll() is None, "the language server has ended"
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(self._server.stdout.read(size))
        if message.get("method") and "id" in message:
            wanted = message["params"].get("items", []) if message["method"] == "workspace/configuration" else None
            result = [self._settings.get(one["section"]) for one in wanted] if wanted is not None else None
            self._send({"id": message["id"], "result": result})
        return message


def _plain(said: Any) -> str:
    """Return a text, whether or not it says that it is Markdown."""
    return str(said["value"] if isinstance(said, dict) else said or "")


@contextmanager
def editor(folder: Path, settings: dict[str, Any] | None = None) -> Iterator[Editor]:
    """Start the server for a folder, and stop it."""
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            found = Editor(server, settings or {})
            abilities = {"workspace": {"configuration": True}, "textDocument": {"completion": {}}}
            folders = [{"uri": folder.as_uri(), "name": folder.name}]
            found.ask(
                "initialize", processId=None, rootUri=folder.as_uri(), capabilities=abilities, workspaceFolders=folders
            )
            found.tell("initialized")
            yield found
        finally:
            server.kill()
