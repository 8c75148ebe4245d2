"""The office's own affairs: who it is, its rules over time, its certificates and CRLs."""

from app.domain.card import OfficeName, Policy
from app.domain.keyring import IssuedCertificate, RevocationList
from app.domain.office import Level, Office, Rules
from db.engine import Connection, Row
from db.stores.columns import blob, hundredths, points_of, time_of, time_text, whole

_SET_OFFICE = """
    INSERT INTO office (only_one, code, name, level) VALUES (1, ?, ?, ?)
    ON CONFLICT DO UPDATE SET code = excluded.code, name = excluded.name, level = excluded.level
"""
_OFFICE = """
    SELECT code, name, level, step_hundredths, policy FROM office, office_rules
    ORDER BY number DESC LIMIT 1
"""
_PAST_RULES = "SELECT step_hundredths, policy FROM office_rules ORDER BY number"
_ISSUED_COLUMNS = """
    serial, certificate, name, post, age_recipient, issued_at, revoked_at, revocation_reason
"""
_ADD_ISSUED = f"INSERT INTO issued_certificate ({_ISSUED_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_ISSUED = f"SELECT {_ISSUED_COLUMNS} FROM issued_certificate ORDER BY issued_at, serial"
_NEWEST_REVOCATIONS = "SELECT number, der FROM revocation_list ORDER BY number DESC LIMIT 1"
_REVOKE = """
    UPDATE issued_certificate SET revoked_at = ?, revocation_reason = ? WHERE serial = ?
"""


class OfficeStore:
    """Fulfils `app.ports.OfficeStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self) -> Office | None:
        """Return the office of this workspace, if it is one."""
        return self._connection.one(_office, _OFFICE)

    def set(self, office: Office) -> None:
        """Keep the office; its rules are remembered as a new line of their history."""
        self._connection.execute(_SET_OFFICE, (office.name.code, office.name.name, office.level))
        self._connection.execute(
            "INSERT INTO office_rules (step_hundredths, policy) VALUES (?, ?)",
            (hundredths(office.rules.step), office.rules.policy),
        )

    def past_rules(self) -> tuple[Rules, ...]:
        """Return every pair of rules ever set, oldest first."""
        return self._connection.each(_rules, _PAST_RULES)

    def add_issued(self, issued: IssuedCertificate) -> None:
        """Keep a certificate just made."""
        self._connection.execute(
            _ADD_ISSUED,
            (
                issued.serial,
                issued.certificate,
                issued.name,
                issued.post,
                issued.age_recipient,
                time_text(issued.issued_at),
                None if issued.revoked_at is None else time_text(issued.revoked_at),
                issued.revocation_reason,
            ),
        )

    def save_issued(self, issued: IssuedCertificate) -> None:
        """Replace the revocation of a certificate."""
        revoked = None if issued.revoked_at is None else time_text(issued.revoked_at)
        self._connection.execute(_REVOKE, (revoked, issued.revocation_reason, issued.serial))

    def issued(self) -> tuple[IssuedCertificate, ...]:
        """Return all certificates made, oldest first."""
        return self._connection.each(_issued, _ISSUED)

    def add_revocation_list(self, revocations: RevocationList) -> None:
        """Keep a new CRL."""
        self._connection.execute(
            "INSERT INTO revocation_list (number, der) VALUES (?, ?)",
            (revocations.number, revocations.der),
        )

    def revocation_list(self) -> RevocationList | None:
        """Return the newest CRL."""
        return self._connection.one(_revocation_list, _NEWEST_REVOCATIONS)

    def next_profile_number(self) -> int:
        """Return the number for the next profile, one above the last; counts it as used."""
        self._connection.execute("UPDATE workspace SET profile_number = profile_number + 1")
        return whole(self._connection.scalar("SELECT profile_number FROM workspace"))


def _office(row: Row) -> Office:
    return Office(
        name=OfficeName(code=str(row["code"]), name=str(row["name"])),
        level=Level(str(row["level"])),
        rules=_rules(row),
    )


def _rules(row: Row) -> Rules:
    return Rules(step=points_of(row["step_hundredths"]), policy=Policy(str(row["policy"])))


def _revocation_list(row: Row) -> RevocationList:
    return RevocationList(number=whole(row["number"]), der=blob(row["der"]))


def _issued(row: Row) -> IssuedCertificate:
    return IssuedCertificate(
        serial=str(row["serial"]),
        certificate=blob(row["certificate"]),
        name=str(row["name"]),
        post=str(row["post"]),
        age_recipient=str(row["age_recipient"]),
        issued_at=time_of(row["issued_at"]),
        revoked_at=None if row["revoked_at"] is None else time_of(row["revoked_at"]),
        revocation_reason=str(row["revocation_reason"]),
    )
