"""Reading: YAML to data with positions, and all that is refused."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from smartguide.findings import Place
from smartguide.reading import Document, Reader


def read(folder: Path, text: str | bytes, name: str = "record.yml") -> Document:
    content = folder / "content"
    content.mkdir(exist_ok=True)
    path = content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else textwrap.dedent(text).lstrip("\n").encode())
    return Reader(folder, content).read(path)


def faults(document: Document) -> list[str]:
    return [finding.as_text() for finding in document.all_findings()]


def test_every_key_and_value_keeps_its_position(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        """
        name: Ä
        stages:
          - hut: one
            remark: first
          - hut: two
        """,
    )
    assert document.value_at(("name",)) == Place("content/record.yml", 1, 7)
    assert document.value_at(("stages", 1, "hut")) == Place("content/record.yml", 5, 10)
    assert document.key_at(("stages", 0, "remark")) == Place("content/record.yml", 4, 5)
    assert document.value_at(("stages", 0)) == Place("content/record.yml", 3, 5)


def test_columns_count_characters_and_not_bytes(tmp_path: Path) -> None:
    document = read(tmp_path, "{ä: ö, ü: [é, 日本, x]}\n")
    assert document.value_at(("ü", 2)).column == 19


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("2018-02", "2018-02"),
        ("2018-02-01", "2018-02-01"),
        ("12:30:45", "12:30:45"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("-3", -3),
        ("2.5", 2.5),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("~", None),
        ("", None),
        ("9007199254740991", 9007199254740991),
        ("'5'", "5"),
    ],
)
def test_plain_words_are_read_as_people_mean_them(tmp_path: Path, text: str, value: object) -> None:
    document = read(tmp_path, f"key: {text}\n")
    assert document.data == {"key": value}
    assert faults(document) == []


def test_duplicate_keys_are_told_with_the_line_of_the_first(tmp_path: Path) -> None:
    document = read(tmp_path, "name: a\nvalley: NTH\nname: b\n")
    assert faults(document) == [
        "content/record.yml:3:1: error: name: the key stands here for the second time (first on line 1) "
        "(keep one of them) [duplicate-key]"
    ]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("name: [a\n", "1:7", "the [ that opens here does not close (close it with ], or put the text in quotes)"),
        ("name: a: b\n", "1:7", 'put the whole text in quotes: "a: b"'),
        ("name:\n\tvalley: NTH\n", "2:1", "indent with spaces, not with tabs"),
        ("name: @home\n", "1:7", 'put the whole text in quotes: "@home"'),
        ("name: 'a\n", "1:7", "the quote that opens here does not close on this line"),
        ("name: *nobody\n", "1:7", 'put the whole text in quotes: "*nobody"'),
        ("a: 1\n--- \nb: 2\n", "2:1", "delete the line with ---"),
        ("name: a\x07b\n", "1:8", "U+0007 is not allowed"),
    ],
)
def test_unreadable_yaml_is_told_with_place_and_remedy(tmp_path: Path, text: str, place: str, words: str) -> None:
    (fault,) = faults(read(tmp_path, text))
    assert fault.startswith(f"content/record.yml:{place}: error: ")
    assert words in fault


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system ['true']", "!!binary aGk=", "!secret x", "!!set {a}"])
def test_tags_are_refused(tmp_path: Path, tag: str) -> None:
    (fault,) = faults(read(tmp_path, f"name: {tag}\n"))
    assert fault.startswith("content/record.yml:1:7: error: name: the tag ")
    assert fault.endswith("[tag]")


def test_merge_keys_are_refused(tmp_path: Path) -> None:
    (fault,) = faults(read(tmp_path, "base: &b {a: 1}\nmore:\n  <<: *b\n"))
    assert fault.startswith("content/record.yml:3:3: error: more: merge keys (<<) are not understood")


def test_text_that_is_not_utf8_is_told_with_its_place(tmp_path: Path) -> None:
    (fault,) = faults(read(tmp_path, "name: ok\nsetting: Île\n".encode("latin-1")))
    assert fault == "content/record.yml:2:10: error: the byte 0xce is not UTF-8 (save the file as UTF-8) [encoding]"


def test_a_byte_order_mark_and_windows_line_endings_do_no_harm(tmp_path: Path) -> None:
    document = read(tmp_path, b"\xef\xbb\xbfname: a\r\nvalley: NTH\r\n")
    assert document.data == {"name": "a", "valley": "NTH"}
    assert document.value_at(("valley",)) == Place("content/record.yml", 2, 9)
    assert faults(document) == []


def test_a_file_over_one_mebibyte_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(read(tmp_path, b"a: " + b"x" * (1024 * 1024)))
    assert "larger than 1 MiB" in fault


@pytest.mark.parametrize("text", ["[" * 51 + "]" * 51, "[" * 100_000, "- " * 60 + "x", "{a: " * 60 + "1" + "}" * 60])
def test_nesting_over_fifty_levels_is_refused(tmp_path: Path, text: str) -> None:
    (fault,) = faults(read(tmp_path, text))
    assert "nested more than 50 levels deep" in fault


def test_fifty_levels_are_fine(tmp_path: Path) -> None:
    assert faults(read(tmp_path, "[" * 50 + "]" * 50)) == []


def test_aliases_may_not_expand_to_more_than_ten_thousand_nodes(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    (fault,) = faults(read(tmp_path, "\n".join(lines)))
    assert "more than 10,000 values once its aliases are expanded" in fault


def test_an_alias_may_not_contain_itself(tmp_path: Path) -> None:
    (fault,) = faults(read(tmp_path, "a: &a [*a]\n"))
    assert "an alias that contains itself" in fault


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    assert faults(read(tmp_path, "# nothing here\n")) == [
        "content/record.yml:1:1: error: the file is empty (write the record or delete it) [empty]"
    ]


def test_a_file_and_a_wildcard_are_included_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        read(tmp_path, f"name: {name}\n", f"parts/{name}.yml")
    document = read(tmp_path, "one: !include parts/b.yml\nall: !include parts/*.yml\n")
    assert document.data == {"one": {"name": "b"}, "all": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}
    assert document.value_at(("one", "name")) == Place("content/parts/b.yml", 1, 7)
    assert document.value_at(("all", 2, "name")) == Place("content/parts/c.yml", 1, 7)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/etc/passwd", "is an absolute path"),
        ("../outside.yml", "has '..' in it"),
        ("parts/../../outside.yml", "has '..' in it"),
        ("https://example.org/a.yml", "has a scheme"),
        ("file:///etc/passwd", "has a scheme"),
        ("simplecache::https://example.org/a.yml", "has a scheme"),
        ("~/a.yml", "is an absolute path"),
        (r"parts\a.yml", "has a backslash"),
        (r"C:\a.yml", "has a scheme or a drive letter"),
        ("nowhere.yml", "no file 'nowhere.yml' in content/"),
        ("", "takes one path"),
        ("[parts/a.yml, 1]", "takes one path"),
        ("{urlpath: /etc/passwd}", "takes one path"),
    ],
)
def test_an_include_cannot_leave_content(tmp_path: Path, path: str, reason: str) -> None:
    (tmp_path / "outside.yml").write_text("secret: 1\n")
    document = read(tmp_path, f"got: !include {path}\n")
    (fault,) = faults(document)
    assert fault.startswith("content/record.yml:1:6: error: got: ")
    assert reason in fault
    assert document.data == {"got": None}


def test_a_wildcard_passes_over_a_symbolic_link_that_leads_out(tmp_path: Path) -> None:
    """That it is there is told of the link; the other files are read."""
    read(tmp_path, "name: a\n", "a.yaml")
    (tmp_path / "secret.yml").write_text("secret: 1\n")
    (tmp_path / "content/b.yaml").symlink_to(tmp_path / "secret.yml")
    document = read(tmp_path, "got: !include '*.yaml'\n")
    assert (document.data, faults(document)) == ({"got": [{"name": "a"}]}, [])


@pytest.mark.parametrize("wanted", ["link.yml", "link.yaml", "folder/secret.yml"])
def test_a_symbolic_link_that_leads_out_is_refused(tmp_path: Path, wanted: str) -> None:
    content = tmp_path / "content"
    content.mkdir()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yml").write_text("secret: 1\n")
    (content / "link.yml").symlink_to(outside / "secret.yml")
    (content / "link.yaml").symlink_to(outside / "secret.yml")
    (content / "folder").symlink_to(outside)
    document = read(tmp_path, f"got: !include '{wanted}'\n")
    (fault,) = faults(document)
    assert "leads out of content/" in fault
    assert document.data == {"got": None}


def test_an_include_that_includes_itself_ends(tmp_path: Path) -> None:
    read(tmp_path, "back: !include record.yml\n", "other.yml")
    (fault,) = faults(read(tmp_path, "there: !include other.yml\n"))
    assert "includes itself" in fault


def test_a_misspelt_include_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    read(tmp_path, "a: 1\n", "parts/themes.yml")
    (fault,) = faults(read(tmp_path, "got: !include parts/theme.yml\n"))
    assert "did you mean 'parts/themes.yml'?" in fault


def test_one_file_that_cannot_be_read_does_not_take_the_others_along(tmp_path: Path) -> None:
    for name in ("a", "c"):
        read(tmp_path, f"name: {name}\n", f"parts/{name}.yml")
    (tmp_path / "content/parts/b.yml").mkdir()
    (tmp_path / "content/parts/d.yml").symlink_to(tmp_path / "content/nowhere.yml")
    document = read(tmp_path, "all: !include parts/*.yml\n")
    assert [one for one in document.data["all"] if one] == [{"name": "a"}, {"name": "c"}]
    said = (
        "content/parts/b.yml: error: cannot be read: Is a directory (check its name and who may read it) [unreadable]"
    )
    assert said in faults(document)
