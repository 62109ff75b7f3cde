"""The pure modules behind checklists and plans, run in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Error

from .conftest import Run

pytestmark = pytest.mark.browser


def item(**more: Any) -> dict[str, Any]:
    step = {"id": "s", "text": "Step", "detail": "", "stage": "", "done": False, "note": "", "gone": False}
    base = {"position": 1, "id": "a", "title": "Act", "area": "", "url": "", "owner": "", "due": "", "gone": False}
    steps = [step | one for one in more.pop("steps", [{}])]
    return base | {"steps": steps, "progress": {"done": 0, "total": len(steps)}} | more


def plan(*actions: dict[str, Any]) -> dict[str, Any]:
    blank = {"title": "", "planned": True, "owner": "", "due": "", "steps": []}
    return {"id": "0" * 32, "actions": [blank | one for one in actions]}


def step(name: str, *, note: str = "", done: bool = True) -> dict[str, Any]:
    return {"id": name, "text": name, "done": done, "note": note}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("plain", "plain"),
        ("a,b", '"a,b"'),
        ('say "a"', '"say ""a"""'),
        ("two\nlines", '"two\r\nlines"'),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        (" =1", "' =1"),
        ("\t=1", "'\t=1"),
        ("\n=1", '"\'\r\n=1"'),
        ("\uff1d1", "'\uff1d1"),
        ("a=1", "a=1"),
    ],
)
def test_cells(run: Run, text: str, cell: str) -> None:
    result = run("formats.csv({ items: [value] })", item(owner=text, steps=[{"id": "s"}]))
    assert result.split("\r\n", 1)[1] == f"1,Act,,{cell},,,Step,,no,,yes,\r\n"


def test_an_action_without_steps_has_a_row(run: Run) -> None:
    result = run("formats.csv({ items: [value] })", item(gone=True, steps=[]))
    assert result.split("\r\n")[1:] == ["1,Act,,,,,,,no,,no,", ""]


def test_markdown_shows_text_as_it_is(run: Run) -> None:
    steps = [
        {"text": "# *All* [of](it) <b> `x` | ~ _ \\ &amp; A&B", "stage": "1. First", "done": True},
        {"text": "Next", "detail": "- How", "note": "+ one\n\n2) two", "stage": "1. First"},
        {"text": "Old", "gone": True},
    ]
    result = run(
        "formats.markdown({ items: [value], progress: { done: 1, total: 2 } })", item(steps=steps, owner="A_B")
    )
    assert result == (
        "# My plan\n\n1 of 2 steps done.\n\n## 1. Act\n\nOwner: A\\_B · 0 of 3 steps done\n\n### 1\\. First\n\n"
        "- [x] \\# \\*All\\* \\[of\\](it) \\<b\\> \\`x\\` \\| \\~ \\_ \\\\ \\&amp; A&B\n"
        "- [ ] Next\n\n  \\- How\n\n  > \\+ one\n  >\n  > 2\\) two\n\n"
        "### No longer in the guide\n\n- [ ] Old (no longer in the guide)\n"
    )


def test_calendar_lines_are_escaped_and_folded(run: Run) -> None:
    title = "Ä;b,c\\d " + "é" * 60 + "🇪🇺" * 10
    items = [item(title=title, due="2027-12-31", owner="Ana"), item(id="b")]
    code = "formats.calendar({ items: value }, 'n', new Date('2026-01-02T03:04:05.678Z'))"
    result = run(code, items)
    lines = result.split("\r\n")
    assert max(len(line.encode()) for line in lines) == 75
    assert result.replace("\r\n ", "").split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Smart Guide//My plan//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:n-a",
        "DTSTAMP:20260102T030405Z",
        "DTSTART;VALUE=DATE:20271231",
        "DTEND;VALUE=DATE:20280101",
        "SUMMARY:Due: Ä\\;b\\,c\\\\d " + "é" * 60 + "🇪🇺" * 10,
        "DESCRIPTION:Owner: Ana\\n0 of 1 step done\\nStill to do:\\n- Step",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("date", "good"),
    [
        ("2027-02-28", True),
        ("2028-02-29", True),
        ("2027-02-29", False),
        ("2027-13-01", False),
        ("2027-00-10", False),
        ("0027-01-01", False),
        ("2027-1-1", False),
        ("", False),
        ("2027-01-01T00:00", False),
    ],
)
def test_dates(run: Run, date: str, good: bool) -> None:  # noqa: FBT001
    assert run("checking.isDate(value)", date) is good


def test_merging_again_changes_nothing(run: Run) -> None:
    mine = plan({"id": "a", "owner": "Me", "steps": [step("s", note="Mine"), step("t", done=False, note="Only mine")]})
    theirs = plan(
        {"id": "b", "planned": False, "steps": [step("x")]},
        {"id": "a", "owner": "They", "due": "2027-01-01", "steps": [step("s", note="Theirs"), step("u")]},
    )
    once = run("state.merge(...value)", [mine, theirs])
    assert (
        once["actions"]
        == plan(
            {
                "id": "a",
                "owner": "Me",
                "due": "2027-01-01",
                "steps": [step("s", note="Mine\n\nTheirs"), step("t", done=False, note="Only mine"), step("u")],
            },
            {"id": "b", "planned": False, "steps": [step("x")]},
        )["actions"]
    )
    assert run("state.merge(...value)", [once, theirs]) == once


def test_merging_too_much_is_refused(run: Run) -> None:
    mine, theirs = (plan({"id": "a", "steps": [step("s", note=char * 6000)]}) for char in "xy")
    with pytest.raises(Error, match="more than a plan has room for"):
        run("state.merge(...value)", [mine, theirs])


def test_moving_passes_over_what_is_not_planned(run: Run) -> None:
    three = plan({"id": "a"}, {"id": "x", "planned": False, "steps": [step("s")]}, {"id": "b"})
    moved = run("state.move(value, 'a', 1)", three)
    assert [one["id"] for one in moved["actions"]] == ["b", "x", "a"]
    assert run("state.move(value, 'a', -1)", three) == three
    assert run("state.move(value, 'x', 1)", three) == three


def test_an_action_that_says_nothing_is_let_go(run: Run) -> None:
    names = "{ id: 'a', title: 'A' }, { id: 's', text: 'S' }"
    assert run(f"state.tick(state.tick(value, {names}, true), {names}, false)", plan()) == plan()


def test_two_names_of_one_action_become_one(run: Run) -> None:
    both = plan({"id": "new", "steps": [step("s")]}, {"id": "old", "owner": "Ana", "steps": [step("t")]})
    result = run("state.followed(value, new Map([['old', 'new']]))", both)
    assert result == plan({"id": "new", "owner": "Ana", "steps": [step("s"), step("t")]})


def test_whatever_can_be_typed_can_be_read_again(run: Run) -> None:
    nasty = "\x00\x0b\x1f\x7f\u2028\ud800 ok\r\nnext\ttab" + "é" * 20_000
    code = """(() => {
      let plan = state.note(value, { id: "a", title: "A\\nB".repeat(999) }, { id: "s", text: "S ".repeat(999) }, %s);
      plan = state.assign(state.add(plan, [{ id: "a", title: "A" }]), "a", { owner: %s, due: "0002-01-01" });
      return [plan, sharing.fromText(sharing.toText(plan))];
    })()""".replace("%s", "'" + "".join(f"\\u{ord(char):04x}" for char in nasty) + "'")
    written, read = run(code, plan())
    assert read == written
    assert read["actions"][0]["steps"][0]["note"].startswith("� ok\nnext\ttab")
    assert read["actions"][0]["due"] == ""


def test_a_plan_of_the_largest_size_fits_into_a_link_or_says_so(run: Run) -> None:
    steps = [step(f"s-{n}", note=f"Note {n}") for n in range(20)]
    large = plan(*({"id": f"a-{n}", "title": f"Action {n}", "owner": "Ana", "steps": steps} for n in range(15)))
    fragment = run("sharing.toFragment(value)", large)
    assert len(fragment) < 4000
    assert run("sharing.fromFragment(value)", fragment) == large
    with pytest.raises(Error, match="too long for a link"):
        run(
            "sharing.toFragment(value, false)",
            plan({"id": "a", "steps": [step(f"s-{n}", note="x" * 9000) for n in range(20)]}),
        )


def test_what_a_full_browser_could_not_keep_survives_another_tab(run: Run) -> None:
    code = """(() => {
      const area = { text: null, full: false, getItem() { return this.text; }, removeItem() { this.text = null; },
        setItem(key, text) { if (this.full) throw new DOMException("", "QuotaExceededError"); this.text = text; } };
      const [here, there] = [new storage.Store(() => area), new storage.Store(() => area)];
      area.full = true;
      here.update((plan) => state.add(plan, [{ id: "here", title: "" }]));
      const problem = here.problem;
      area.full = false;
      there.update((plan) => state.add(plan, [{ id: "there", title: "" }]));
      here.update((plan) => state.assign(plan, "here", { owner: "Ana" }));
      return [problem, here.problem, sharing.fromText(area.text).actions.map((one) => one.id)];
    })()"""
    problem, later, ids = run(code)
    assert "no room left" in problem
    assert later == ""
    assert ids == ["here", "there"]
