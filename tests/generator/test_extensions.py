"""What a project adds in Python, and what it is told when that does not work."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from smartguide import (
    BuildError,
    Entry,
    Problem,
    Record,
    Severity,
    UnknownNameError,
    build,
    check,
    export,
    load,
    reference_hint,
    rule,
    template_function,
)
from smartguide.pages.pages import record_page
from tests.generator.made import BOOK, LIBRARY, SETTINGS, TEXT, findings, library, schema

OWN = "extensions/own.py"


def with_extension(text: str, **others: str) -> dict[str, str | None]:
    return {OWN: text, **{f"extensions/{name}.py": other for name, other in others.items()}}


# Decorators


def test_a_rule_holds_its_id_scope_collections_severity_and_documentation() -> None:
    @rule("too-long", scope="entry", collections=["books"], severity="warning")
    def too_long(entry: Entry) -> list[Problem]:
        """A book is not too long."""
        return [entry.problem(("title",), "is too long")]

    assert (too_long.id, too_long.scope, too_long.collections) == ("too-long", "entry", ("books",))
    assert too_long.severity is Severity.WARNING
    assert too_long.documentation == "A book is not too long."


def test_a_rule_is_for_records_of_all_collections_and_finds_errors_unless_it_says_otherwise() -> None:
    @rule("any")
    def any_record(record: Record) -> list[Problem]:
        """Anything."""
        return []

    assert (any_record.scope, any_record.collections, any_record.severity) == ("record", (), Severity.ERROR)


def documented(*_: Any) -> Any:
    """Do nothing."""


@pytest.mark.parametrize("wrong", ["", "Too Long", "too_long", "-a", "a--b", "über", "a\n", 7, None])
def test_ids_are_lower_case_words_joined_by_hyphens(wrong: Any) -> None:
    for decorator in (rule, export):
        with pytest.raises(ValueError, match="lower-case words joined by '-'"):
            decorator(wrong)


def test_what_a_rule_is_told_wrong_is_an_error() -> None:
    with pytest.raises(ValueError, match="one of: entry, record, collection, knowledge base; not 'recrod'"):
        rule("a", scope="recrod")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a list of names"):
        rule("a", collections="books")
    with pytest.raises(ValueError, match="fatal"):
        rule("a", severity="fatal")(documented)
    with pytest.raises(TypeError, match="names the x-ref"):
        reference_hint()
    with pytest.raises(TypeError, match="names the x-ref"):
        reference_hint(documented)  # type: ignore[arg-type]


@pytest.mark.parametrize("decorator", [rule("a"), export("a"), template_function, reference_hint("a")])
def test_every_extension_needs_a_docstring(decorator: Any) -> None:
    def bare(*_: Any) -> None: ...

    with pytest.raises(ValueError, match="bare needs a docstring"):
        decorator(bare)


@pytest.mark.parametrize("name", ["kb", "view", "record", "collection", "range", "dict", "namespace"])
def test_a_template_function_does_not_hide_what_templates_know(name: str) -> None:
    def function() -> None:
        """Do nothing."""

    function.__name__ = name
    with pytest.raises(ValueError, match=f"something else as '{name}'"):
        template_function(function)


# Rules


@pytest.mark.parametrize(
    ("scope", "body"),
    [
        ("entry", 'yield it.problem(("title",), it.get("title"))'),
        ("record", 'yield it.problem(("title",), it.target("author").label)'),
        ("collection", 'yield it.records["emma"].problem(("title",), it.name)'),
        ("knowledge base", 'yield it["books"].records["emma"].problem(("title",), str(len(it.collections)))'),
    ],
)
def test_a_rule_is_called_with_what_its_scope_says(tmp_path: Path, scope: str, body: str) -> None:
    text = f'''
        from smartguide import rule

        @rule("own", scope="{scope}", collections=["books"], severity="warning")
        def own(it):
            """Something."""
            {body}
        '''
    said = {"entry": "Emma", "record": "Jane", "collection": "books", "knowledge base": "2"}[scope]
    assert findings(tmp_path, with_extension(text)) == [f"content/books.yml:1:15: warning: title: {said} [own]"]


def test_a_rule_for_a_collection_that_does_not_exist_is_told_at_the_rule(tmp_path: Path) -> None:
    text = '''
        from smartguide import rule, reference_hint

        @rule("own", collections=["boks"])
        def own(record):
            """Something."""
            return []

        @reference_hint("autors#name")
        def hint(value, known):
            """Something."""
            return ""
        '''
    assert findings(tmp_path, with_extension(text)) == [
        "extensions/own.py:3:1: error: the rule 'own' is for the collection 'boks', which does not exist (did you mean 'books'?) [extension]",
        "extensions/own.py:8:1: error: a hint is for the collection 'autors', which does not exist (did you mean 'authors'?) [extension]",
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return 1 / 0", "ZeroDivisionError: division by zero"),
        ('yield record.data["titel"]', "KeyError: 'titel'"),
        ('record.get("titel")', "no property 'titel' in the schema book (did you mean 'title'?)"),
        ('record.target("autor")', "no property 'autor' in the schema book (did you mean 'author'?)"),
        ('record.targets("author", 0)', "no property 'author[0]' in the schema book (did you mean 'author'?)"),
        ('record.base["autors"]', "no collection 'autors' (did you mean 'authors'?)"),
        ('record.sources_of("boks")', "no collection 'boks' (did you mean 'books'?)"),
        ('record.sources_of("books", "authors")', "no reference 'authors' from books to other records (did you mean 'author'?)"),
    ],
)  # fmt: skip
def test_a_rule_that_fails_is_told_on_the_line_at_which_it_does(tmp_path: Path, body: str, said: str) -> None:
    text = f'''
        from smartguide import rule

        @rule("own", collections=["books"])
        def own(record):
            """Something."""
            {body}
        '''
    (found,) = findings(tmp_path, with_extension(text))
    assert found.startswith("extensions/own.py:6:1: error: the rule 'own' fails: ")
    assert said in found


def test_names_that_do_not_exist_are_errors_for_whoever_reads_a_knowledge_base(tmp_path: Path) -> None:
    base = check(library(tmp_path)).base
    for ask in (
        lambda: base["boks"],
        lambda: base["books"].records["emma"].fields["titel"],
        lambda: base["authors"].records["jane"].sources_of("books", "author[]"),
    ):
        with pytest.raises(UnknownNameError, match="did you mean"):
            ask()
    assert base["authors"].records["jane"].sources_of("books", "author") == [base["books"].records["emma"]]


# Files


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("def broken(:\n    pass\n", "extensions/own.py:1:12: error: cannot be run: SyntaxError: invalid syntax"),
        ("import smartgide\n", "extensions/own.py:1:1: error: cannot be run: ModuleNotFoundError: No module named 'smartgide'"),
        ("x = 1\nraise RuntimeError('no')\n", "extensions/own.py:2:1: error: cannot be run: RuntimeError: no"),
        ("import sys\nsys.exit(3)\n", "extensions/own.py:2:1: error: cannot be run: SystemExit: 3"),
        ("from . import other\n", "extensions/own.py:1:1: error: cannot be run: ImportError: cannot import name 'other' from 'extensions'"),
        ("from .other import it\n", "extensions/own.py:1:1: error: cannot be run: ModuleNotFoundError: No module named 'extensions.other'"),
        ("from smartguide import rule\n\n\n@rule('A B')\ndef own(record):\n    'Some.'\n", "extensions/own.py:4:1: error: cannot be run: ValueError: the id of a rule is lower-case words joined by '-', not 'A B'"),
        ("import math\n", "extensions/own.py: warning: adds nothing (mark what it adds with @rule, @export, @template_function, @reference_hint or @search_names)"),
        ("from smartguide.checks.rules import order\n", "extensions/own.py: warning: adds nothing"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_run_is_told_on_its_line(tmp_path: Path, text: str, finding: str) -> None:
    (found,) = findings(tmp_path, {OWN: text})
    assert re.sub(r":1:\d+:", ":1:1:", found).startswith(re.sub(r":1:\d+:", ":1:1:", finding))
    assert found.endswith("[extension]")
    assert "_smartguide_" not in found


def test_an_error_in_a_function_of_another_file_is_told_there(tmp_path: Path) -> None:
    text = '''
        from smartguide import rule
        from .other import helper

        @rule("own", collections=["books"])
        def own(record):
            """Something."""
            return helper(record)
        '''
    other = "def helper(record):\n    return record.nothing\n"
    (found,) = findings(tmp_path, with_extension(text, other=other))
    assert found.startswith("extensions/other.py:2:1: error: the rule 'own' fails: AttributeError")


@pytest.mark.parametrize(
    ("named", "finding"),
    [
        ("extensions/owm.py", "no file 'extensions/owm.py' (write it, or fix its name) [extension]"),
        ("../own.py", "(name a Python file below the project's folder, such as extensions/rules.py)"),
        ("smartguide.rules", "(name a Python file below the project's folder, such as extensions/rules.py)"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_there_is_told_in_the_catalogue(tmp_path: Path, named: str, finding: str) -> None:
    text = LIBRARY["content/catalogue.yml"].replace("extensions/own.py", named)
    (found,) = findings(tmp_path, {"content/catalogue.yml": text})
    assert found.startswith("content/catalogue.yml:1:14: error: ")
    assert finding in found


def test_a_link_out_of_the_project_is_not_run(tmp_path: Path) -> None:
    outside = tmp_path / "outside.py"
    outside.write_text("raise RuntimeError('was run')\n", encoding="utf-8")
    root = library(tmp_path / "library", {OWN: None})
    (root / "extensions").mkdir()
    (root / OWN).symlink_to(outside)
    (found,) = [finding.as_text() for finding in check(root).findings]
    assert "'extensions/own.py' leads out of the project" in found


def test_two_extensions_of_one_name_are_told(tmp_path: Path) -> None:
    text = '''
        from smartguide import export, rule, template_function

        @rule("own")
        def first(record):
            """Something."""
            return []

        @rule("own")
        def second(record):
            """Something."""
            return []

        @export("own")
        def third(base, site_url):
            """An export may have the id of a rule."""
            return []
        '''
    assert findings(tmp_path, with_extension(text)) == [
        "extensions/own.py:8:1: error: the rule 'own' is defined at extensions/own.py:3:1 already (choose another name) [extension]"
    ]


def test_what_can_be_called_need_not_be_a_function(tmp_path: Path) -> None:
    text = '''
        import functools
        from smartguide import rule

        @rule("own", collections=["books"])
        @functools.lru_cache
        def own(record):
            """Something."""
            return [record.problem((), "found")]
        '''
    assert findings(tmp_path, with_extension(text)) == ["content/books.yml:1:7: error: found [own]"]


def test_two_projects_with_files_of_the_same_names_do_not_meet(tmp_path: Path) -> None:
    text = '''
        from smartguide import rule
        from .shared import WORD

        @rule("own", collections=["books"])
        def own(record):
            """Something."""
            from . import shared
            yield record.problem((), WORD)
        '''
    one, other = (
        library(tmp_path / word, with_extension(text.replace("            from . import shared\n", ""), shared=f"WORD = '{word}'\n"))
        for word in ("one", "other")
    )  # fmt: skip
    sessions = [load(one), load(other), load(one)]
    assert [session.checked.findings[0].message for session in sessions] == ["one", "other", "one"]
    for session in reversed(sessions):
        session.refresh()
    assert [session.checked.findings[0].message for session in sessions] == ["one", "other", "one"]


def test_a_changed_file_is_loaded_again(tmp_path: Path) -> None:
    root = library(tmp_path)
    session = load(root)
    assert session.checked.findings == []
    (root / OWN).write_text(
        LIBRARY[OWN].replace("        ", "", 1).replace("\n        ", "\n").replace("return []", "yield record.problem((), 'new')"),
        encoding="utf-8",
    )  # fmt: skip
    session.refresh()
    assert {finding.message for finding in session.checked.findings} == {"new"}


# Exports


def exporting(*paths: str) -> str:
    files = "".join(f"            yield {path!r}, 'text'\n" for path in paths)
    return f'''
        from smartguide import export

        @export("own")
        def own(base, site_url):
            """Something."""
{files}'''


def test_an_export_is_written_below_the_site(tmp_path: Path) -> None:
    root = library(tmp_path, {**SETTINGS, OWN: exporting("data/own.txt")})
    build(root, root / "site")
    assert (root / "site/data/own.txt").read_text(encoding="utf-8") == "text"


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (("../own.txt",), "the export 'own' writes '../own.txt', which is not below the site"),
        (("/own.txt",), "the export 'own' writes '/own.txt', which is not below the site"),
        (("a/../../own.txt",), "the export 'own' writes 'a/../../own.txt', which is not below the site"),
        (("a.txt", "a.txt"), "the export 'own' writes 'a.txt', as 'own' does"),
        (("api/v1/books.json",), "the export 'own' writes 'api/v1/books.json', as 'api' does"),
    ],
)
def test_an_export_that_writes_elsewhere_or_twice_stops_the_build(
    tmp_path: Path, paths: tuple[str, ...], said: str
) -> None:
    root = library(tmp_path / "library", {**SETTINGS, OWN: exporting(*paths)})
    with pytest.raises(BuildError, match=re.escape(said)):
        build(root, root / "site")
    assert not (root / "site").exists()
    assert list(tmp_path.rglob("own.txt")) == []


def test_an_export_that_fails_stops_the_build_and_is_told_on_its_line(tmp_path: Path) -> None:
    text = '''
        from smartguide import export

        @export("own")
        def own(base, site_url):
            """Something."""
            yield "a.txt", base["boks"]
        '''
    root = library(tmp_path, {**SETTINGS, OWN: text})
    with pytest.raises(BuildError) as told:
        build(root, root / "site")
    (found,) = told.value.findings
    assert found.as_text() == (
        "extensions/own.py:6:1: error: the export 'own' fails: UnknownNameError: no collection 'boks' "
        "(did you mean 'books'?) [extension]"
    )


def test_an_export_that_yields_no_text_is_told(tmp_path: Path) -> None:
    text = exporting("a.txt").replace("'text'", "b'text'")
    root = library(tmp_path, {**SETTINGS, OWN: text})
    with pytest.raises(
        BuildError, match="the export 'own' fails: TypeError: it yields the path and the text of each file"
    ):
        build(root, root / "site")


# Templates


def rendered(root: Path, template: str, extension: str = LIBRARY[OWN]) -> str:
    library(root, {"templates/book.html": template, OWN: extension})
    session = load(root)
    assert session.checked.findings == []
    return session.renderer.page(record_page(session.checked.base["books"].records["emma"])).html


def test_a_template_calls_a_function_by_its_name(tmp_path: Path) -> None:
    text = '''
        from smartguide import template_function

        @template_function
        def shouted(word, *, times=1):
            """Return a word in capitals."""
            return word.upper() * times
        '''
    assert "EMMAEMMA" in rendered(tmp_path, "<p>{{ shouted(record.label, times=2) }}</p>", text)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ record.fields.titel }}", "no property 'titel' (did you mean 'title'?)"),
        ("{{ kb['boks'] | length }}", "no collection 'boks' (did you mean 'books'?)"),
        ("{{ kb.boks }}", "the knowledge base has no 'boks' (did you mean 'kb[\"books\"]'?)"),
        ("{{ record.target('autor') }}", "no property 'autor' (did you mean 'author'?)"),
        ("{{ record | sources_of('books', 'autor') }}", "no reference 'autor' from books to other records (did you mean 'author'?)"),
        ("{{ view.backlinks(record, 'boks') }}", "no collection 'boks' (did you mean 'books'?)"),
        ("{{ view.backlinks(record, 'books.autor') }}", "no reference 'autor' from books to other records (did you mean 'author'?)"),
        ("{{ shoutet('a') }}", "'shoutet' is undefined"),
        ("{% include 'parts/nothing.html' %}", "no template 'parts/nothing.html'"),
    ],
)  # fmt: skip
def test_a_name_that_a_template_asks_for_in_vain_is_told_on_its_line(tmp_path: Path, template: str, said: str) -> None:
    root = library(tmp_path, {**SETTINGS, "templates/book.html": f"<p>\n{template}</p>"})
    with pytest.raises(BuildError) as told:
        build(root, root / "site")
    (found,) = told.value.findings
    assert found.as_text().startswith("templates/book.html:2:1: error: ")
    assert said in found.as_text()


def test_a_function_that_fails_is_told_on_the_line_of_the_template(tmp_path: Path) -> None:
    text = '''
        from smartguide import template_function

        @template_function
        def broken():
            """Divide by nothing."""
            return 1 / 0
        '''
    root = library(tmp_path, {**SETTINGS, OWN: text, "templates/book.html": "<p>\n{{ broken() }}</p>"})
    with pytest.raises(BuildError) as told:
        build(root, root / "site")
    (found,) = told.value.findings
    assert found.place.path == "templates/book.html"
    assert found.message == "cannot be rendered: division by zero"


# Hints


def test_a_hint_says_what_to_do_about_a_reference(tmp_path: Path) -> None:
    text = '''
        from smartguide import reference_hint

        @reference_hint("authors")
        def named(value, known):
            """Whoever writes a pen name is told the id."""
            return f"write one of {sorted(known)}" if value == "currer" else ""
        '''
    changes = {
        **with_extension(text),
        "content/books.yml": "{a: {title: A, author: currer}, b: {title: B, author: jand}}",
    }
    assert findings(tmp_path, changes) == [
        "content/books.yml:1:24: error: author: no author 'currer' (write one of ['jane']) [unknown-reference]",
        "content/books.yml:1:55: error: author: no author 'jand' "
        "(did you mean 'jane'? If it is a new one, add 'jand:' to content/authors.yml) [unknown-reference]",
    ]


def test_a_hint_that_fails_is_told_and_the_reference_too(tmp_path: Path) -> None:
    text = '''
        from smartguide import reference_hint

        @reference_hint("authors")
        def named(value, known):
            """Fail."""
            return known[value].label
        '''
    assert findings(tmp_path, {**with_extension(text), "content/books.yml": "a: {title: A, author: jand}"}) == [
        "extensions/own.py:6:1: error: the hint 'named' fails: KeyError: 'jand' [extension]",
        "content/books.yml:1:23: error: author: no author 'jand' [unknown-reference]",
    ]


# Schemas and catalogue


def with_schema(**properties: Any) -> dict[str, str | None]:
    return {"schemas/book.schema.json": schema("Book", {**BOOK, **properties})}


@pytest.mark.parametrize("name", ["id", "url", "referenced_by"])
def test_names_that_the_api_needs_are_refused_at_the_top_of_a_schema(tmp_path: Path, name: str) -> None:
    (found,) = findings(tmp_path / "top", with_schema(**{name: TEXT}))
    assert f"the API adds a property '{name}' of its own to each record" in found
    assert found.startswith("schemas/book.schema.json:")
    assert (
        findings(
            tmp_path / "nested",
            with_schema(
                nested={
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {name: {**TEXT, "description": "Words."}},
                }
            ),
        )
        == []
    )


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ({"x-reff": "authors"}, "no keyword 'x-reff' (did you mean 'x-ref'?)"),
        ({"pattren": "a"}, "no keyword 'pattren' (did you mean 'pattern'?)"),
        ({"x-label": "title"}, "'x-label' does not belong here (it stands at the top of a schema)"),
        ({"x-facet": "yes"}, "'x-facet' cannot be 'yes'"),
        ({"x-unique": "lists"}, "'x-unique' cannot be 'lists'"),
        ({"x-ref": "autors"}, "own: no collection 'autors' (did you mean 'authors'?)"),
        ({"x-ref": "authors#nam"}, "own: authors have no property 'nam' (did you mean 'name'?)"),
        ({"x-ref": "authors", "x-mirror": "book"}, "own: authors have no property 'book'"),
        ({"x-mirror": "books"}, "own: 'x-mirror' needs an 'x-ref' beside it"),
        ({"x-at-most": "ende"}, "own: no property 'ende' beside it (did you mean 'end'?)"),
        ({"x-unique": {"per": "titel"}}, "own: no property 'titel' (did you mean 'title'?)"),
    ],
)
def test_what_is_wrong_with_a_schema_is_told_on_its_line(tmp_path: Path, declared: dict[str, Any], said: str) -> None:
    changes = with_schema(own={"type": "string", **declared})
    (found,) = findings(tmp_path, changes)
    line = str(changes["schemas/book.schema.json"]).split("\n")[int(found.split(":")[1]) - 1]
    assert f'"{list(declared)[-1]}"' in line
    assert said in found
    assert found.endswith("[schema]")


@pytest.mark.parametrize(
    ("keywords", "said"),
    [
        ({"x-facet": True}, "'x-facet' does not belong here (it stands on a property)"),
        ({"x-label": "titel"}, "no property 'titel' (did you mean 'title'?)"),
        ({"x-summary": "titel"}, "no property 'titel' (did you mean 'title'?)"),
    ],
)
def test_what_is_wrong_at_the_top_of_a_schema_is_told(tmp_path: Path, keywords: dict[str, Any], said: str) -> None:
    (found,) = findings(tmp_path, {"schemas/book.schema.json": schema("Book", BOOK, **keywords)})
    assert said in found


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("bost: 2", "collections.books: unknown key 'bost' (did you mean 'boost'?)"),
        ("standalone: yes please", "collections.books.standalone"),
        ("pages: two", "collections.books.pages"),
        ("template: Book", "collections.books.template"),
    ],
)
def test_a_wrong_key_of_the_catalogue_is_told(tmp_path: Path, key: str, said: str) -> None:
    text = LIBRARY["content/catalogue.yml"].replace(
        "standalone: true, records: !include books", f"{key}, records: !include books"
    )
    (found,) = findings(tmp_path, {"content/catalogue.yml": text})
    assert said in found


def test_a_keyword_that_refers_to_a_whole_number_is_a_reference(tmp_path: Path) -> None:
    changes = {
        **with_schema(shelf={"type": "integer", "x-ref": "authors#number"}),
        "schemas/author.schema.json": schema("Author", {"name": TEXT, "number": {"type": "integer"}}),
        "content/authors.yml": "jane: {name: Jane, number: 7}",
        "content/books.yml": "{emma: {title: Emma, shelf: 7}, emmeline: {title: Emmeline, shelf: 8}}",
    }
    assert findings(tmp_path, changes) == [
        "content/books.yml:1:68: error: shelf: no author '8' "
        "(there are: 7; if it is a new one, add '8:' to content/authors.yml with 'number: 8') [unknown-reference]"
    ]
