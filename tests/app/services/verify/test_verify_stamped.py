"""校验 of a card with a time stamp: a proven time outlives the certificate of who sealed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import Code
from app.services.office.authority import revoke
from app.services.seal.seal import finalize
from app.services.seal.time_stamps import set_stamp_service
from app.services.verify.exhibit import look_into
from app.services.verify.verdict import CheckName, Outcome
from app.services.verify.verify import verify
from tests.app.services.field import (
    INSPECTOR_PASSPHRASE,
    OFFICE_PASSPHRASE,
    Field,
    found,
    opened_field,
    ready,
)
from tests.tsa import NOW, Service, make_authority, serving


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    (tmp_path / "tsa").mkdir()
    with serving(make_authority(tmp_path / "tsa")) as service:
        yield service


@pytest.fixture
def today(tmp_path: Path) -> Iterator[Field]:
    """Open a field founded today: OpenSSL stamps by the clock of the machine."""
    with opened_field(found(tmp_path / "founded", moment=NOW), tmp_path / "field") as opened:
        yield opened


def test_a_proven_time_outlives_the_certificate(today: Field, service: Service) -> None:
    set_stamp_service(today.first.desk, service.url, service.authority.ca)
    made, _ = finalize(today.first.desk, ready(today), INSPECTOR_PASSPHRASE)
    path = today.first.desk.workspace.evidence.path(made.sealed.pdf.sha256)
    exhibit, office = look_into(path.read_bytes(), name="c.pdf"), today.office.desk
    stranger = verify(office, exhibit).check(CheckName.TIME)
    assert (stranger.outcome, stranger.variant) == (Outcome.NOT_CHECKED, "stranger")
    today.pass_days(2)
    revoke(office, serial=today.first.serial, reason="离职", passphrase=OFFICE_PASSPHRASE)
    assert Code.CERTIFICATE_REVOKED in [fault.code for fault in verify(office, exhibit).faults]
    set_stamp_service(office, service.url, service.authority.ca)
    report = verify(office, exhibit)
    assert report.faults == ()
    assert report.check(CheckName.TIME).outcome is Outcome.PASSED
