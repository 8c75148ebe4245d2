"""Keys opened today: until midnight in China, until locked, and for one certificate."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.services.keys.session import OpenedKeys
from tests.app.services.field import Founded

MORNING = datetime(2020, 11, 6, 0, 30, tzinfo=UTC)  # 08:30 in China
LAST_MINUTE = datetime(2020, 11, 6, 15, 59, tzinfo=UTC)


def test_a_key_is_open_until_midnight_in_china(founded: Founded) -> None:
    unlocked, keys = founded.keys["first"], OpenedKeys()
    certificate = unlocked.identity.certificate
    assert keys.of(certificate, MORNING) is None
    keys.keep(unlocked, MORNING)
    assert keys.of(certificate, LAST_MINUTE) is unlocked
    assert keys.of(certificate, LAST_MINUTE + timedelta(minutes=1)) is None
    assert keys.of(certificate, LAST_MINUTE) is None


def test_a_renewed_credential_is_opened_anew(founded: Founded) -> None:
    keys = OpenedKeys()
    keys.keep(founded.keys["first"], MORNING)
    assert keys.of(founded.keys["second"].identity.certificate, MORNING) is None
    assert keys.of(None, MORNING) is None


def test_locking_forgets_every_key(founded: Founded) -> None:
    keys = OpenedKeys()
    for unlocked in founded.keys.values():
        keys.keep(replace(unlocked), MORNING)
    keys.lock()
    assert [keys.of(each.identity.certificate, MORNING) for each in founded.keys.values()] == [
        None,
        None,
        None,
    ]
