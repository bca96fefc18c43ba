"""Where bundled sections and fonts are, which files of a folder count, and where the user's own folders are."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

FIGURE_FOLDERS = ("figures", "poses")
"""Folders of a content folder that figures are drawn from."""

_PICTURE = r"(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?P<side>left|right))?(?:\.(?P<number>[1-9]))?\.(?P<kind>svg|png)"


def find_bundled_folder(name: str) -> Path:
    """Return the folder of bundled data called ``name`` (``sections`` or ``fonts``).

    Looks beside the package's own files first (a wheel), then, only if a ``pyproject.toml`` lies beside the package, in
    the checkout. Raises FileNotFoundError with the name of the folder that is missing.
    """
    installed = PACKAGE / "data" / name
    if installed.is_dir():
        return installed
    checkout = PACKAGE.parent / name
    if (PACKAGE.parent / "pyproject.toml").is_file() and checkout.is_dir():
        return checkout
    raise FileNotFoundError(f"the bundled folder '{name}' is missing: install handouts again")


def is_hidden(name: str) -> bool:
    """Return whether a file or folder of this name is no content: systems and editors leave such, authors put away."""
    return name.startswith((".", "_"))


def match_picture(name: str) -> re.Match[str] | None:
    """Return the ``id``, ``side`` and ``number`` in the name of a picture that a clinic brings, or None for another.

    Names are ``ID.svg``, ``ID.1.svg`` (frames), ``ID.left.svg``, ``ID.left.1.svg``, or the same with ``.png``.
    """
    return re.fullmatch(_PICTURE, name)


def is_figure_file(folder: str, name: str) -> bool:
    """Return whether a file of this name, in a folder of FIGURE_FOLDERS, is one that figures are drawn from."""
    if name.endswith(".yaml"):
        return not is_hidden(name)
    return folder == "figures" and match_picture(name) is not None


def list_figure_files(content: Path, folder: str) -> list[Path]:
    """Return the files that figures are drawn from in one of the FIGURE_FOLDERS of a content folder, sorted by path."""
    try:
        with os.scandir(content / folder) as entries:
            found = [entry.name for entry in entries if is_figure_file(folder, entry.name) and entry.is_file()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(content / folder / name for name in found)


def find_config_folder(environ: Mapping[str, str]) -> Path | None:
    """Return the user's configuration folder for handouts, by the custom of the system, or None without a home."""
    if sys.platform == "win32":
        return _find_own(environ.get("APPDATA"), "AppData/Roaming", "handouts")
    return _find_own(environ.get("XDG_CONFIG_HOME"), ".config", "handouts")


def find_cache_folder(environ: Mapping[str, str]) -> Path | None:
    """Return the folder for what can be made again at any time, or None where nothing is to be kept.

    ``HANDOUTS_CACHE`` names it; empty, or ``off``, keeps nothing. Without it: the user's own, by the custom of the
    system. Written by hand: the library for it takes longer to load than all that is kept takes to read.
    """
    told = environ.get("HANDOUTS_CACHE")
    if told is not None:
        told = told.strip()
        return Path(told) if told and told.lower() != "off" else None
    if sys.platform == "win32":
        return _find_own(environ.get("LOCALAPPDATA"), "AppData/Local", "handouts/cache")
    if sys.platform == "darwin":
        return _find_own(None, "Library/Caches", "handouts")
    return _find_own(environ.get("XDG_CACHE_HOME"), ".cache", "handouts")


def _find_own(named: str | None, place: str, name: str) -> Path | None:
    """Return a folder by its name in the one that the environment named, else in a place of the user's home.

    None for an account without a home. The home is looked for only where it is needed.
    """
    if named:
        return Path(named) / name
    try:
        return Path.home() / place / name
    except RuntimeError:
        return None
