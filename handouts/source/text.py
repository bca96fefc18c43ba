"""Bytes of a file as text: encoding, size and characters that no text holds."""

from __future__ import annotations

import re
from pathlib import Path

from handouts.diagnostics import Collector, Diagnostic, Span

MOST_BYTES = 1_000_000
"""Largest file that is read. The largest file of the bundled library is a twentieth of it."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"


def read_text(path: Path, name: str, collector: Collector) -> str | None:
    """Return the text of a UTF-8 file, with or without a byte order mark, or None after reporting why not."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            collector.add(_make_size_error(name, size))
            return None
        content = path.read_bytes()
    except FileNotFoundError:
        collector.add(Diagnostic("file-missing", "this file does not exist", Span(name)))
        return None
    except IsADirectoryError:
        collector.add(Diagnostic("file-unreadable", "this is a folder; a file is needed", Span(name)))
        return None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        collector.add(Diagnostic("file-unreadable", f"this file cannot be read: {reason}", Span(name)))
        return None
    return decode_text(content, name, collector)


def decode_text(content: bytes, name: str, collector: Collector) -> str | None:
    """Return UTF-8 bytes as text without byte order mark, or None after reporting the first byte that is wrong."""
    if content.startswith(_UTF16_MARKS):
        collector.add(
            Diagnostic("encoding", "this file is saved as UTF-16", Span(name), hint="save it as UTF-8 in your editor")
        )
        return None
    content = content.removeprefix(_UTF8_MARK)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        collector.add(
            Diagnostic(
                "encoding",
                "this character is not UTF-8; the file looks like Windows-1252 (the older Windows encoding)",
                _find_end(before, name),
                hint="save it as UTF-8 in your editor",
            )
        )
        return None


def check_text(text: str, name: str, collector: Collector) -> bool:
    """Return whether a text is small enough and holds no control character; report what is wrong."""
    if len(text) > MOST_BYTES:
        collector.add(_make_size_error(name, len(text)))
        return False
    found = _FORBIDDEN.search(text)
    if found is None:
        return True
    collector.add(
        Diagnostic(
            "control-character",
            f"there is a character here that no text file holds (U+{ord(found.group()):04X})",
            _find_end(text[: found.start()], name),
            hint="delete it; it is often invisible, so type the line anew",
        )
    )
    return False


def escape_forbidden(text: str) -> str:
    r"""Return a text between double quotes with ``\uXXXX`` for what may not stand in a file as it is."""
    return _FORBIDDEN.sub(lambda found: f"\\u{ord(found.group()):04X}", text)


def _make_size_error(name: str, size: int) -> Diagnostic:
    message = f"this file is too large ({size // 1000} kB); at most {MOST_BYTES // 1000} kB are read"
    return Diagnostic("file-too-large", message, Span(name))


def _find_end(before: str, name: str) -> Span:
    """Return the place that follows the text ``before``."""
    lines = re.split("\r\n|[\r\n\x85\u2028\u2029]", before)
    return Span(name, len(lines), len(lines[-1]) + 1)
