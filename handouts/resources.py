"""Where the bundled sections and fonts are, in an installed package and in a checkout."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


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


def find_cache_folder(environ: Mapping[str, str]) -> Path | None:
    """Return the folder for what can be made again at any time, or None where nothing is to be kept.

    ``HANDOUTS_CACHE`` names it; empty, or ``off``, keeps nothing. Without it: the user's own, by the custom of the
    system. Written by hand: the library for it takes longer to load than all that is kept takes to read.
    """
    told = environ.get("HANDOUTS_CACHE")
    if told is not None:
        told = told.strip()
        return Path(told) if told and told.lower() != "off" else None
    try:
        if sys.platform == "win32":
            return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "handouts" / "cache"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "handouts"
        return Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "handouts"
    except RuntimeError:
        return None
