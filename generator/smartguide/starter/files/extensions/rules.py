"""What the schemas cannot say. `content/catalogue.yml` names this file under `extensions:`."""

from collections.abc import Iterator

from smartguide import Problem, Record, rule


@rule("favourite", collections=["growers"])
def favourite(grower: Record) -> Iterator[Problem]:
    """The favourite of a grower is a variety that the grower keeps, so that a visitor can see it there."""
    variety = grower.target("favourite")
    if variety is not None and grower not in variety.targets("growers"):
        message = f"{grower.label} does not grow '{variety.id}'"
        hint = f"add '{grower.id}' to the growers in {variety.path}, or choose another favourite"
        yield grower.problem(("favourite",), message, hint)
