"""Whether a CMS signature has exactly the bytes our seal writes, none of them free to change.

A CMS has parts its signature does not cover (versions, lists of algorithms, further certificates,
unsigned attributes), and a PDF leaves room behind it. The seal uses none of that freedom; whatever
does was changed on the way.
"""

from asn1crypto.cms import CMSAttributes, ContentInfo, IssuerAndSerialNumber, SignerInfo
from asn1crypto.x509 import Certificate

from app.crypto.verdict import refusing_malformed
from app.errors import AppError, Code


def cms_in(hole: bytes) -> bytes:
    """Return the CMS (DER) that stands in a signature's place, `<` hex digits, zeros `>`.

    Raises:
        AppError: SIGNATURE_INVALID when a byte there is not as the seal writes it.

    """
    with refusing_malformed():
        content = bytes.fromhex(hole[1:-1].decode("ascii"))
        cms = bytes(ContentInfo.load(content).dump())
        rebuilt = _rebuilt(ContentInfo.load(cms, strict=True))
    written = cms.hex().upper().encode("ascii").ljust(len(hole) - 2, b"0")
    if rebuilt != cms or hole != b"<" + written + b">":
        raise AppError(Code.SIGNATURE_INVALID)
    return cms


def _rebuilt(envelope: ContentInfo) -> bytes:
    """Return the signature made again of what its own signature covers."""
    signed = envelope["content"]
    certificate = Certificate.load(signed["certificates"][0].chosen.dump())
    given = signed["signer_infos"][0]
    signer = SignerInfo(
        {
            "version": "v1",
            "sid": IssuerAndSerialNumber(
                {
                    "issuer": certificate.issuer,
                    "serial_number": certificate.serial_number,
                }
            ),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": CMSAttributes.load(given["signed_attrs"].untag().dump()),
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": given["signature"].native,
        }
    )
    content = {
        "version": "v1",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {"content_type": "data"},
        "certificates": [certificate],
        "signer_infos": [signer],
    }
    return bytes(ContentInfo({"content_type": "signed_data", "content": content}).dump(force=True))
