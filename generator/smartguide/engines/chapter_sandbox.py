"""The sandbox for the template code of chapters: it reads data and calls macros, and reaches nothing else.

A chapter of a pull request is built before anybody has read it. Jinja's own sandbox keeps code from the inside of
Python; but the objects of an engine (its settings, its plugins, the page) lead to files and to other environments. So
of objects only data is given out, and only macros and what Jinja itself provides can be called.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Callable
from typing import Any, Final

import jinja2
from jinja2 import runtime, sandbox, utils
from jinja2.environment import TemplateModule, create_cache
from markupsafe import Markup

_DATA: Final = (str, int, float, list, tuple, dict, set, frozenset, dt.date, dt.time, type(None))
_OF_JINJA: Final = (
    runtime.LoopContext,
    runtime.Macro,
    runtime.BlockReference,
    runtime.TemplateReference,
    TemplateModule,
    utils.Cycler,
    utils.Joiner,
    utils.Namespace,
    jinja2.Undefined,
)
_CACHED: Final = 50


class ChapterSandbox(sandbox.ImmutableSandboxedEnvironment):
    """An environment with the options of another one, in which a chapter cannot do more than it should."""

    def __init__(self, options: jinja2.Environment) -> None:
        super().__init__()
        own = {name: vars(self)[name] for name in ("binop_table", "unop_table")}
        vars(self).update({**vars(options), **own, "shared": False})
        vars(self).pop("from_string", None)  # what an adapter may have put there
        self.cache = create_cache(_CACHED)  # templates that the other one has compiled are not in the sandbox
        self.globals = {**options.globals, "range": sandbox.safe_range}
        self.extensions = {name: one.bind(self) for name, one in options.extensions.items()}
        self._macros = frozenset(id(value) for value in self.globals.values() if callable(value))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a chapter may read an attribute: of data everything, of an object only data."""
        is_known = isinstance(obj, (*_DATA, *_OF_JINJA)) or isinstance(value, _DATA)
        return is_known and super().is_safe_attribute(obj, attr, value)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item, of an object only data."""
        found = super().getitem(obj, argument)
        if isinstance(obj, _OF_JINJA) or isinstance(found, (*_DATA, *_OF_JINJA)) or isinstance(argument, slice):
            return found
        return self.unsafe_undefined(obj, str(argument))

    def is_safe_callable(self, obj: Any) -> bool:
        """Tell whether a chapter may call something: a macro, a method of data, or what Jinja provides."""
        is_known = isinstance(obj, _OF_JINJA) or id(obj) in self._macros
        owner = getattr(obj, "__self__", None)
        is_built_in = isinstance(obj, types.BuiltinMethodType) and isinstance(owner, _DATA) and owner is not None
        is_known |= is_built_in or isinstance(owner, (Markup, *_OF_JINJA))
        return is_known and super().is_safe_callable(obj)


def render(options: jinja2.Environment, source: str, values: Any, named: Any) -> str:
    """Return what the template code of a chapter gives; raises whatever it raises."""
    if "range" in named:  # Zensical hands over what its own environment has
        named = {**named, "range": sandbox.safe_range}
    template: Callable[..., str] = ChapterSandbox(options).from_string(source).render
    return template(*values, **named)
