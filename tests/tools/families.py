"""The bundled families: where each comes from and the tiers that are cut from it."""

from __future__ import annotations

from dataclasses import dataclass

from repertoires import (
    ARABIC,
    ARMENIAN,
    ARROWS,
    BASIC,
    BENGALI,
    CYRILLIC,
    DEVANAGARI,
    ETHIOPIC,
    GEORGIAN,
    GREEK,
    GUJARATI,
    GURMUKHI,
    HEBREW,
    JAPANESE,
    KANNADA,
    KHMER,
    KOREAN,
    LAO,
    LATIN,
    MALAYALAM,
    MORE_ATKINSON,
    MORE_CYRILLIC,
    MORE_GREEK,
    MYANMAR,
    ORIYA,
    RARE,
    SIGNS,
    SIMPLIFIED,
    SINHALA,
    TAMIL,
    TELUGU,
    THAI,
    TRADITIONAL,
    VIETNAMESE,
)

HEIGHT = 496 / 536


@dataclass(frozen=True)
class Family:
    """One bundled family: where it comes from and the tiers that are cut from it.

    A ``shaped`` family keeps its layout tables. ``partial`` says that a PDF should embed no more than the glyphs used.
    """

    folder: str
    package: str
    files: str
    name: str
    tiers: tuple[tuple[str, set[int]], ...]
    height: float = 1.0
    styles: tuple[str, ...] = ("regular", "bold")
    shaped: bool = False
    partial: bool = False
    kerned: bool = True


def name_family(
    script: str, repertoire: set[int], *, shaped: bool = False, partial: bool = False, wide: bool = False
) -> Family:
    """Return the Noto family of a script, with one tier for names; ``wide`` scripts have one weight and no kerning."""
    return Family(
        f"noto-sans-{script.lower()}",
        f"noto-sans-{script.lower()}",
        f"NotoSans{script}",
        f"Noto Sans {script}",
        (("names", repertoire),),
        height=1.0 if wide else HEIGHT,
        styles=("regular",) if wide else ("regular", "bold"),
        shaped=shaped,
        partial=partial or shaped or wide,
        kerned=not (shaped or partial or wide),
    )


FAMILIES = (
    Family(
        "atkinson-next",
        "atkinson-hyperlegible-next",
        "AtkinsonHyperlegibleNext",
        "Atkinson Hyperlegible Next",
        (("basic", BASIC), ("latin", MORE_ATKINSON)),
    ),
    Family(
        "noto-sans",
        "noto-sans",
        "NotoSans",
        "Noto Sans",
        (
            ("vietnamese", VIETNAMESE),
            ("latin", LATIN),
            ("rare", RARE),
            ("cyrillic", CYRILLIC),
            ("greek", GREEK),
            ("cyrillic-rare", MORE_CYRILLIC),
            ("greek-rare", MORE_GREEK),
        ),
        height=HEIGHT,
    ),
    Family(
        "noto-sans-math",
        "noto-sans-math",
        "NotoSansMath",
        "Noto Sans Math",
        (("arrows", ARROWS),),
        height=HEIGHT,
        styles=("regular",),
    ),
    Family(
        "noto-sans-symbols-2",
        "noto-sans-symbols-2",
        "NotoSansSymbols2",
        "Noto Sans Symbols 2",
        (("signs", SIGNS),),
        styles=("regular",),
    ),
    name_family("Hebrew", HEBREW, shaped=True),
    Family(
        "vazirmatn",
        "vazirmatn",
        "Vazirmatn",
        "Vazirmatn",
        (("names", ARABIC),),
        height=HEIGHT,
        shaped=True,
        partial=True,
        kerned=False,
    ),
    name_family("Arabic", ARABIC, shaped=True),
    name_family("Devanagari", DEVANAGARI, shaped=True),
    name_family("Bengali", BENGALI, shaped=True),
    name_family("Gujarati", GUJARATI, shaped=True),
    name_family("Gurmukhi", GURMUKHI, shaped=True),
    name_family("Oriya", ORIYA, shaped=True),
    name_family("Tamil", TAMIL, shaped=True),
    name_family("Telugu", TELUGU, shaped=True),
    name_family("Kannada", KANNADA, shaped=True),
    name_family("Malayalam", MALAYALAM, shaped=True),
    name_family("Sinhala", SINHALA, shaped=True),
    name_family("Thai", THAI, shaped=True),
    name_family("Lao", LAO, shaped=True),
    name_family("Khmer", KHMER, shaped=True),
    name_family("Myanmar", MYANMAR, shaped=True),
    name_family("Georgian", GEORGIAN),
    name_family("Armenian", ARMENIAN),
    name_family("Ethiopic", ETHIOPIC, partial=True),
    name_family("JP", JAPANESE, wide=True),
    name_family("SC", SIMPLIFIED, wide=True),
    name_family("TC", TRADITIONAL, wide=True),
    name_family("KR", KOREAN, wide=True),
)

COMMON = 4
"""Families of running text and of most names; the index of the others is opened when a name needs one."""
