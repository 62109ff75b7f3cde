"""The model of the form, asked in Node.js as a browser would ask it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import Any

from smartguide.checks.checking import Checked
from smartguide.forms import form_files
from smartguide.settings import Settings
from tests.projects import ROOT
from tests.searches import NODE

PROGRAM = ROOT / "tests/generator/javascript/form-model.js"


def ask(what: str, values: Any = (), **known: Any) -> Any:
    """Return what the model answers for each of some values: ``check``, ``files``, ``ids``, ``slugs``; or ``rules``."""
    question = {"ask": what, "values": list(values), "known": {}, **known}
    with TemporaryFile("w+", encoding="utf-8") as given:  # a pipe would have to be waited for
        json.dump(question, given)
        given.seek(0)
        done = subprocess.run(
            [NODE, PROGRAM], stdin=given, capture_output=True, encoding="utf-8", check=False, timeout=300
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def form_and_names(checked: Checked, collection: str) -> dict[str, Any]:
    """Return the form of a collection and the names that it loads, as they are published."""
    return next(forms_and_names(checked, [collection]))


def forms_and_names(checked: Checked, collections: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the form of each of some collections and the names that it loads, as they are published."""
    files = dict(form_files.files(checked.base, settings=Settings(), extensions=checked.extensions))
    for one in collections:
        form = json.loads(files[f"{form_files.FOLDER}{one}.json"])
        names = {name: json.loads(files[target["names"]]) for name, target in form["targets"].items()}
        yield {"form": form, "names": names}
