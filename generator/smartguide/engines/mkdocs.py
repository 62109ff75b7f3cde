"""MkDocs as the engine of a build."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable
from pathlib import Path

import jinja2
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from smartguide.engines.mkdocs_plugin import SmartGuidePlugin, WrongContentError
from smartguide.findings import Finding, in_order
from smartguide.pages import template_faults
from smartguide.session import Session


class EngineError(Exception):
    """The engine could not make the site: ``findings`` say what is wrong, ``reason`` what else the engine says."""

    def __init__(self, reason: str, findings: Iterable[Finding] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.findings = in_order(findings)


def build(session: Session, target: Path, *, strict: bool) -> None:
    """Let MkDocs make the site of a session in the folder ``target``; with ``strict``, its warnings stop it.

    Raises EngineError.
    """
    root = session.project.root
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        with contextlib.chdir(root):  # from where mkdocs-macros looks for its include_dir
            config = load_config(str(root / "mkdocs.yml"), site_dir=str(target), strict=strict)
            for plugin in config.plugins.values():
                if isinstance(plugin, SmartGuidePlugin):
                    plugin.session, plugin.is_fresh = session, True
                    plugin.config.warnings = False  # whoever has a session has its findings
            config.plugins.run_event("startup", command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.run_event("shutdown")
    except WrongContentError as error:
        raise EngineError("\n".join(warnings.messages), error.findings) from error
    except (MkDocsException, Abort) as error:
        last = [] if isinstance(error, Abort) and warnings.messages else [str(error)]
        raise EngineError("\n".join([*warnings.messages, *last]).strip()) from error
    except Exception as error:
        if isinstance(error, UnicodeDecodeError):
            found = template_faults.undecodable(root, session.project.theme)
        else:
            found = [one] if (one := template_faults.finding(error, root)) else []
        if not found and not isinstance(error, jinja2.TemplateError):
            raise
        others = [message for message in warnings.messages if not found or str(error) not in message]
        raise EngineError("\n".join(others).strip(), found) from error
    finally:
        logger.removeHandler(warnings)


class _Warnings(logging.Handler):
    """Keeps what MkDocs says at the level of warnings, to say it once more where the build ends."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        self.messages.append(record.getMessage())
