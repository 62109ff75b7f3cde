"""One project: its folders, and the settings of its site."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from smartguide.settings import Settings, read_settings


@dataclass(frozen=True)
class Project:
    """The folders of a project; ``root`` holds all others. Nothing is read before it is asked for."""

    root: Path

    @classmethod
    def of(cls, place: Project | Path | str) -> Project:
        """Return the project in a folder; a project is returned as it is."""
        return place if isinstance(place, Project) else cls(Path(place).resolve())

    @property
    def content(self) -> Path:
        """What people write: the catalogue, records and chapters."""
        return self.root / "content"

    @property
    def schemas(self) -> Path:
        """The schemas of the kinds of records."""
        return self.root / "schemas"

    @property
    def templates(self) -> Path:
        """Templates of the project, which come before those of the generator."""
        return self.root / "templates"

    @property
    def theme(self) -> Path:
        """Overrides of the theme, style sheets, scripts and pictures of the project."""
        return self.root / "theme"

    @property
    def cache(self) -> Path:
        """What is kept between builds; it may be deleted at any time."""
        return self.root / ".cache"

    @cached_property
    def settings(self) -> Settings:
        """The settings in ``mkdocs.yml``, as they were when this was first asked for. Raises SettingsError."""
        return read_settings(self.root)
