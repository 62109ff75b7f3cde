"""A large knowledge base made from the real records: copies of partnerships and partners that refer to each other."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import yaml

from smartguide.reading.plain_yaml import Loader

Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
ROOT = Path(__file__).resolve().parent.parent
PARTS = ("content", "schemas", "templates", "extensions", "theme", "mkdocs.yml")
LEFT_OUT = ("aliases", "former_ids", "related", "predecessor", "printed_as", "printed_country")
"""What a copy has not: it would be about the original."""


def make(folder: Path, *, partnerships: int, partners: int) -> Path:
    """Make a project in ``folder`` with so many partnerships and partners, and return the folder.

    The copies have ids and names of their own; those of one round refer to each other.
    """
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    for kind, wanted in (("partnerships", partnerships), ("partners", partners)):
        records = {path.stem: path for path in sorted((ROOT / "content" / kind).glob("*.yml"))}
        data = {name: yaml.load(path.read_text(encoding="utf-8"), Loader) for name, path in records.items()}  # safely
        names = list(records)
        for number in range(len(names), wanted):
            original, turn = names[number % len(names)], number // len(names)
            text = yaml.dump(_copy(data[original], turn, original), Dumper=Dumper, allow_unicode=True, sort_keys=False)
            (folder / "content" / kind / f"{original}-{turn}.yml").write_text(text, encoding="utf-8")
    return folder


def _copy(data: Any, turn: int, original: str) -> Any:
    """Return the data of the copy of a record: other names, and references to the copies of the same round."""
    if isinstance(data, list):
        return [_copy(item, turn, original) for item in data]
    if not isinstance(data, dict):
        return data
    copy = {key: _copy(value, turn, original) for key, value in data.items() if key not in LEFT_OUT}
    for key in ("partner", "leader"):
        if key in copy:
            copy[key] += f"-{turn}"
    for key in ("acronym", "name"):
        if key in copy:
            copy[key] = _name(f"{original} {turn}")
    return copy


def _name(seed: str) -> str:
    """Return a name of three words that is like no other."""
    digest = hashlib.sha256(seed.encode()).hexdigest()
    return " ".join(
        digest[start : start + 8].translate(str.maketrans("0123456789", "ghijklmnop")) for start in (0, 8, 16)
    )
