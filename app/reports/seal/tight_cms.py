"""Whether a CMS signature has exactly the bytes our seal writes, none of them free to change.

A CMS has parts its signature does not cover (versions, lists of algorithms, further certificates,
unsigned attributes), a PDF leaves room behind it, and ECDSA takes two values of s for the same
signature. The seal uses none of that freedom but for one unsigned attribute, a time stamp over it;
whatever else does was changed on the way.
"""

from dataclasses import dataclass

from asn1crypto.algos import DigestAlgorithm, SignedDigestAlgorithm
from asn1crypto.cms import CMSAttributeType, ContentInfo, ContentType, EncapsulatedContentInfo
from asn1crypto.x509 import Certificate

from app.crypto.der import octets, only, sequence, small, tagged
from app.crypto.keys import has_low_s
from app.crypto.verdict import refusing_malformed
from app.errors import AppError, Code

_SIGNED_DATA = ContentType("signed_data").dump()
_NO_CONTENT = EncapsulatedContentInfo({"content_type": "data"}).dump()
_SHA256 = DigestAlgorithm({"algorithm": "sha256"}).dump()
_ECDSA = SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}).dump()
_STAMP = CMSAttributeType("signature_time_stamp_token").dump()


@dataclass(frozen=True, slots=True, kw_only=True)
class SealCms:
    """The CMS of a seal without its stamp, the signature in it, and the stamp's token or b''."""

    bare: bytes
    signature: bytes
    stamp: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signature:
    """What a signature covers, and itself: all of it that may differ from seal to seal."""

    certificate: bytes
    attributes: bytes
    signature: bytes


def cms_in(hole: bytes) -> SealCms:
    """Return the CMS (DER) that stands in a signature's place, `<` hex digits, zeros `>`.

    Raises:
        AppError: SIGNATURE_INVALID when a byte there is not as the seal writes it.

    """
    with refusing_malformed():
        content = bytes.fromhex(hole[1:-1].decode("ascii"))
        cms = bytes(ContentInfo.load(content).dump())
        signed, stamp = _read(ContentInfo.load(cms, strict=True))
        is_tight = _written(signed, stamp) == cms and has_low_s(signed.signature)
    if not is_tight or hole != hole_of(cms, len(hole)):
        raise AppError(Code.SIGNATURE_INVALID)
    return SealCms(bare=_written(signed, b""), signature=signed.signature, stamp=stamp)


def with_stamp(bare: bytes, stamp: bytes) -> bytes:
    """Return a seal's CMS with the token of a time stamp in it (RFC 3161, appendix A)."""
    signed, _ = _read(ContentInfo.load(bare))
    return _written(signed, stamp)


def hole_of(cms: bytes, size: int) -> bytes:
    """Return a signature's place of so many bytes with a CMS in it."""
    return b"<" + cms.hex().upper().encode("ascii").ljust(size - 2, b"0") + b">"


def _read(envelope: ContentInfo) -> tuple[_Signature, bytes]:
    """Return the parts a signature is made of, and its stamp; more is not looked for."""
    signed = envelope["content"]
    given = signed["signer_infos"][0]
    unsigned = given["unsigned_attrs"]
    parts = _Signature(
        certificate=signed["certificates"][0].chosen.dump(),
        attributes=given["signed_attrs"].contents,
        signature=given["signature"].native,
    )
    return parts, unsigned[0]["values"][0].dump() if unsigned else b""


def _written(signed: _Signature, stamp: bytes) -> bytes:
    """Return the CMS (RFC 5652) as the seal writes it."""
    certificate = Certificate.load(signed.certificate)["tbs_certificate"]
    attribute = sequence(_STAMP, only(stamp))
    signer = sequence(
        small(1),
        sequence(certificate["issuer"].dump(), certificate["serial_number"].dump()),
        _SHA256,
        tagged(0, signed.attributes),
        _ECDSA,
        octets(signed.signature),
        tagged(1, attribute) if stamp else b"",
    )
    content = sequence(
        small(1),
        only(_SHA256),
        _NO_CONTENT,
        tagged(0, signed.certificate),
        only(signer),
    )
    return sequence(_SIGNED_DATA, tagged(0, content))
