"""Hold detached signatures: OpenSSL accepts them, and every refusal has its code."""

import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import cbor2
import pytest
from asn1crypto.algos import DSASignature
from asn1crypto.cms import ContentInfo
from hypothesis import given, settings
from hypothesis import strategies as st

from app.crypto.certificates import Authority
from app.crypto.cms import sign_detached, verify_detached
from app.crypto.cose import sign_cose
from app.crypto.facts import CertificateFacts, describe
from app.crypto.identity import SigningIdentity
from app.crypto.pem import certificate_pem
from app.crypto.trust import TrustAnchors, TrustedOffice
from app.errors import AppError, Code
from tests.pki import (
    MOMENT,
    Office,
    certify_anything,
    make_inspector,
    make_office,
    revoking,
    trusting,
)
from tests.refusals import refused

CONTENT = "ankang.card/1 练习".encode()
DAY = timedelta(days=1)
NOW = MOMENT + 30 * DAY


@pytest.fixture(scope="module")
def office() -> Office:
    return make_office()


@pytest.fixture(scope="module")
def inspector(office: Office) -> SigningIdentity:
    return make_inspector(office, "练习员")


@pytest.fixture(scope="module")
def signature(inspector: SigningIdentity) -> bytes:
    return sign_detached(CONTENT, inspector)


def verify(
    signature: bytes,
    trust: TrustAnchors,
    *,
    content: bytes = CONTENT,
    moment: datetime = NOW,
    now: datetime = NOW,
) -> CertificateFacts:
    return verify_detached(content, signature, trust=trust, moment=moment, now=now)


def refusal_of(
    signature: bytes, trust: TrustAnchors, *, moment: datetime = NOW, now: datetime = NOW
) -> Code:
    with pytest.raises(AppError) as refusal:
        verify(signature, trust, moment=moment, now=now)
    return refusal.value.code


def verdict_of(signature: bytes, trust: TrustAnchors) -> CertificateFacts | Code:
    try:
        return verify(signature, trust)
    except AppError as refusal:
        return refusal.code


def test_a_good_signature_names_its_signer(
    office: Office, inspector: SigningIdentity, signature: bytes
) -> None:
    assert verify(signature, trusting(office)) == describe(inspector.certificate)


def test_the_issuing_office_is_found_among_several(office: Office, signature: bytes) -> None:
    others = make_office("440305"), make_office("440304")
    assert verify(signature, trusting(*others, office)).common_name == "练习员"


def test_openssl_accepts_a_signature(office: Office, signature: bytes, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(certificate_pem(office.authority.certificate))
    (tmp_path / "content").write_bytes(CONTENT)
    (tmp_path / "content.p7s").write_bytes(signature)
    checked = subprocess.run(
        f"openssl cms -verify -binary -inform DER -in content.p7s -content content"
        f" -CAfile ca.pem -attime {int(NOW.timestamp())}".split(),
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    assert checked.stdout == CONTENT


def test_a_signature_binds_the_certificate_and_claims_no_time(signature: bytes) -> None:
    signer = ContentInfo.load(signature)["content"]["signer_infos"][0]
    attributes = {attribute["type"].native for attribute in signer["signed_attrs"]}
    assert "signing_certificate_v2" in attributes
    assert "signing_time" not in attributes
    assert signer["digest_algorithm"]["algorithm"].native == "sha256"


def test_changed_content_is_refused(office: Office, signature: bytes) -> None:
    for content in (b"", CONTENT + b" ", CONTENT[:-1]):
        with pytest.raises(AppError) as refusal:
            verify(signature, trusting(office), content=content)
        assert refusal.value.code is Code.SIGNATURE_INVALID


@pytest.mark.parametrize("garbage", [b"", b"no signature", b"\x30\x03\x02\x01\x05", bytes(100)])
def test_garbage_is_refused(office: Office, garbage: bytes) -> None:
    assert refusal_of(garbage, trusting(office)) is Code.SIGNATURE_INVALID


def test_cms_of_another_kind_is_refused(office: Office) -> None:
    wrapped = ContentInfo({"content_type": "data", "content": CONTENT}).dump()
    assert refusal_of(wrapped, trusting(office)) is Code.SIGNATURE_INVALID


def test_what_a_key_signed_in_another_way_is_no_signature_of_a_document(
    office: Office, inspector: SigningIdentity, signature: bytes
) -> None:
    """Without attributes of its own a CMS would take any bytes the key ever signed as content."""
    envelope = ContentInfo.load(signature)
    (signer,) = envelope["content"]["signer_infos"]
    attributes = signer["signed_attrs"].untag().dump()
    signer["signed_attrs"] = None
    assert verdict_of(envelope.dump(force=True), trusting(office)) is Code.SIGNATURE_INVALID
    with refused(Code.SIGNATURE_INVALID):
        verify(envelope.dump(force=True), trusting(office), content=attributes)
    message = cbor2.loads(sign_cose(CONTENT, inspector.key, context=b"ankang.test/1")).value
    signer["signature"] = DSASignature.from_p1363(message[3]).dump()
    with refused(Code.SIGNATURE_INVALID):
        spoken = cbor2.dumps(["Signature1", message[0], b"ankang.test/1", CONTENT])
        verify(envelope.dump(force=True), trusting(office), content=spoken)


def test_a_signature_with_appended_bytes_is_refused(office: Office, signature: bytes) -> None:
    assert refusal_of(signature + b"\0", trusting(office)) is Code.SIGNATURE_INVALID


def test_an_unknown_signer_is_refused(office: Office) -> None:
    stranger = make_inspector(make_office("440305"))
    signature = sign_detached(CONTENT, stranger)
    assert refusal_of(signature, trusting(office)) is Code.SIGNER_UNKNOWN
    assert refusal_of(signature, TrustAnchors(offices=())) is Code.SIGNER_UNKNOWN


def test_a_namesake_of_a_trusted_office_is_unknown(office: Office) -> None:
    namesake = make_inspector(make_office())
    assert refusal_of(sign_detached(CONTENT, namesake), trusting(office)) is Code.SIGNER_UNKNOWN


def test_a_forged_certificate_in_a_trusted_offices_name_is_refused(office: Office) -> None:
    forger = Authority(key=make_office().authority.key, certificate=office.authority.certificate)
    forged = certify_anything(
        forger, "urn:ankang:role:inspector", "urn:ankang:office:440304", common_name="练习员"
    )
    signature = sign_detached(CONTENT, forged)
    assert refusal_of(signature, trusting(office)) is Code.SIGNER_UNKNOWN


def test_an_inspector_cannot_certify(office: Office, inspector: SigningIdentity) -> None:
    authority = Authority(key=inspector.key, certificate=inspector.certificate)
    child = certify_anything(
        authority, "urn:ankang:role:office", "urn:ankang:office:440304", common_name="练习员"
    )
    signature = sign_detached(CONTENT, child)
    assert refusal_of(signature, trusting(office)) is Code.SIGNER_UNKNOWN


def test_a_ca_as_signer_is_refused(office: Office) -> None:
    ca = SigningIdentity(
        key=office.authority.key, certificate=office.authority.certificate, chain=()
    )
    assert refusal_of(sign_detached(CONTENT, ca), trusting(office)) is Code.SIGNER_IS_CA


def test_an_office_cannot_certify_for_another(office: Office) -> None:
    other = make_office("440305")
    for urns in (("urn:ankang:office:440305",), ()):
        overreaching = certify_anything(
            office.authority, "urn:ankang:role:inspector", *urns, common_name="练习员"
        )
        signature = sign_detached(CONTENT, overreaching)
        assert refusal_of(signature, trusting(office, other)) is Code.SIGNER_OFFICE_WRONG


def test_a_revoked_signer_is_refused_now_and_believed_before(
    office: Office, inspector: SigningIdentity, signature: bytes
) -> None:
    trust = revoking(office, inspector, at=NOW - 10 * DAY)
    assert refusal_of(signature, trust) is Code.CERTIFICATE_REVOKED
    assert verify(signature, trust, moment=NOW - 20 * DAY).common_name == "练习员"


def test_a_revocation_counts_from_its_very_second(
    office: Office, inspector: SigningIdentity, signature: bytes
) -> None:
    trust = revoking(office, inspector, at=NOW)
    assert refusal_of(signature, trust) is Code.CERTIFICATE_REVOKED


def test_a_revocation_hits_no_one_else(
    office: Office, inspector: SigningIdentity, signature: bytes
) -> None:
    trust = revoking(office, make_inspector(office), office.identity, at=NOW - DAY)
    assert verify(signature, trust).sha256 == describe(inspector.certificate).sha256


def test_no_revocation_list_is_a_refusal(office: Office, signature: bytes) -> None:
    trust = TrustAnchors(offices=(TrustedOffice(ca=office.authority.certificate, crl=None),))
    assert refusal_of(signature, trust) is Code.REVOCATION_MISSING


def test_an_old_revocation_list_is_a_refusal_even_for_a_past_moment(
    office: Office, signature: bytes
) -> None:
    late = MOMENT + 401 * DAY
    trust = trusting(office)
    assert refusal_of(signature, trust, moment=late, now=late) is Code.REVOCATION_STALE
    assert refusal_of(signature, trust, moment=NOW, now=late) is Code.REVOCATION_STALE
    assert verify(signature, trust, now=MOMENT + 399 * DAY).common_name == "练习员"


@pytest.mark.parametrize("crl", [b"", b"no list"])
def test_a_damaged_revocation_list_is_a_refusal(
    office: Office, signature: bytes, crl: bytes
) -> None:
    trust = TrustAnchors(offices=(TrustedOffice(ca=office.authority.certificate, crl=crl),))
    assert refusal_of(signature, trust) is Code.REVOCATION_DAMAGED


def test_a_revocation_list_of_another_office_is_a_refusal(
    office: Office, signature: bytes
) -> None:
    crl = make_office().crl
    trust = TrustAnchors(offices=(TrustedOffice(ca=office.authority.certificate, crl=crl),))
    assert refusal_of(signature, trust) is Code.REVOCATION_DAMAGED


def test_a_certificate_counts_only_in_its_time(office: Office, signature: bytes) -> None:
    trust = trusting(office)
    assert refusal_of(signature, trust, moment=MOMENT + 1097 * DAY) is Code.CERTIFICATE_EXPIRED
    early = MOMENT - 2 * DAY
    assert refusal_of(signature, trust, moment=early) is Code.CERTIFICATE_NOT_YET_VALID


def test_a_moment_without_a_time_zone_is_a_bug(office: Office, signature: bytes) -> None:
    with pytest.raises((ValueError, TypeError)):
        verify(signature, trusting(office), moment=NOW.replace(tzinfo=None))


def test_refusals_leave_no_log_lines(
    office: Office, signature: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    refusal_of(signature, TrustAnchors(offices=()))
    refusal_of(signature, trusting(office), moment=MOMENT + 1097 * DAY)
    refusal_of(signature[:-20] + bytes(20), trusting(office))
    assert caplog.records == []


@settings(max_examples=300)
@given(st.data())
def test_a_changed_signature_is_refused_or_still_the_same_signers(
    office: Office, inspector: SigningIdentity, signature: bytes, data: st.DataObject
) -> None:
    damaged = bytearray(signature)
    damaged[data.draw(st.integers(0, len(signature) - 1))] ^= data.draw(st.integers(1, 255))
    # The copy of the CA certificate inside is not signed, and nobody relies on it.
    assert verdict_of(bytes(damaged), trusting(office)) in (
        Code.SIGNATURE_INVALID,
        Code.CERTIFICATE_REFUSED,
        describe(inspector.certificate),
    )


@given(st.integers(0, 8), st.integers(0, len(CONTENT) - 1))
def test_every_changed_bit_of_the_content_is_refused(
    office: Office, signature: bytes, bit: int, position: int
) -> None:
    changed = bytearray(CONTENT)
    changed[position] ^= 1 << bit % 8
    with pytest.raises(AppError) as refusal:
        verify(signature, trusting(office), content=bytes(changed))
    assert refusal.value.code is Code.SIGNATURE_INVALID
