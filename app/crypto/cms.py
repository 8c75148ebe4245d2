"""Detached CMS signatures (RFC 5652) over bytes, as `openssl cms -verify` checks them.

Attributes outside the signature may be changed by anyone: the hash of a signature identifies
nothing, only the hash of what it signs does.
"""

from datetime import datetime

from asn1crypto.cms import ContentInfo, SignedData
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import async_validate_detached_cms

from app.crypto.facts import CertificateFacts, describe
from app.crypto.identity import SigningIdentity, pyhanko_signer
from app.crypto.run import run
from app.crypto.trust import TrustAnchors
from app.crypto.verdict import judge, refusing_malformed


def sign_detached(content: bytes, identity: SigningIdentity) -> bytes:
    """Sign the bytes; return a DER ContentInfo with SHA-256, signing-certificate-v2 and chain.

    No time is signed beside the content: the content states its own.
    """
    signature = run(pyhanko_signer(identity).async_sign_general_data(content, "sha256"))
    return bytes(signature.dump())


def verify_detached(
    content: bytes, signature: bytes, *, trust: TrustAnchors, moment: datetime, now: datetime
) -> CertificateFacts:
    """Return who signed exactly these bytes; AppError and times as `verdict.judge`."""
    with refusing_malformed():
        signed = _signed_data(signature)
        signer = extract_certificate_info(signed).signer_cert.dump()
    facts, _ = judge(
        signer,
        lambda context: async_validate_detached_cms(
            content, signed, signer_validation_context=context
        ),
        trust=trust,
        moment=moment,
        now=now,
    )
    return facts


def signer_of(signature: bytes) -> CertificateFacts:
    """Return whose certificate a signature of ours bears, proving nothing: of verified bytes only.

    Raises:
        AppError: SIGNATURE_INVALID.

    """
    with refusing_malformed():
        return describe(extract_certificate_info(_signed_data(signature)).signer_cert.dump())


def _signed_data(signature: bytes) -> SignedData:
    envelope = ContentInfo.load(signature, strict=True)
    if envelope["content_type"].native != "signed_data":
        raise ValueError("CMS of another kind")
    signed: SignedData = envelope["content"]
    # Without them it signs the content itself: whatever the key signed elsewhere would be content.
    if any(signer["signed_attrs"].native is None for signer in signed["signer_infos"]):
        raise ValueError("no signed attributes")
    return signed
