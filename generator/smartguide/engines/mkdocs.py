"""MkDocs as the engine of a build; and ProperDocs, which is MkDocs under another name.

The theme and plugins import ``mkdocs``. ProperDocs leads these imports to itself, for a whole process, so a process
builds with one of the two.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from pathlib import Path

import jinja2

from smartguide.engines.engine_log import warnings_of
from smartguide.engines.errors import EngineError, not_installed, of_setting
from smartguide.pages import template_faults
from smartguide.session import Session
from smartguide.settings import FILE
from smartguide.site.shells import Shells


def load(name: str) -> None:
    """Let ``import mkdocs`` give MkDocs or ProperDocs, from now on. Raises EngineError."""
    loaded = sys.modules.get("mkdocs")
    if loaded is not None and loaded.__name__ != name:
        raise EngineError(f"this process has loaded {loaded.__name__}; {name} needs a process of its own")
    try:
        importlib.import_module("mkdocs" if name == "mkdocs" else f"{name}.replacement")
        importlib.import_module("mkdocs.config")
    except ImportError as error:
        raise EngineError(not_installed(name, error)) from error


def build(session: Session, shells: Shells, target: Path, *, strict: bool, name: str = "mkdocs") -> None:
    """Let MkDocs make the chapters and the page shells of a session in the folder ``target``.

    With ``strict``, its warnings stop it. ``name`` is ``mkdocs`` or ``properdocs``. Raises EngineError.
    """
    load(name)
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, MkDocsException

    from smartguide.engines.mkdocs_plugin import SmartGuidePlugin, WrongContentError

    root = session.project.root
    warnings: list[str] = []
    try:
        with (
            warnings_of(name) as warnings,
            contextlib.chdir(root),
        ):  # from where mkdocs-macros looks for its include_dir
            config = load_config(str(root / "mkdocs.yml"), site_dir=str(target), strict=strict)
            own = [plugin for plugin in config.plugins.values() if isinstance(plugin, SmartGuidePlugin)]
            if not own:
                raise EngineError(f"the plugins of {FILE} lack smartguide; add it before macros")
            own[0].lead(session, shells)
            config.plugins.run_event("startup", command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.run_event("shutdown")
    except WrongContentError as error:
        raise EngineError("\n".join(warnings), error.findings) from error
    except (MkDocsException, Abort) as error:
        last = [] if isinstance(error, Abort) and warnings else [str(error)]
        places = session.project.settings.places
        text = (root / FILE).read_text(encoding="utf-8-sig")
        told = [of_setting(message, places, text) for message in (*warnings, *last)]
        others = [message for message, found in zip((*warnings, *last), told, strict=True) if found is None]
        raise EngineError("\n".join(others).strip(), [found for found in told if found is not None]) from error
    except Exception as error:
        if isinstance(error, UnicodeDecodeError):
            found = template_faults.undecodable(root, session.project.theme)
        else:
            found = [one] if (one := template_faults.finding(error, root)) else []
        if not found and not isinstance(error, jinja2.TemplateError):
            raise
        others = [message for message in warnings if not found or str(error) not in message]
        raise EngineError("\n".join(others).strip(), found) from error
