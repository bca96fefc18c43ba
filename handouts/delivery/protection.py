"""A copy that opens with a password alone: AES-256 of ISO 32000-2 (revision 6)."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO
from pathlib import Path

from handouts.diagnostics import DeliveryError, Diagnostic, Span

MOST_BYTES = 127
"""Longest password in UTF-8 (ISO 32000-2, 7.6.4.3.3)."""

ARCHIVE_CLAIM = re.compile(rb"<pdfaid:part>\d</pdfaid:part><pdfaid:conformance>\w</pdfaid:conformance>\s*")


def read_password(path: Path) -> str:
    """Return the password that is the only line of a file.

    DeliveryError when the file cannot be read, is empty, has more lines, or the password is longer than 127 bytes.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        reason = (getattr(problem, "strerror", None) or "not UTF-8 text").lower()
        raise _refuse(path, f"the password was not read: {reason}", "name a text file with it on one line") from None
    lines = text.splitlines()
    if len(lines) != 1 or not lines[0]:
        raise _refuse(path, f"a password file has one line, and this has {len(lines)}", "write the password alone")
    password = unicodedata.normalize("NFKC", lines[0])
    if len(password.encode("utf-8")) > MOST_BYTES:
        raise _refuse(path, f"the password is longer than {MOST_BYTES} bytes", "choose a shorter one")
    return password


def protect_copy(data: bytes, password: str) -> bytes:
    """Return a copy of a PDF that needs the password to be opened; it stays PDF/UA-1 and no longer claims PDF/A.

    PDF/A forbids encryption (ISO 19005-2, 6.1.3). The keys are random, so no two copies are alike. DeliveryError when
    the package for it is not installed.
    """
    try:
        import pikepdf  # noqa: PLC0415  (an extra: few sheets are protected)
    except ImportError:
        raise DeliveryError(
            Diagnostic(
                "no-protection",
                "the package that encrypts is not installed",
                Span("--encrypt-for"),
                hint="install it: pip install 'handouts[protect]'",
            )
        ) from None
    copy = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        xmp, claims = ARCHIVE_CLAIM.subn(b"", pdf.Root.Metadata.read_bytes())
        if claims != 1:
            raise AssertionError("the file does not say that it is PDF/A")
        pdf.Root.Metadata.write(xmp)
        # Not every reader finds objects that are both in a stream and encrypted.
        pdf.save(
            copy,
            encryption=pikepdf.Encryption(user=password, owner=password, R=6),
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return copy.getvalue()


def name_copy(path: Path) -> Path:
    """Return the name of the protected copy: ``sheet.protected.pdf`` for ``sheet.pdf``."""
    stem = path.stem if path.suffix.lower() == ".pdf" else path.name
    return path.with_name(f"{stem}.protected.pdf")


def _refuse(path: Path, message: str, hint: str) -> DeliveryError:
    return DeliveryError(Diagnostic("no-password", message, Span(str(path)), hint=hint))
