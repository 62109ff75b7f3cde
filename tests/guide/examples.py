"""The examples of README and CONTRIBUTING, read from these files and applied to a copy of the repository."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Final

import yaml

from smartguide.checks.checking import check
from tests.guide.records import Records, written

ROOT: Final = Path(__file__).resolve().parents[2]

RECORD_ID: Final = "an-example-of-the-documentation"
"""The id of the record of the new kind."""


class ExampleError(Exception):
    """An example is not where the documentation had it, or cannot be followed."""


def copy_of_repository(root: Path) -> None:
    """Copy the repository into a folder that is not there yet, as a repository with one commit."""
    shutil.copytree(ROOT, root, ignore=_never_copied)
    command = root / ".venv/bin/smartguide"  # what the documentation calls by this name
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m smartguide.cli "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    git = ["git", "-c", "user.name=Example", "-c", "user.email=example@example.org"]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "As it is"]):
        subprocess.run([*git, *arguments], cwd=root, check=True)


def _never_copied(folder: str, names: list[str]) -> set[str]:
    """Return what was installed, built or kept between runs, of the names in a folder of the repository."""
    patterns = ["__pycache__"]
    if Path(folder) == ROOT:
        patterns += [".git", ".venv", "node_modules", "site", ".site-*"]
        patterns += [".cache", ".*_cache", ".hypothesis", ".benchmarks"]
    return shutil.ignore_patterns(*patterns)(folder, names)


def apply_all(root: Path) -> None:
    """Apply every example to a copy of the repository. What is there already stays as it is."""
    partnership_and_partner().add_to(root)
    renaming().follow(root)
    new_kind().add_to(root)


def section(document: str, heading: str) -> str:
    """Return what stands under a heading of a Markdown file of the repository. Raises ExampleError."""
    text = (ROOT / document).read_text(encoding="utf-8")
    found = re.search(
        rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,3}} (?!yaml-language-server)|\Z)", text, re.DOTALL | re.MULTILINE
    )
    if not found:
        raise ExampleError(f"{document} has no heading {heading!r}")
    return found[2]


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of a language, without the indentation that they have in a list."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", text, re.DOTALL | re.MULTILINE)
    return [re.sub(f"^{indentation}", "", block, flags=re.MULTILINE) for indentation, block in found]


def only(found: list[str], what: str) -> str:
    """Return the only one of a list. Raises ExampleError."""
    if len(found) != 1:
        raise ExampleError(f"the documentation has {len(found)} times {what}, not once")
    return found[0]


@dataclass(frozen=True)
class PartnershipAndPartner:
    """The partnership of ten lines, and the organisation that is new; each with the path of its file."""

    partnership_path: str
    partnership: str
    partner_path: str
    partner: str

    def add_to(self, root: Path) -> None:
        """Write both records, and name the organisation among the partners."""
        partnership, partner = root / self.partnership_path, root / self.partner_path
        for path, text in ((partnership, self.partnership), (partner, self.partner)):
            if not path.exists():
                path.write_text(text, encoding="utf-8")
        text = partnership.read_text(encoding="utf-8")
        entry = f"  - partner: {partner.stem}\n"
        if entry not in text:
            partnership.write_text(text.replace("partners:\n", f"partners:\n{entry}"), encoding="utf-8")


def partnership_and_partner() -> PartnershipAndPartner:
    """Return what CONTRIBUTING shows to somebody who adds a partnership."""
    text = section("CONTRIBUTING.md", "Add a partnership in ten lines")
    folder = only(re.findall(r"Open `(content/\w+/)`", text), "a folder to open")
    name = only(re.findall(r"The file's name is the id: `([\w.-]+)`", text), "the name of a file")
    partner_path = only(re.findall(r"`(content/partners/[\w-]+\.yml)`", text), "the file of an organisation")
    partnership, partner = blocks(text, "yaml")
    return PartnershipAndPartner(folder + name, partnership, partner_path, partner)


@dataclass(frozen=True)
class Renaming:
    """The commands that rename a record."""

    commands: list[str]
    collection: str
    old: str
    new: str

    def follow(self, root: Path) -> None:
        """Rename the record, and write its new id at every place that the last command names. Raises ExampleError."""
        record = _records(root).find(self.collection, self.old)
        if "former_ids" in record:
            return
        *commands, last = self.commands
        for command in commands:
            subprocess.run(["sh", "-ec", command], cwd=root, check=True)
        for _ in range(10):  # a place that is wrong may hide another one
            done = subprocess.run(
                ["sh", "-c", f"{last} --format json"], cwd=root, check=False, capture_output=True, encoding="utf-8"
            )
            if done.returncode == 0:
                return
            if done.returncode != 1:
                raise ExampleError(f"{last} ended with status {done.returncode}: {done.stderr}")
            for place in sorted(json.loads(done.stdout), key=itemgetter("path", "line", "column"), reverse=True):
                self._correct(root / place["path"], place["line"], place["column"])
        raise ExampleError(f"{last} still finds something: {done.stdout}")

    def _correct(self, path: Path, line: int, column: int) -> None:
        """Write the new id for the old one at a place, or soon after it. Raises ExampleError."""
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        if self.old not in after:
            raise ExampleError(f"{path}:{line}:{column} does not name {self.old!r}: {after}")
        lines[line - 1] = before + after.replace(self.old, self.new, 1)
        path.write_text("".join(lines), encoding="utf-8")


def renaming() -> Renaming:
    """Return what CONTRIBUTING shows to somebody who renames a record."""
    commands = only(blocks(section("CONTRIBUTING.md", "Rename a record"), "sh"), "commands to rename").splitlines()
    found = re.fullmatch(r"git mv content/([\w-]+)/([\w-]+)\.yml content/\1/([\w-]+)\.yml", commands[0])
    if not found:
        raise ExampleError(f"a record is not renamed by: {commands[0]}")
    return Renaming(commands, *found.groups())


@dataclass(frozen=True)
class NewKind:
    """A new kind of record: its schema, its entry in the catalogue, and where its records go."""

    schema_path: str
    schema: str
    catalogue_path: str
    line: str
    folder: str

    @property
    def collection(self) -> str:
        """Return the name of its collection."""
        return self.line.partition(":")[0]

    def record(self, records: Records) -> dict[str, str]:
        """Return a record made of the examples in its schema, whose ids are those that the records have now."""
        made = {}
        for name, prop in json.loads(self.schema)["properties"].items():
            example = str(prop["examples"][0])
            made[name] = records.current(prop["x-ref"], example) or example if "x-ref" in prop else example
        return made

    def add_to(self, root: Path) -> None:
        """Write what is not there yet, and a record."""
        if not (root / self.schema_path).exists():
            (root / self.schema_path).write_text(f"{self.schema}\n", encoding="utf-8")
        catalogue = root / self.catalogue_path
        text = catalogue.read_text(encoding="utf-8")
        if not re.search(rf"^ +{self.collection}:", text, re.MULTILINE):
            catalogue.write_text(f"{text}  {self.line}\n", encoding="utf-8")
        (root / self.folder).mkdir(exist_ok=True)
        record = yaml.safe_dump(self.record(_records(root)), allow_unicode=True)
        (root / self.folder / f"{RECORD_ID}.yml").write_text(record, encoding="utf-8")


def new_kind() -> NewKind:
    """Return what README shows to somebody who adds a kind of record."""
    text = section("README.md", "A new kind of record")
    (catalogue_path, line), *_ = re.findall(r"entry under `collections:` in `(content/\w+\.yml)` is\s+`([^`]+)`", text)
    return NewKind(
        schema_path=only(re.findall(r"`(schemas/\w+\.schema\.json)`", text), "the path of a schema"),
        schema=only(blocks(text, "json"), "a schema").rstrip(),
        catalogue_path=catalogue_path,
        line=line,
        folder=only(re.findall(r"`(content/\w+/)<id>\.yml`", text), "the folder of the records"),
    )


def _records(root: Path) -> Records:
    return written(check(root))
