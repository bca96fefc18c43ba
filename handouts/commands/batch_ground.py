"""What all sheets of a batch have in common: whether an earlier sheet may stay is decided by it."""

from __future__ import annotations

import contextlib
import hashlib
import os

from handouts import __version__
from handouts.commands.batch_options import BatchOptions
from handouts.delivery.jobs import Ground
from handouts.patient.models import Clinic
from handouts.pipeline import Pipeline


def find_ground(options: BatchOptions, pipeline: Pipeline) -> Ground:
    """Return the ground of a run: handout, clinic, content, options and program, each as a digest or a word."""
    look = repr((options.language, options.edition, options.paper))
    clinic = digest_clinic(pipeline.clinic)
    return Ground(options.handout, clinic, pipeline.library.digest, look, __version__)


def digest_clinic(clinic: Clinic) -> str:
    """Return the digest (hex, 32 letters) of a clinic's profile with its logo and its fonts."""
    maker = hashlib.blake2b(repr(clinic).encode("utf-8", "surrogatepass"), digest_size=16)
    paths = [] if clinic.logo is None else [clinic.logo]
    if clinic.fonts is not None:
        paths += sorted(path for path in clinic.fonts.rglob("*") if path.is_file())
    for path in paths:
        maker.update(os.fsencode(path.name))
        with contextlib.suppress(OSError):
            maker.update(path.read_bytes())
    return maker.hexdigest()
