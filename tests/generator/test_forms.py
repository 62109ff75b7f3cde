"""What the form is made of: its data, the names of records, the files to be corrected, and the packages beside it."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from smartguide.checks.checking import check
from smartguide.forms import form_files
from smartguide.forms.forge import forge
from smartguide.model.entries import slug
from smartguide.settings import Settings, read_settings
from tests.form_models import ask, form_and_names
from tests.generator.made import schema
from tests.projects import ROOT, MakeProject, write
from tools import make_letters

VENDORED = ROOT / "generator/smartguide/theme/assets/form/model/vendor"


def _files(root: Path) -> dict[str, str]:
    checked = check(root)
    made = form_files.files(checked.base, settings=read_settings(root), extensions=checked.extensions)
    return dict(made)


def test_each_collection_has_a_form_and_names_on_the_site(site: Path) -> None:
    form = json.loads((site / "api/v1/forms/tours.json").read_text("utf-8"))
    assert (form["folder"], form["file"]) == ("content/tours", "<id>.yml")
    assert form["schema_line"] == "# yaml-language-server: $schema=../../schemas/tour.schema.json"
    assert (form["title"], form["label"], form["summary"], form["in_one_file"]) == ("Tour", "name", "subtitle", False)
    names = json.loads((site / form["targets"]["huts"]["names"]).read_text("utf-8"))
    assert next(row for row in names if row[0] == "upper-lake")[:2] == ["upper-lake", "Upper Lake Hut"]
    of_one_file = json.loads((site / "api/v1/forms/valleys.json").read_text("utf-8"))
    assert (of_one_file["folder"], of_one_file["file"], of_one_file["in_one_file"]) == ("content", "valleys.yml", True)


def test_a_form_needs_no_other_schema(project: MakeProject) -> None:
    form = json.loads(_files(project())["api/v1/forms/tours.json"])
    text = json.dumps(form["schema"])
    references = [one.split('"')[0] for one in text.split('"$ref": "')[1:]]
    assert references
    assert all(one.startswith("#/$defs/") for one in references)
    assert {one.removeprefix("#/$defs/") for one in references} <= form["schema"]["$defs"].keys()
    assert "x-facet" not in text


def test_the_file_of_a_record_is_published_to_the_byte(project: MakeProject) -> None:
    text = "# c\r\nname: Old Hut   # not new\r\nvalley: x\r\n"
    root = project({"content/huts/old.yml": text.encode(), "content/huts/stone-pass.yml": None})
    files = _files(root)
    assert files["api/v1/huts/old.yml"].encode() == text.encode()
    assert files["api/v1/valleys.yml"].encode() == (root / "content/valleys.yml").read_bytes()


def test_values_that_are_taken_names_and_former_ids_are_known(tmp_path: Path) -> None:
    properties = {
        "name": {"type": "string", "x-search": True},
        "aliases": {"type": "array", "items": {"type": "string"}, "x-alias": True, "x-search": True},
        "code": {"type": "string"},
        "number": {"type": "integer", "x-unique": {"per": "code"}},
        "former": {"type": "array", "items": {"type": "string"}, "x-former-ids": True},
        "near": {"type": "string", "x-ref": "places#code"},
    }
    write(
        tmp_path,
        {
            "content/catalogue.yml": "collections:\n  places: {schema: place, records: !include places.yml}\n",
            "content/places.yml": """
                a: {name: Alm, aliases: [Alp], code: AL, number: 1}
                b: {name: Berg, code: BE, former: [c]}
                """,
            "content/places/own.md": "# Own\n",
            "schemas/place.schema.json": schema("Place", properties),
        },
    )
    files = _files(tmp_path)
    assert json.loads(files["api/v1/forms/names--places.json"]) == [
        ["a", "Alm", ["Alp"], {"code": "AL"}],
        ["b", "Berg", [], {"code": "BE"}, ["c"]],
    ]
    form = json.loads(files["api/v1/forms/places.json"])
    assert form["taken"] == [{"property": "number", "per": "code", "values": [[1, "AL", "a"]]}]
    assert form["taken_ids"] == {
        "own": "content/places/own.md",
        "index": "the index of places",
        "readme": "the index of places",
    }
    known = form_and_names(check(tmp_path), "places")
    assert ask("ids", [{"name": "Own"}, {"name": "C"}, {"name": "D"}, {}], **known) == ["own-2", "c-2", "d", ""]


def test_a_new_record_with_the_id_of_another_is_told(project: MakeProject) -> None:
    known = form_and_names(check(project()), "huts")
    record = {"record": {"name": "Other"}, "known": {"newId": "upper-lake"}}
    (faults,) = ask("check", [record], **known)
    assert "the id 'upper-lake' is taken by content/huts/upper-lake.yml (choose another)" in {
        one["message"] for one in faults
    }


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("東京", "", "the id is missing"),
        ("Con", "", "the id is missing"),
        ("Con", "aux", "no file can have this name on Windows (choose another)"),
        ("東京", "Tokyo Hut", "the id 'Tokyo Hut' is not lower-case ASCII words joined by '-' (write 'tokyo-hut')"),
        ("東京", "山", "the id '山' is not lower-case ASCII words joined by '-' (write it in Latin letters)"),
        ("東京", "a" * 101, f"the id '{'a' * 59}…' has 101 characters; it may have 100 (write a shorter one)"),
        ("東京", "upper-lake", "the id 'upper-lake' is taken by content/huts/upper-lake.yml (choose another)"),
        ("東京", "tokyo", ""),
        ("Tokyo", "tokyo", ""),
    ],
)
def test_a_name_that_gives_no_id_needs_one_that_a_file_can_have(
    project: MakeProject, name: str, typed: str, said: str
) -> None:
    known = form_and_names(check(project()), "huts")
    assert ask("ids", [{"name": name}], **known) == ["tokyo" if name == "Tokyo" else ""]
    (faults,) = ask("check", [{"record": {"name": name}, "known": {"newId": typed}}], **known)
    assert [one["message"] for one in faults if one["path"] == ["id"]] == ([said] if said else [])


def test_a_new_record_that_no_other_names_is_told_where_readers_find_it_only_through_others(
    project: MakeProject,
) -> None:
    checked = check(project())
    for collection, is_named, expected in (("huts", False, True), ("huts", True, False), ("tours", False, False)):
        record = {"record": {"name": "New"}, "known": {"newId": "new", "isNamed": is_named}}
        (faults,) = ask("check", [record], **form_and_names(checked, collection))
        assert ("unreferenced" in {one["rule"] for one in faults}) == expected


def test_a_record_that_is_corrected_is_not_its_own_double(tmp_path: Path) -> None:
    from tests.generator.test_form_words import FILES  # the same project

    write(tmp_path, FILES)
    checked = check(tmp_path)
    record = {"record": checked.base["trips"].records["a-first"].data, "known": {"id": "a-first"}}
    assert ask("check", [record], **form_and_names(checked, "trips")) == [[]]


def test_a_rule_of_the_project_is_listed_with_what_its_documentation_says(tmp_path: Path) -> None:
    rules = '''
        from smartguide import rule

        @rule("early", collections=["places"])
        def early(record):
            """A ``name`` is short: no more.

            Why, is told here.
            """
            return []
        '''
    write(
        tmp_path,
        {
            "content/catalogue.yml": """
                extensions: [extensions/own.py]
                collections:
                  places: {schema: place, standalone: true, records: !include places.yml}
                  others: {schema: place, standalone: true, records: !include others.yml}
                """,
            "content/places.yml": "a: {name: Alm}\n",
            "content/others.yml": "b: {name: Berg}\n",
            "schemas/place.schema.json": schema("Place", {"name": {"type": "string"}}),
            "extensions/own.py": rules,
        },
    )
    files = _files(tmp_path)
    listed = {name: json.loads(files[f"api/v1/forms/{name}.json"])["only_ci"] for name in ("places", "others")}
    assert {"rule": "early", "words": "A name is short."} in listed["places"]
    assert [one["rule"] for one in listed["others"]] == ["dead-link"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, {"kind": "", "repository": "", "branch": "main", "folder": "", "edit": ""}),
        (
            {"repo_url": "https://github.com/a/b/", "edit_uri": "edit/trunk/content/"},
            {
                "kind": "github",
                "repository": "https://github.com/a/b",
                "branch": "trunk",
                "folder": "",
                "edit": "https://github.com/a/b/edit/trunk/",
            },
        ),
        (
            {"repo_url": "https://git.example.org/a/b", "edit_uri": "-/edit/main/guide/content/"},
            {
                "kind": "gitlab",
                "repository": "https://git.example.org/a/b",
                "branch": "main",
                "folder": "guide",
                "edit": "https://git.example.org/a/b/-/edit/main/",
            },
        ),
        (
            {"repo_url": "https://gitlab.example.org/a/b"},
            {
                "kind": "gitlab",
                "repository": "https://gitlab.example.org/a/b",
                "branch": "main",
                "folder": "",
                "edit": "",
            },
        ),
        (
            {"repo_url": "https://code.example.org/a/b", "edit_uri": "src/branch/main/docs/"},
            {
                "kind": "",
                "repository": "https://code.example.org/a/b",
                "branch": "main",
                "folder": "docs",
                "edit": "https://code.example.org/a/b/src/branch/main/",
            },
        ),
        (
            {
                "repo_url": "https://code.example.org/a/b",
                "edit_uri": "https://code.example.org/a/b/_edit/main/content/",
            },
            {
                "kind": "",
                "repository": "https://code.example.org/a/b",
                "branch": "main",
                "folder": "",
                "edit": "https://code.example.org/a/b/_edit/main/",
            },
        ),
    ],
)
def test_the_forge_is_what_the_settings_say(values: dict[str, str], expected: dict[str, str]) -> None:
    assert forge(Settings(values)) == expected


def test_the_names_of_eight_thousand_records_would_be_less_than_400_kilobytes(tmp_path: Path) -> None:
    words = [
        "cluster",
        "network",
        "alliance",
        "region",
        "valley",
        "technology",
        "packaging",
        "maritime",
        "health",
        "food",
    ]
    made = [
        f"{words[n % 10]}-{words[n // 10 % 10]}-{n}: {{name: {words[n % 10].title()} {words[n // 10 % 10].title()} of "
        f"Place {n * 7919 % 99991}, aliases: [{words[n % 7].upper()}{n}, {words[n % 9].title()} {n * 31 % 9973} e.V.]}}\n"
        for n in range(800)
    ]
    properties = {
        "name": {"type": "string", "x-search": True},
        "aliases": {"type": "array", "items": {"type": "string"}, "x-search": True},
    }
    write(
        tmp_path,
        {
            "content/catalogue.yml": "collections:\n  places: {schema: place, records: !include places.yml}\n",
            "content/places.yml": "".join(made),
            "schemas/place.schema.json": schema("Place", properties),
        },
    )
    names = _files(tmp_path)["api/v1/forms/names--places.json"].encode()
    assert len(json.loads(names)) == 800
    assert len(gzip.compress(names)) < 40_000


def test_ids_have_the_letters_that_the_command_line_gives_them() -> None:
    texts = ["Zürich—Łódź & Co. (ZH)", "Ελλάδα", "България", "Þingeyri", "œuvre №5", "", "  ", "Ł" * 150, "Ünïtéd-2"]
    assert ask("slugs", texts) == [slug(text) for text in texts]
    assert make_letters.TARGET.read_text("utf-8").split("export")[1] == make_letters.text().split("export")[1]


@pytest.mark.parametrize(
    ("folder", "package"), [("yaml", "yaml/browser/dist"), ("json-schema", "@cfworker/json-schema/dist/esm")]
)
def test_packages_are_published_as_they_are(folder: str, package: str) -> None:
    for path in (VENDORED / folder).rglob("*.js"):
        original = (ROOT / "node_modules" / package / path.relative_to(VENDORED / folder)).read_text("utf-8")
        lines = [line for line in original.splitlines() if not line.startswith("//# sourceMappingURL=")]
        assert path.read_text("utf-8").splitlines() == lines, path
        assert not re.search(r"\beval\(|new Function\(", path.read_text("utf-8"))  # the policy of the site forbids them
