"""The Jinja environment of the templates: what they can call, and that everything they write is safe HTML.

What a record says passes ``text.entities`` or ``text.prose``; a value that neither has touched is turned into entities
on output, so a template cannot forget it.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, MutableMapping
from pathlib import Path
from typing import Any, Final

import jinja2
from jinja2 import compiler, nodes, runtime
from markupsafe import Markup

from smartguide.extensions import TemplateFunction
from smartguide.model.fields import Fields
from smartguide.model.knowledge_base import KnowledgeBase, Record
from smartguide.pages import pagination
from smartguide.pages.formats import host, month, number
from smartguide.pages.text import code, entities, prose, shortened

TEMPLATES: Final = Path(__file__).parents[1] / "templates"
"""The generator's own templates, which work for every kind of record."""
_CALLED_AS_THEY_ARE: Final = (runtime.Macro, types.MethodType)
_WANTS_CONTEXT: Final = "jinja_pass_arg"
_OF_JINJA: Final = ("_block_vars", "_loop_vars")


class Context(runtime.Context):
    """The context of a page, in which macros and methods are called at once.

    Jinja asks of everything that is called whether it wants the context as an argument, in several ways. Macros and the
    methods of ``view``, ``kb`` and records do not, and most calls are of these.
    """

    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call a function or a macro with the arguments that a template gives, and return what it returns."""
        if type(obj) not in _CALLED_AS_THEY_ARE or hasattr(obj, _WANTS_CONTEXT):
            return super().call(obj, *args, **kwargs)
        for name in _OF_JINJA:
            kwargs.pop(name, None)
        return obj(*args, **kwargs)


class CodeGenerator(compiler.CodeGenerator):
    """Compiles templates so that a value is made safe once, by ``finalize``, and not escaped by Jinja once more."""

    def _output_child_pre(self, node: nodes.Expr, frame: compiler.Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(f"({finalize.src}")


class Environment(jinja2.Environment):
    """A Jinja environment in which a name of a record or a knowledge base that does not exist is an error.

    Names of records come before those of Python: a property may be called ``values`` or ``items``.
    """

    context_class = Context
    code_generator_class = CodeGenerator

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template can ask for of itself. What all can is no chain of one, which is slow to copy."""
        return super().make_globals(d) if d else self.globals

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return ``obj.attribute``."""
        if type(obj) is Fields:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return ``obj[argument]``."""
        if isinstance(obj, Fields | KnowledgeBase):
            return obj[argument]
        return super().getitem(obj, argument)


def environment(folders: Iterable[Path] = (), functions: Iterable[TemplateFunction] = ()) -> Environment:
    """Return the environment of the templates as they are when each is first used: it does not look for changes.

    ``folders`` hold templates that come before our own; ``functions`` are what templates can call besides ``view``.
    """
    env = Environment(
        loader=jinja2.FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        auto_reload=False,
    )
    env.filters |= {
        "prose": prose,
        "month": month,
        "number": number,
        "shortened": shortened,
        "host": host,
        "code": code,
    }
    env.filters |= {"sources_of": Record.sources_of, "optional": Fields.optional}
    env.globals |= {name: getattr(pagination, name) for name in ("LONGEST_LIST", "LONGEST_LINE", "LONGEST_ENTRY")}
    env.globals |= {one.name: one.function for one in functions}
    return env


def _finalize(value: Any) -> Any:
    """Turn whatever a template writes into safe HTML, unless it is HTML already."""
    if isinstance(value, Markup):
        return value
    return Markup(entities("" if value is None else value))  # escaped by entities
