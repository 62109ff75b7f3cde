"""The tests of the guide, in a copy of the repository to which the examples of the documentation were added.

``python -m tests.guide.with_examples`` shows that whoever follows README and CONTRIBUTING breaks no test. Arguments go to
pytest, in place of the usual ones. These leave out tests that take minutes and look at what no example changes: the plan and
checklists read actions only, accessibility and weight are those of the templates, the form makes records of its own, the
engines and the repeated build get the same pages whatever they say, and the documents are walked through in copies. Nor do they
run what works on records in canonical style, or on one that an example renames: the examples are written by hand.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.guide import examples

SLOW = (
    "browser/test_plan", "browser/test_checklist", "browser/test_accessibility", "browser/test_weight", "browser/test_form",
    "test_editing", "test_complete_examples", "test_form", "test_engines", "test_whole_site", "test_walked_documentation", "test_examples_of_the_documentation",
)  # fmt: skip
USUAL = ("-q", "-n", "auto", "tests/guide", *(f"--ignore-glob=tests/guide/{name}*" for name in SLOW))


def main(arguments: list[str]) -> int:
    """Make the copy, run the tests there with this interpreter, and return the exit status of pytest."""
    with tempfile.TemporaryDirectory(prefix="smart-guide-") as folder:
        root = Path(folder) / "smart-guide"
        examples.copy_of_repository(root)
        examples.apply_all(root)
        (root / "node_modules").symlink_to(examples.ROOT / "node_modules")  # tests run what npm has installed
        # The code of the copy comes before the one that is installed; a site that was built elsewhere is not looked at.
        environment = {key: value for key, value in os.environ.items() if key != "SMART_GUIDE_SITE"}
        environment["PYTHONPATH"] = str(root / "generator")
        command = [sys.executable, "-m", "pytest", *(arguments or USUAL)]
        return subprocess.run(command, cwd=root, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
