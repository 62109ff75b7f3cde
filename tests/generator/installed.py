"""The package as a user has it: the wheel, installed into an environment that does not see this repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 300


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel, below ``folder``. What the wheel needs comes from the environment of the tests."""

    folder: Path

    @property
    def wheel(self) -> Path:
        """The wheel itself."""
        (wheel,) = self.folder.glob("*.whl")
        return wheel

    @property
    def environment(self) -> Path:
        """The folder of the environment."""
        return self.folder / "environment"

    @property
    def python(self) -> Path:
        """The Python of the environment."""
        return self.environment / "bin" / "python"

    def run(self, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a command as if the environment was activated, and return what it said."""
        programs = [self.python.parent, Path(sys.executable).parent]  # lychee is a program of a dependency
        hidden = {"PYTHONPATH", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "SITE_URL", "REPO_URL"}
        environment = {key: value for key, value in os.environ.items() if key not in hidden}
        environment["PATH"] = os.pathsep.join([*map(str, programs), os.environ["PATH"]])
        return subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )

    def smartguide(self, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run the installed command."""
        return self.run(str(self.python.with_name("smartguide")), *arguments, cwd=cwd)


def install(folder: Path) -> None:
    """Build the wheel of this repository and install it into a new environment below a folder. No network is used."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    source = folder / "source"
    for name in ("generator", "docs"):
        shutil.copytree(REPOSITORY / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENT.md", ".gitignore"):
        shutil.copy(REPOSITORY / name, source / name)
    build = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder), str(source)]
    _run([*pip, *build])
    installed = Installed(folder)
    _run([sys.executable, "-m", "venv", "--without-pip", str(installed.environment)])
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    # A path in a .pth file is searched last, and the .pth files in it are not read: that of this repository is one.
    others = installed.environment / "lib" / version / "site-packages" / "others.pth"
    packages = [path for path in sys.path if Path(path).name in {"site-packages", "dist-packages"}]
    others.write_text("\n".join([*packages, ""]), encoding="utf-8")
    _run([*pip, "--python", str(installed.python), "install", "--no-deps", "--no-index", str(installed.wheel)])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
