"""What all sheets of a batch have in common: it decides whether an earlier sheet may stay, and which run goes on."""

from __future__ import annotations

import contextlib
import hashlib
import os

from handouts import __version__
from handouts.commands.batch_options import BatchOptions
from handouts.delivery.jobs import Ground
from handouts.patient.models import Clinic
from handouts.pipeline import Pipeline
from handouts.typeset.added import list_added_files


def find_ground(options: BatchOptions, pipeline: Pipeline) -> Ground:
    """Return the ground of a run: handout, clinic, content, options and program, each as a digest or a word."""
    look = repr((options.language, options.edition, options.paper))
    clinic = digest_clinic(pipeline.clinic)
    return Ground(options.handout, clinic, pipeline.library.digest, look, __version__)


def digest_run(options: BatchOptions) -> str:
    """Return the digest (hex, 32 letters) of what makes a run the one that was broken off in its folder.

    That is the handout and the place of the table, or the number of copies. What stands in the table is no part of it:
    rows may be mended or added after a break, and are noticed one by one. Nor are the other options: what they change
    is made again, and the day stays. Another table in the same place, or on standard input, is told by the marks of its
    rows: it has none in common with the one that was broken off.
    """
    place = options.source
    if place not in (None, "-"):
        place = os.path.normcase(os.path.realpath(place))
    text = repr((options.handout, place, options.copies))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def digest_clinic(clinic: Clinic) -> str:
    """Return the digest (hex, 32 letters) of a clinic's profile with its logo and its fonts."""
    maker = hashlib.blake2b(repr(clinic).encode("utf-8", "surrogatepass"), digest_size=16)
    paths = [] if clinic.logo is None else [clinic.logo]
    if clinic.fonts is not None:
        paths += list_added_files(clinic.fonts)
    for path in paths:
        maker.update(os.fsencode(path.name))
        with contextlib.suppress(OSError):
            maker.update(path.read_bytes())
    return maker.hexdigest()
