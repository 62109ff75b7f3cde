"""Engines: one adapter each, which renders chapters and page shells; everything else is the same under each."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from smartguide.session import Session
from smartguide.site.shells import Shells

NAMES: Final = ("mkdocs", "properdocs", "zensical")
"""The engines that a site can be built with."""
DEFAULT: Final = "mkdocs"


def build(name: str, session: Session, shells: Shells, target: Path, *, strict: bool) -> None:
    """Let an engine render the chapters and the page shells of a session into the folder ``target``.

    With ``strict``, its warnings stop it. Raises EngineError, also where the engine is not installed.
    """
    if name == "zensical":
        from smartguide.engines import zensical

        zensical.build(session, shells, target, strict=strict)
    else:
        from smartguide.engines import mkdocs

        mkdocs.build(session, shells, target, strict=strict, name=name)
