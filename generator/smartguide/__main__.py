"""``python -m smartguide`` is the command ``smartguide``."""

from __future__ import annotations

from smartguide.cli import main

main(prog_name="smartguide")
