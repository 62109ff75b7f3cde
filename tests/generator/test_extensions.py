"""What a project adds in Python: rules, exports, template functions and hints."""

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
    figures,
    load,
    processes,
    reference_hint,
    rule,
    template_function,
)
from smartguide.pages.pages import record_page
from tests.generator.made import LIBRARY, OWN, SETTINGS, findings, library, with_extension

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


@pytest.mark.parametrize("decorator", [rule("a"), export("a"), template_function, reference_hint("a"), figures("a")])
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


@pytest.mark.parametrize("cores", [1, 2])
@pytest.mark.parametrize("path", ["404.html", "sitemap.xml", "index.html", "assets"])
def test_an_export_does_not_write_over_what_is_in_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, cores: int
) -> None:
    monkeypatch.setattr(processes, "cores", lambda: cores)
    root = library(tmp_path, {**SETTINGS, OWN: exporting("data/own.txt")})
    build(root, root / "site")  # what is kept of it says the same
    library(tmp_path, {**SETTINGS, OWN: exporting(path)})
    with pytest.raises(BuildError, match=re.escape(f"an export writes '{path}', which is in the site already")):
        build(root, root / "site")
    assert (root / "site/data/own.txt").is_file()


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
        "(did you mean 'books'?) (correct the code there) [extension]"
    )


@pytest.mark.parametrize("outside", [False, True])
def test_an_export_and_a_page_that_fail_are_told_in_one_run(tmp_path: Path, *, outside: bool) -> None:
    """One that writes outside of the site has no line, so it is said behind what has one."""
    text = exporting("../a.txt") if outside else exporting("a.txt").replace("'text'", "b'text'")
    page = "{{ view.heading('Plot', level=9) }}\n"
    root = library(tmp_path, {**SETTINGS, OWN: text, "templates/book.html": page})
    with pytest.raises(BuildError) as told:
        build(root, root / "site")
    assert "templates/book.html:1:1: error: " in str(told.value)
    assert ("not below the site" if outside else "the path and the text of each file") in str(told.value)


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
        "extensions/own.py:6:1: error: the hint 'named' fails: KeyError: 'jand' (correct the code there) [extension]",
        "content/books.yml:1:23: error: author: no author 'jand' [unknown-reference]",
    ]
