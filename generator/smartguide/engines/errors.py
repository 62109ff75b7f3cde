"""What goes wrong with an engine."""

from __future__ import annotations

from collections.abc import Iterable

from smartguide.findings import Finding, in_order


def not_installed(name: str, error: ImportError) -> str:
    """Say what to do where an engine cannot be imported."""
    return f"the engine {name} is not installed ({error}); install it, or choose another one with --engine"


class EngineError(Exception):
    """The engine could not make the site: ``findings`` say what is wrong, ``reason`` what else the engine says."""

    def __init__(self, reason: str, findings: Iterable[Finding] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.findings = in_order(findings)
