"""COSE_Sign1 messages (RFC 9052), ES256 and nothing else, in the one form they may have.

- Tag 18; the protected header is `{alg: ES256}`, the unprotected one is empty.
- Deterministic CBOR: a message that would be written in other bytes is refused.
- Of the two values of s that ECDSA takes for a signature only the lower one is accepted.

So no byte of a message can be changed, be it signed or not. What a message is for (`context`) is
signed too, as the external data of RFC 9052, section 4.3, and takes no room in it.
"""

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cwt import COSE, COSEKey, VerifyError

from app.crypto.cbor import CBOR_ERRORS, plain
from app.crypto.keys import MOST_S, SigningKey
from app.errors import AppError, Code

_SIGN1 = 18
_TAGGED = b"\xd2"  # how a message begins
_ES256 = {1: -7}
_PROTECTED = cbor2.dumps(_ES256)
_COORDINATE = 32


def sign_cose(payload: bytes, key: SigningKey, *, context: bytes) -> bytes:
    """Return a message that carries and signs the payload for a purpose."""
    private = COSEKey.from_pem(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), alg="ES256"
    )
    while True:  # twice on average: ECDSA takes another number each time
        message = COSE.new().encode_and_sign(
            payload, private, protected=_ES256, unprotected={}, external_aad=context
        )
        if not isinstance(message, bytes):
            raise TypeError(message)
        if _is_low(message):
            return message


def payload_of(message: bytes) -> bytes:
    """Return the payload of a message nobody has verified yet, if its form is the one allowed.

    Raises:
        AppError: PROOF_DAMAGED.

    """
    try:
        parts = plain(message.removeprefix(_TAGGED))
    except CBOR_ERRORS as cause:
        raise AppError(Code.PROOF_DAMAGED) from cause
    match parts:
        case [_, _, bytes(payload), bytes(signature)] if len(signature) == 2 * _COORDINATE:
            only_form = cbor2.CBORTag(_SIGN1, [_PROTECTED, {}, payload, signature])
        case _:
            raise AppError(Code.PROOF_DAMAGED)
    if cbor2.dumps(only_form) != message or not _is_low(message):
        raise AppError(Code.PROOF_DAMAGED)
    return payload


def verify_cose(message: bytes, key: EllipticCurvePublicKey, *, context: bytes) -> bytes:
    """Return the payload of a message this key signed for this purpose.

    Raises:
        AppError: PROOF_DAMAGED (not a message of the one form), SIGNATURE_INVALID.

    """
    payload = payload_of(message)
    if not isinstance(key.curve, SECP256R1):
        raise AppError(Code.SIGNATURE_INVALID)
    public = COSEKey.from_pem(
        key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), alg="ES256"
    )
    try:
        COSE.new().decode(message, public, external_aad=context)
    except VerifyError as cause:
        raise AppError(Code.SIGNATURE_INVALID) from cause
    return payload


def _is_low(message: bytes) -> bool:
    """Tell whether s, the last number of a message, is the lower of its two values."""
    return int.from_bytes(message[-_COORDINATE:]) <= MOST_S
