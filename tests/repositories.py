"""Git repositories made for a test."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from smartguide.keeping.git import LEADING_ELSEWHERE

_AUTHOR = (
    "-c",
    "user.name=a",
    "-c",
    "user.email=a@b.example",
    "-c",
    "commit.gpgsign=false",
    "-c",
    "core.hooksPath=/dev/null",
)


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder, whatever repository the tests themselves are in, and return what it said."""
    environment = {name: value for name, value in os.environ.items() if name not in LEADING_ELSEWHERE}
    command = ["git", *_AUTHOR, *arguments]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True, env=environment).stdout.strip()


def commit(root: Path, message: str = "x") -> str:
    """Commit everything in a folder, which becomes a repository if it is none, and return the id of the commit."""
    if not (root / ".git").exists():
        git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(root, "rev-parse", "HEAD")
