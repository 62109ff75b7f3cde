"""Findings speak in several styles, and each says the same."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from smartguide.findings import (
    Finding,
    Place,
    Severity,
    Style,
    did_you_mean,
    has_errors,
    in_order,
    key_path,
    quoted,
    render,
)

ERROR = Finding(Place("content/a.yml", 14, 5), "unknown-reference", "no hut 'x'", "stages[0].hut", "did you mean 'y'?")
WARNING = Finding(Place("content/a.yml", 2, 1), "unreferenced", "no one refers to it", severity=Severity.WARNING)


def test_a_line_has_place_severity_key_message_hint_and_rule() -> None:
    assert ERROR.as_text() == (
        "content/a.yml:14:5: error: stages[0].hut: no hut 'x' (did you mean 'y'?) [unknown-reference]"
    )


def test_errors_are_listed_before_warnings_by_place_and_each_is_said_once() -> None:
    assert in_order([WARNING, ERROR, WARNING]) == [ERROR, WARNING]
    earlier = Finding(Place("content/a.yml", 9, 1), "r", "m")
    assert in_order([ERROR, earlier]) == [earlier, ERROR]  # line 9 before line 14, as numbers


def test_causes_come_first_and_say_how_much_follows_from_them() -> None:
    cause = replace(ERROR, place=Place("content/z.yml", 1, 1), consequences=1_872)
    schema = Finding(Place("schemas/z.schema.json", 1, 1), "schema", "m")
    assert in_order([ERROR, schema, cause]) == [cause, schema, ERROR]
    assert cause.explain() == (
        "stages[0].hut: no hut 'x' (did you mean 'y'?); 1,872 other findings follow from this and are not listed"
    )


def test_json_holds_every_part() -> None:
    (data,) = json.loads(render([ERROR], Style.JSON))
    assert data == {
        "path": "content/a.yml",
        "line": 14,
        "column": 5,
        "severity": "error",
        "rule": "unknown-reference",
        "key": "stages[0].hut",
        "message": "no hut 'x'",
        "hint": "did you mean 'y'?",
        "consequences": 0,
    }
    assert json.loads(render([], Style.JSON)) == []


def test_github_gets_a_command_that_no_message_can_break_out_of() -> None:
    tricky = Finding(Place("content/a,b:c.yml", 3, 4), "rule", "100 % wrong\n::error::injected", hint="fix it")
    assert tricky.as_github() == (
        "::error file=content/a%2Cb%3Ac.yml,title=rule,line=3,col=4::100 %25 wrong%0A::error::injected (fix it)"
    )
    assert WARNING.as_github().startswith("::warning file=content/a.yml,title=unreferenced,line=2,col=1::")


def test_text_never_has_more_than_one_line_or_control_characters() -> None:
    finding = Finding(Place("a.yml", 1, 1), "rule", "one\ntwo\x1b[31m")
    assert finding.as_text() == "a.yml:1:1: error: one two [31m [rule]"


def test_warnings_fail_only_when_strict() -> None:
    assert not has_errors([WARNING])
    assert has_errors([WARNING], strict=True)
    assert has_errors([WARNING, ERROR])


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("uper-lake", ["upper-lake", "other"], "did you mean 'upper-lake'?"),
        ("SCREE", ["scree"], "did you mean 'scree'?"),
        ("zzz", ["scree"], ""),
        ("fucntion", ["function", "collection"], "did you mean 'function'?"),
        ("nofunction", ["collection", "kind"], ""),
        ("WST", ["STH", "NTH"], ""),
        ("XK", ["DK", "SK"], ""),
        ("part", ["part-one", "part-two", "other"], "did you mean 'part-one' or 'part-two'?"),
        ("knd", ["end", "kind"], "did you mean 'kind'?"),
        ("anything", [], ""),
    ],
)
def test_the_nearest_word_is_suggested_if_it_is_near(word: str, known: list[str], said: str) -> None:
    assert did_you_mean(word, known) == said


def test_long_values_are_cut_and_paths_are_written_as_people_do() -> None:
    assert quoted("x" * 100) == f"'{'x' * 59}…'"
    assert key_path(("stages", 0, "hut")) == "stages[0].hut"
    assert key_path(()) == ""
