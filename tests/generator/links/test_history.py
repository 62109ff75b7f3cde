"""The results of checks are kept by day, in a file that people can read."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from smartguide.link_history import history
from smartguide.link_history.outcomes import Outcome, State

TODAY = date(2026, 11, 24)


def test_a_link_is_dead_after_failures_on_three_different_days_only() -> None:
    past = history.History()
    failed = Outcome(State.FAILED, "404: not found")
    for _ in range(5):
        assert not past.add("http://x.example/", failed, TODAY).is_dead
    assert not past.add("http://x.example/", failed, TODAY + timedelta(days=1)).is_dead
    assert past.add("http://x.example/", failed, TODAY + timedelta(days=9)).is_dead
    assert not past.add("http://x.example/", Outcome(State.GOOD, "200"), TODAY + timedelta(days=10)).failures


@pytest.mark.parametrize(
    ("state", "days", "due"),
    [
        (State.GOOD, 29, False),
        (State.GOOD, 30, True),
        (State.FAILED, 0, False),
        (State.FAILED, 1, True),
        (State.UNKNOWN, 1, True),
    ],
)
def test_a_good_link_is_due_after_a_month_and_any_other_on_the_next_day(state: State, days: int, *, due: bool) -> None:
    past = history.History()
    past.add("http://x.example/", Outcome(state, ""), TODAY)
    known = ["http://x.example/", "http://never.example/"]
    wanted = past.due(known, TODAY + timedelta(days=days))
    assert wanted == (["http://never.example/", "http://x.example/"] if due else ["http://never.example/"])


def test_a_saved_history_is_loaded_without_a_change(tmp_path: Path) -> None:
    past = history.History()
    past.add("http://b.example/", Outcome(State.GOOD, "200", "http://c.example/", permanent=True), TODAY)
    past.add("http://d.example/", Outcome(State.GOOD, "200", "http://c.example/"), TODAY)
    past.add("http://a.example/", Outcome(State.FAILED, "404: not found"), TODAY)
    past.save(tmp_path / history.FILE)
    assert history.load(tmp_path / history.FILE) == past
    lines = (tmp_path / history.FILE).read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith('"http://a.example/": {')
    assert lines[2].startswith('"http://b.example/": {')


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[" * 100_000,
        "[]",
        "{",
        '{"http://x": {}}',
        '{"http://x": {"checked": "never", "state": "good", "reason": ""}}',
    ],
)
def test_a_history_that_cannot_be_read_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / history.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(history.HistoryError, match="fix it, or delete it to start again"):
        history.load(tmp_path / history.FILE)


def test_a_link_checked_in_the_future_is_due_and_a_day_counts_once(tmp_path: Path) -> None:
    past = history.History()
    past.add("http://x.example/", Outcome(State.GOOD, "200"), TODAY + timedelta(days=1000))
    assert past.due(["http://x.example/"], TODAY) == ["http://x.example/"]
    line = '{"http://x.example/": {"checked": "2026-11-24", "state": "failed", "reason": "", "failures": %s}}'
    (tmp_path / history.FILE).write_text(line % '["2026-11-24", "2026-11-24", "2026-11-24"]', encoding="utf-8")
    assert history.load(tmp_path / history.FILE).entries["http://x.example/"].failures == ("2026-11-24",)
