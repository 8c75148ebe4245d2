"""A COSE_Sign1 message in its one form: any changed byte, signed or not, is refused."""

from collections.abc import Callable

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cwt import COSE, COSEKey
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.cose import payload_of, sign_cose, verify_cose
from app.crypto.keys import new_signing_key
from app.errors import AppError, Code
from tests.refusals import refused

KEY = new_signing_key()
CONTEXT = b"ankang.test/1"
PAYLOAD = b"synthetic payload"
MESSAGE = sign_cose(PAYLOAD, KEY, context=CONTEXT)
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def parts() -> list[object]:
    """Return protected header, unprotected header, payload and signature."""
    value = cbor2.loads(MESSAGE).value
    assert isinstance(value, list)
    return value


def rebuilt(place: int, value: object) -> bytes:
    changed = parts()
    changed[place] = value
    return cbor2.dumps(cbor2.CBORTag(18, changed))


def with_high_s() -> bytes:
    s = int.from_bytes(MESSAGE[-32:])
    return MESSAGE[:-32] + (ORDER - s).to_bytes(32)


def test_a_message_carries_what_was_signed() -> None:
    assert verify_cose(MESSAGE, KEY.public_key(), context=CONTEXT) == PAYLOAD
    assert payload_of(MESSAGE) == PAYLOAD


def test_another_program_verifies_it_with_the_library_alone() -> None:
    key = COSEKey.new({1: 2, -1: 1, **_point(KEY.public_key())})
    assert COSE.new().decode(MESSAGE, key, external_aad=CONTEXT) == PAYLOAD


def test_every_changed_bit_is_refused() -> None:
    public = KEY.public_key()
    for place in range(len(MESSAGE)):
        for bit in range(8):
            changed = bytearray(MESSAGE)
            changed[place] ^= 1 << bit
            with pytest.raises(AppError) as refusal:
                verify_cose(bytes(changed), public, context=CONTEXT)
            assert refusal.value.code in {Code.PROOF_DAMAGED, Code.SIGNATURE_INVALID}


def test_every_truncation_and_addition_is_refused() -> None:
    for length in range(len(MESSAGE)):
        with refused(Code.PROOF_DAMAGED):
            payload_of(MESSAGE[:length])
    with refused(Code.PROOF_DAMAGED):
        payload_of(MESSAGE + b"\0")


def test_the_other_signature_that_ecdsa_would_take_is_refused() -> None:
    key = COSEKey.new({1: 2, -1: 1, **_point(KEY.public_key())})
    assert COSE.new().decode(with_high_s(), key, external_aad=CONTEXT) == PAYLOAD
    with refused(Code.PROOF_DAMAGED):
        verify_cose(with_high_s(), KEY.public_key(), context=CONTEXT)


@pytest.mark.parametrize(
    "message",
    [
        lambda: MESSAGE[1:],  # no tag
        lambda: cbor2.dumps(cbor2.CBORTag(17, parts())),
        lambda: rebuilt(0, cbor2.dumps({1: -35})),  # ES384
        lambda: rebuilt(0, cbor2.dumps({1: -7, 2: [99], 99: 0})),  # an unknown critical header
        lambda: rebuilt(0, b""),
        lambda: rebuilt(1, {1: -7}),  # the algorithm outside the signature
        lambda: rebuilt(1, {4: b"kid"}),
        lambda: rebuilt(2, None),  # detached
        lambda: rebuilt(2, "text"),
        lambda: rebuilt(3, b"\0" * 63),
        lambda: rebuilt(3, "s" * 64),
        lambda: cbor2.dumps(cbor2.CBORTag(18, [*parts(), b""])),
        lambda: cbor2.dumps(cbor2.CBORTag(18, {0: 1, 1: 2, 2: 3, 3: 4})),
        lambda: b"\xd2\x9f" + b"".join(map(cbor2.dumps, parts())) + b"\xff",  # open-ended list
        lambda: MESSAGE.replace(b"\x51" + PAYLOAD, b"\x58\x11" + PAYLOAD),  # a longer length
        lambda: b"\x81" * 2000,
        lambda: b"\xd8\x1c" * 2000,
        lambda: b"\xc4\x82\x1b" + b"\xff" * 8 + b"\x01",
    ],
)
def test_another_form_is_refused(message: Callable[[], bytes]) -> None:
    with refused(Code.PROOF_DAMAGED):
        verify_cose(message(), KEY.public_key(), context=CONTEXT)


def test_a_message_for_another_purpose_or_by_another_key_is_refused() -> None:
    with refused(Code.SIGNATURE_INVALID):
        verify_cose(MESSAGE, KEY.public_key(), context=b"ankang.test/2")
    with refused(Code.SIGNATURE_INVALID):
        verify_cose(MESSAGE, new_signing_key().public_key(), context=CONTEXT)
    with refused(Code.SIGNATURE_INVALID):
        other = ec.generate_private_key(ec.SECP384R1()).public_key()
        verify_cose(MESSAGE, other, context=CONTEXT)


@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused(content: bytes) -> None:
    for message in (content, MESSAGE[:7] + content, b"\xd2\x84" + content):
        with pytest.raises(AppError):
            payload_of(message)


def _point(key: ec.EllipticCurvePublicKey) -> dict[int, bytes]:
    numbers = key.public_numbers()
    return {-2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
