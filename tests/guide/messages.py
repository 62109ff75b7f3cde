"""The page docs/messages.md: every finding that there is, with real messages.

``python -m tests.guide.messages`` writes it. The words about a rule are here; the messages are made by the checks, of the
wrong records in ``wrong/`` and of the mistakes below.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from click.testing import CliRunner

from smartguide.cli import main
from smartguide.findings import Finding, Place, in_order
from smartguide.link_history.history import Entry, History
from smartguide.links import markdown_links
from smartguide.links.external import link_exceptions
from smartguide.links.external.findings import findings as of_urls
from smartguide.project import Project
from smartguide.session import load
from smartguide.site import page_code
from tests.conftest import SMALL
from tests.guide.test_wrong_records import EXPECTED, FIXTURES
from tests.projects import ROOT, Changes, write

PAGE: Final = ROOT / "docs/messages.md"
COMMAND: Final = ".venv/bin/python -m tests.guide.messages"
MOST: Final = 4
"""So many messages are shown of one rule."""

HEAD: Final = f"""# All messages

What `smartguide validate`, `build` and `links` can tell you, by the word in brackets at the end. Each message says where the
mistake is (file, line, column), what is wrong, and in round brackets what to do:

```text
content/partnerships/bridge.yml:14:5: error: partners[0].partner: no partner 'elinclos' (did you mean 'elinclus'?) [unknown-reference]
```

`partners[0].partner` is the key `partner` in the first entry of the list `partners`: counting begins with 0. An *error* must be
fixed. A *warning* must be, too, before a change is published, but the preview goes on. A *notice* is for your information. If
you do not understand a message, or what it advises does not help, open an issue: that is a mistake of the message.

The messages on this page are real. The page is written by `{COMMAND}`.
"""

WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "The text of a file": {
        "syntax": ("The file is not YAML: mostly a colon, a quote, a bracket or the indentation is wrong.", "Do what the message says on that line; text with special characters goes into quotes."),
        "key": ("What stands before a colon cannot be a key, or there are blanks that YAML does not know.", "Write the key as the field reference has it, with plain spaces."),
        "duplicate-key": ("One key stands twice in a record or entry; the first would be lost.", "Keep one of them. If both are needed, the key takes a list."),
        "number": ("A number is written in a way that the page would not show: `1.50`, `017`, `1e3`.", "Write plain digits, or put it in quotes if it is text."),
        "comment": ("A part of a text is cut off, since ` #`, `&` or `!` has a meaning of its own in YAML.", "Put the whole text in quotes."),
        "tag": ("A word with `!` is taken for an instruction to YAML.", "Put the text in quotes, or take the word out."),
        "alias": ("An alias (`*name`) contains itself.", "Write the text out in its place."),
        "merge-key": ("The key `<<` is not allowed.", "Write the keys out."),
        "nesting": ("The file is nested too deeply.", "Records are flat: see the field reference."),
        "too-many-nodes": ("Aliases make the file grow beyond all measure.", "Write the texts out."),
        "character": ("The file holds a character that no text has.", "Delete it, and type the text anew."),
        "invisible-character": ("There is a character that nobody sees, mostly from a copied text.", "Delete it and type a plain space in its place."),
        "encoding": ("The file is not saved as UTF-8, or is no text file.", "Save it as plain text in UTF-8."),
        "file-size": ("The file is too large.", "Split it into several records."),
        "unreadable": ("The file cannot be read.", "See whether it is a link or lacks permissions."),
        "empty": ("A file, a text or a list is empty.", "Write something, or leave the key out."),
        "merge-conflict": ("Git has left both sides of a conflict in the file.", "Keep one of the two, and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`."),
        "include": ("An `!include` in the catalogue finds no file, or leaves `content/`.", "Fix the path; it is relative to `content/`."),
        "type": ("The file is no record: it is a list, or a mere text.", "Write keys and values, as the other files of the folder do."),
        "id": ("The name of the file, or an id, has other characters than `a-z`, `0-9` and `-`.", "Rename it as the message says."),
        "duplicate-id": ("Two records of one collection have one id.", "Rename one of them."),
        "style": ("`smartguide format --check` has found a file that is written in another style.", "Run the command that the message names."),
    },
    "A record and its schema": {
        "missing-key": ("A key that each record of this kind needs is not there.", "Add it; the message has an example."),
        "unknown-key": ("There is no key of this name.", "Correct its name, or move it to where it belongs. The field reference has all keys."),
        "does-not-apply": ("The key cannot stand beside another value of this record.", "Take it out, or correct the other value."),
        "wrong-type": ("The value is of another kind: text in place of a number, a text in place of a list.", "Write it as the message shows."),
        "wrong-form": ("The value has another form, such as a date or a URL has.", "Write it as in the example."),
        "not-allowed": ("Only certain values are allowed here, and this is none of them.", "Choose one of those that the message lists."),
        "out-of-range": ("The number is too small or too large.", "Correct it."),
        "too-long": ("The text or the list is too long.", "Shorten it."),
        "blank-text": ("The text holds nothing but blanks.", "Write something, or leave the key out."),
        "date": ("There is no such day.", "Correct it."),
        "order": ("Of two values, one must be the smaller or earlier.", "Correct one of the two."),
        "verified": ("The day on which a record was compared with a document is in the future, or before the date of that document.", "Correct the day, or name the document that was there on that day."),
        "duration": ("The number of months is not that from start to end.", "Correct one, or leave it out and explain it in the notes."),
        "shown-as-written": ("Markdown, HTML or template code in a text that is shown as it is.", "Write plain text, or move it to a key whose form is *prose*."),
        "local-url": ("The URL leads to a machine that only its owner reaches.", "Give the public URL."),
        "schema-line": ("The first line names the schema of another kind, so that an editor would mislead you.", "Write the line as the message shows."),
        "wrong-folder": ("The record is one of another kind.", "Move the file to the folder that the message names."),
    },
    "A record among the others": {
        "unknown-reference": ("The id names no record.", "Correct it, or add the record as the message says."),
        "repeated": ("An entry stands in the list twice.", "Delete one of the two."),
        "not-unique": ("Another record has this value, which each may have for itself.", "Choose the next that is free."),
        "same-name": ("Another record has this name.", "If it is the same one, merge the two; otherwise tell them apart by their names."),
        "alias-is-name": ("An alias repeats the name.", "Delete it."),
        "ambiguous": ("Two records have the value by which others refer to them.", "Correct one of the two."),
        "continues": ("A record comes, over some steps, before itself.", "Correct the id."),
        "refers-to-itself": ("A record names itself.", "Take it out, or name the other one."),
        "one-sided": ("Of two records that name each other, one does not.", "Add it there, or take it out here."),
        "unreferenced": ("No other record names this one, so that readers would not find it.", "Name it where it belongs, or delete it."),
        "former-id": ("A former id is that of a record, or of two records.", "Keep it with the one that had it."),
        "taken-url": ("Two pages would have one URL.", "Rename one of the two."),
        "predecessor": ("A predecessor is not earlier.", "Correct the id, or the start of one of the two."),
        "voluntary-funding": ("A voluntary partnership has EU funding.", "Correct `eu_funded` or `strand`."),
        "voluntary-generation": ("A voluntary partnership is not of the first generation.", "Correct `generation` or `strand`."),
        "eu-target-market": ("A target market is a country of the EU.", "Take it out, or explain it with `eu_member_until` on the country."),
        "printed-as-name": ("`printed_as` repeats the name of the organisation.", "Leave it out."),
        "unknown-spelling": ("`printed_as` is not among the aliases of the organisation.", "Add it there, so that the search finds it."),
        "near-duplicate": ("Two organisations of one country have nearly the same name.", "Merge them, or name one under `related` of the other."),
        "near-duplicate-acronym": ("Two acronyms differ in blanks, hyphens or accents only.", "Merge the two, or correct one."),
        "unknown-count": ("A figure is compared with a count that does not exist.", "Choose one of `extensions/counts.py`."),
    },
    "Chapters": {
        "blocked": ("A chapter holds a picture or HTML that a page of the site does not let work: pages load nothing from other sites, and run no code of chapters.", "Put the file into `content/`, or write a link."),
        "macro": ("Template code in a chapter fails: a name that does not exist, a value that is missing.", "Write the call as the message shows; to show braces, put them between backticks."),
        "front-matter": ("What stands between `---` at the top of a chapter cannot be read.", "Correct it, or delete these lines."),
        "markdown": ("The preview of GitHub or GitLab would show something else than the site.", "Write it as the message says."),
        "undefined-reference": ("A link of the form `[text][name]` has no definition.", "Add the definition, or write the URL behind the text in round brackets."),
        "broken-link": ("A link leads to a page, a place of a page or a file that is not there.", "Correct it; links to other chapters name their files."),
        "navigation": ("The navigation in `mkdocs.yml` leads to no page.", "Correct the path."),
        "orphan": ("No link and no entry of the navigation leads to the page.", "Link to it, or add it to the navigation."),
        "too-much": ("The chapter has too many headings, or is nested too deeply.", "Split it."),
        "left-out": ("The file in `content/` is neither a chapter, a record nor a picture, so it would not be published.", "Move it, or delete it."),
        "link": ("The file is a symbolic link.", "Put the file itself there."),
    },
    "Catalogue, schemas, templates, extensions, settings": {
        "catalogue": ("An entry of `content/catalogue.yml` is wrong.", "Correct it; docs/extending.md has all keys."),
        "empty-collection": ("A collection has no records.", "Add one, or correct the path."),
        "schema": ("A schema is wrong, or names something that does not exist.", "Correct it on that line; docs/extending.md has our keywords."),
        "template": ("A template is wrong, or asks for something that does not exist.", "Correct it on that line."),
        "extension": ("Python code of the project fails.", "Correct it on that line."),
        "settings": ("`mkdocs.yml` holds a setting that does not exist or cannot have this value.", "Correct it, or take it out."),
        "engine": ("The engine that you chose would drop a setting.", "Take it out, or choose another engine."),
        "page-shell": ("An override of the theme leaves out what pages need.", "Add it again."),
        "inline-script": ("A page has a script, or code in an attribute, in its HTML, which the policy of the site forbids.", "Put a script into a file below `theme/assets/`; delete the attribute."),
        "foreign-script": ("A page loads a script of another host.", "Put it into a file below `theme/assets/`."),
        "redirect": ("A page sends its readers to another one.", "Write a link, or give a record `former_ids`."),
    },
    "Links to other sites": {
        "dead-link": ("The page has failed on three different days.", "Keep the URL, and add an archived copy beside it."),
        "broken-url": ("A URL that this change adds fails.", "Correct it."),
        "moved": ("The page has a new URL for good.", "Write the new one."),
        "redirected": ("The URL leads somewhere else: to a home page, or for the time being.", "If the page is gone, look for its new URL or for an archived copy."),
        "private-address": ("The URL leads into a private network.", "Give the public URL."),
        "expired-exception": ("An exception in `link-exceptions.yml` is over.", "Delete it, or give a new day and reason."),
        "unused-exception": ("An exception is not needed any more.", "Delete it."),
        "link-history": ("The history of link checks, `link-history.json`, cannot be read.", "Restore it from git, or delete it: the next check begins a new one."),
    },
}  # fmt: skip
"""For each part of the page the rules: when one is told, and what to do."""


def _with_collections(*entries: str) -> str:
    """Return the catalogue of the small project with more collections."""
    return "\n          ".join([str(SMALL["content/catalogue.yml"]).rstrip(), *entries]) + "\n"


RECORD: Final = SMALL["content/partnerships/alpha.yml"]
SETTINGS: Final = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[0]
FILES: Final[Changes] = {
    "content/catalogue.yml": str(SMALL["content/catalogue.yml"]).replace("partnerships/*.yml", "partnerships/**/*.yml"),
    "content/partnerships/Alpha.yml": RECORD,
    "content/partnerships/aliased.yml": "acronym: &a [*a]\n",
    "content/partnerships/merged.yml": "acronym: A\n<<: {title: B}\n",
    "content/partnerships/nested.yml": "acronym: " + "[" * 60 + "]" * 60 + "\n",
    "content/partnerships/grown.yml": "a: &a [1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 8)}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)),
    "content/partnerships/nothing.yml": "",
    "content/partnerships/latin.yml": "acronym: Café\n".encode("latin-1"),
    "content/partnerships/null.yml": b"acronym: A\x00\n",
    "content/partnerships/bell.yml": 'acronym: "A\\uD800"\n',
    "content/partnerships/large.yml": "notes:\n" + "  - a long note about nothing at all\n" * 40_000,
    "content/partnerships/both.yml": "<<<<<<< HEAD\nacronym: A\n=======\nacronym: B\n>>>>>>> other\n",
    "content/partnerships/cut.yml": "acronym: Beta\ntitle: The cluster #1\n",
    "content/partnerships/digits.yml": "acronym: Gamma\nsme_count: 017\n",
    "content/partnerships/tagged.yml": "acronym: !!python/name:os.system A\n",
    "content/partnerships/wrong-line.yml": "# yaml-language-server: $schema=../../schemas/partner.schema.json\nacronym: Delta\n",
    "content/partnerships/bridges.yml": "name: Bridges\ncountry: DE\nsources:\n  - source: guide\n",
    "content/partnerships/draft.docx": b"PK",
    "content/partnerships/blanks.yml": "acronym: Epsilon\nnotes:\n\xa0\xa0- A note.\n",
    "content/partnerships/keys.yml": "acronym: Zeta\n[title]: A title\n",
    "content/partnerships/old/alpha.yml": RECORD,
    "content/notes.txt": "A note.\n",
}  # fmt: skip
"""Files that cannot be read, are in the wrong place, or are no records."""
CHAPTERS: Final[Changes] = {
    "mkdocs.yml": SETTINGS + "\nnav:\n  - index.md\n  - Gone: gone.md\n",
    "templates/call.html": "{% extends 'record.html' %}\n{% block lead %}{{ record.fields.yaer }}{% endblock %}\n",
    "templates/sector.html": "{% extends 'record.html' %}\n{% block laed %}{% endblock %}\n",
    "content/index.md": "# Home\n\n{{ part('collections') }}\n",
    "content/calls-of-macros.md": '# Macros\n\nSee {{ link("partnerships", "alfa") }} and {{ lnk("a") }}, {{ count() }}.\n',
    "content/links.md": "# Links\n\nSee [the start](indx.md), [it](/about/) and [that][one].\n",
    "content/matter.md": "---\ntitle: A: B\n---\n\n# Matter\n",
    "content/keys.md": "---\ntitel: A\n---\n\n# Keys\n",
    "content/lists.md": "# Lists\n\nText\n- one\n- two\n",
    "content/copied.md": "# Copied\u200b text\n",
    "content/long.md": "\n".join(f"# Heading {number}" for number in range(2_001)) + "\n",
    "content/open.md": "---\ntitle: Open\n\nText.\n",
    "content/blocked.md": "# Blocked\n\n![The hall](https://example.org/hall.jpg)\n",
    "content/partnerships/alpha.md": "# Alpha\n",
    "content/names.md": "# Names\n\nSee [names](names).\n",
}
PARTS: Final[Changes] = {
    "mkdocs.yml": SETTINGS.replace("\nsite_dir: site", "\nsite_dri: site") + "\n",
    "content/index.md": "# Home\n",
    "content/catalogue.yml": _with_collections("beings: {schema: being, records: !include beings/*.yml}", "empty: {schema: source, records: !include empty/*.yml}", "missing: {schema: source, records: !include sorces.yml}"),
    "schemas/sector.schema.json": (ROOT / "schemas/sector.schema.json").read_text(encoding="utf-8").replace('"x-label"', '"x-lable"').replace('"x-plural": "', '"x-plural": "'),
    "extensions/relations.py": "from smartguide import rule\n\nrule('Wrong Id')\n",
}  # fmt: skip
ACTION: Final = "number: 1\ntitle: {}\narea: strategy\nsummary: Do it.\nwhy: It helps.\nchecklist:\n  - id: begin\n    step: Begin\nsources:\n  - source: guide\n"
OTHERS: Final[Changes] = {
    "content/catalogue.yml": _with_collections(
        "areas: {schema: area, standalone: true, records: !include areas.yml}",
        "challenges: {schema: challenge, standalone: true, records: !include challenges/*.yml}",
        "actions: {schema: action, standalone: true, records: !include actions/*.yml}",
        "statistics: {schema: statistic, standalone: true, records: !include statistics.yml}",
    ),
    "content/areas.yml": "strategy: {name: Strategy, order: 1, description: Where to go.}\n",
    "content/actions/plan.yml": ACTION.format("Plan"),
    "content/actions/meet.yml": ACTION.format("Meet"),
    "content/challenges/money.yml": "number: 1\ntitle: Money\narea: strategy\ndescription: There is none.\nactions:\n  - meet\nsources:\n  - source: guide\n",
    "content/countries.yml": "de: {code: DE, name: Germany, eu_member: true}\nfr: {code: FR, name: France, eu_member: true}\nge: {code: DE, name: Georgia}\n",
    "content/statistics.yml": "all: {label: All, value: 60, measure: all partnerships, source: guide, part: Table 1}\n",
}
"""Records that are wrong beside others."""
TODAY: Final = date(2026, 3, 4)
DAYS: Final = ("2026-03-01", "2026-03-02", "2026-03-03")
URLS: Final = {
    "https://gone.example/report.pdf": Entry(DAYS[2], "failed", "404: Not Found", DAYS),
    "https://moved.example/old": Entry(DAYS[2], "good", "200", (), "https://moved.example/new", permanent=True),
    "https://home.example/page": Entry(DAYS[2], "good", "200", (), "https://home.example/"),
    "https://other.example/page": Entry(DAYS[2], "good", "200", (), "https://other.example/login?page"),
    "http://192.168.0.1/": Entry(DAYS[2], "refused", "192.168.0.1 is no public IP address"),
}
PAGES: Final = (
    "<script>alert(1)</script>",
    '<script src="https://other.example/a.js"></script>',
    '<meta http-equiv="refresh" content="0; url=/">',
)


def made() -> str:
    """Return the page."""
    messages = dict(_messages())
    parts = [HEAD]
    for title, rules in WORDS.items():
        parts.append(f"\n## {title}\n")
        for rule, (when, remedy) in rules.items():
            parts.append(f"\n### `{rule}`\n\n{when} *What to do:* {remedy}\n")
            if shown := messages.get(rule):
                parts.append("\n```text\n" + "\n".join(shown[:MOST]) + "\n```\n")
    return "".join(parts)


def _messages() -> Iterator[tuple[str, list[str]]]:
    """Yield each rule with its messages, those of records first, each wording once."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for text in [*_of_fixtures(), *(one.as_text() for one in _of_mistakes()), *_of_style()]:
        words, _, rule = text.rpartition(" [")
        place, _, said = words.partition(": ")
        found[rule.rstrip("]")].setdefault(said, f"{place}: {said} [{rule}")
    for rule, by_words in found.items():
        yield rule, list(by_words.values())


def _of_fixtures() -> Iterator[str]:
    """Yield what is expected of the wrong records, which a test of theirs compares with what is found."""
    for path in FIXTURES:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(EXPECTED):
                yield f"content/{path.parent.name}/subject.yml:{line.removeprefix(EXPECTED)}"


def _of_mistakes() -> Iterator[Finding]:
    usual = {one.as_text() for one in _found({})}  # for it has not all collections that templates and rules ask for
    for changes in (FILES, OTHERS, CHAPTERS, PARTS):
        yield from (one for one in _found(changes) if one.as_text() not in usual)
    places = {url: [Place("content/partnerships/alpha.yml", 20 + at, 10)] for at, url in enumerate(URLS)}
    yield from of_urls(places, History(dict(URLS)), copies={}, keys={}, replaced=set())
    yield from of_urls(places, History(dict(URLS)), copies={}, keys={}, replaced=set(), new=True)
    yield from _of_exceptions()
    for html in PAGES:
        for fault in page_code.check(html, frozenset()):
            yield Finding(Place("content/index.md", 3, 1), fault.rule, fault.message, hint=fault.hint)


def _found(changes: Changes) -> list[Finding]:
    """Return what is wrong with the small project after some changes."""
    with tempfile.TemporaryDirectory() as folder:
        root = _project(Path(folder) / "guide", changes)
        checked = load(root).checked
        told = in_order([*checked.findings, *checked.in_macros])
        if "content/catalogue.yml" in changes:  # more collections, whose schemas ask for others
            told = [one for one in told if ": no collection " not in one.as_text()]
        return [*told, *markdown_links.check(Project(root))]


def _of_exceptions() -> Iterator[Finding]:
    entry = "  - url: {}\n    reason: It asks for a login.\n    until: {}\n"
    text = (
        "exceptions:\n"
        + entry.format("https://gone.example/", "2026-02-01")
        + entry.format("https://unused.example/", "2026-12-01")
    )
    with tempfile.TemporaryDirectory() as folder:
        root = _project(Path(folder) / "guide", {"link-exceptions.yml": text})
        yield from link_exceptions.load(Project(root), {"https://gone.example/"}, TODAY).findings


def _of_style() -> Iterator[str]:
    """Yield what the command tells of a file that is written in another style."""
    with tempfile.TemporaryDirectory() as folder:
        root = _project(Path(folder) / "guide", {})
        path = root / "content/partnerships/alpha.yml"
        said = CliRunner().invoke(main, ["--project", str(root), "format", "--check", str(path)])
        yield from (line for line in said.output.splitlines() if line.endswith("]"))


def _project(root: Path, changes: Changes) -> Path:
    for name in ("schemas", "templates", "extensions", "theme"):
        shutil.copytree(ROOT / name, root / name)
    write(root, {**SMALL, **changes})
    if "content/index.md" in changes:
        (root / "content/linked.md").symlink_to(root / "content/catalogue.yml")
    return root


if __name__ == "__main__":
    PAGE.write_text(made(), encoding="utf-8", newline="\n")
