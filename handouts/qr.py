"""Text to QR symbol. The only place that knows the qrcode package."""

from __future__ import annotations

from functools import lru_cache

from handouts.diagnostics import Diagnostic, LayoutError, Span
from handouts.kept import Kept, stamp_package

Rows = tuple[tuple[bool, ...], ...]

QUIET_ZONE = 4
"""Modules of light on each side (ISO/IEC 18004, 9.1)."""

LARGEST_VERSION = 10
"""57 modules: with its quiet zone a module is 0.46 mm at 30 mm, just above the 0.4 mm that phones need."""


_shelf: dict[str, Kept] = {}


def keep_symbols(kept: Kept | None) -> None:
    """Keep symbols from now on, or no longer with None, so that the package that works them out is not loaded."""
    _shelf.clear()
    if kept is not None:
        _shelf["symbols"] = kept


@lru_cache(maxsize=64)
def make_symbol(text: str) -> Rows:
    """Return the modules of a QR symbol of level M with its quiet zone, row by row; True is dark.

    Raises LayoutError when the text needs a symbol too dense to be read at 30 mm.
    """
    kept = _shelf.get("symbols")
    if kept is None:
        return _work_out(text)
    key = ("symbol", text, stamp_package("qrcode"))
    found = kept.find(*key)
    if found is None:
        rows = _work_out(text)
        kept.keep(["".join("01"[module] for module in row) for row in rows], *key)
        return rows
    return tuple(tuple(module == "1" for module in row) for row in found)


def _work_out(text: str) -> Rows:
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415  (loads an imaging library)
    from qrcode.main import QRCode  # noqa: PLC0415

    try:
        code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
        code.add_data(text.encode("utf-8"), optimize=0)
        code.make(fit=True)
    except ValueError:
        code = None
    if code is None or code.version > LARGEST_VERSION:
        raise LayoutError(
            Diagnostic(
                "qr-too-dense",
                "the clinic's website address is too long for a QR code that prints well",
                Span("clinic profile: website"),
                hint="use an address of at most 200 letters, or a short link",
            )
        )
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
