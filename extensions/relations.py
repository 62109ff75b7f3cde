"""What templates ask about how records belong together.

All of it is asked by references, never by looking through a collection, so that a page is rendered again only when
records change that have to do with it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from smartguide import KnowledgeBase, Record, template_function

Key = tuple[str, str]
"""The collection and the id of a record."""

ENTRY: Final = "partners[].partner"
"""The property by which a partnership names an organisation."""
MOST_SIMILAR: Final = 6
"""So many similar partnerships are shown."""
COMMON: Final = 200
"""A market or a sector that more partnerships name than this finds none that are similar: it says little of each."""
MOST_DRAWN: Final = 24
"""So many partners, and so many of their other partnerships, are drawn; a drawing of more cannot be read."""


@template_function
def cited(record: Record) -> list[tuple[Record, list[str]]]:
    """Return the documents that a record relies on, each once, with the parts of each in their order."""
    parts: dict[Record, list[str]] = {}
    for number, entry in enumerate(record.get("sources") or ()):
        document = record.target("sources", number, "source")
        if document is not None:
            parts.setdefault(document, []).extend([entry["part"]] if "part" in entry else [])
    return list(parts.items())


@template_function
def cited_in(base: KnowledgeBase, source: Record) -> list[tuple[str, list[Record]]]:
    """Return the records that rely on a document, by collection, each once."""
    groups: dict[str, dict[Record, None]] = {collection.title: {} for collection in base.collections.values()}
    for reference in source.referenced_by:
        groups[reference.source.collection.title][reference.source] = None
    return [(title, sorted(found, key=lambda one: one.sort_key)) for title, found in groups.items() if found]


@template_function
def worked_with(partner: Record) -> list[tuple[Record, list[Record]]]:
    """Return the organisations that share a partnership with this one, and what they share; closest first."""
    shared: defaultdict[Record, dict[Record, None]] = defaultdict(dict)
    for partnership in partner.sources_of("partnerships", "partners[].partner"):
        for other in partnership.targets("partners"):
            if other is not partner:
                shared[other][partnership] = None
    return [(one, list(shared[one])) for one in sorted(shared, key=lambda one: (-len(shared[one]), one.sort_key))]


@template_function
def countries_of(partners: Iterable[Record]) -> list[Record]:
    """Return the countries in which organisations are based, by name."""
    found = {country for partner in partners for country in partner.targets("country")}
    return sorted(found, key=lambda one: one.sort_key)


@template_function
def actions_named(base: KnowledgeBase, text: str) -> list[tuple[str, Record | None]]:
    """Return a text in pieces: each that names an action of the guide, such as ``Action 10``, with that action."""
    by_number = {str(action.get("number")): action for action in base["actions"]} if "actions" in base else {}
    pieces = re.split(r"\b(Action [0-9]+)\b", text)
    return [(piece, by_number.get(piece.removeprefix("Action "))) for piece in pieces if piece]


@dataclass(frozen=True)
class Similar:
    """A partnership that has something in common with another: which partners, markets and sectors."""

    partnership: Record
    partners: list[Record]
    markets: list[Record]
    sectors: list[Record]

    @property
    def words(self) -> str:
        """What the two have in common, as readers say it: ``3 partners and 2 markets in common; both in Health``."""
        counts = [
            f"{len(records)} {word}" if len(records) == 1 else f"{len(records)} {word}s"
            for records, word in ((self.partners, "partner"), (self.markets, "market"))
            if records
        ]
        both = "both in " + " and ".join(one.label for one in self.sectors) if self.sectors else ""
        return "; ".join(part for part in (" and ".join(counts) + " in common" if counts else "", both) if part)


@template_function
def similar(partnership: Record) -> list[Similar]:
    """Return the partnerships that have most in common with one, the most similar first.

    A partner in common says most. One market alone, or one sector, says nothing: many have it in common.
    """
    base = partnership.base
    compared = {name: list(dict.fromkeys(partnership.targets(name))) for name in _COMPARED}
    sectors = frozenset(one.id for one in compared["sectors"])
    by_partner, by_market, by_sector = (
        Counter(itertools.chain.from_iterable(_finding(one, through) for one in compared[name]))
        # A sector has too many partnerships: it finds some only where no market does.
        if name != "sectors" or not compared["target_markets"]
        else Counter[Key]()
        for name, through in _COMPARED.items()
    )
    ranked = []
    for key in by_partner.keys() | by_market.keys() | by_sector.keys():
        of_partners, of_markets = by_partner[key], by_market[key]
        other = base.get(*key)
        of_sectors = len(sectors.intersection(other.data.get("sectors") or ())) if other else 0
        if of_partners or of_markets + of_sectors > 1:
            ranked.append((-3 * of_partners - 2 * of_markets - 2 * of_sectors, -of_partners, -of_markets, key))
    ranked.sort()
    own = partnership.entry.key
    closest = [base.at(key) for *_, key in ranked[: MOST_SIMILAR + 1] if key != own][:MOST_SIMILAR]
    return [Similar(one, *(_both(one, name, records) for name, records in compared.items())) for one in closest]


def _both(other: Record, name: str, records: list[Record]) -> list[Record]:
    """Return those of some records that another partnership names through a property, too."""
    theirs = set(other.targets(name))
    return [one for one in records if one in theirs]


_COMPARED: Final = {"partners": ENTRY, "target_markets": "target_markets[]", "sectors": "sectors[]"}
"""The properties in which partnerships are compared, each with the name of the references."""


def _finding(record: Record, through: str) -> tuple[Key, ...]:
    """Return the keys of the partnerships that a record finds as similar ones to each other."""
    keys = record.source_keys("partnerships", through)
    return keys if through == ENTRY or len(keys) <= COMMON else ()


def _partnerships_naming(record: Record, through: str) -> list[Record]:
    """Return the partnerships that name a record through a property, each once."""
    found = (record.base.get(*key) for key in record.source_keys("partnerships", through))
    return [one for one in found if one is not None]


@dataclass(frozen=True)
class Neighbourhood:
    """A partnership, its partners, and the other partnerships of these.

    ``lines`` are the places of a partner and of a partnership that it takes part in; ``left_out`` tells whether there
    are more partners or partnerships than these.
    """

    partners: list[Record]
    others: list[Record]
    lines: list[tuple[int, int]]
    left_out: bool


@template_function
def neighbourhood(partnership: Record) -> Neighbourhood:
    """Return what is drawn around a partnership: the partners that take part in most others, and these others.

    The others are in the order of their partners, so that few lines cross.
    """
    others = {
        partner: [one for one in _partnerships_naming(partner, ENTRY) if one is not partnership]
        for partner in dict.fromkeys(partnership.targets("partners"))
    }
    drawn = set(sorted(others, key=lambda one: -len(others[one]))[:MOST_DRAWN])
    partners = [one for one in others if one in drawn]
    places: defaultdict[Record, list[int]] = defaultdict(list)
    for place, partner in enumerate(partners):
        for other in others[partner]:
            places[other].append(place)
    closest = sorted(places, key=lambda one: (-len(places[one]), one.sort_key))[:MOST_DRAWN]
    shown = sorted(closest, key=lambda one: (sum(places[one]) / len(places[one]), one.sort_key))
    lines = [(place, number) for number, other in enumerate(shown) for place in places[other]]
    return Neighbourhood(partners, shown, sorted(lines), len(partners) < len(others) or len(shown) < len(places))


@dataclass(frozen=True)
class Activity:
    """Something that a source tells of a partnership in a market; ``source`` is the document.

    ``elsewhere`` are the other markets of which it is told, too.
    """

    stage: str
    what: str
    when: str
    source: Record | None
    part: str
    elsewhere: list[Record]


@dataclass(frozen=True)
class Involvement:
    """A partnership and a market: what the sources tell of the two, and whether the market is one of its targets."""

    partnership: Record
    activities: list[Activity]
    is_target: bool

    @property
    def stage(self) -> str:
        """How far it came: ``went``, ``prepared``, ``planned`` or, if it only names the market, ``target``."""
        stages = {one.stage for one in self.activities}
        if stages & {"went", "result"}:
            return "went"
        return next((one for one in ("prepared", "planned") if one in stages), "target")


@template_function
def involvements(market: Record) -> list[Involvement]:
    """Return the partnerships that have to do with a market, by name, with what the sources tell of each there."""
    found: dict[Record, dict[int, Activity]] = {}
    targets = set(_partnerships_naming(market, "target_markets[]"))
    for reference in market.referenced_by:
        source, through = reference.source, reference.through.name
        if source.collection.name != "partnerships":
            continue
        if through == "target_markets[]":
            found.setdefault(source, {})
        elif through == "market_activities[].markets[]":
            number = int(reference.path[1])
            written = source.data["market_activities"][number]
            document = source.target("market_activities", number, "source")
            others = [one for one in source.targets("market_activities", number, "markets") if one is not market]
            when, part = written.get("when", ""), written["part"]
            activity = Activity(written["stage"], written["what"], when, document, part, others)
            found.setdefault(source, {})[number] = activity
    involved = (
        Involvement(one, sorted(found[one].values(), key=lambda told: _STAGES[told.stage]), one in targets)
        for one in found
    )
    return sorted(involved, key=lambda one: (_STAGES[one.stage], one.partnership.sort_key))


_STAGES: Final = {"went": 0, "result": 1, "prepared": 2, "planned": 3, "target": 4}


@dataclass(frozen=True)
class Reason:
    """Why an action is recommended: a record that points to it, and the partnerships or partners that it comes from."""

    record: Record
    said_by: list[Record]


@dataclass
class Advice:
    """An action, and what points to it."""

    action: Record
    reasons: list[Reason] = field(default_factory=list)

    @property
    def weight(self) -> int:
        """How much speaks for the action."""
        return sum(1 if reason.record.collection.name == "challenges" else 2 for reason in self.reasons)


@template_function
def lessons_of(involved: Iterable[Involvement], market: Record) -> list[Reason]:
    """Return the lessons of the partnerships that have to do with a market, and those that name it.

    Each comes with those of the partnerships that it is drawn from. Lessons about going to a market (an action of the
    area of internationalisation helps with them) come first, and of these the ones of partnerships that went there.
    """
    if "lessons" not in market.base:
        return []
    found: dict[Record, list[Record]] = {one: [] for one in market.sources_of("lessons", "markets[]")}
    went = set()
    for one in involved:
        for lesson in one.partnership.sources_of("lessons", "partnerships[]"):
            found.setdefault(lesson, []).append(one.partnership)
            if one.stage == "went":
                went.add(lesson)

    def use(lesson: Record) -> tuple[bool, bool, int]:
        about_going = any(_is_international(action) for action in lesson.targets("actions"))
        return not about_going, lesson not in went, lesson.get("number")

    return [Reason(one, found[one]) for one in sorted(found, key=use)]


def _is_international(action: Record) -> bool:
    return bool(action.get("area") == "internationalisation")


@template_function
def advice(partnerships: list[Record], lessons: list[Reason]) -> list[Advice]:
    """Return the actions to which the experience of partnerships points: first those for going to a market.

    Reasons are the lessons and the good practices of the partnerships, and the challenges that they or their partners
    name; what was experienced counts twice as much as a challenge.
    """
    found: dict[Record, Advice] = {}
    for reason, actions in _reasons(partnerships, lessons):
        for action in dict.fromkeys(actions):
            found.setdefault(action, Advice(action)).reasons.append(reason)
    return sorted(
        found.values(), key=lambda one: (not _is_international(one.action), -one.weight, one.action.get("number"))
    )


def _reasons(partnerships: list[Record], lessons: list[Reason]) -> Iterator[tuple[Reason, list[Record]]]:
    """Yield the reasons with the actions to which each points."""
    for lesson in lessons:
        yield lesson, lesson.record.targets("actions")
    if not partnerships:
        return
    base = partnerships[0].base
    if "good-practices" in base:
        for partnership in partnerships:
            for practice in partnership.sources_of("good-practices", "partnership"):
                yield Reason(practice, [partnership]), practice.targets("actions")
    if "challenges" in base:
        named: defaultdict[Record, dict[Record, None]] = defaultdict(dict)
        for partnership in partnerships:
            for one in (partnership, *partnership.targets("partners")):
                for challenge in one.sources_of("challenges"):
                    named[challenge][one] = None
        for challenge, who in named.items():
            answers = [*challenge.targets("actions"), *challenge.sources_of("actions", "challenges[]")]
            yield Reason(challenge, list(who)), answers


@dataclass(frozen=True)
class Tally:
    """Who and what a group of partnerships is about: each record with the number of those partnerships, most first.

    An organisation counts once for its country, however many of the partnerships it takes part in.
    """

    partners: list[tuple[Record, int]]
    countries: list[tuple[Record, int]]
    markets: list[tuple[Record, int]]
    sectors: list[tuple[Record, int]]


@template_function
def tally(partnerships: Iterable[Record]) -> Tally:
    """Count the partners, their countries, the target markets and the sectors of partnerships."""
    partners, markets, sectors = Counter[Record](), Counter[Record](), Counter[Record]()
    for one in partnerships:
        partners.update(set(one.targets("partners")))
        markets.update(set(one.targets("target_markets")))
        sectors.update(set(one.targets("sectors")))
    countries = Counter(country for partner in partners for country in partner.targets("country"))
    return Tally(*(_most_first(counts) for counts in (partners, countries, markets, sectors)))


def _most_first(counts: Counter[Record]) -> list[tuple[Record, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0].sort_key))
