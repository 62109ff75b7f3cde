"""A whole project made from the schemas: records of every kind, with a text of the test's choice in every field.

It has what the real project has (its schemas, its templates, its theme, a page for every part that a real page calls),
and none of its content, so that a test of every field of every kind does not wait for anybody to fill them in.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from smartguide.model import kinds as schemas
from smartguide.model.kinds import Kind
from tests.conftest import ROOT

CODES = ("CA", "US", "BR", "CL", "JP", "KR", "SG", "TH", "ZA", "MX", "AR", "AU", "IN", "CN", "PE", "CO", "NZ", "TR")
"""Countries outside the EU: good for markets and for organisations."""


@dataclass(frozen=True)
class Spot:
    """A field that is to be filled: of which collection, in which record (counted from 0), and where in it."""

    collection: str
    number: int
    path: tuple[str | int, ...]
    prose: bool
    address: bool

    @property
    def token(self) -> str:
        """A word that no other field of the project has."""
        way = "".join(
            char for part in (self.collection, self.number, *self.path) for char in str(part) if char.isalnum()
        )
        return f"tok{way.lower()}"


Fill = Callable[[Spot], str | list[str]]
"""What stands in a field; for a field that is a list of texts, a list or a text."""


def collections() -> dict[str, dict[str, Any]]:
    """Return the collections of the real catalogue, without their records."""
    text = (ROOT / "content/catalogue.yml").read_text(encoding="utf-8").replace("!include ", "")
    return yaml.safe_load(text)["collections"]


def kinds() -> dict[str, Kind]:
    """Return the real kinds of records."""
    return schemas.load(ROOT / "schemas").by_name


def harmless(spot: Spot) -> str:
    """Fill a field with plain words."""
    return f"https://{spot.token}.example/" if spot.address else f"Plain words {spot.token}"


def make(root: Path, fill: Fill = harmless, *, each: int = 2, pages: bool = True) -> dict[str, dict[str, Any]]:
    """Make a project in ``root`` with ``each`` records of every kind, and return the records by collection and id."""
    for name in ("schemas", "theme"):
        shutil.copytree(ROOT / name, root / name, dirs_exist_ok=True)
    (root / "templates").symlink_to(ROOT / "templates")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[0]
    (root / "mkdocs.yml").write_text(settings + "\n", encoding="utf-8")
    made = records(fill, each)
    catalogue = {}
    for name, entry in collections().items():
        folder = root / "content" / name
        folder.mkdir(parents=True)
        for record_id, record in made[name].items():
            text = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=1000)
            (folder / f"{record_id}.yml").write_text(text, encoding="utf-8")
        intro = Spot("catalogue", 0, (name, "intro"), prose=False, address=False)
        catalogue[name] = {**entry, "intro": _one(fill(intro)), "records": f"!include {name}/*.yml"}
    text = yaml.safe_dump({"collections": catalogue}, allow_unicode=True, sort_keys=False, width=10_000)
    text = re.sub(r"'(!include [^']*)'", r"\1", text)
    (root / "content/catalogue.yml").write_text(text, encoding="utf-8")
    if pages:
        _pages(root / "content")
    return made


def _pages(content: Path) -> None:
    """Write a page for every part that a page of the real site calls."""
    calls = {
        call
        for path in (ROOT / "content").rglob("*.md")
        for call in re.findall(r'\{\{ part\("[^}]*\) \}\}', path.read_text(encoding="utf-8"))
    }
    (content / "about").mkdir(exist_ok=True)
    (content / "guide").mkdir(exist_ok=True)
    places = {'{{ part("home") }}': "index.md", '{{ part("plan") }}': "plan.md"}
    for number, call in enumerate(sorted(calls)):
        path = places.get(call, f"about/part-{number}.md")
        (content / path).write_text(f"---\ntitle: A page\n---\n\n{call}\n", encoding="utf-8")
    (content / "about/index.md").write_text("---\ntitle: About\n---\n\nAbout it.\n", encoding="utf-8")
    for name in ("index", "published-and-counted"):  # what templates link to
        (content / "guide" / f"{name}.md").write_text("---\ntitle: Guide\n---\n\nA guide.\n", encoding="utf-8")


def records(fill: Fill = harmless, each: int = 2) -> dict[str, dict[str, Any]]:
    """Return ``each`` records of every kind, by collection and id, with every property that its schema has."""
    known = kinds()
    maker = _Maker(fill, each)
    return {
        name: {maker.id(name, number): maker.record(known[entry["schema"]], name, number) for number in range(each)}
        for name, entry in collections().items()
    }


class _Maker:
    """Makes values by their schemas."""

    def __init__(self, fill: Fill, each: int) -> None:
        self.fill = fill
        self.each = each

    def id(self, collection: str, number: int) -> str:
        return f"{collection}-{number}"

    def record(self, kind: Kind, collection: str, number: int) -> dict[str, Any]:
        record = self._mapping(kind, collection, number, ())
        if kind.name == "good-practice":
            record.pop("partnership" if number % 2 else "project")
        if collection == "regions" and number == 0:
            record.pop("market", None)
        return record

    def _mapping(self, kind: Kind, collection: str, number: int, path: tuple[str | int, ...]) -> dict[str, Any]:
        made = {}
        for key in kind.property_at(path)["properties"]:
            value = self._value(kind, collection, number, (*path, key))
            if value is not None:
                made[key] = value
        return made

    def _value(self, kind: Kind, collection: str, number: int, path: tuple[str | int, ...]) -> Any:
        schema = kind.property_at(path)
        spot = Spot(collection, number, path, bool(schema.get("x-prose")), "https?" in schema.get("pattern", ""))
        match schema.get("type"), path[-1]:
            case _, "code":
                return CODES[number]
            case _, "former_ids":
                return [f"former-{collection}-{number}"]
            case "integer", "number" | "order":
                return number + 1
            case "array", _:
                return self._list(kind, spot)
            case "object", _:
                return self._mapping(kind, collection, number, path)
            case "boolean", _:
                return True
            case (("integer" | "number"), _):
                return schema["enum"][0] if "enum" in schema else schema["examples"][0]
        if "x-ref" in schema:
            return self._reference(schema["x-ref"], spot)
        if "enum" in schema:
            return schema["enum"][number % len(schema["enum"])] if "x-facet" not in schema else schema["enum"][0]
        if "pattern" in schema and not spot.address:
            return schema["examples"][0]
        return _one(self.fill(spot))

    def _list(self, kind: Kind, spot: Spot) -> list[Any] | None:
        items = kind.property_at((*spot.path, 0))
        if items["type"] == "string" and not {"x-ref", "enum", "pattern"} & set(items):
            texts = self.fill(Spot(spot.collection, spot.number, (*spot.path, 0), prose=False, address=False))
            return texts if isinstance(texts, list) else [texts]
        first = self._value(kind, spot.collection, spot.number, (*spot.path, 0))
        return None if first is None else [first]

    def _reference(self, wanted: str, spot: Spot) -> str | None:
        """Return a record to refer to: the one of the same number, or the one before in the same collection."""
        name, _, key = wanted.partition("#")
        number = spot.number - (name == spot.collection)
        if number < 0:
            return None
        return CODES[number] if key == "code" else self.id(name, number)


def _one(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "\n\n".join(text)


def texts(record: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every text of a record with the way to it."""
    if isinstance(record, str):
        yield path, record
    elif isinstance(record, dict):
        for key, value in record.items():
            yield from texts(value, (*path, key))
    elif isinstance(record, list):
        for number, value in enumerate(record):
            yield from texts(value, (*path, number))


def published(site: Path, collection: str, record_id: str) -> dict[str, Any]:
    """Return a record as the API of a built site gives it."""
    return json.loads((site / f"api/v1/{collection}/{record_id}.json").read_text(encoding="utf-8"))["result"]
