"""CONTRIBUTING and docs/maintaining.md are walked through: every command in a block ``sh`` is run, in order, in a copy.

Each section begins with the repository as it is. A command that is not run is on a list that says why; for the others,
``ENDS`` has those that are to find something.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from smartguide.cli import main
from tests.guide import examples
from tests.projects import ROOT

DOCUMENTS: Final = ("CONTRIBUTING.md", "docs/maintaining.md")
NOT_RUN: Final = {
    "make serve": "goes on until it is stopped; tests/generator/test_serving.py starts it",
    "make check": "takes minutes, and CI runs it on each change",
    "make test": "is what runs this test",
    "pip install pre-commit": "would install it for good; the configuration is tested in tests/test_dotfiles.py",
    "pre-commit install": "needs pre-commit",
    ".venv/bin/smartguide new partner": "asks questions; tests/generator/test_new.py answers them",
}
"""Commands that are not run, and why."""
ENDS: Final = {
    ("Rename a record", ".venv/bin/smartguide validate"): 1,
    ("Retire a record", ".venv/bin/smartguide validate"): 1,
}
"""Commands that end with another status than 0: they name the places that are still to be changed."""


def sections(document: str) -> dict[str, list[str]]:
    """Return the commands of each section of a document, without comments."""
    found: dict[str, list[str]] = {}
    text = (ROOT / document).read_text(encoding="utf-8")
    for part in re.split(r"^## (?!yaml)", text, flags=re.MULTILINE)[1:]:
        title = part.partition("\n")[0]
        lines = [line for block in examples.blocks(part, "sh") for line in block.splitlines()]
        if commands := [re.sub(r"\s+#\s.*", "", line) for line in lines if line.strip()]:
            found[title] = commands
    return found


WALKS = [(document, title) for document in DOCUMENTS for title in sections(document)]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a copy of the repository, which has a remote repository with a branch of somebody else."""
    root = tmp_path_factory.mktemp("walk") / "smart-guide"
    examples.copy_of_repository(root)
    python = root / ".venv/bin/python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    remote = root.with_name("remote.git")
    for command in (
        f"git branch --move main && git branch a-branch && git clone --quiet --bare . {shlex.quote(str(remote))}",
        f"git remote add origin {shlex.quote(str(remote))}",
    ):
        assert run(command, root).returncode == 0
    return root


def run(command: str, root: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_NAME": "Example", f"GIT_{role}_EMAIL": "example@example.org"}
    return subprocess.run(
        ["bash", "-ec", command], cwd=root, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("document", "title"), WALKS)
def test_every_command_does_what_it_is_there_for(document: str, title: str, place: Path, tmp_path: Path) -> None:
    here = place
    for command in sections(document)[title]:
        if command in NOT_RUN:
            continue
        if "<this repository>" in command:  # a clone stands elsewhere; the next commands are run in it
            done = run(command.replace("<this repository>", shlex.quote(str(place))), tmp_path)
            assert done.returncode == 0, done.stderr
            here = tmp_path / "smart-guide"
            assert (here / "Makefile").is_file()
            continue
        done = run(command, here)
        wanted = ENDS.get((title, command), 0)
        assert done.returncode == wanted, f"$ {command}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        if wanted:
            assert re.search(r"^content/\S+:\d+:\d+: error: .*\(.+\) \[", done.stdout, re.MULTILINE), done.stdout
    assert run("git reset --quiet --hard && git clean --quiet --force -d", place).returncode == 0


def test_no_reason_is_given_for_a_command_that_is_not_there() -> None:
    told = {command for document in DOCUMENTS for commands in sections(document).values() for command in commands}
    assert set(NOT_RUN) <= told
    assert {command for _, command in ENDS} <= told


def in_line() -> Iterator[tuple[str, str, list[str]]]:
    """Yield each command of ``smartguide`` that a document names in a sentence, and its options."""
    for document in (*DOCUMENTS, "README.md", "docs/extending.md", "docs/messages.md"):
        text = re.sub(
            r"^( *)```.*?^\1```", "", (ROOT / document).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
        )
        for said in re.findall(r"`(?:\.venv/bin/)?smartguide ([a-z][^`]*)`", text):
            words = said.split()
            yield document, words[0], [word.partition("=")[0] for word in words if word.startswith("--")]


def test_every_command_in_a_sentence_exists_with_its_options() -> None:
    wrong = []
    for document, name, options in in_line():
        command = main.commands.get(name)
        known = [option for one in (command.params if command else []) for option in one.opts + one.secondary_opts]
        wrong += [] if command else [f"{document}: smartguide {name}"]
        wrong += [f"{document}: smartguide {name} {one}" for one in options if command and one not in known]
    assert wrong == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_and_file_in_a_sentence_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"`make ([a-z]+)", text))
    assert {one for one in targets if not re.search(rf"^{one}:", makefile, re.MULTILINE)} == set()
    links = [one.partition("#")[0] for one in re.findall(r"\]\(([^)]+)\)", text) if "://" not in one and "…" not in one]
    folder = (ROOT / document).parent
    assert [one for one in links if one and not (folder / one).exists()] == []
    anchors = [one for one in re.findall(r"\]\(([^)]*#[^)]+)\)", text) if "://" not in one]
    assert [one for one in anchors if not _has_heading(one, ROOT / document)] == []


def _has_heading(link: str, document: Path) -> bool:
    """Tell whether a document has the heading that a link leads to, by the id that forges give it."""
    path, _, anchor = link.partition("#")
    text = ((document.parent / path) if path else document).read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return anchor in {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}
