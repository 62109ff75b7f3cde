"""What must hold of this knowledge base: `make test` runs it, and pytest would, too."""

import shutil
import tempfile
import unittest
from pathlib import Path

from smartguide import check

ROOT = Path(__file__).resolve().parent.parent


class KnowledgeBase(unittest.TestCase):
    def test_nothing_is_wrong(self) -> None:
        self.assertEqual([finding.as_text() for finding in check(ROOT).findings], [])

    def test_records_refer_to_each_other_both_ways(self) -> None:
        base = check(ROOT).base
        for variety in base["varieties"]:
            for grower in variety.targets("growers"):
                self.assertIn(variety, grower.sources_of("varieties", "growers[]"))


class Rules(unittest.TestCase):
    """Each rule of `extensions/` has a test that shows what it finds, on a record that is made for the test."""

    def rules_broken_by(self, path: str, text: str) -> list[str]:
        """Return the rules that one more file in this knowledge base would break."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name in ("content", "schemas", "extensions", "mkdocs.yml"):
                (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, root / name)
            (root / path).write_text(text, encoding="utf-8")
            return [one.rule for one in check(root).findings if one.place.path == path]

    def test_a_favourite_must_be_grown(self) -> None:
        variety = next(iter(check(ROOT).base["varieties"]))
        text = f"name: A new garden\nplace: By the river\nfavourite: {variety.id}\n"
        self.assertIn("favourite", self.rules_broken_by("content/growers/a-new-garden.yml", text))


if __name__ == "__main__":
    unittest.main()
