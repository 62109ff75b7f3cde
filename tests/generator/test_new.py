"""``smartguide new``: a record by questions and answers, or by options, that is right when it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from smartguide.cli import main
from tests.generator import made
from tests.projects import MakeProject, contents

TOUR = "content/tours/alpine-way.yml"
GIVEN = ["--set", "name=Alpine Way", "--set", "subtitle=Over the pass", "--set", "kind=day tour", "--set", "guided=no"]
ALL = [*GIVEN, "--set", "sources=map"]


def run(root: Path, *arguments: str, typed: list[str] | None = None) -> Result:
    return CliRunner().invoke(
        main, ["-C", str(root), "new", *arguments], input="".join(f"{one}\n" for one in typed or [])
    )


def test_a_record_by_questions_with_one_that_it_refers_to(project: MakeProject) -> None:
    root = project()
    typed = [
        "Alpine Way",
        "",  # a subtitle is needed
        "Over the pass: and down",
        "long",  # no kind
        "from hut to hut",
        "two",  # nights, which this kind of tour needs
        "2",
        "maybe",  # neither yes nor no
        "no",
        "the map",  # the only source of nearly that name
        "1",
        "",  # nothing else about the source
        "",  # end of the sources
        "stagez",  # no field
        "stages",
        "Obere Seehutte",  # another spelling of a hut
        "",  # nothing else about the stage
        "Glacier hut",  # a hut that is not there
        "+",
        "north",  # the code is NTH
        "1",
        "map",
        "",
        "",
        "",  # nothing else about the hut
        "",  # its id
        "",  # nothing else about the stage
        "",  # end of the stages
        "",  # nothing else about the tour
        "alpine way",  # no id
        "",
        "yes",
    ]
    done = run(root, "tour", typed=typed)
    assert done.exit_code == 0, done.output
    assert (root / TOUR).read_text("utf-8") == (
        "# yaml-language-server: $schema=../../schemas/tour.schema.json\n"
        "name: Alpine Way\n"
        'subtitle: "Over the pass: and down"\n'
        "kind: from hut to hut\n"
        "nights: 2\n"
        "guided: false\n"
        "stages:\n  - hut: upper-lake\n  - hut: glacier-hut\n"
        "sources:\n  - source: map\n"
    )
    assert (root / "content/huts/glacier-hut.yml").read_text("utf-8") == (
        "# yaml-language-server: $schema=../../schemas/hut.schema.json\n"
        "name: Glacier hut\nvalley: NTH\nsources:\n  - source: map\n"
    )
    for words in (
        'Subtitle: Where it leads, in a few words.\n  for example: "Past three lakes to the pass"',
        "Something is needed here.",
        "kind: 'long' is not allowed (allowed: from hut to hut, day tour)",
        "guided: must be true or false, not the text 'maybe'",
        "  1: A map (sources/map)",
        "nights: must be a whole number, not the text 'two'",
        "no field 'stagez' did you mean 'stages'?",
        "huts/upper-lake: Upper Lake Hut",
        "lower-case ASCII words joined by '-'",
        "http://127.0.0.1:8000/tours/alpine-way/",
        f"git -C {root} add content/huts/glacier-hut.yml {TOUR}",
    ):  # fmt: skip
        assert words in done.output, words
    checked = CliRunner().invoke(main, ["-C", str(root), "validate", "--strict"])
    assert (checked.exit_code, checked.stderr) == (0, "10 records: 0 errors, 0 warnings\n")


def test_a_record_by_options(project: MakeProject) -> None:
    root = project()
    given = [
        "--set", "stages=obere seehutte", "--set", "stages[].hut=stone-pass", "--set", "highlights=One", "--set", "highlights=2",
        "--set", "figures=[{label: Ascent, value: 950, source: map}]", "--set", "grade=2", "--set", "links[0].url=https://a.example/",
        "--set", "links[0].label=A = B",
    ]  # fmt: skip
    done = run(root, "tours", "--no-input", *ALL, *given)
    assert done.exit_code == 0, done.output
    assert (root / TOUR).read_text("utf-8").partition("\n")[2] == (
        "name: Alpine Way\nsubtitle: Over the pass\nkind: day tour\ngrade: 2\nguided: false\n"
        'highlights:\n  - One\n  - "2"\n'
        "stages:\n  - hut: upper-lake\n  - hut: stone-pass\n"
        "figures:\n  - label: Ascent\n    value: 950\n    source: map\n"
        "links:\n  - url: https://a.example/\n    label: A = B\n"
        "sources:\n  - source: map\n"
    )


def test_a_record_in_a_file_of_several(project: MakeProject) -> None:
    root = project(
        {
            "content/valleys.yml": "# All valleys.\n\nnorth:\n  code: NTH\n  name: North Valley\n\nsouth:\n  code: STH\n  name: South Valley\n"
        }
    )
    before = (root / "content/valleys.yml").read_text("utf-8")
    done = run(root, "valley", "--no-input", "--set", "code=EST", "--set", "name=East Valley", "--id", "east")
    assert done.exit_code == 0, done.output
    assert (root / "content/valleys.yml").read_text("utf-8") == before + "\neast:\n  code: EST\n  name: East Valley\n"
    assert "no record refers to 'east' (refer to it, or delete it)" in done.output


WRONG = {
    "no kind": (["tuor"], 2, "no kind of record 'tuor' (did you mean 'tour'?)"),
    "nothing": ([], 2, "name the kind of record to add; there are: tours, huts, themes, valleys, sources, glossary"),
    "no field": (["tour", "--set", "nam=A"], 2, "--set nam: no field 'nam' (did you mean 'name'?)"),
    "no field below": (["tour", "--set", "stages[].hat=A"], 2, "no field 'stages[0].hat' (did you mean 'hut'?)"),
    "no value": (["tour", "--set", "name"], 2, "--set takes KEY=VALUE, not 'name'"),
    "no YAML": (["tour", "--set", "stages=[{hut"], 2, "cannot be read as YAML"),
    "no id": (["tour", "--id", "A B", *ALL], 2, "write 'a-b'"),
    "something is missing": (["tour", "--no-input", *GIVEN], 1, "the key 'sources' is missing"),
    "two wrong values": (["tour", "--no-input", *ALL, "--set", "start=2025", "--set", "end=06.2025"], 1, "end: '06.2025' does not have the right form (write 2025-06)\n"),
    "no such record": (["tour", "--no-input", *ALL, "--set", "stages=Uper Lake"], 1, "stages[0].hut: no hut 'Uper Lake' (did you mean upper-lake (Upper Lake Hut)?)"),
    "an id that is taken": (["tour", "--no-input", *ALL, "--id", "three-lakes"], 1, "is taken by content/tours/three-lakes.yml"),
    "a name that is taken": (["hut", "--no-input", "--set", "name=obere seehutte", "--set", "valley=NTH", "--set", "sources=map"], 1, "huts/upper-lake is called 'Obere Seehütte' already"),
    "a rule for all records": (["valley", "--no-input", "--set", "code=NTH", "--set", "name=Third"], 1, "[ambiguous]"),
    "the input ends": (["tour"], 2, "the input ended before all was answered; nothing was written"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_and_nothing_is_written(name: str, project: MakeProject) -> None:
    arguments, status, words = WRONG[name]
    root = project()
    before = contents(root)
    done = run(root, *arguments)
    assert (done.exit_code, words in done.output) == (status, True), done.output
    assert contents(root) == before


def test_a_record_that_is_there_under_nearly_the_same_name_is_not_entered_twice(project: MakeProject) -> None:
    root = project()
    before = contents(root)
    done = run(root, "hut", typed=["Uper Lake Hut", "yes"])
    assert done.exit_code == 1
    assert "There is huts/upper-lake (Upper Lake Hut). Is it the same?" in done.output
    assert "content/huts/upper-lake.yml is the record of Upper Lake Hut already" in done.output
    assert contents(root) == before


def test_one_that_is_to_be_added_and_is_there_already_is_taken(project: MakeProject) -> None:
    root = project()
    stage = ["stages", "Uper Lake Hut", "+", "y", "", ""]
    done = run(root, "tour", *ALL, typed=[*stage, "", "", "y"])
    assert done.exit_code == 0, done.output
    assert "There is huts/upper-lake (Upper Lake Hut). Is it the same?" in done.output
    assert (root / TOUR).read_text("utf-8").endswith("stages:\n  - hut: upper-lake\nsources:\n  - source: map\n")


def test_what_only_the_whole_shows_can_be_corrected(project: MakeProject) -> None:
    root = project()
    done = run(root, "valley", typed=["NTH", "Third Valley", "", "", "y", "code", "THD", "y"])
    assert done.exit_code == 0, done.output
    assert "'NTH' is the code of 'north' too" in done.output
    assert "third-valley:\n  code: THD\n  name: Third Valley\n" in (root / "content/valleys.yml").read_text("utf-8")


def test_ctrl_c_leaves_nothing_behind_and_ends_with_130(project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project()
    before = contents(root)

    def interrupt(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("click.termui.visible_prompt_func", interrupt)
    done = CliRunner().invoke(main, ["-C", str(root), "new", "tour"])
    monkeypatch.undo()
    assert contents(root) == before
    from smartguide.checks.checking import Checker

    monkeypatch.setattr(Checker, "check", interrupt)
    done = run(root, "tour", "--no-input", *ALL)
    assert done.exit_code == 130
    assert contents(root) == before


def test_a_file_that_is_there_is_never_overwritten(project: MakeProject) -> None:
    root = project({TOUR: "name: 'not readable\n"})
    before = contents(root)
    done = run(root, "tour", "--no-input", *ALL)
    assert done.exit_code == 1
    assert f"{TOUR} is there already, and stays as it is" in done.output
    assert contents(root) == before


def test_a_rule_of_the_project_that_needs_more_than_is_filled_in_yet_does_not_stop_the_questions(
    tmp_path: Path,
) -> None:
    rule = """
        from smartguide import Entry, rule

        @rule("end", scope="entry")
        def end(entry: Entry):
            \"\"\"An end is there.\"\"\"
            return [] if entry.data["start"] <= entry.data["end"] else []
        """
    book = made.schema("Book", made.BOOK, required=["title", "start", "end"])
    root = made.library(tmp_path, {made.OWN: rule, "schemas/book.schema.json": book})
    done = run(root, "book", typed=["Persuasion", "1817", "1818", "", "", "y"])
    assert done.exit_code == 0, done.output
    assert "persuasion:\n  title: Persuasion\n  start: 1817\n  end: 1818\n" in (root / "content/books.yml").read_text()


def test_a_dry_run_shows_the_record(project: MakeProject) -> None:
    root = project()
    before = contents(root)
    done = run(root, "tour", "--no-input", "--dry-run", *ALL)
    assert done.exit_code == 0
    assert "name: Alpine Way\n" in done.stdout
    assert contents(root) == before
