"""Make the shapes of the maps: ``python -m tools.make_maps``, after ``npm ci`` and ``pip install ".[maps]"``.

The geometry is that of Natural Earth (public domain) as the npm package ``world-atlas`` carries it. It is simplified
so that neighbours keep a common border, drawn on 1,000 units of width, and written as Jinja templates that hold nothing
but the shapes: templates/maps/europe.html and templates/maps/world.html. These are committed, so a build needs none of
the packages that this script uses. Run it again for other places or another size only.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyproj
import shapely
from babel.core import get_global
from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

ROOT: Final = Path(__file__).parents[1]
ATLAS: Final = ROOT / "node_modules/world-atlas/countries-50m.json"
WIDTH: Final = 1_000
NAMES: Final = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
"""The countries to which parts belong that have no code in the atlas. XK is a code for private use that the EU uses."""
CRIMEA: Final = box(32.0, 44.2, 36.62, 46.2)
"""Natural Earth draws who controls a place. The EU does not recognise the annexation of Crimea, which lies in here."""
WESTERN_SAHARA: Final = box(-18, 20.7, -8.66, 27.667)
"""Nor does it recognise that the Western Sahara, which lies in here, belongs to Morocco."""


class Map(NamedTuple):
    """A map: its projection, what is seen of the globe and of the plane (in metres), and how coarse it is.

    Coastlines and borders move by ``tolerance`` metres at most; islands of less than ``smallest`` square metres are
    left out, unless they are the largest part of a country. Countries of less than ``tiny`` square metres
    get a point.
    """

    name: str
    projection: str
    globe: Polygon
    plane: Polygon
    tolerance: float
    smallest: float
    tiny: float


MAPS: Final = (
    Map("europe", "EPSG:3035", box(-35, 25, 80, 80), box(2.5e6, 1.32e6, 7.3e6, 5.35e6), 7e3, 6e8, 6e9),
    Map("world", "+proj=eqearth", box(-180, -56, 180, 84), box(-1.42e7, -6.5e6, 1.62e7, 8.35e6), 5e4, 4e10, 6e10),
)


def countries() -> dict[str, BaseGeometry]:
    """Return the countries of the atlas by ISO code, in degrees."""
    atlas = json.loads(ATLAS.read_text(encoding="utf-8"))
    arcs = [list(_decoded(arc, atlas["transform"])) for arc in atlas["arcs"]]
    aliases = get_global("territory_aliases")
    found: dict[str, BaseGeometry] = {}
    for one in atlas["objects"]["countries"]["geometries"]:
        codes = aliases.get(one["id"]) if "id" in one else None
        code = codes[0] if codes else NAMES.get(one["properties"]["name"])
        if code:
            shape = _shape(one, arcs)
            found[code] = found[code].union(shape) if code in found else shape
    crimea = found["RU"].intersection(CRIMEA)
    found["RU"] = found["RU"].difference(CRIMEA)
    found["UA"] = found["UA"].union(crimea.buffer(0.002))
    sahara = found["MA"].intersection(WESTERN_SAHARA)
    found["MA"] = found["MA"].difference(WESTERN_SAHARA)
    found["EH"] = found["EH"].union(sahara.buffer(0.002))
    return found


def _decoded(arc: list[list[int]], how: dict[str, list[float]]) -> Iterator[tuple[float, float]]:
    """Yield the points of an arc of TopoJSON, which holds steps on a grid."""
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * how["scale"][0] + how["translate"][0], y * how["scale"][1] + how["translate"][1]


def _shape(one: dict[str, Any], arcs: list[list[tuple[float, float]]]) -> BaseGeometry:
    """Return a geometry of TopoJSON. A ring is a list of arcs; a negative number is an arc backwards."""

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for number in numbers:
            points += arcs[number] if number >= 0 else arcs[~number][::-1]
        return points

    polygons = [one["arcs"]] if one["type"] == "Polygon" else one["arcs"]
    whole = MultiPolygon([Polygon(_unbroken(ring(rings[0])), [ring(hole) for hole in rings[1:]]) for rings in polygons])
    valid = shapely.make_valid(whole)
    beyond = [
        affinity.translate(valid.intersection(box(edge, -90, edge + 360, 90)), step)
        for edge, step in ((180, -360), (-540, 360))
    ]
    return shapely.union_all([valid.intersection(box(-180, -90, 180, 90)), *beyond])


def _unbroken(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a ring that crosses the date line as one that goes on beyond 180 degrees."""
    turn, found = 0, [points[0]]
    for (before, _), (x, y) in itertools.pairwise(points):
        turn += 360 * ((before - x > 180) - (x - before > 180))  # noqa: PLR2004  # half a turn
        found.append((x + turn, y))
    return found


def drawn(which: Map, all_of_them: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Return the countries that a map shows, in metres of its projection, simplified."""
    projection = pyproj.Transformer.from_crs("EPSG:4326", which.projection, always_xy=True)
    seen: dict[str, BaseGeometry] = {}
    for code, shape in all_of_them.items():
        part = shapely.segmentize(shape.intersection(which.globe), 2)
        part = shapely.transform(part, projection.transform, interleaved=False).buffer(0).intersection(which.plane)
        if not part.is_empty:
            seen[code] = part
    simple = shapely.coverage_simplify(list(seen.values()), which.tolerance)
    return {code: _without_small(shape, which.smallest) for code, shape in zip(seen, simple, strict=True)}


def _without_small(shape: BaseGeometry, smallest: float) -> MultiPolygon:
    parts = sorted((one for one in shapely.get_parts(shape) if isinstance(one, Polygon)), key=lambda one: -one.area)
    return MultiPolygon(
        [Polygon(one.exterior) for one in parts[:1] + [one for one in parts[1:] if one.area > smallest]]
    )


def path(shape: MultiPolygon, which: Map) -> str:
    """Return a shape as the ``d`` of an SVG path: whole numbers, relative to each other."""
    text = []
    for polygon in shape.geoms:
        points = list(dict.fromkeys(place(x, y, which) for x, y in polygon.exterior.coords))
        if len(points) > 2:  # noqa: PLR2004  # a triangle at least
            steps = (f"{x - a} {y - b}" for (a, b), (x, y) in itertools.pairwise(points))
            text.append(f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-"))
    return "".join(text)


def place(x: float, y: float, which: Map) -> tuple[int, int]:
    """Return where a place of the plane is on the drawing."""
    left, _, right, top = which.plane.bounds
    scale = WIDTH / (right - left)
    return round((x - left) * scale), round((top - y) * scale)


def main() -> None:
    """Write the templates."""
    all_of_them = countries()
    all_of_them.pop("AQ", None)
    for which in MAPS:
        shapes = drawn(which, all_of_them)
        left, bottom, right, top = which.plane.bounds
        height = round((top - bottom) * WIDTH / (right - left))
        lines = [f'  "{code}": "{d}",' for code, shape in sorted(shapes.items()) if (d := path(shape, which))]
        points = [
            f'  "{code}": ({x}, {y}),'
            for code, shape in sorted(shapes.items())
            if shape.area < which.tiny
            for x, y in [place(*shape.geoms[0].representative_point().coords[0], which)]
        ]
        text = "\n".join(
            [
                "{#- Made by tools/make_maps.py out of Natural Earth (public domain): the shapes of countries by ISO",
                "    code, and the places of those that are too small to be seen or pressed. -#}",
                f'{{% set {which.name} = {{"width": {WIDTH}, "height": {height}, "shapes": {{',
                *lines,
                '}, "points": {',
                *points,
                "}} %}",
            ]
        )
        target = ROOT / f"templates/maps/{which.name}.html"
        target.write_text(text + "\n", encoding="utf-8")
        print(target.relative_to(ROOT), len(text))  # noqa: T201  # what it is run for


if __name__ == "__main__":
    main()
