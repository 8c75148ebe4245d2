"""What a PDF says of itself: its XMP packet by ISO 19005-3, 6.6, and beside its information."""

import re
from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree as ET

from pikepdf import Pdf

_XMP = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "x": "adobe:ns:meta/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Found = Iterator[tuple[str, str]]  # clause, and what is against it


def metadata(pdf: Pdf) -> Found:
    """Yield what is against ISO 19005-3, 6.6, each with its clause."""
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        yield "6.6.2.1", "no metadata"
        return
    content = stream.read_bytes()
    header = re.match(rb"<\?xpacket begin=(\"\xef\xbb\xbf\"|'\xef\xbb\xbf')([^>]*)\?>", content)
    if header is None or b"bytes=" in header[2] or b"encoding=" in header[2]:
        yield "6.6.2.1", "a packet header that is none, or has bytes or encoding"
    try:
        tree = ET.fromstring(content)  # noqa: S314 - our own file
    except ET.ParseError as broken:
        yield "6.6.2.1", f"XMP is not well-formed: {broken}"
        return
    for element in tree.iter():
        for name in (element.tag, *element.attrib):
            if name != _LANG and re.sub(r"^{(.*)}.*", r"\1", name) not in _XMP.values():
                yield "6.6.2.3.1", f"property {name} without an extension schema"
    said = _properties(tree)
    if (said.get("pdfaid:part"), said.get("pdfaid:conformance")) != ("3", "B"):
        yield "6.6.4", f"says part {said.get('pdfaid:part')}, {said.get('pdfaid:conformance')}"
    yield from _differences(pdf, said)


def _properties(tree: ET.Element) -> dict[str, str]:
    """Return the properties of a packet as prefix:name, whichever way they are written."""
    prefixes = {namespace: prefix for prefix, namespace in _XMP.items()}
    said = {}
    for description in tree.iter(f"{{{_XMP['rdf']}}}Description"):
        pairs = list(description.attrib.items())
        pairs += [(child.tag, "".join(child.itertext()).strip()) for child in description]
        for tag, value in pairs:
            namespace, _, name = tag.removeprefix("{").partition("}")
            said[f"{prefixes.get(namespace, '?')}:{name}"] = value
    return said


def _differences(pdf: Pdf, said: dict[str, str]) -> Found:
    """Yield where document information and XMP differ, which part 1 forbids and part 3 does not.

    Somebody who reads one of them must not learn something else than who reads the other.
    """
    pairs = {
        "/Title": "dc:title",
        "/Author": "dc:creator",
        "/Subject": "dc:description",
        "/Keywords": "pdf:Keywords",
        "/Producer": "pdf:Producer",
        "/Creator": "xmp:CreatorTool",
        "/CreationDate": "xmp:CreateDate",
        "/ModDate": "xmp:ModifyDate",
    }
    for key, name in pairs.items():
        ours, theirs = str(pdf.docinfo.get(key)), str(said.get(name))
        if key.endswith("Date"):
            ours, theirs = str(_pdf_date(ours)), str(_xmp_date(theirs))
        if ours != theirs:
            yield "ISO 19005-1, 6.7.3", f"{key} {ours!r}, {name} {theirs!r}"


def _pdf_date(text: str) -> datetime | None:
    plain = re.sub(r"(Z|[+-]\d\d)'?(\d\d)?'?$", _offset, text)
    return _parsed(plain, "D:%Y%m%d%H%M%S%z")


def _offset(found: re.Match[str]) -> str:
    return "+0000" if found[1] == "Z" else f"{found[1]}{found[2] or '00'}"


def _xmp_date(text: str) -> datetime | None:
    return _parsed(text, "%Y-%m-%dT%H:%M:%S%z") or _parsed(text, "%Y-%m-%dT%H:%M:%S.%f%z")


def _parsed(text: str, pattern: str) -> datetime | None:
    try:
        return datetime.strptime(text, pattern)  # noqa: DTZ007 - each pattern has %z
    except ValueError:
        return None
