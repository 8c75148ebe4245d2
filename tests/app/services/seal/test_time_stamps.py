"""A time stamp is put on every seal while a service is set, and never holds one up."""

from pathlib import Path

import pytest

from app.domain.time_stamp import StampService
from app.errors import Code
from app.files import read_whole
from app.reports.seal.seal_reading import SealSeen, read_seals
from app.services.keys.trust import anchors
from app.services.seal.seal import Finalized, finalize
from app.services.seal.time_stamps import (
    Stamping,
    clear_stamp_service,
    set_stamp_service,
    stamp_service,
)
from tests.app.services.field import (
    INSPECTOR_PASSPHRASE,
    Field,
    actions,
    contents,
    found,
    opened_field,
    ready,
)
from tests.refusals import refused
from tests.tsa import NOW, Service, TimeStampAuthority


def seals_of(field: Field, made: Finalized) -> tuple[SealSeen, ...]:
    desk, now = field.first.desk, field.clock.now()
    pdf = read_whole(desk.workspace.evidence.path(made.sealed.pdf.sha256))
    return read_seals(pdf, trust=anchors(desk), moment=now, now=now)


def test_a_service_is_set_shown_and_forgotten(field: Field, authority: TimeStampAuthority) -> None:
    desk = field.first.desk
    assert stamp_service(desk) is None
    pem = (authority.folder / "ca.pem").read_bytes()
    chosen, _ = set_stamp_service(desk, " https://tsa.test/stamp ", pem)
    assert (chosen.url, chosen.name) == ("https://tsa.test/stamp", "测试时间戳根证书")
    assert stamp_service(desk) == chosen
    assert anchors(desk).stampers == (authority.ca,)
    clear_stamp_service(desk)
    assert stamp_service(desk) is None
    assert anchors(desk).stampers == ()
    assert actions(desk)[-2:] == ["timestamp.set", "timestamp.clear"]
    before = contents(desk)
    clear_stamp_service(desk)
    assert contents(desk) == before


@pytest.mark.parametrize(
    "url",
    [
        *("", "tsa.test", "ftp://tsa.test/", "file:///etc/passwd", "http://", "http:// a/"),
        *("http://name:secret@tsa.test/", "https://tsa.test/ b"),
    ],
)
def test_only_an_address_of_the_web_is_taken(
    field: Field, authority: TimeStampAuthority, url: str
) -> None:
    with refused(Code.TIME_STAMP_ADDRESS):
        set_stamp_service(field.first.desk, url, authority.ca)


def test_only_the_certificate_of_a_ca_is_taken(
    field: Field, authority: TimeStampAuthority
) -> None:
    signer = (authority.folder / "tsa.pem").read_bytes()
    for content in (b"", b"-----BEGIN CERTIFICATE-----\n", signer, b"\x30\x03\x02\x01\x00"):
        with refused(Code.TIME_STAMP_CERTIFICATE):
            set_stamp_service(field.first.desk, "http://tsa.test/", content)


def test_a_seal_bears_a_stamp_of_the_service(service: Service, tmp_path: Path) -> None:
    founded = found(tmp_path / "founded", moment=NOW)
    with opened_field(founded, tmp_path / "field") as field:
        set_stamp_service(field.first.desk, service.url, service.authority.ca)
        made, _ = finalize(field.first.desk, ready(field), INSPECTOR_PASSPHRASE)
        assert made.unstamped is None
        (seal,) = seals_of(field, made)
        assert seal.stamped is not None
        assert seal.stamped.is_known
        sealed = field.take(field.submit())
        assert [item.outcome for item in sealed.items] == ["accepted"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [("garbage", Code.TIME_STAMP_REFUSED), ("gone", Code.TIME_STAMP_UNREACHABLE)],
)
def test_a_card_is_sealed_without_a_stamp_and_says_why(
    field: Field, service: Service, wrong: str, code: Code
) -> None:
    if wrong == "garbage":
        service.say = lambda _: b"no stamp"
    else:
        service.status = 503
    set_stamp_service(field.first.desk, service.url, service.authority.ca)
    made, _ = finalize(field.first.desk, ready(field), INSPECTOR_PASSPHRASE)
    assert made.unstamped is not None
    assert made.unstamped.code is code
    (seal,) = seals_of(field, made)
    assert seal.stamped is None


def test_nothing_is_asked_while_no_service_is_set(field: Field, service: Service) -> None:
    set_stamp_service(field.first.desk, service.url, service.authority.ca)
    clear_stamp_service(field.first.desk)
    made, _ = finalize(field.first.desk, ready(field), INSPECTOR_PASSPHRASE)
    assert made.unstamped is None
    assert service.asked == []


def test_a_service_that_failed_is_not_asked_twice_for_one_file(service: Service) -> None:
    service.status = 503
    stamping = Stamping(
        service=StampService(url=service.url, ca=service.authority.ca), now=NOW, seals=2
    )
    assert [stamping(b"first"), stamping(b"second")] == [b"", b""]
    assert len(service.asked) == 1
