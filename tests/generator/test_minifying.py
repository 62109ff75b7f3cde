"""Scripts that are published without comments do what they did with them."""

from __future__ import annotations

import subprocess

import pytest

from smartguide.site.minifying import minified
from tests.searches import NODE

SCRIPTS = {
    "a comment": "// nothing\nprocess.stdout.write('a // b')",
    "a template literal": "const n = 2; // two\nprocess.stdout.write(`all ${n} actions /* here */`)",
    "a template literal within another": "const n = 2;\nprocess.stdout.write(`all ${n === 1 ? 'one' : `these ${n} actions`}`)",
    "a regular expression": "process.stdout.write(String('a / b `c`'.replace(/[/`] +/gu, ' ')))",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_a_script_says_the_same_without_its_comments(script: str) -> None:
    assert said(minified(script, ".js")) == said(script)


def test_comments_are_left_out() -> None:
    assert minified("// nothing\nconst all = `${1} of ${2}`; // more\n", ".js") == "const all=`${1} of ${2}`"
    assert minified("/* nothing */\na { color: red }\n", ".css") == "a{color:red}"


@pytest.mark.parametrize("script", ["const = ;", "`${"])
def test_a_script_that_cannot_be_read_stays_as_it_is(script: str) -> None:
    assert minified(script, ".js") == script


def said(script: str) -> str:
    """Return what Node writes when it runs a script."""
    done = subprocess.run([str(NODE), "-"], input=script, capture_output=True, check=True, text=True)
    return done.stdout
