"""Properties of the plan importer, in a real browser: nothing breaks it, and what is a plan comes through unchanged."""

from __future__ import annotations

import json
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .conftest import Run
from .plans import fragment

pytestmark = pytest.mark.browser

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)

WORDS = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
IDS = st.lists(WORDS, min_size=1, max_size=3).map("-".join)
READABLE = st.characters(exclude_categories=["C", "Z"])
LINES = st.lists(st.text(READABLE, min_size=1, max_size=12), max_size=5).map(" ".join)
NOTES = st.lists(LINES, max_size=3).map("\n".join)
DATES = st.dates().filter(lambda day: 1900 <= day.year < 3000).map(str) | st.just("")


def entries(strategy: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Return lists of entries, each with an id of its own."""
    return st.lists(st.fixed_dictionaries({"id": IDS} | strategy), max_size=4, unique_by=lambda one: one["id"])


STEPS = entries({"text": LINES, "done": st.booleans(), "note": NOTES})
ACTIONS = entries({"title": LINES, "planned": st.booleans(), "owner": LINES, "due": DATES, "steps": STEPS})
PLANS = st.fixed_dictionaries({"id": st.text("0123456789abcdef", min_size=32, max_size=32), "actions": ACTIONS})
FILES = PLANS.map(lambda plan: {"format": "smart-guide-plan", "version": 1} | plan)


@st.composite
def spoiled(draw: st.DrawFn) -> Any:
    """Return a plan in which something, somewhere, is not what it was."""
    plan = draw(FILES)
    here: Any = plan
    while isinstance(here, dict | list) and here:
        key = draw(st.sampled_from(sorted(here) if isinstance(here, dict) else range(len(here))))
        if not isinstance(here[key], dict | list) or draw(st.booleans()):
            here[key] = draw(JSON)
            break
        here = here[key]
    if draw(st.booleans()):
        plan[draw(ANY_TEXT)] = draw(JSON)
    return plan


READ = """await (async () => {
  try { return { plan: await %s }; }
  catch (error) { if (error instanceof checking.PlanError) return { refused: error.message }; throw error; }
})()"""


def read(run: Run, how: str, value: Any) -> dict[str, Any]:
    """Return what the importer makes of something: a plan, or why it refuses it. Any other error fails the test."""
    result: dict[str, Any] = run(READ % how, value)
    assert set(result) == {"plan"} or result["refused"].strip()
    return result


@given(ANY_TEXT | JSON.map(json.dumps) | spoiled().map(json.dumps))
def test_no_text_breaks_the_importer(run: Run, text: str) -> None:
    read(run, "sharing.fromText(value)", text)


@given(
    ANY_TEXT.map(lambda text: f"#plan={text}")
    | st.builds(fragment, st.binary(max_size=80) | spoiled().map(json.dumps), st.sampled_from("dj"), st.integers(0, 2))
    | st.builds(
        lambda whole, cut, more: whole[:cut] + more,
        FILES.map(json.dumps).map(fragment),
        st.integers(0, 200),
        st.text(string.ascii_letters + "-_.=%", max_size=5),
    )
)
def test_no_link_breaks_the_importer(run: Run, hash_: str) -> None:
    read(run, "sharing.fromFragment(value)", hash_)


@given(FILES)
def test_a_plan_in_a_file_is_read_as_it_stands_there(run: Run, data: dict[str, Any]) -> None:
    assert read(run, "sharing.fromText(value)", json.dumps(data)) == {
        "plan": {key: value for key, value in data.items() if key not in {"format", "version"}}
    }


@given(PLANS)
def test_a_plan_comes_through_file_and_link_unchanged(run: Run, plan: dict[str, Any]) -> None:
    code = """[
      sharing.fromText(sharing.toText(value, 2)),
      await sharing.fromFragment(await sharing.toFragment(value)),
      await sharing.fromFragment(await sharing.toFragment(value, false)),
    ]"""
    assert run(code, plan) == [plan] * 3


@given(PLANS, PLANS)
def test_what_comes_of_two_plans_can_be_kept_and_read_again(run: Run, mine: Any, theirs: Any) -> None:
    merged, kept = run("(() => { const one = state.merge(...value); return [one, sharing.fromText(sharing.toText(one))]; })()", [mine, theirs])  # fmt: skip
    assert kept == merged
    assert {one["id"] for one in merged["actions"]} == {one["id"] for one in mine["actions"] + theirs["actions"]}
