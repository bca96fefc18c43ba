"""``handouts review``."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from handouts.commands.options import DAY, DAY_FORM, take_clinic

if TYPE_CHECKING:
    from handouts.content.library import Library


@click.command(
    "review",
    epilog="Example: handouts review --by 'J. Patel' --role physiotherapist --clinic examples/clinic.yaml",
)
@click.option("--by", required=True, metavar="NAME", help="The clinician who has read the content.")
@click.option("--role", required=True, metavar="ROLE", help="The clinician's profession.")
@click.option(
    "--next", "next_day", type=DAY, metavar=DAY_FORM, help="Last day on which the review counts. Default: in a year."
)
@click.option("--date", "day", type=DAY, metavar=DAY_FORM, help="Day of signing. Default: today.")
@take_clinic
def command(by: str, role: str, next_day: datetime | None, day: datetime | None, clinic_file: str | None) -> None:
    """Sign the content off for a clinic: who has read it, and until when that counts.

    The clinic's profile keeps a digest of exactly this content, the clinic's own included. Any later change of a word,
    a rule or a picture voids the review, and every sheet says again that it is not yet reviewed by a clinician.
    """
    from handouts.commands.options import find_profile, open_clinic  # noqa: PLC0415
    from handouts.commands.report import say  # noqa: PLC0415
    from handouts.content.library import load_library  # noqa: PLC0415
    from handouts.content.review import Signature, write_sign_off  # noqa: PLC0415
    from handouts.delivery.files import write_whole  # noqa: PLC0415
    from handouts.resources import find_bundled_folder  # noqa: PLC0415

    clinic = open_clinic(clinic_file)
    library = load_library(find_bundled_folder("sections"), clinic.content)
    signed_on = day.date() if day is not None else date.today()
    if signed_on > date.today():
        raise click.UsageError("--date must not lie after today: nothing is signed ahead of its day")
    until = next_day.date() if next_day is not None else _add_year(signed_on)
    if until <= signed_on:
        raise click.UsageError("--next must lie after the day of signing")
    signature = Signature(_clean("--by", by), _clean("--role", role), signed_on, until, library.digest)
    path = find_profile(clinic_file).resolve()
    mode = path.stat().st_mode
    data = path.read_bytes()
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    text = write_sign_off(data.removeprefix(mark).decode("utf-8"), str(path), signature)
    write_whole(path, mark + text.encode("utf-8"))
    path.chmod(mode & 0o777)
    say(f"{path}: content {library.content_version} signed by {signature.name}, {signature.role}, until {until}")
    say(_count_content(library))


def _clean(option: str, text: str) -> str:
    """Return the words of an option as one line; UsageError when they cannot be printed."""
    words = " ".join(text.split())
    if not words or len(words) > 120 or not words.isprintable():
        raise click.UsageError(f"{option} needs 1 to 120 characters that can be printed")
    return words


def _add_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _count_content(library: Library) -> str:
    counts = (
        (library.sections, "sections"),
        (library.exercises, "moves"),
        (library.sleep, "sleep cards"),
        (library.handouts, "handouts"),
        (library.conditions, "conditions"),
    )
    return f"that is {', '.join(f'{len(items)} {name}' for items, name in counts)}, the red-flag box and the rules"
