"""What is wrong with a PDF that should be a sheet."""

from __future__ import annotations

from pathlib import Path

from handouts.diagnostics import DeliveryError, Diagnostic, Span
from handouts.pdf.stamp import is_locked


def explain_sheet(path: Path, data: bytes, message: str, hint: str = "") -> DeliveryError:
    """Return the error of a file that is no sheet as ``message`` says, or that opens with a password only."""
    if is_locked(data):
        message, hint = "this PDF opens with a password", "name the copy without one"
    return DeliveryError(Diagnostic("no-sheet", message, Span(str(path)), hint=hint))
