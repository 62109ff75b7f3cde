"""``smartguide diff``: what a change does to a knowledge base, in words, in Markdown and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from smartguide.changes import report
from smartguide.cli import main
from smartguide.reading import composed
from tests import hostile_texts
from tests.generator import projects
from tests.generator.made import library
from tests.projects import Changes, write
from tests.repositories import commit, git

TOUR = projects.text("content/tours/three-lakes.yml")
HUT = projects.text("content/huts/upper-lake.yml")
GUARDED = "content/huts/low.yml"
LOW = "name: Low Hut\nvalley: NTH\nbeds: 20\nsources:\n  - source: map\n"


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), "diff", *arguments])


def said(root: Path, *arguments: str) -> str:
    done = run(root, *arguments)
    assert done.exit_code == 0, done.output
    return done.output


def data(root: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(root, *arguments, "--format", "json"))
    return found


@pytest.fixture
def tours(tmp_path: Path) -> Path:
    """Return the folder of the small project, committed."""
    root = projects.copy(tmp_path / "tours")
    commit(root)
    return root


def tour(**changed: str) -> dict[str, str]:
    """Return the tour with other lines: each key replaces the lines of that key."""
    lines = re.split(r"(?m)^(?=\w)", TOUR)
    kept = [line for line in lines if line and line.partition(":")[0] not in changed]
    return {
        "content/tours/three-lakes.yml": "".join(
            [*kept, *(f"{key}:{value}\n" for key, value in changed.items() if value)]
        )
    }


STAGES = "\n  - hut: upper-lake\n  - hut: stone-pass"

# What changes, and lines that the report has of it.
VALUES = [
    ("a value", tour(nights=" 3"), ["Nights: 2 → 3"]),
    ("a value that is new", tour(start=" 2025-06"), ["Start: 2025-06 (new)"]),
    ("a value that is gone", tour(grade=""), ["Grade: 2 (removed)"]),
    ("yes and no", tour(guided=" false"), ["Guided: yes → no"]),
    ("yes as a number", tour(guided=" 1"), ["Guided: yes → 1"]),
    ("a number as text", tour(nights=' "2"'), ["Nights: 2 (2) → 2 (2)"]),
    ("prose", tour(description=" New."), ["Description: New. (new)"]),
    ("a list with another item", tour(valleys=" [NTH, STH]"), ["Valleys: South Valley (new)"]),
    ("a list with one item less", tour(stages="\n  - hut: upper-lake"), ["Stages: Hut: Stone Pass Hut (removed)"]),
    ("items in another order", tour(stages="\n  - hut: stone-pass\n  - hut: upper-lake"), ["Stages: Stone Pass Hut (moved from place 2 to 1)"]),
    ("a value in an item", tour(stages=f"{STAGES}\n    remark: Bring bread"), ["Stages / Stone Pass Hut / Remark: Bring bread (new)"]),
    ("a list that is new", tour(highlights="\n  - The pass"), ["Highlights: The pass (new)"]),
    ("a list of mappings that is new", tour(figures="\n  - {label: Ascent, value: 950, unit: m, source: map}\n  - {label: Way, value: 12, source: map}"),
     ["Figures: What it counts: Ascent; Value: 950; Unit: m; Document: A map (new)", "Figures: What it counts: Way; Value: 12; Document: A map (new)"]),
    ("a reference to another record", {**tour(themes=" [stone]"), "content/themes.yml": "water: {name: Water, description: W.}\nstone: {name: Stone, description: S.}\n"},
     ["Themes: Stone (new)", "Themes: Water (removed)"]),
    ("a reference to nothing", tour(themes=" [ice]"), ["Themes: ice (of which there is no record) (new)"]),
    ("a key that no schema has", tour(colour=" red"), ["colour: red (new)"]),
    ("a value of a record among others", {"content/valleys.yml": "north: {code: NTH, name: Northern Valley}\nsouth: {code: STH, name: South Valley}\n"},
     ["Valley: Northern Valley, content/valleys.yml", "Name: North Valley → Northern Valley"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), [one[1:] for one in VALUES], ids=[one[0] for one in VALUES])
def test_each_value_that_differs_is_told_in_the_words_of_its_schema(
    tours: Path, changes: Changes, expected: list[str]
) -> None:
    write(tours, changes)
    lines = [line.strip() for line in said(tours, "HEAD").splitlines()]
    for line in expected:
        assert line in lines
    assert "Changed" in lines


def test_prose_is_shown_as_it_was_and_as_it_is_around_what_differs(tours: Path) -> None:
    long = " ".join(f"word{number}" for number in range(200))
    write(tours, tour(description=f" {long} and that."))
    commit(tours)
    write(tours, tour(description=f" {long} or that."))
    lines = [line.strip() for line in said(tours, "HEAD").splitlines() if "Description" in line]
    assert [re.sub(r"(?:word\d+ )+", "… ", line) for line in lines] == [
        "Description, before: … … and that.",
        "Description, now: … … or that.",
    ]


RECORDS = [
    ("added", {GUARDED: LOW}, "Added", ["Hut: Low Hut, content/huts/low.yml", "Name: Low Hut (new)", "Valley: North Valley (new)", "Sources: Document: A map (new)"]),
    ("removed", {"content/huts/stone-pass.yml": None, **tour(stages="\n  - hut: upper-lake")}, "Removed", ["Hut: Stone Pass Hut, content/huts/stone-pass.yml: its URL leads nowhere"]),
    ("renamed, and it says so", {"content/huts/upper-lake.yml": None, "content/huts/lake.yml": f"{HUT}former_ids: [upper-lake]\n", **tour(stages="\n  - hut: lake\n  - hut: stone-pass")},
     "Renamed", ["Hut: Upper Lake Hut, content/huts/lake.yml, from upper-lake to lake: its old URL leads to the new one", "Former ids: upper-lake (new)"]),
    ("renamed without a word", {"content/huts/upper-lake.yml": None, "content/huts/lake.yml": HUT, **tour(stages="\n  - hut: lake\n  - hut: stone-pass")},
     "Renamed", ["Hut: Upper Lake Hut, content/huts/lake.yml, from upper-lake to lake: its old URL leads nowhere, as no former id says so"]),
    ("merged", {"content/huts/upper-lake.yml": None, "content/huts/stone-pass.yml": "name: Stone Pass Hut\nvalley: STH\nsources: [{source: map}]\nformer_ids: [upper-lake]\n", **tour(stages="\n  - hut: stone-pass")},
     "Merged", ["Hut: Upper Lake Hut, content/huts/upper-lake.yml, into Stone Pass Hut: its URL leads there"]),
    ("broken", {"content/huts/upper-lake.yml": "name: [\n"}, "Can no longer be read", ["Hut: Upper Lake Hut, content/huts/upper-lake.yml"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "part", "expected"), [one[1:] for one in RECORDS], ids=[one[0] for one in RECORDS])
def test_records_that_come_go_or_get_another_id_are_told(
    tours: Path, changes: Changes, part: str, expected: list[str]
) -> None:
    write(tours, changes)
    text = said(tours, "HEAD")
    below = text.partition(f"\n{part}\n")[2].partition("\n\n")[0]
    lines = [line.strip() for line in below.splitlines()]
    for line in expected:
        assert line in lines
    assert ("\nChanged\n" in text) is (part in ("Removed", "Merged"))


def test_a_reference_that_follows_a_renamed_record_is_no_change(tours: Path) -> None:
    write(tours, {"content/huts/upper-lake.yml": None, "content/huts/lake.yml": f"{HUT}former_ids: [upper-lake]\n"})
    write(tours, tour(stages="\n  - hut: lake\n  - hut: stone-pass"))
    found = data(tours, "HEAD")
    assert [one["what"] for one in found["records"]] == ["renamed"]
    assert found["references"] == {"gained": [], "lost": []}
    assert [(one["path"], one["of"]) for one in found["files"]] == [("content/tours/three-lakes.yml", "rewritten")]


def test_layout_comments_and_the_order_of_keys_are_no_change_of_a_record(tours: Path) -> None:
    write(
        tours,
        {"content/huts/upper-lake.yml": "# here\nvalley: NTH\nsources: [{source: map}]\n" + HUT.split("valley")[0]},
    )
    found = data(tours, "HEAD")
    assert found["records"] == []
    assert [(one["path"], one["of"]) for one in found["files"]] == [("content/huts/upper-lake.yml", "rewritten")]


def test_links_references_pages_figures_and_findings_are_told(tours: Path) -> None:
    write(
        tours,
        {
            "content/notes.md": "# Notes\n\n[a](https://b.example/)\n",
            "content/extra.md": "# Extra\n\nOne.\n\nTwo.\n",
            "content/first.md": "# First\n\n{{ link('tours', 'three-lakes') }} of {{ count('tours') }}\n",
            "content/other.md": "# Other\n\n{{ count('themes') }} {{ link('themes', 'water') }}\n",
        },
    )
    commit(tours)
    write(
        tours,
        {
            **tour(valleys=" [STH]", themes="", links="\n  - {url: https://a.example/x#y, label: There}"),
            GUARDED: LOW.replace("NTH", "XXX"),
            "content/notes.md": "# Notes\n\nNone.\n\nOr one.\n",
            "content/extra.md": None,
            "content/further.md": "# Extra\n\nOne.\n\nTwo.\n",
            "schemas/hut.schema.json": projects.text("schemas/hut.schema.json").replace("sleep there", "rest there"),
        },
    )
    found = data(tours, "HEAD")
    assert found["links"] == {
        "gained": [{"url": "https://a.example/x", "files": ["content/tours/three-lakes.yml"]}],
        "lost": [{"url": "https://b.example/", "files": ["content/notes.md"]}],
    }
    told = [(one["from"]["id"], one["to"]["id"], one["through"]) for one in found["references"]["gained"]]
    assert told == [("three-lakes", "south", "valleys[]"), ("low", "map", "sources[].source")]
    lost = [(one["from"]["id"], one["to"]["id"]) for one in found["references"]["lost"]]
    assert lost == [("three-lakes", "water"), ("three-lakes", "north")]
    assert found["figures"] == [{"figure": "Huts", "before": 2, "after": 3}]
    gained = {(one["rule"], one["path"]) for one in found["findings"]["gained"]}
    assert gained == {("unknown-reference", GUARDED), ("unreferenced", GUARDED), ("unreferenced", "content/themes.yml")}
    assert [(one["what"], one["path"], one["former_path"]) for one in found["chapters"]] == [
        ("moved", "content/further.md", "content/extra.md"),
        ("changed", "content/notes.md", ""),
    ]
    assert [(one["what"], one["path"], one["of"]) for one in found["files"]] == [
        ("changed", "schemas/hut.schema.json", "schema")
    ]
    pages = {one["url"]: (one["what"], one["shows"]) for one in found["pages"]}
    assert pages == {
        "extra/": ("removed", False),
        "first/": ("changed", True),
        "further/": ("added", False),
        "huts/": ("changed", True),
        "huts/low/": ("added", False),
        "huts/stone-pass/": ("changed", True),
        "huts/upper-lake/": ("changed", True),
        "notes/": ("changed", False),
        "sources/map/": ("changed", True),
        "themes/water/": ("changed", True),
        "tours/": ("changed", True),
        "tours/three-lakes/": ("changed", False),
        "valleys/north/": ("changed", True),
        "valleys/south/": ("changed", True),
    }
    text = said(tours, "HEAD")
    for line in (
        "1 record added; 1 record changed; 1 chapter changed; 1 chapter renamed; 1 other file changed; 1 new link to other sites; 1 link to other sites gone; 1 new error; 2 new warnings.",
        "  Huts: 2 → 3",
        "  Notes, content/notes.md: changed, 2 lines added and 1 line removed",
        "    before: [a](https://b.example/)",
        "    now: None. Or one.",
        "  /huts/low/: new (Hut: Low Hut)",
        "  Tour: Three Lakes → Valley: South Valley (Valley)",
        "  schemas/hut.schema.json: changed (what records may hold)",
    ):
        assert line in text.splitlines()


HUT_SCHEMA = projects.text("schemas/hut.schema.json")
TOUR_SCHEMA = projects.text("schemas/tour.schema.json")
# What changes in the schema, and what the report says of the kind.
SCHEMAS = [
    ("a property with another key", "hut", HUT_SCHEMA.replace('"beds": {', '"bunks": {'), ["Beds (bunks): new, may be given", "Beds (beds): removed"]),
    ("one that must be given", "hut", HUT_SCHEMA.replace('"name", "valley"', '"name", "beds", "valley"').replace('    "name",\n', '    "name",\n    "beds",\n', 1), ["Beds (beds): must be given now"]),
    ("other limits", "tour", TOUR_SCHEMA.replace('"minimum": 1', '"minimum": 0', 1), ["other values are allowed than before"]),
    ("other values to choose from", "tour", TOUR_SCHEMA.replace('"day tour"', '"half a day"'), ["may be “half a day”", "may no longer be “day tour”"]),
    ("only words", "hut", HUT_SCHEMA.replace("sleep there", "rest there"), []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "schema", "expected"), [one[1:] for one in SCHEMAS], ids=[one[0] for one in SCHEMAS])
def test_what_records_may_hold_is_told_in_words(tours: Path, name: str, schema: str, expected: list[str]) -> None:
    write(tours, {f"schemas/{name}.schema.json": schema})
    text = said(tours, "HEAD")
    told = text.partition("\nWhat records may hold\n")[2].partition("\n\n")[0]
    assert [words for words in expected if words not in told] == [], text
    assert ("1 kind of record changed" in text) == bool(expected)


def test_a_finding_that_only_stands_elsewhere_is_neither_gained_nor_lost(tours: Path) -> None:
    write(tours, tour(themes=" [ice]"))
    commit(tours)
    write(
        tours,
        {
            "content/tours/three-lakes.yml": f"\n\n# moved down\n{tour(themes=' [ice]')['content/tours/three-lakes.yml']}"
        },
    )
    assert data(tours, "HEAD")["findings"] == {"gained": [], "lost": []}
    write(tours, tour())
    assert [one["rule"] for one in data(tours, "HEAD")["findings"]["lost"]] == ["unknown-reference"]


def test_nothing_changes(tours: Path) -> None:
    assert said(tours, "HEAD").splitlines()[0] == "Nothing changes."


# What changes, and the notices on its lines.
NOTICES = [
    ("a number", tour(nights=" 3"), ["line=13,col=9::Nights was 2 and is 3 (compare it with the document that it is from)"]),
    ("a number in a list", tour(figures="\n  - {label: Ascent, value: 951, source: map}"), ["::Figures / Ascent / Value was 950 and is 951 (compare it with the document that it is from)"]),
    ("a word, which comes after numbers", tour(guided=" false", nights=" 3"), ["::Nights was 2 and is 3", "::Guided was yes and is no"]),
    ("what forges would obey", tour(kind=' "##[error]x ::error::y%0A\\n::error::z"', nights=" 3"), ["::Nights was 2", "::Kind was from hut to hut and is ##[error]x ::error::y%250A ::error::z ("]),
    ("a text, which the summary shows better", tour(description=" Quite another text."), []),
    ("a value that is new", tour(start=" 2025-06"), []),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), [one[1:] for one in NOTICES], ids=[one[0] for one in NOTICES])
def test_a_value_that_has_changed_is_annotated_on_its_line(tours: Path, changes: Changes, expected: list[str]) -> None:
    write(tours, tour(description=" A text of some words.", figures="\n  - {label: Ascent, value: 950, source: map}"))
    commit(tours)
    write(tours, changes)
    lines = said(tours, "HEAD", "--format", "github").splitlines()
    assert all(line.startswith("::notice file=content/tours/three-lakes.yml,title=changed,line=") for line in lines)
    assert len(lines) == len(expected)
    assert [words for words in expected if not any(words in line for line in lines)] == []


def test_no_more_values_are_annotated_than_a_forge_shows(tours: Path) -> None:
    many = "\n".join(f"  - {{label: Way {number}, value: {{}}{number}, source: map}}" for number in range(12))
    write(tours, tour(figures="\n" + many.replace("{}", "1")))
    commit(tours)
    write(tours, tour(figures="\n" + many.replace("{}", "2"), guided=" false"))
    found = said(tours, "HEAD", "--format", "github")
    assert found.count("::notice ") == 10
    assert "Guided" not in found


def test_the_keys_of_the_json_are_those_that_are_documented(tours: Path) -> None:
    write(tours, {GUARDED: LOW, **tour(nights=" 3"), "content/x.md": "# X\n"})
    found = data(tours, "HEAD")
    text = (projects.SMALL.parents[2] / "docs/extending.md").read_text(encoding="utf-8")
    table = text.partition("\n### What a change does, as JSON\n")[2].partition("\n## ")[0]
    documented = set(re.findall(r"`(\w+)`", "".join(line for line in table.splitlines() if line.startswith("|"))))
    keys = {*found, *found["base"], *found["records"][0], *found["records"][0]["values"][0], *found["chapters"][0], *found["pages"][0],
            *found["figures"][0], *found["references"]["gained"][0], *found["links"]}  # fmt: skip
    assert keys <= documented


def test_two_runs_say_the_same(tours: Path) -> None:
    write(tours, {GUARDED: LOW, **tour(nights=" 3")})
    assert said(tours, "HEAD", "--format", "json") == said(tours, "HEAD", "--format", "json")


# Revisions


def test_what_the_base_has_gained_since_is_no_part_of_the_change(tours: Path) -> None:
    git(tours, "checkout", "--quiet", "-b", "mine")
    write(tours, {GUARDED: LOW})
    commit(tours)
    git(tours, "checkout", "--quiet", "main")
    write(tours, tour(nights=" 3"))
    commit(tours)
    git(tours, "checkout", "--quiet", "mine")
    for arguments in (["main"], ["main", "mine"]):
        found = data(tours, *arguments)
        assert [(one["what"], one["id"]) for one in found["records"]] == [("added", "low")]
        assert "main has gone on since" in found["notes"][0]
    git(tours, "checkout", "--quiet", "main")
    assert [(one["what"], one["id"]) for one in data(tours, "main", "mine")["records"]] == [("added", "low")]


def test_two_revisions_can_be_compared_back_in_time(tours: Path) -> None:
    write(tours, {GUARDED: LOW})
    commit(tours)
    assert [one["what"] for one in data(tours, "HEAD~1", "HEAD")["records"]] == ["added"]
    assert [one["what"] for one in data(tours, "HEAD", "HEAD~1")["records"]] == ["removed"]
    assert data(tours, "HEAD", "HEAD")["records"] == []


def test_files_that_git_ignores_are_no_part_of_the_working_tree(tours: Path) -> None:
    write(tours, {".gitignore": "site/\n", "site/index.html": "x", "more.txt": "x"})
    assert [one["path"] for one in data(tours, "HEAD")["files"]] == [".gitignore", "more.txt"]


def test_a_project_may_be_a_folder_of_a_repository(tmp_path: Path) -> None:
    root = projects.copy(tmp_path / "docs" / "tours")
    write(tmp_path, {"other.txt": "x"})
    commit(tmp_path)
    write(tmp_path, {"other.txt": "y"})
    write(root, {GUARDED: LOW})
    found = data(root, "HEAD")
    assert [one["id"] for one in found["records"]] == ["low"]
    assert found["files"] == []


def test_variables_that_lead_git_elsewhere_are_of_no_effect(
    tours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = library(tmp_path / "library")
    commit(other)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    write(tours, {GUARDED: LOW})
    assert [one["id"] for one in data(tours, "HEAD")["records"]] == ["low"]


def test_a_revision_that_git_does_not_know_is_wrong_use(tours: Path) -> None:
    for revision in ("nope", "--all", "HEAD:content", "\x1b[31mred", "a\nb"):
        done = run(tours, "--", revision)
        assert done.exit_code == 2
        assert "git knows no revision" in done.output
        assert "\x1b" not in done.output
    assert run(tours, "HEAD", "nope").exit_code == 2


def test_without_a_repository_or_git_the_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = projects.copy(tmp_path / "tours")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    done = run(root, "HEAD")
    assert (done.exit_code, "is in no git repository" in done.output) == (2, True)
    git(root, "init", "--quiet")
    assert "git knows no revision 'HEAD'" in run(root, "HEAD").output
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in run(root, "HEAD").output


def test_a_shallow_clone_says_how_to_fetch_the_rest(tours: Path, tmp_path: Path) -> None:
    git(tours, "checkout", "--quiet", "-b", "mine")
    commit(tours, "mine")
    git(tours, "checkout", "--quiet", "main")
    first = git(tours, "rev-parse", "HEAD")
    commit(tours, "later")
    commit(tours, "last")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{tours}", str(shallow))
    assert "fetch --unshallow" in run(shallow, first).output
    done = run(shallow, "origin/mine")
    assert (done.exit_code, "clone is shallow" in done.output) == (2, True)
    assert said(shallow, "HEAD").splitlines()[0] == "Nothing changes."


# Bases that are wrong


def test_a_base_with_errors_is_compared_as_far_as_it_can_be_read(tours: Path) -> None:
    write(tours, {"content/huts/stone-pass.yml": "name: [\n", **tour(nights=" 40")})
    commit(tours)
    write(
        tours,
        {
            "content/huts/stone-pass.yml": "name: Stone Pass Hut\nvalley: STH\nsources: [{source: map}]\n",
            **tour(nights=" 4"),
        },
    )
    found = data(tours, "HEAD")
    assert [(one["what"], one["id"]) for one in found["records"]] == [
        ("changed", "three-lakes"),
        ("could not be read before", "stone-pass"),
    ]
    assert any("errors; what could be read of it was compared" in note for note in found["notes"])
    assert len(found["findings"]["lost"]) > 1


@pytest.mark.parametrize(
    ("broken", "note"),
    [
        ({"content/catalogue.yml": "collections: [\n"}, "The catalogue of HEAD"),
        ({"schemas/hut.schema.json": "{"}, "The schemas of HEAD"),
    ],
)
def test_a_base_whose_catalogue_or_schemas_cannot_be_used_is_told(tours: Path, broken: Changes, note: str) -> None:
    write(tours, broken)
    commit(tours)
    write(tours, {name: projects.text(name) for name in broken})
    write(tours, {"content/huts/upper-lake.yml": HUT.replace("Upper", "Higher")})
    found = data(tours, "HEAD")
    assert any(one.startswith(note) for one in found["notes"])
    whats = {one["what"] for one in found["records"]}
    assert whats == ({"could not be read before"} if "catalogue" in note else {"changed"})


def test_where_the_base_has_no_knowledge_base_everything_is_new(tmp_path: Path) -> None:
    root = tmp_path / "tours"
    write(root, {"README.md": "x"})
    commit(root)
    projects.copy(root)
    found = data(root, "HEAD")
    assert {one["what"] for one in found["records"]} == {"added"}
    assert "holds no knowledge base in this folder" in found["notes"][0]


# Code


MARKS = '''
    from pathlib import Path
    from smartguide import figures

    Path("{mark}").touch()

    @figures("own")
    def own(base):
        """Count the pages of all books."""
        yield "Years of the books", {number} * sum(one.get("end") or 0 for one in base["books"])
    '''


def test_only_the_code_of_the_working_tree_is_run(tmp_path: Path) -> None:
    root = tmp_path / "library"
    for number in (1, 2, 3):
        library(
            root,
            {
                "extensions/own.py": MARKS.format(mark=tmp_path / f"ran{number}", number=number),
                "content/books.yml": f"emma: {{title: Emma, author: jane, start: 1814, end: 181{number + 4}}}",
            },
        )
        commit(root)
    for arguments in (["HEAD~2"], ["HEAD~2", "HEAD~1"]):
        found = data(root, *arguments)
        moved = {one["figure"]: (one["before"], one["after"]) for one in found["figures"]}
        assert moved == {"Years of the books": (3 * 1815, 3 * (1815 + (1 if len(arguments) > 1 else 2)))}
        assert any("Extensions have changed" in note for note in found["notes"])
    assert sorted(path.name for path in tmp_path.glob("ran*")) == ["ran3"]


def test_settings_of_a_revision_load_nothing(tours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "loaded"
    write(
        tmp_path / "modules", {"evil_extension.py": f"open({str(mark)!r}, 'w').close()\ndef makeExtension(**_): ...\n"}
    )
    monkeypatch.syspath_prepend(str(tmp_path / "modules"))
    settings = projects.text("mkdocs.yml")
    write(tours, {"mkdocs.yml": settings})
    commit(tours)
    git(tours, "checkout", "--quiet", "-b", "evil")
    evil = settings.replace("markdown_extensions:\n", "markdown_extensions:\n  - evil_extension: {a: 1}\n")
    write(tours, {"mkdocs.yml": evil.replace("extra:\n", "extra:\n  x: https://a.example/\n")})
    commit(tours)
    git(tours, "checkout", "--quiet", "main")
    found = data(tours, "main", "evil")
    assert not mark.exists()
    assert [(one["path"], one["of"]) for one in found["files"]] == [("mkdocs.yml", "settings")]
    assert [one["url"] for one in found["links"]["gained"]] == ["https://a.example/"]
    assert found["findings"] == {"gained": [], "lost": []}


def test_what_is_wrong_with_new_settings_is_told_and_so_is_what_they_name_in_vain(tours: Path) -> None:
    settings = projects.text("mkdocs.yml")
    write(
        tours,
        {
            "mkdocs.yml": f"{settings}nav:\n  - index.md\n  - x.md\n",
            "content/index.md": "# Home\n",
            "content/x.md": "# X\n",
        },
    )
    commit(tours)
    write(tours, {"content/x.md": None})
    assert [one["path"] for one in data(tours, "HEAD")["findings"]["gained"]] == ["mkdocs.yml"]
    write(tours, {"content/x.md": "# X\n", "mkdocs.yml": f"{settings}naw:\n  - index.md\n"})
    assert "no setting 'naw'" in [one["message"] for one in data(tours, "HEAD")["findings"]["gained"]]


def test_a_figure_that_cannot_be_counted_is_told(tmp_path: Path) -> None:
    root = tmp_path / "library"
    text = MARKS.format(mark=tmp_path / "ran", number=1)
    library(root, {"extensions/own.py": text})
    commit(root)
    write(root, {"extensions/own.py": text.replace('one.get("end") or 0', "1 // 0")})
    assert "These figures of the working tree could not be counted: own." in data(root, "HEAD")["notes"]


def test_filters_and_attributes_of_the_repository_play_no_part(tours: Path, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    write(tours, {".gitattributes": "*.yml filter=evil export-ignore\n"})
    commit(tours)
    git(tours, "config", "filter.evil.smudge", f"touch {mark}; cat")
    git(tours, "config", "core.fsmonitor", f"touch {mark}")
    write(tours, tour(nights=" 3"))
    assert [one["id"] for one in data(tours, "HEAD")["records"]] == ["three-lakes"]
    assert not mark.exists()


def test_a_tree_that_leads_out_of_its_folder_writes_nothing_there(tours: Path, tmp_path: Path) -> None:
    import subprocess

    blob = git(tours, "hash-object", "-w", "content/sources.yml")
    tree = subprocess.run(
        ["git", "-C", str(tours), "hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
        input=b"100644 ../evil.txt\0" + bytes.fromhex(blob) + b"100644 a.txt\0" + bytes.fromhex(blob),
        capture_output=True, check=True,
    ).stdout.decode().strip()  # fmt: skip
    made = git(tours, "commit-tree", tree, "-p", "HEAD", "-m", "x")
    done = run(tours, made, "HEAD")
    assert done.exit_code == 0, done.output
    assert not list(tmp_path.rglob("evil.txt"))


def test_links_are_told_and_not_followed(tours: Path) -> None:
    (tours / "theme").mkdir()
    (tours / "theme/x.css").symlink_to("/etc/passwd")
    commit(tours)
    (tours / "theme/x.css").unlink()
    (tours / "theme/x.css").symlink_to("/etc/group")
    assert data(tours, "HEAD")["files"] == [{"what": "changed", "path": "theme/x.css", "of": "link"}]


def test_another_repository_inside_of_this_one_is_told(tours: Path) -> None:
    first = git(tours, "rev-parse", "HEAD")
    git(tours, "update-index", "--add", "--cacheinfo", f"160000,{first},theme/more")
    assert data(tours, "HEAD")["files"] == [{"what": "added", "path": "theme/more", "of": "link"}]
    git(tours, "commit", "--quiet", "--message", "x")
    assert data(tours, "HEAD")["files"] == []
    assert [one["what"] for one in data(tours, "HEAD", "HEAD~1")["files"]] == ["removed"]


# Text of strangers


FORGES = re.compile(r"(?<!\w)@\w|\bwww\.|://|(?<!\w)#\d|\bGH-\d", re.IGNORECASE)
"""What a forge would make a mention or a link of, in a text that Markdown has made already."""


def shown(text: str) -> list[str]:
    """Return the texts that Markdown shows, with code left out; fail for any HTML, link or picture."""
    found: list[str] = []
    for token in MarkdownIt("commonmark").enable(["table", "linkify", "strikethrough"]).parse(text):
        assert token.type not in {"html_block", "fence", "code_block", "blockquote_open", "hr", "ordered_list_open"}, (
            token
        )
        for child in token.children or ():
            assert child.type in {"text", "code_inline", "strong_open", "strong_close", "softbreak", "text_special"}, (
                child
            )
        if token.children:
            found.append("".join(child.content for child in token.children if child.type in {"text", "text_special"}))
    return found


HOSTILE = [
    *hostile_texts.TEXTS, "@everybody", "fixes #1", "GH-1", "a@b.example", "www.evil.example", "https://evil.example/", "- [ ] x", "1. x", "1) x",
    "a | b | c", "/close", "`", "``` x", "***", "| x |", "$$x$$", ":smile:", "\\", "[x]: https://evil.example", "> x", "    x", "&#64;x", "a\n\n# b\n- c",
]  # fmt: skip


def test_a_report_in_markdown_shows_hostile_texts_and_makes_nothing_of_them(
    tours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "LARGEST", 10_000_000)  # all of them in one report

    def huts(prefix: str, setting: Callable[[str], str]) -> Changes:
        return {
            f"content/huts/{prefix}{number}.yml": f"name: {json.dumps(text, ensure_ascii=False)}\nvalley: NTH\n{setting(text)}sources:\n  - source: map\n"
            for number, text in enumerate(HOSTILE)
        }

    write(tours, huts("h", lambda _: "setting: Above\n"))
    commit(tours)
    write(tours, huts("h", lambda text: f"setting: {json.dumps(text, ensure_ascii=False)}\n"))
    write(tours, huts("n", lambda _: ""))
    lines = shown(said(tours, "HEAD", "--format", "markdown"))
    assert len(lines) > 4 * len(HOSTILE)
    for line in lines:
        assert not FORGES.search(line), line
    together = " ".join(lines).replace("\u200b", "")
    for text in HOSTILE:
        assert " ".join(composed(text).split())[:100] in together
    for line in said(tours, "HEAD").splitlines():
        assert line.isprintable()


def test_hostile_names_of_branches_files_and_chapters_are_escaped(tours: Path) -> None:
    branch = "x`@evil<b>$(id)|#1"
    git(tours, "checkout", "--quiet", "-b", branch)
    write(
        tours,
        {
            "theme/a`b|<img src=x>@evil #1.css": "x",
            "theme/\x1b[31mred\u202e.css": "y",
            "content/evil.md": "# <b>@evil</b> [x](https://evil.example)\n",
        },
    )
    (tours / "theme").joinpath(b"\xff.css".decode("utf-8", "surrogateescape")).write_text("z", encoding="utf-8")
    for style in ("text", "markdown", "json"):
        text = said(tours, branch, "--format", style)
        text.encode()
        assert all(line.isprintable() for line in text.splitlines())
        if style == "markdown":
            for line in shown(text):
                assert not FORGES.search(line), line
    assert json.loads(text)["base"]["revision"] == branch


def test_a_report_in_markdown_has_a_limit_and_says_what_it_leaves_out(tours: Path) -> None:
    long = "\n".join(f"  - '{'@' * 290} {number}'" for number in range(50))
    write(tours, tour(nights=" 3", notes=f"\n{long}", links="\n  - {url: https://a.example/, label: There}"))
    for number in range(400):
        write(tours, {f"content/huts/h{number}.yml": LOW.replace("Low Hut", f"'{'@' * 80} {number}'")})
    text = said(tours, "HEAD", "--format", "markdown")
    assert 50_000 < len(text) <= 60_000
    assert "400 records added; 1 record changed" in text
    assert re.search(r"^\d+ more are not listed here; `smartguide diff` lists all\.$", text, re.MULTILINE)
    assert re.search(r"^  - and \d+ more lines$", text, re.MULTILINE)
    for part in ("Added", "Changed", "Figures that move", "New links to other sites", "Pages that change"):
        assert len(text.partition(f"\n### {part}\n\n")[2].partition("\n\n")[0].splitlines()) > 1 or "links" in part
