"""What the schemas of the Smart Guide cannot say: one small function a rule, with the source of what it asks."""

from __future__ import annotations

import functools
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from rapidfuzz import fuzz, process

from smartguide import Collection, Entry, Problem, Record, rule

from . import country_codes

NEARLY_THE_SAME: Final = 87
"""Names at least this alike (of 100, without capitals, accents and legal forms) are worth a second look."""
MOST_SPELLINGS: Final = 100
"""So many other spellings of one organisation are compared with those of others."""
ENTRY: Final = "partners[].partner"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


@rule("duration", scope="entry", severity="warning", collections=["partnerships"])
def duration(entry: Entry) -> Iterator[Problem]:
    """A duration in months is that of start and end, both counted, give or take one month."""
    start, end, months = (entry.get(key) for key in ("start", "end", "duration_months"))
    if not (isinstance(start, str) and isinstance(end, str) and isinstance(months, int)):
        return
    try:
        (from_year, from_month), (to_year, to_month) = (map(int, text.split("-")) for text in (start, end))
    except ValueError:
        return  # the schema says what is wrong with the form
    counted = (to_year - from_year) * 12 + to_month - from_month + 1
    if abs(counted - months) > 1:
        message = f"{months} months, but {start} to {end} are {counted}"
        yield entry.problem(("duration_months",), message, "fix one, or explain it in the notes and leave it out")


@rule("eu-target-market", scope="collection", collections=["partnerships"])
def eu_target_market(partnerships: Collection) -> Iterator[Problem]:
    """A target market is outside the EU: ESCP-4i go to third countries (2014 and 2017 calls, Smart Guide 2019, 2.1).

    Which countries are or were members is in content/vocabularies/countries.yml.
    """
    members = _members(partnerships.base["countries"])
    for record in partnerships:
        markets = record.get("target_markets")
        end = _text(record.get("end"))
        for number, written in enumerate(markets if isinstance(markets, list) else ()):
            code = (country_codes.to_alpha_2(written) or written) if isinstance(written, str) else ""
            until = members.get(code)
            if until is not None and (not until or "" < end <= until):
                was = f"was a member until {until}, and the partnership ended in {end}" if until else "is a member"
                message = f"a target market is outside the EU, but {country_codes.name_of(code)} {was}"
                yield record.problem(("target_markets", number), message, f"take '{written}' out")


def _members(countries: Collection) -> dict[str, str]:
    """Return the codes of the member states, each with the last month of its membership (empty: a member today)."""
    return {
        _text(one.get("code")): _text(one.get("eu_member_until"))
        for one in countries
        if one.get("eu_member") is True or one.get("eu_member_until")
    }


@rule("predecessor", collections=["partnerships"])
def predecessor(record: Record) -> Iterator[Problem]:
    """A predecessor is earlier: by its generation, or else by its start."""
    earlier = record.target("predecessor")
    if earlier is None or earlier is record:
        return
    for key in ("generation", "start"):
        before, after = earlier.get(key), record.get(key)
        if type(before) is type(after) and isinstance(before, int | str) and before != after:
            if before > after:
                message = f"'{earlier.label}' is later ({key} {before}) than this one ({key} {after})"
                yield record.problem(("predecessor",), message, "swap them, or fix the one that is wrong")
            return


@rule("voluntary-funding", scope="entry", collections=["partnerships"])
def voluntary_funding(entry: Entry) -> Iterator[Problem]:
    """A voluntary partnership has the label without EU money (Smart Guide 2019, 2.1)."""
    if entry.get("strand") == "voluntary" and entry.get("eu_funded") is True:
        message = "a voluntary partnership is not EU-funded"
        yield entry.problem(("eu_funded",), message, "write false, or fix the strand")


@rule("voluntary-generation", scope="entry", collections=["partnerships"])
def voluntary_generation(entry: Entry) -> Iterator[Problem]:
    """Voluntary partnerships exist in the first generation only (Smart Guide 2019, Tables 1 and 2)."""
    generation = entry.get("generation")
    if entry.get("strand") == "voluntary" and isinstance(generation, int) and generation > 1:
        message = f"generation {generation} has no voluntary partnerships"
        yield entry.problem(("strand",), message, 'write "1" or "2", or fix the generation')


@rule("printed-as-name", severity="warning", collections=["partnerships"])
def printed_as_name(record: Record) -> Iterator[Problem]:
    """``printed_as`` keeps a spelling that differs from the name on the organisation's own record."""
    for reference in record.references:
        if reference.through.name != ENTRY:
            continue
        entry = record.data["partners"][reference.path[1]]
        if entry.get("printed_as") == reference.target.label:
            message = f"'{reference.target.label}' is how the organisation's own record writes it"
            yield record.problem((*reference.path[:-1], "printed_as"), message, "take it out")


@rule("unknown-spelling", severity="warning", collections=["partnerships"])
def unknown_spelling(record: Record) -> Iterator[Problem]:
    """Every spelling of a partner list is an alias of the organisation too, so that the search finds it."""
    for reference in record.references:
        if reference.through.name != ENTRY:
            continue
        printed = _text(record.data["partners"][reference.path[1]].get("printed_as"))
        target = reference.target
        aliases = target.get("aliases")
        if printed and printed != target.label and printed not in (aliases if isinstance(aliases, list) else ()):
            message = f"'{printed}' is not among the other spellings of {target.path}"
            yield record.problem((*reference.path[:-1], "printed_as"), message, "add it to its aliases")


@rule("near-duplicate", scope="collection", severity="warning", collections=["partners"])
def near_duplicate(partners: Collection) -> Iterator[Problem]:
    """Two organisations of one country with nearly the same name may be one; ``related`` says that they are not."""
    by_country: defaultdict[str, list[Record]] = defaultdict(list)
    for record in partners:
        by_country[str(record.get("country"))].append(record)
    for records in by_country.values():
        owners = [(spelling, record) for record in records for spelling in _spellings(record.entry)]
        told: set[frozenset[str]] = set()
        for numbers in _alike(tuple(spelling for spelling, _ in owners)):
            (one_plain, one), (other_plain, other) = (owners[number] for number in numbers)
            pair = frozenset((one.id, other.id))
            if one is other or pair in told or _told_apart(one, other) or one.sort_key[0] == other.sort_key[0]:
                continue  # two of just one name are told by another rule
            told.add(pair)
            new, old = sorted((one, other), key=_rank)
            new_plain, old_plain = (one_plain, other_plain) if new is one else (other_plain, one_plain)
            path, spelling = _written_as(new, new_plain)
            message = f"'{spelling}' is nearly '{_written_as(old, old_plain)[1]}', a name of {old.path}"
            hint = "merge the two records, or list one under 'related' of the other and say why in its notes"
            yield new.problem(path, message, hint)


def _rank(record: Record) -> tuple[int, str]:
    """Return what sorts the newer of two records first: few others refer to it yet. Of two alike, the later id."""
    return len(record.referenced_by), "".join(chr(0x10FFFF - ord(char)) for char in record.id)


def _written_as(record: Record, plain: str) -> tuple[tuple[str | int, ...], str]:
    """Return where a record has a spelling that was made plain, and how it is written there."""
    aliases = record.get("aliases")
    for number, alias in enumerate(aliases if isinstance(aliases, list) and _plain(record.label) != plain else ()):
        if _plain(str(alias)) == plain:
            return ("aliases", number), str(alias)
    return ("name",), record.label


@functools.lru_cache(maxsize=256)
def _alike(spellings: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return the numbers of spellings that are nearly the same, in pairs. It depends on nothing else, so it is kept."""
    return tuple(
        (earlier, number)
        for number, spelling in enumerate(spellings)
        for _, _, earlier in process.extract_iter(
            spelling, spellings[:number], scorer=fuzz.ratio, score_cutoff=NEARLY_THE_SAME
        )
    )


def _told_apart(one: Record, other: Record) -> bool:
    return other in one.targets("related") or one in other.targets("related")


_LEGAL_FORMS: Final = frozenset(
    {"e", "v", "ev", "gmbh", "ltd", "sa", "scpa", "oy", "ab", "z", "s", "zs", "kft", "the", "cluster"}
)


@functools.lru_cache(maxsize=32_768)
def _spellings(entry: Entry) -> tuple[str, ...]:
    """Return how an organisation is written, without what does not tell it from others. An entry does not change."""
    aliases = entry.get("aliases")
    names = [entry.label, *(aliases[:MOST_SPELLINGS] if isinstance(aliases, list) else ())]
    return tuple(dict.fromkeys(spelling for name in names if (spelling := _plain(str(name)))))


def _plain(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = "".join(char if char.isalnum() else " " for char in plain).split()
    return " ".join(word for word in words if word not in _LEGAL_FORMS)
