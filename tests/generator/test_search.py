"""The search of a knowledge base: what is found, in which order, and what a browser loads for it."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest

from smartguide.building import build_site
from smartguide.checks.checking import check
from smartguide.engines.theme import SCRIPTS, STYLE_SHEETS, THEME
from smartguide.pages.rendered import searchable
from smartguide.search.folding import LETTERS, fold, words
from smartguide.search.names import PATH, Kind, Name, files
from smartguide.search.texts import STOP_WORDS
from tests.generator import projects
from tests.projects import ROOT, FindingsOf, MakeProject
from tests.searches import answers, answers_in_texts, files_loaded, names

VENDORED = THEME / "assets/search/vendor"
FOLDED = json.loads((ROOT / "tests/folding.json").read_text(encoding="utf-8"))

# Comparing texts


@pytest.mark.parametrize(("text", "expected"), FOLDED.items())
def test_texts_are_compared_without_capitals_and_accents(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_every_letter_of_the_table_is_tried_in_python_and_in_javascript() -> None:
    assert set(LETTERS) <= set("".join(FOLDED).lower())
    assert words("l'eau, SME's; e.V.: a-b_c") == ["l", "eau", "sme", "s", "e", "v", "a", "b", "c"]


def test_the_text_of_a_page_has_no_markup() -> None:
    body = (
        "<p>One &amp; <em>t</em>wo</p><svg>no</svg><nav>no</nav><table><tr><td>a</td><td>b</td></tr></table> &lt;b&gt;"
    )
    assert searchable(body) == "One & two a b <b>"
    assert (
        searchable('<li><a href="x">Ridge</a><span class="sg-sub">once called Edge</span></li>')
        == "Ridge once called Edge"
    )


# The library of the search


@pytest.mark.parametrize(
    ("copy", "original"), [("minisearch.js", "dist/es/index.js"), ("minisearch-LICENSE.txt", "LICENSE.txt")]
)
def test_minisearch_is_the_file_of_its_package(copy: str, original: str) -> None:
    """After an upgrade in package.json: make vendor."""
    assert (VENDORED / copy).read_bytes() == (ROOT / "node_modules/minisearch" / original).read_bytes()


# What is found


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Three Lakes", "tours/three-lakes/"),
        ("three laeks", "tours/three-lakes/"),
        ("threelakes", "tours/three-lakes/"),
        ("stone pass", "huts/stone-pass/"),
        ("pass, stone!", "huts/stone-pass/"),
        ("ston pas", "huts/stone-pass/"),
        ("upper lake hut", "huts/upper-lake/"),
        ("Scree", "glossary/#scree"),
        ("what is scree", "glossary/#scree"),
        ("tours", "tours/"),
    ],
)
def test_the_best_name_is_first(site: Path, question: str, expected: str) -> None:
    found = answers(site, [question])[0]
    assert found[0].url == expected, found


def test_a_letter_alone_is_the_beginning_of_nothing(site: Path) -> None:
    assert [one.title for one in answers(site, ["t"])[0] if "t" not in words(f"{one.title} {one.name}")] == []


def test_where_nothing_is_called_so_the_likest_names_are_offered(site: Path) -> None:
    assert answers(site, ["thrkes leakse"])[0][0].url == "tours/three-lakes/"
    assert answers(site, ["qqqq"]) == [[]]


TOWN = json.dumps(
    {
        "title": "Town",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "name": {
                "title": "Name",
                "description": "Its name.",
                "type": "string",
                "x-search": True,
                "examples": ["A"],
            },
            "was": {
                "title": "Former names",
                "description": "What it was called.",
                "type": "array",
                "items": {"title": "Name", "description": "One.", "type": "string", "examples": ["B"]},
                "x-search": True,
                "x-alias": True,
                "examples": [["B"]],
            },
            "valley": {
                "title": "Valley",
                "description": "Where it is.",
                "type": "string",
                "x-ref": "valleys",
                "x-search": "place",
                "examples": ["lech"],
            },
            "people": {
                "title": "People",
                "description": "So many live there.",
                "type": "integer",
                "x-search": "fact",
                "examples": [7],
            },
        },
    }
)
EXTENSION = '''"""Names of towns."""

from smartguide import search_names


@search_names("towns")
def by_sound(town):
    """A town is also found as it sounds."""
    yield f"Sounds {town.id}"
'''


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a project in which everything is declared that the search can use."""
    root = tmp_path_factory.mktemp("towns")
    catalogue = projects.text("content/catalogue.yml")
    changes = {
        "content/catalogue.yml": f"extensions: [extensions/sounds.py]\n{catalogue}\n  towns: {{schema: town, pages: one, records: !include towns.yml}}\n",
        "content/towns.yml": "a: {name: 'Sankt Łódz: am See', was: [Old Town], valley: north, people: 70}\nb: {name: The}\nc: {name: Via Meca}\nd: {name: Offshore}\n",
        "schemas/town.schema.json": TOWN,
        "extensions/sounds.py": EXTENSION,
        "content/water.md": "---\ntitle: On water\ntags: [Aqua]\n---\n\n# On water\n\nIt gurgles.\n\n## Where it springs {#springs}\n\nHigh above Quellheim, under <b>granite</b>.\n",
        "content/hidden.md": "---\nsearch: {exclude: true}\n---\n\n# Never found\n\nNowhere.\n",
    }
    projects.copy(root, changes, site=True)
    build_site(root, root / "site", strict=False)
    return root / "site"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("sankt lodz am see", "towns/#a"),
        ("Sankt Łódz: am See", "towns/#a"),
        ("old town", "towns/#a"),
        ("sounds a", "towns/#a"),
        ("the", "towns/#b"),
        ("viameca", "towns/#c"),
        ("off shore", "towns/#d"),
        ("on water", "water/"),
        ("aqua", "water/"),
        ("where it springs", "water/#springs"),
    ],
)
def test_names_of_every_sort_are_found(towns: Path, question: str, expected: str) -> None:
    assert answers(towns, [question])[0][0].url == expected


def test_a_result_says_what_it_is_and_one_line_about_it(towns: Path) -> None:
    known = {one.url: one for one in names(towns)}
    assert known["towns/#a"].kind == "Town"
    assert known["towns/#a"].line == ["North Valley", "People 70"]
    assert known["towns/"].kind == "Page"
    assert known["water/#springs"].line == ["On water"]
    assert not any(url.startswith("hidden/") for url in known)
    assert answers(towns, ["lodz north valley"])[0][0].url == "towns/#a"


def test_texts_are_found_by_their_words(towns: Path) -> None:
    assert answers_in_texts(towns, ["quellheim granite", "quelheim", "gurgles", "nowhere", "the of"]) == [
        ["water/#springs"],
        ["water/#springs"],
        ["water/"],
        [],
        [],
    ]
    assert not STOP_WORDS & set(words("water gurgles"))


def test_what_an_extension_says_wrong_about_names_is_told(findings_of: FindingsOf) -> None:
    catalogue = f"extensions: [extensions/sounds.py]\n{projects.text('content/catalogue.yml')}"
    said = findings_of({"content/catalogue.yml": catalogue, "extensions/sounds.py": EXTENSION})
    assert said == [
        "extensions/sounds.py:6:1: error: 'by_sound' is for the collection 'towns', which does not exist (did you mean 'tours'?) [extension]"
    ]


def test_the_search_of_the_theme_is_refused_beside_it(site_project: MakeProject) -> None:
    settings = projects.text("mkdocs.yml").replace("plugins:\n", "plugins:\n  - search\n")
    said = [finding.as_text() for finding in check(site_project({"mkdocs.yml": settings})).findings]
    assert len(said) == 1
    assert "the plugin 'search': the site has a search of its own" in said[0]


# What is loaded


def test_no_page_loads_an_index(site: Path) -> None:
    own = {*SCRIPTS, *STYLE_SHEETS}
    for page in site.rglob("*.html"):
        loaded = re.findall(r'(?:src|href)="([^"]*search[^"]*)"', page.read_text(encoding="utf-8"))
        assert {one.replace("../", "").lstrip("/") for one in loaded} <= own, page


def test_a_large_index_is_loaded_in_parts(site: Path, tmp_path: Path) -> None:
    """Of ten thousand names, each of three words that no other has, and the index of the small site beside."""
    made = [_name(number) for number in range(10_000)]
    kinds = [
        Kind("Village", "Villages", "villages/*/", names=[Name("Village", "x", "Hochdorf")]),
        Kind("Town", "Towns", "towns/*/", 1, is_large=True, names=made),
    ]
    shutil.copytree(site / "assets/search", tmp_path / "assets/search")
    written = files(kinds)
    for path, text in written.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    title = made[7123].title
    first, second, _ = title.split()
    wrong = f"q{first[1:]} {second}"
    assert [one[0].title for one in answers(tmp_path, [title, f"{first} {second[:-1]}", wrong, "hochdorf"])] == [
        title,
        title,
        title,
        "Hochdorf",
    ]
    scripts = list((site / "assets/search").rglob("*.js"))
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in scripts}
    loaded = files_loaded(tmp_path, title)
    assert loaded[0] == PATH.rpartition("/")[2]
    sizes |= {name: len(gzip.compress((tmp_path / "search" / name).read_bytes())) for name in loaded}
    assert sum(sizes.values()) < 160_000, sizes


def _name(number: int) -> Name:
    """Return a name of three words that is like no other."""
    words = [f"{(number * 7919 + turn * 104729) * 2654435761 % 2**32:08x}" for turn in range(3)]
    title = " ".join(words).translate(str.maketrans("0123456789", "ghijklmnop"))
    return Name("Town", f"town-{number}", title)
