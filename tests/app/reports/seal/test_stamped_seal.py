"""A seal with a time stamp (B-T): what it proves, and that it can be no other one."""

import hashlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import pytest

from app.crypto.cms import sign_detached
from app.crypto.identity import SigningIdentity
from app.crypto.timestamp import ask_stamp
from app.crypto.trust import TrustAnchors, TrustedOffice
from app.errors import Code
from app.reports.seal.seal import Record, Sealing, Stamp, sealed_scorecard
from app.reports.seal.seal_reading import SealSeen, read_seals
from app.reports.seal.second_seal import add_second_seal
from app.reports.seal.tight_cms import SealCms, cms_in, hole_of, with_stamp
from tests.pki import Office, make_inspector, make_office, revoking
from tests.refusals import refused
from tests.scorecards import fonts, printed, typical
from tests.tsa import NOW, Service, TimeStampAuthority, make_authority, serving

LATER = NOW + timedelta(days=20)  # the inspector's certificate has run out, the service's not


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """An office whose inspector's certificate ends tomorrow, and what he sealed today."""

    office: Office
    inspector: SigningIdentity
    authority: TimeStampAuthority
    pdf: bytes

    def trust(self, *stampers: bytes) -> TrustAnchors:
        fresh = revoking(self.office, at=NOW).offices
        return TrustAnchors(offices=fresh, stampers=stampers)

    def read(self, pdf: bytes, moment: datetime = NOW, *stampers: bytes) -> tuple[SealSeen, ...]:
        return read_seals(pdf, trust=self.trust(*stampers), moment=moment, now=moment)

    def sealed(self, stamp: Stamp | None) -> bytes:
        record = Record(document=b"{}", cms=sign_detached(b"{}", self.inspector))
        return sealed_scorecard(
            printed(typical()),
            fonts(),
            record=record,
            sealing=Sealing(identity=self.inspector, moment=NOW, stamp=stamp),
        )


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(make_authority(tmp_path_factory.mktemp("tsa"))) as service:
        yield service


@pytest.fixture(scope="module")
def stamped(service: Service) -> Stamped:
    issued = NOW - timedelta(days=1095)
    office = make_office(moment=issued)
    inspector = make_inspector(office, "测试甲", moment=issued)
    made = Stamped(office=office, inspector=inspector, authority=service.authority, pdf=b"")
    return Stamped(
        office=office,
        inspector=inspector,
        authority=service.authority,
        pdf=made.sealed(partial(ask_stamp, service=service.chosen, now=NOW)),
    )


def place(pdf: bytes) -> tuple[int, int]:
    start = pdf.index(b"/Contents <3082") + len(b"/Contents ")
    return start, pdf.index(b">", start) + 1


def cms_of(pdf: bytes) -> SealCms:
    start, end = place(pdf)
    return cms_in(pdf[start:end])


def with_cms(pdf: bytes, cms: bytes) -> bytes:
    start, end = place(pdf)
    return pdf[:start] + hole_of(cms, end - start) + pdf[end:]


def test_a_known_stamp_proves_the_time(stamped: Stamped) -> None:
    (seal,) = stamped.read(stamped.pdf, NOW, stamped.authority.ca)
    assert seal.stamped is not None
    assert seal.stamped.is_known
    assert seal.stamped.authority == "测试时间戳服务"
    assert seal.known_by(LATER) == seal.stamped.at


def test_a_certificate_that_ran_out_after_a_known_stamp_stays_good(stamped: Stamped) -> None:
    assert stamped.read(stamped.pdf, LATER, stamped.authority.ca)
    with refused(Code.CERTIFICATE_EXPIRED):
        stamped.read(stamped.pdf, LATER)
    with refused(Code.CERTIFICATE_EXPIRED):
        stamped.read(stamped.sealed(None), LATER, stamped.authority.ca)


@pytest.mark.parametrize(("days", "code"), [(5, None), (-1, Code.CERTIFICATE_REVOKED)])
def test_a_revocation_counts_from_its_own_time_on(
    stamped: Stamped, days: int, code: Code | None
) -> None:
    at = NOW + timedelta(days=days)
    (office,) = revoking(stamped.office, stamped.inspector, at=at).offices
    trust = TrustAnchors(
        offices=(TrustedOffice(ca=office.ca, crl=office.crl),), stampers=(stamped.authority.ca,)
    )
    if code is None:
        assert read_seals(stamped.pdf, trust=trust, moment=LATER, now=LATER)
    else:
        with refused(code):
            read_seals(stamped.pdf, trust=trust, moment=LATER, now=LATER)


def test_no_byte_in_the_place_of_a_stamped_signature_is_free(stamped: Stamped) -> None:
    start, end = place(stamped.pdf)
    used = 2 * len(with_stamp(cms_of(stamped.pdf).bare, cms_of(stamped.pdf).stamp))
    random = Random(20261123)  # noqa: S311 - which bytes, not a secret
    for spot in [*range(start, start + used, 7), *random.sample(range(start + used, end), 40)]:
        damaged = bytearray(stamped.pdf)
        damaged[spot] = ord("0") if damaged[spot] != ord("0") else ord("1")
        with refused(Code.SIGNATURE_INVALID):
            stamped.read(bytes(damaged), NOW, stamped.authority.ca)


def test_a_stamp_over_another_seal_is_refused(stamped: Stamped) -> None:
    other = cms_of(stamped.sealed(None))
    forged = with_stamp(other.bare, cms_of(stamped.pdf).stamp)
    pdf = stamped.sealed(lambda _: b"")
    with refused(Code.SIGNATURE_INVALID):
        stamped.read(with_cms(pdf, forged))


def test_a_seal_that_could_not_be_stamped_is_a_seal(stamped: Stamped) -> None:
    (seal,) = stamped.read(stamped.sealed(lambda _: b""))
    assert seal.stamped is None
    assert seal.known_by(LATER) == LATER


def test_two_seals_bear_a_stamp_each(stamped: Stamped, service: Service) -> None:
    second = make_inspector(stamped.office, "测试乙", moment=NOW - timedelta(days=2))
    stamp = partial(ask_stamp, service=service.chosen, now=NOW)
    sealing = Sealing(identity=second, moment=NOW, stamp=stamp)
    twice = add_second_seal(stamped.pdf, fonts(), sealing, card=typical())
    seals = stamped.read(twice, LATER, stamped.authority.ca)
    assert [seal.stamped is not None and seal.stamped.is_known for seal in seals] == [True, True]


def test_openssl_and_poppler_verify_stamp_and_seal(stamped: Stamped, tmp_path: Path) -> None:
    cms = cms_of(stamped.pdf)
    (tmp_path / "token").write_bytes(cms.stamp)
    (tmp_path / "card.pdf").write_bytes(stamped.pdf)
    digest = hashlib.sha256(cms.signature).hexdigest()
    ca = stamped.authority.folder / "ca.pem"
    verify = ("openssl", "ts", "-verify", "-digest", digest, "-token_in", "-in")
    said = subprocess.run(
        [*verify, tmp_path / "token", "-CAfile", ca], capture_output=True, check=True
    )
    assert b"Verification: OK" in said.stdout + said.stderr
    shown = subprocess.run(
        ["pdfsig", "-nocert", tmp_path / "card.pdf"], capture_output=True, check=False
    )
    assert b"Signature is Valid" in shown.stdout
