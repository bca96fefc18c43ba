"""What a file says of itself: XMP, the information dictionary, identifier, colour profile, bookmarks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from handouts.layout.page import DocumentInfo
from handouts.pdf.objects import BEST, deflate, write_text

# The schema description that PDF/A-2 asks for (ISO 19005-2, 6.6.2.3), for it does not know PDF/UA's identifier.
SCHEMA = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def escape(text: str) -> str:
    """Return a text as it stands between XML tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def write_xmp(info: DocumentInfo) -> bytes:
    """Return the XMP packet of a PDF/A-2a and PDF/UA-1 file. ValueError when the date is not ISO 8601."""
    moment = f"{date.fromisoformat(info.date).isoformat()}T00:00:00Z"
    subject = f"<dc:description>{write_alternative(info.subject)}</dc:description>\n" if info.subject else ""
    text = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title>{write_alternative(info.title)}</dc:title>
{subject}<dc:language><rdf:Bag><rdf:li>{escape(info.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
<pdf:Producer>{escape(info.producer)}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
{SCHEMA}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
    return text.encode("utf-8")


def write_alternative(text: str) -> str:
    """Return a text as XMP writes it when it may stand in several languages."""
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'


def write_info(info: DocumentInfo) -> bytes:
    """Return the information dictionary, equal to the XMP. ValueError when the date is not ISO 8601."""
    moment = b"(D:%b000000Z)" % date.fromisoformat(info.date).isoformat().replace("-", "").encode("ascii")
    subject = b"/Subject" + write_text(info.subject) if info.subject else b""
    return b"<</Title%b%b/Producer%b/CreationDate%b/ModDate%b>>" % (
        write_text(info.title),
        subject,
        write_text(info.producer),
        moment,
        moment,
    )


def write_identifier(digest: str) -> bytes:
    """Return the file identifier: the first 16 bytes of a hexadecimal digest, twice."""
    try:
        identifier = bytes.fromhex(digest)[:16]
    except ValueError:
        identifier = b""
    if len(identifier) < 16:
        identifier = sha256(digest.encode("utf-8")).digest()[:16]
    text = identifier.hex().encode("ascii")
    return b"[<%b><%b>]" % (text, text)


@lru_cache(maxsize=1)
def read_profile() -> bytes:
    """Return the sRGB profile (ICC 4.4, "No copyright, use freely", dated once and for all), compressed."""
    return deflate((Path(__file__).parent / "srgb.icc").read_bytes(), BEST)


def write_claims(metadata: int, structure: int, language: str, profile: int) -> bytes:
    """Return the catalogue's entries that a tagged, archival file has; the numbers are those of its objects."""
    return (
        b"/Metadata %d 0 R/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>/Lang%b"
        b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
        b"/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>]" % (metadata, structure, write_text(language), profile)
    )


def write_bookmarks(info: DocumentInfo, pages: Sequence[tuple[int, float]], root: int) -> list[bytes]:
    """Return the outline dictionary and its items, which are objects from ``root`` on.

    ``pages`` gives object and height of each page.
    """
    first = root + 1
    parents = list_parents([level for level, *_ in info.bookmarks])
    kids: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        kids.setdefault(parent, []).append(index)
    under = [0] * len(parents)
    for index in range(len(parents) - 1, -1, -1):
        if parents[index] >= 0:
            under[parents[index]] += 1 + under[index]
    beside = [b""] * len(parents)
    for family in kids.values():
        for before, after in pairwise(family):
            beside[before] += b"/Next %d 0 R" % (first + after)
            beside[after] += b"/Prev %d 0 R" % (first + before)
    items = []
    for index, (_, title, page, y) in enumerate(info.bookmarks):
        number, height = pages[page]
        text = b"<</Title%b/Parent %d 0 R/Dest[%d 0 R/XYZ 0 %d null]%b" % (
            write_title(title),
            first + parents[index],
            number,
            round(height - y),
            beside[index],
        )
        if index in kids:
            ends = (first + kids[index][0], first + kids[index][-1])
            text += b"/First %d 0 R/Last %d 0 R/Count %d" % (*ends, under[index])
        items.append(text + b">>")
    ends = (first + kids[-1][0], first + kids[-1][-1])
    return [b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (*ends, len(items)), *items]


@lru_cache(maxsize=512)
def write_title(title: str) -> bytes:
    """Return a title as a text string, kept for the next file."""
    return write_text(title)


def list_parents(levels: Sequence[int]) -> list[int]:
    """Return for each bookmark which one it stands under; -1 for those that stand under none."""
    parents: list[int] = []
    path: list[tuple[int, int]] = [(0, -1)]
    for index, level in enumerate(levels):
        while path[-1][0] >= level:
            path.pop()
        parents.append(path[-1][1])
        path.append((level, index))
    return parents
