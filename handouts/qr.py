"""Text to QR symbol. The only place that knows the qrcode package."""

from __future__ import annotations

from functools import lru_cache

from handouts.diagnostics import Diagnostic, LayoutError, Span

Rows = tuple[tuple[bool, ...], ...]

QUIET_ZONE = 4
"""Modules of light on each side (ISO/IEC 18004, 9.1)."""

LARGEST_VERSION = 10
"""57 modules: with its quiet zone a module is 0.46 mm at 30 mm, just above the 0.4 mm that phones need."""


@lru_cache(maxsize=64)
def make_symbol(text: str) -> Rows:
    """Return the modules of a QR symbol of level M with its quiet zone, row by row; True is dark.

    Raises LayoutError when the text needs a symbol too dense to be read at 30 mm.
    """
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
