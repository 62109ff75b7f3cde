"""A project with links to other sites, and projects under version control."""

from __future__ import annotations

import subprocess
from pathlib import Path

WITH_LINKS = {
    "content/huts/stone-pass.yml": (
        "name: Stone Pass Hut\nvalley: STH\nwebsite: https://hut.example/#top\nsources:\n  - source: map\n"
    ),
    "content/tours/beta.yml": (
        "name: Beta\nsubtitle: B\nkind: day tour\nguided: true\nlinks:\n"
        "  - url: https://hut.example/\n    label: x\n    archived: https://web.archive.org/web/1/x\n"
        "  - {url: 'mailto:a@b.example', label: y}\ndescription: >-\n  Up and down, and then some,\n"
        "  as [we](https://prose.example/#top) say.\nsources:\n  - source: map\n"
    ),
    "content/guide/page.md": "# Hello\n\nA [link](https://md.example/a)\nand\n<a href='https://md.example/b'>b</a>.\n",
    "mkdocs.yml": 'site_name: x\ncopyright: >-\n  By <a href="https://settings.example/">us</a>\n'
    "site_url: https://ours.example/\nnav:\n  - Page: guide/page.md\n  - Elsewhere: https://nav.example/\n"
    "plugins: [smartguide, macros]\n",
}
"""Files of the project, as changes to the small one."""


def git(root: Path, *arguments: str) -> None:
    """Run git in a folder."""
    subprocess.run(
        ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@b.example", *arguments],
        check=True,
        capture_output=True,
    )


def commit_all(root: Path, message: str = "before") -> None:
    """Commit all files of a repository."""
    git(root, "add", ".")
    git(root, "commit", "-qm", message)


def change(root: Path, name: str, old: str, new: str) -> None:
    """Replace a text in a file, which must be there, and commit that."""
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), encoding="utf-8")
    git(root, "commit", "-qam", "a change")
