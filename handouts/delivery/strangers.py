"""Files of other origin where a batch would write: they are left as they are, unless it is asked to replace them."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from handouts.diagnostics import DeliveryError, Diagnostic, Span
from handouts.pdf.stamp import MOST_BYTES, is_cut_off, read_stamp

MENDED = "move it away, or replace it with --overwrite"
STRANGE = (
    "a file that this program did not make, or that was changed since, has the name of this sheet;"
    f" it was left as it is; {MENDED}"
)

FOLDER = "a folder has the name of this sheet; move it away, or choose another folder with -o"

RECEIPT_START = b"row,reference,file,"
REJECTED_START = b"row,reason,"
"""How own tables begin, whatever separator and quotes a spreadsheet has put into them since."""

_LOOK = 200
_MARKS = re.compile(rb"[\x00\"\xef\xbb\xbf\xff\xfe]")


class Strangers:
    """Files of other origin in a folder, looked for when a sheet is to be made: some come while a run is at work."""

    __slots__ = ("_folder",)

    def __init__(self, folder: Path) -> None:
        """Take a folder, which need not be there."""
        self._folder = folder

    def explain(self, file: str) -> str:
        """Return why a sheet must not be written under a name, and how to mend it; empty when it may be.

        An own sheet may be replaced, also what is left of one that was cut off: a run that was killed leaves some that
        the state does not know. What somebody added to a sheet, as a note or a mark, makes it a file of other origin.
        """
        path = self._folder / file
        if path.is_dir() and not path.is_symlink():
            return FOLDER
        return STRANGE if is_stranger(path) else ""


def is_stranger(path: Path) -> bool:
    """Return whether something is there that is not empty and no sheet, or piece of one, as this program writes it."""
    try:
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode) or found.st_size > MOST_BYTES:
            return True
        if found.st_size == 0:
            return False
        data = path.read_bytes()
        return read_stamp(data) is None and not is_cut_off(data)
    except FileNotFoundError:
        return False
    except OSError:
        return True


def refuse_other_table(path: Path, start: bytes) -> None:
    """DeliveryError when a table stands there that does not begin as the program's own do."""
    try:
        if not path.is_file():
            return
        with path.open("rb") as file:
            begun = _MARKS.sub(b"", file.read(_LOOK)).replace(b";", b",").replace(b"\t", b",")
    except OSError:
        begun = b"?"
    if begun and not begun.startswith(start):
        message = "the file was not written: a file that this program did not make has this name"
        raise DeliveryError(Diagnostic("not-written", message, Span(str(path)), hint=MENDED))
