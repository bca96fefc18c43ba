"""Finished files as pictures and as lines of text, where the optional package pypdfium2 is installed."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

DOTS_PER_POINT = 1.5
"""108 dots an inch: sharp on a screen, and a page in a tenth of a second."""


def picture_pages(data: bytes) -> list[bytes] | None:
    """Return each page of a PDF as a PNG, or None when the package is not installed. ValueError for no PDF."""
    library = _find_library()
    if library is None:
        return None
    pictures = []
    with _open_document(library, data) as document:
        for page in document:
            held = io.BytesIO()
            page.render(scale=DOTS_PER_POINT).to_pil().save(held, "PNG", compress_level=1)
            pictures.append(held.getvalue())
    return pictures


def read_lines(data: bytes) -> list[str] | None:
    """Return the lines of text of a PDF, or None when the package is not installed. ValueError for no PDF."""
    library = _find_library()
    if library is None:
        return None
    with _open_document(library, data) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return [" ".join(line.split()) for text in texts for line in text.splitlines() if line.strip()]


def _find_library() -> Any:
    try:
        return importlib.import_module("pypdfium2")
    except ImportError:
        return None


@contextmanager
def _open_document(library: Any, data: bytes) -> Iterator[Any]:
    try:
        document = library.PdfDocument(data)
    except library.PdfiumError as problem:
        raise ValueError("this is no PDF") from problem
    try:
        yield document
    finally:
        document.close()
