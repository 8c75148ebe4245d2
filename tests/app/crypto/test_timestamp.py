"""A stamp is asked for within a limit, and believed only over its signature and by its CA."""

import hashlib
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import socket

import pytest
from asn1crypto.core import Integer
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.tsp import TimeStampReq
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import (
    BasicConstraints,
    CertificateBuilder,
    ExtendedKeyUsage,
    Name,
    NameAttribute,
    ObjectIdentifier,
    random_serial_number,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from app.crypto.run import run
from app.crypto.timestamp import ask_stamp, read_stamp
from app.domain.time_stamp import StampService
from app.errors import AppError, Code
from tests.tsa import NOW, Question, Service, TimeStampAuthority, make_authority, serving

SIGNATURE = b"a signature value, made up for the test"


@pytest.fixture(scope="module")
def token(authority: TimeStampAuthority) -> bytes:
    with serving(authority) as service:
        return ask_stamp(SIGNATURE, service.chosen, now=NOW)


def refused(service: StampService, seconds: float = 5) -> Code:
    with pytest.raises(AppError) as refusal:
        ask_stamp(SIGNATURE, service, now=NOW, seconds=seconds)
    return refusal.value.code


def test_a_stamp_is_asked_for_and_nothing_but_the_hash_leaves(service: Service) -> None:
    token = ask_stamp(SIGNATURE, service.chosen, now=NOW)
    (question,) = service.asked
    imprint = TimeStampReq.load(question)["message_imprint"]
    assert imprint["hashed_message"].native == hashlib.sha256(SIGNATURE).digest()
    assert len(question) < 80
    stamp = read_stamp(token, SIGNATURE, stampers=(service.authority.ca,), moment=NOW)
    assert stamp.is_known
    assert stamp.authority == "测试时间戳服务"
    assert abs(stamp.at - datetime.now(UTC)) < timedelta(minutes=10)


def test_openssl_verifies_the_token_that_is_kept(
    token: bytes, authority: TimeStampAuthority, tmp_path: Path
) -> None:
    (tmp_path / "token").write_bytes(token)
    digest = hashlib.sha256(SIGNATURE).hexdigest()
    done = subprocess.run(
        [
            *("openssl", "ts", "-verify", "-digest", digest, "-token_in"),
            *("-in", tmp_path / "token", "-CAfile", authority.folder / "ca.pem"),
        ],
        check=True,
        capture_output=True,
    )
    assert b"Verification: OK" in done.stdout + done.stderr


def test_no_byte_of_a_token_may_be_changed(token: bytes, authority: TimeStampAuthority) -> None:
    for spot in range(len(token)):
        changed = bytearray(token)
        changed[spot] ^= 1 << spot % 8
        with pytest.raises(AppError) as refusal:
            read_stamp(bytes(changed), SIGNATURE, stampers=(authority.ca,), moment=NOW)
        assert refusal.value.code is Code.SIGNATURE_INVALID, spot


def test_a_stamp_over_another_signature_is_refused(
    token: bytes, authority: TimeStampAuthority
) -> None:
    with pytest.raises(AppError) as refusal:
        read_stamp(token, b"another", stampers=(authority.ca,), moment=NOW)
    assert refusal.value.code is Code.SIGNATURE_INVALID


def test_a_stamp_of_a_service_not_known_here_is_only_its_word(
    token: bytes, tmp_path: Path
) -> None:
    other = make_authority(tmp_path)  # of the same name
    for stampers in ((), (other.ca,)):
        stamp = read_stamp(token, SIGNATURE, stampers=stampers, moment=NOW)
        assert not stamp.is_known
        assert stamp.known_by(NOW + timedelta(days=400)) == NOW + timedelta(days=400)


def test_a_stamp_proves_nothing_after_the_certificate_of_its_service_ran_out(
    token: bytes, authority: TimeStampAuthority
) -> None:
    later = NOW + timedelta(days=31)
    assert not read_stamp(token, SIGNATURE, stampers=(authority.ca,), moment=later).is_known
    before = NOW + timedelta(days=29)
    stamp = read_stamp(token, SIGNATURE, stampers=(authority.ca,), moment=before)
    assert stamp.known_by(before) == stamp.at


def _other_imprint(question: TimeStampReq) -> TimeStampReq:
    question["message_imprint"]["hashed_message"] = bytes(32)
    return question


def _other_nonce(question: TimeStampReq) -> TimeStampReq:
    question["nonce"] = Integer(7)
    return question


def _no_certificates(question: TimeStampReq) -> TimeStampReq:
    question["cert_req"] = False
    return question


@pytest.mark.parametrize("wrong", [_other_imprint, _other_nonce, _no_certificates])
def test_an_answer_to_another_question_is_refused(service: Service, wrong: Question) -> None:
    service.ask = wrong
    assert refused(service.chosen) is Code.TIME_STAMP_REFUSED


@pytest.mark.parametrize(
    "garbage", [b"", b"\x30\x00", b"<html>sign in to the network</html>", b"\x30\x84\xff"]
)
def test_garbage_is_refused(service: Service, garbage: bytes) -> None:
    service.say = lambda _: garbage
    assert refused(service.chosen) is Code.TIME_STAMP_REFUSED


def test_a_changed_answer_is_refused(service: Service) -> None:
    service.say = lambda answer: answer[:-1] + bytes([answer[-1] ^ 1])
    assert refused(service.chosen) is Code.TIME_STAMP_REFUSED


@pytest.mark.parametrize(("status", "kind"), [(500, ""), (200, "text/html"), (403, "text/html")])
def test_an_answer_that_is_no_time_stamp_reply_counts_as_none(
    service: Service, status: int, kind: str
) -> None:
    service.status, service.kind = status, kind or service.kind
    assert refused(service.chosen) is Code.TIME_STAMP_UNREACHABLE


def test_a_slow_service_is_given_up(service: Service) -> None:
    service.waits = True
    assert refused(service.chosen, seconds=0.2) is Code.TIME_STAMP_UNREACHABLE


def test_a_refused_connection_is_told(authority: TimeStampAuthority) -> None:
    with socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        assert refused(StampService(url=url, ca=authority.ca)) is Code.TIME_STAMP_UNREACHABLE


def test_an_expired_a_foreign_and_a_wordy_service_are_refused(tmp_path: Path) -> None:
    expired = make_authority(tmp_path / "expired", begins=NOW - timedelta(days=61))
    stranger = make_authority(tmp_path / "stranger")
    wordy = make_authority(tmp_path / "wordy", ballast=20_000)
    for authority in (expired, wordy):
        with serving(authority) as service:
            assert refused(service.chosen) is Code.TIME_STAMP_REFUSED
    with serving(stranger) as service:
        believed = StampService(url=service.url, ca=expired.ca)
        assert refused(believed) is Code.TIME_STAMP_REFUSED


def test_a_stamp_of_another_day_is_refused(service: Service) -> None:
    with pytest.raises(AppError) as refusal:
        ask_stamp(SIGNATURE, service.chosen, now=NOW + timedelta(days=2))
    assert refusal.value.code is Code.TIME_STAMP_REFUSED


@pytest.mark.parametrize(
    ("purpose", "code"),
    [
        (ExtendedKeyUsageOID.TIME_STAMPING, None),
        (ExtendedKeyUsageOID.CODE_SIGNING, Code.TIME_STAMP_REFUSED),
        (ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE, Code.TIME_STAMP_REFUSED),
    ],
)
def test_another_makers_stamp_counts_and_a_certificate_for_something_else_does_not(
    service: Service, purpose: ObjectIdentifier, code: Code | None
) -> None:
    """Stamp by pyHanko with an RSA key; OpenSSL would not stamp with such a certificate at all."""
    ca, stamper = rsa_stamper(purpose)
    asked: list[TimeStampReq] = []

    def keep(question: TimeStampReq) -> TimeStampReq:
        asked.append(question)
        return question

    service.ask = keep
    service.say = lambda _: bytes(run(stamper.async_request_tsa_response(asked[-1])).dump())
    chosen = StampService(url=service.url, ca=ca)
    if code is None:
        token = ask_stamp(SIGNATURE, chosen, now=NOW)
        assert read_stamp(token, SIGNATURE, stampers=(ca,), moment=NOW).is_known
    else:
        assert refused(chosen) is code


def rsa_stamper(purpose: ObjectIdentifier) -> tuple[bytes, DummyTimeStamper]:
    """Return a CA and a stamper under it whose certificate is for this purpose."""
    ca_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    issuer, subject = (
        Name([NameAttribute(NameOID.COMMON_NAME, name)]) for name in ("测试 RSA 根", "测试 RSA")
    )
    usage = ExtendedKeyUsage([purpose])
    ca, issued = (
        CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(held.public_key())
        .serial_number(random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(extension, critical=True)
        .sign(ca_key, SHA256())
        .public_bytes(Encoding.DER)
        for name, held, extension in (
            (issuer, ca_key, BasicConstraints(ca=True, path_length=0)),
            (subject, key, usage),
        )
    )
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return ca, DummyTimeStamper(Certificate.load(issued), PrivateKeyInfo.load(plain))
