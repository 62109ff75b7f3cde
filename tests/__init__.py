"""The tests. The asserts of what they share say as much when they fail as those of the tests themselves."""

import pytest

pytest.register_assert_rewrite("tests.built_sites", "tests.hostile_pages")
