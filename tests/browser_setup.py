"""Sees to it that there is a browser for the browser tests: ``python -m tests.browser_setup``.

It takes the Chromium or Chrome that the machine has. Without one it installs Debian's package where it may, else
Playwright's own build. Where all of this fails it says so and ends with status 1: the tests are never skipped silently.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "TcpPortRandomizationWin,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,"
    "msForceBrowserSignIn,msEdgeUpdateLaunchServicesPreferredVersion"
)
"""The features that Playwright switches off: a browser counts only the last list that it is given."""
ADDRESS_BAR = "OmniboxAimPopup,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"
"""The pages that Chromium loads for the lists below the address bar, for each profile again, and that no test sees."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={PLAYWRIGHT},{ADDRESS_BAR}",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""How it is started for tests: it asks no host but this machine."""
MISSING = (
    "There is no browser for the browser tests. Install Chromium or Google Chrome with the package manager of this "
    "machine, or let Playwright do it: python -m playwright install chromium"
)


def find() -> Path | None:
    """Return the browser to test with, or None if there is none yet."""
    return next(_found(), None)


def _found() -> Iterator[Path]:
    for name in NAMES:
        if place := shutil.which(name):
            yield Path(place)
    yield from (Path(place) for place in PLACES if Path(place).is_file())
    if (own := _playwrights_own()) and own.is_file():
        yield own


def _playwrights_own() -> Path | None:
    """Return where Playwright puts the Chromium that it installs; a process of its own takes the event loop with it."""
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return Path(asked.stdout.strip()) if asked.returncode == 0 and asked.stdout.strip() else None


def _install_debians() -> bool:
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    click.echo("No browser found; installing Debian's package chromium.")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = ["apt-get", "update", "-qq"]
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    # Package lists that cannot be brought up to date may still be good enough, so only the installation counts.
    return [subprocess.run(command, env=quiet, check=False).returncode for command in (update, install)][-1] == 0


def _install_playwrights() -> bool:
    click.echo("No browser found; installing Playwright's own Chromium.")
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode == 0


def main() -> int:
    """Find or install a browser, say which, and return the exit status."""
    ways: tuple[Callable[[], bool], ...] = (lambda: True, _install_debians, _install_playwrights)
    for install in ways:
        if install() and (browser := find()):
            click.echo(f"Browser tests use {browser}.")
            return 0
    click.echo(MISSING, err=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
