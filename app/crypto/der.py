"""DER put together by hand: what a signature has to be made of, byte for byte (X.690, clause 10).

Written out because building the same structures with asn1crypto takes ten times as long.
"""

from asn1crypto.parser import emit

_UNIVERSAL, _CONTEXT = 0, 2
_PRIMITIVE, _CONSTRUCTED = 0, 1
_INTEGER, _OCTETS, _SEQUENCE, _SET = 2, 4, 16, 17


def sequence(*parts: bytes) -> bytes:
    """Return a SEQUENCE of parts that are DER."""
    return bytes(emit(_UNIVERSAL, _CONSTRUCTED, _SEQUENCE, b"".join(parts)))


def only(part: bytes) -> bytes:
    """Return a SET of one part."""
    return bytes(emit(_UNIVERSAL, _CONSTRUCTED, _SET, part))


def tagged(number: int, contents: bytes) -> bytes:
    """Return contents under a context tag."""
    return bytes(emit(_CONTEXT, _CONSTRUCTED, number, contents))


def octets(content: bytes) -> bytes:
    """Return an OCTET STRING."""
    return bytes(emit(_UNIVERSAL, _PRIMITIVE, _OCTETS, content))


def small(number: int) -> bytes:
    """Return an INTEGER from 0 to 127."""
    return bytes(emit(_UNIVERSAL, _PRIMITIVE, _INTEGER, bytes([number])))
