"""A whole project made from the schemas of another: records of every kind, with a text of the test's choice in each field.

It has what that project has (its schemas, its templates, its theme, its settings, and a page for every page that calls
parts), and none of its content, so that a test of every field of every kind does not wait for anybody to fill them in.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from smartguide.model import schema_files
from smartguide.model.kinds import Kind
from smartguide.model.properties import Property
from smartguide.reading import Path_

Record = dict[str, Any]
Records = dict[str, dict[str, Record]]
"""Records by collection and id."""


@dataclass(frozen=True)
class Spot:
    """A field that is to be filled: of which collection, in which record (counted from 0), and where in it."""

    collection: str
    number: int
    path: Path_
    prose: bool = False
    url: bool = False

    @property
    def token(self) -> str:
        """A word that no other field of the project has."""
        way = "".join(
            char for part in (self.collection, self.number, *self.path) for char in str(part) if char.isalnum()
        )
        return f"tok{way.lower()}"


Fill = Callable[[Spot], str | list[str]]
"""What stands in a field; for a field that is a list of texts, a list or a text."""


def harmless(spot: Spot) -> str:
    """Fill a field with plain words."""
    return f"https://{spot.token}.example/" if spot.url else f"Plain words {spot.token}"


@dataclass(frozen=True)
class Model:
    """The project in the folder ``root``, whose schemas, templates, theme and settings are taken."""

    root: Path
    extra: tuple[str, ...] = field(default=("extensions",))
    """Folders that are copied, too, where they are there."""

    @cached_property
    def catalogue(self) -> dict[str, Any]:
        """The catalogue, with the path of the records in the place of the records."""
        text = (self.root / "content/catalogue.yml").read_text(encoding="utf-8").replace("!include ", "")
        read: dict[str, Any] = yaml.safe_load(text)
        return read

    @property
    def collections(self) -> dict[str, dict[str, Any]]:
        """The collections of the catalogue."""
        found: dict[str, dict[str, Any]] = self.catalogue["collections"]
        return found

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """The kinds of records."""
        return schema_files.load(self.root / "schemas").by_name

    def kind(self, collection: str) -> Kind:
        """Return the kind of the records of a collection."""
        return self.kinds[self.collections[collection]["schema"]]

    def url(self, collection: str) -> str:
        """Return the URL of the index of a collection, relative to the site."""
        return f"{self.collections[collection].get('url', collection)}/"

    def home(self, collection: str, record_id: str) -> str:
        """Return the URL of the page on which a record is shown."""
        one_page = self.collections[collection].get("pages") == "one"
        return self.url(collection) if one_page else f"{self.url(collection)}{record_id}/"

    def has_pages(self, collection: str) -> bool:
        """Tell whether each record of a collection has a page of its own."""
        return str(self.collections[collection].get("pages", "each")) == "each"

    def records(self, fill: Fill = harmless, each: int = 2) -> Records:
        """Return ``each`` records of every kind, with every property that its schema has.

        The first of each collection leaves out the references that it may leave out.
        """
        maker = _Maker(self, fill)
        return {
            name: {_id(name, number): maker.record(name, number) for number in range(each)} for name in self.collections
        }

    def make(self, target: Path, fill: Fill = harmless, *, each: int = 2) -> Records:
        """Make a project in a folder with ``each`` records of every kind, and return the records."""
        for name in ("schemas", "templates", "theme", *self.extra):
            if (self.root / name).is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(self.root / name, target / name, dirs_exist_ok=True, ignore=ignored)
        settings = (self.root / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[0]
        (target / "mkdocs.yml").write_text(settings + "\n", encoding="utf-8")
        made = self.records(fill, each)
        catalogue = {}
        for name, entry in self.collections.items():
            folder = target / "content" / name
            folder.mkdir(parents=True)
            for record_id, record in made[name].items():
                text = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=1000)
                (folder / f"{record_id}.yml").write_text(text, encoding="utf-8")
            intro = _one(fill(Spot("catalogue", 0, (name, "intro"))))
            catalogue[name] = {**entry, "intro": intro, "records": f"!include {name}/*.yml"}
        whole = {**self.catalogue, "collections": catalogue}
        text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=10_000)
        text = re.sub(r"'(!include [^']*)'", r"\1", text)
        (target / "content/catalogue.yml").write_text(text, encoding="utf-8")
        self._write_chapters(target / "content")
        if (self.root / "content/contribute.md").is_file():  # the settings name it
            (target / "content/contribute.md").write_text("# Contribute\n\n{{ record_form() }}\n", encoding="utf-8")
        return made

    def _write_chapters(self, content: Path) -> None:
        """Write a page for every chapter of the model, with the parts that the chapter calls and nothing else of it."""
        for path in (self.root / "content").rglob("*.md"):
            calls = re.findall(r"\{\{ part\([\"'][^}]*\) \}\}", path.read_text(encoding="utf-8"))
            target = content / path.relative_to(self.root / "content")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("\n\n".join(["---\ntitle: A page\n---", "A page.", *calls, ""]), encoding="utf-8")


class _Maker:
    """Makes values by their schemas."""

    def __init__(self, model: Model, fill: Fill) -> None:
        self.model = model
        self.fill = fill
        self.codes = {
            tuple(prop.ref)
            for kind in model.kinds.values()
            for prop in kind.references.values()
            if prop.ref and prop.ref.key
        }
        """The collections, and the keys, whose values others refer to."""

    def record(self, collection: str, number: int) -> Record:
        """Return a record of a collection."""
        kind = self.model.kind(collection)
        record = self._mapping(kind, collection, number, ())
        choices = [
            set(one["required"]) for one in kind.schema.get("oneOf", ()) if set(one) <= {"required", "properties"}
        ]
        chosen = choices[number % len(choices)] if choices else set()
        for key in set().union(*choices) - chosen:
            record.pop(key)
        if number == 0:
            for prop in kind.references.values():
                if len(prop.path) == 1 and not prop.is_required and prop.path[0] not in chosen:
                    record.pop(prop.path[0], None)
        return record

    def _mapping(self, kind: Kind, collection: str, number: int, path: Path_) -> Record:
        made = {}
        for key in self._declared(kind, path).properties:
            value = self._value(kind, collection, number, (*path, key))
            if value is not None:
                made[key] = value
        return made

    def _declared(self, kind: Kind, path: Path_) -> Property:
        """Return the property at a path, which there is."""
        found = kind.property_at(path)
        assert found is not None
        return found

    def _value(self, kind: Kind, collection: str, number: int, path: Path_) -> Any:
        schema = self._declared(kind, path).schema
        spot = Spot(collection, number, path, bool(schema.get("x-prose")), "https?" in schema.get("pattern", ""))
        if len(path) == 1 and (collection, path[0]) in self.codes:
            return self._code(collection, str(path[0]), number)
        match schema.get("type"):
            case "array" if path[-1] == "former_ids":
                return [f"former-{collection}-{number}"]
            case "array":
                return self._list(kind, spot)
            case "object":
                made = self._mapping(kind, collection, number, path)
                declared = self._declared(kind, path).properties
                return made if all(key in made or not one.is_required for key, one in declared.items()) else None
            case "boolean":
                return True
            case "integer" | "number" if "enum" in schema:
                return schema["enum"][0]
            case "integer" if len(path) == 1:
                return schema["examples"][0] + number  # so that none is given twice
            case "integer" | "number":
                return schema["examples"][0]
        if "x-ref" in schema:
            return self._reference(schema["x-ref"], spot)
        if "enum" in schema:
            return schema["enum"][number % len(schema["enum"])] if "x-facet" not in schema else schema["enum"][0]
        if "pattern" in schema and not spot.url:
            return schema["examples"][0]
        text = _one(self.fill(spot))
        if re.match(r"https?://\w|mailto:\S*@", text) and not re.search(schema.get("pattern", ""), text):
            # only some hosts are allowed, those of archives: what is archived stands behind
            return schema["examples"][0].rpartition("http")[0] + text
        return text

    def _list(self, kind: Kind, spot: Spot) -> list[Any] | None:
        items = self._declared(kind, (*spot.path, 0)).schema
        if items["type"] == "string" and not {"x-ref", "enum", "pattern"} & set(items):
            texts = self.fill(Spot(spot.collection, spot.number, (*spot.path, 0)))
            return texts if isinstance(texts, list) else [texts]
        first = self._value(kind, spot.collection, spot.number, (*spot.path, 0))
        return None if first is None else [first]

    def _reference(self, wanted: str, spot: Spot) -> str | None:
        """Return a record to refer to: the one of the same number, or the one before in the same collection."""
        name, _, key = wanted.partition("#")
        number = spot.number - (name == spot.collection)
        if number < 0:
            return None
        return self._code(name, key, number) if key else _id(name, number)

    def _code(self, collection: str, key: str, number: int) -> str:
        """Return the value by which others refer to a record: the example, with a last letter that tells it apart."""
        example = str(self._declared(self.model.kind(collection), (key,)).schema["examples"][0])
        last = (ord(example[-1]) - ord("A") + number) % 26
        return example[:-1] + chr(ord("A") + last)


def _id(collection: str, number: int) -> str:
    return f"{collection}-{number}"


def _one(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "\n\n".join(text)


def texts(record: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield every text of a record with the way to it."""
    if isinstance(record, str):
        yield path, record
    elif isinstance(record, dict):
        for key, value in record.items():
            yield from texts(value, (*path, key))
    elif isinstance(record, list):
        for number, value in enumerate(record):
            yield from texts(value, (*path, number))


def published(site: Path, collection: str, record_id: str) -> Record:
    """Return a record as the API of a built site gives it."""
    answer = json.loads((site / f"api/v1/{collection}/{record_id}.json").read_text(encoding="utf-8"))
    result: Record = answer["result"]
    return result
