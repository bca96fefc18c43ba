"""Where the bundled sections and fonts are, in an installed package and in a checkout."""

from __future__ import annotations

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
