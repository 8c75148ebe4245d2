"""Reading CBOR that a stranger wrote: whole numbers, bytes, texts, lists and maps, true and false.

cbor2 also knows tags, and carries them out before anybody can ask what they are: 16 bytes make a
fraction of a thousand million digits, 200 a key that takes years to compare. So it is not given
any, nor a length that goes beyond the end.
"""

import cbor2

from app.crypto.facts import PARSER_ERRORS

# What `plain` raises over malformed bytes, or what is made of something else than was expected.
CBOR_ERRORS = (cbor2.CBORError, RecursionError, *PARSER_ERRORS)
_NUMBERS, _BYTES, _TEXT, _TAG, _SIMPLE = (0, 1), 2, 3, 6, 7
_INSIDE = 24  # the argument is these five bits, or follows in one, two, four or eight bytes
_OPEN = 28


def plain(content: bytes) -> object:
    """Return what bytes say in CBOR (RFC 8949) without tags and open ends; raises CBOR_ERRORS."""
    at = 0
    while at < len(content):  # heads follow one another, however deep the items are nested
        major, argument = divmod(content[at], 32)
        at += 1
        if major == _TAG or argument >= _OPEN:
            raise ValueError(content[at - 1])
        if argument >= _INSIDE:
            size = 1 << (argument - _INSIDE)
            argument = int.from_bytes(content[at : at + size])
            at += size
        if major not in {*_NUMBERS, _SIMPLE} and argument > len(content) - at:
            raise ValueError(argument)
        at += argument if major in {_BYTES, _TEXT} else 0
    return cbor2.loads(content)
