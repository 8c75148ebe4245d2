"""No byte of a signature's place is free, and what is read of a seal is what was written."""

from functools import cache

import pytest
from asn1crypto.cms import ContentInfo
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from app.errors import Code
from app.reports.seal.seal_reading import SealSeen, read_seals
from app.reports.seal.tight_cms import cms_in, hole_of
from tests.refusals import refused
from tests.scorecards import SEALED_AT, sealing, typical

_DIGITS = b"0123456789ABCDEF"


@cache
def sealed() -> bytes:
    return sealing().sealed(typical())


def read(pdf: bytes) -> tuple[SealSeen, ...]:
    return read_seals(pdf, trust=sealing().trust, moment=SEALED_AT, now=SEALED_AT)


def place() -> tuple[int, int]:
    start = sealed().index(b"/Contents <3082") + len(b"/Contents ")
    return start, sealed().index(b">", start) + 1


def test_a_seal_tells_its_signer_its_time_and_what_it_covers() -> None:
    (seal,) = read(sealed())
    assert (seal.signer.common_name, seal.claimed_at) == ("练习员甲", SEALED_AT)
    assert (seal.covers, seal.stamped) == (len(sealed()), None)


def test_no_digit_of_the_signature_may_be_another_one() -> None:
    start, end = place()
    used = 2 * len(cms_in(sealed()[start:end]).bare)
    for spot in range(start + 1, start + used + 9, 3):
        damaged = bytearray(sealed())
        digit = _DIGITS.index(damaged[spot])
        damaged[spot] = _DIGITS[digit ^ 1 << spot % 4]
        with refused(Code.SIGNATURE_INVALID):
            read(bytes(damaged))


@pytest.mark.parametrize(
    "cms", [b"", b"\x30\x00", b"\x30\x80\x00\x00", bytes(9), b"\x30\x03\x02\x01\x01"]
)
def test_something_else_in_the_place_of_the_signature_is_refused(cms: bytes) -> None:
    start, end = place()
    pdf = sealed()[:start] + hole_of(cms, end - start) + sealed()[end:]
    with refused(Code.SIGNATURE_INVALID):
        read(pdf)


def test_the_other_s_of_the_same_signature_is_refused() -> None:
    start, end = place()
    cms = cms_in(sealed()[start:end])
    r, s = decode_dss_signature(cms.signature)
    other = encode_dss_signature(r, SECP256R1.group_order - s)
    envelope = ContentInfo.load(cms.bare)
    envelope["content"]["signer_infos"][0]["signature"] = other
    pdf = sealed()[:start] + hole_of(envelope.dump(force=True), end - start) + sealed()[end:]
    with refused(Code.SIGNATURE_INVALID):
        read(pdf)
