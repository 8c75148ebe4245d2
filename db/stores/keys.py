"""Keys at rest, and the offices trusted by fingerprint."""

from app.domain.card import OfficeName, Policy
from app.domain.keyring import Credential, CredentialKind, TrustedOffice
from app.domain.office import Level, Office, Rules
from db.engine import Connection, Row
from db.stores.columns import blob, hundredths, points_of, whole

_SET_CREDENTIAL = """
    INSERT INTO credential (kind, certificate, sealed_key, sealed_age, compact)
    VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET certificate = excluded.certificate,
        sealed_key = excluded.sealed_key, sealed_age = excluded.sealed_age,
        compact = excluded.compact
"""
_GET_CREDENTIAL = """
    SELECT kind, certificate, sealed_key, sealed_age, compact FROM credential WHERE kind = ?
"""
_TRUST_COLUMNS = """
    code, name, level, step_hundredths, policy, rehearsal, fingerprint, number, ca, crl, recipient,
    profile
"""
_SET_TRUST = f"""
    INSERT INTO trusted_office ({_TRUST_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET name = excluded.name, level = excluded.level,
        step_hundredths = excluded.step_hundredths, policy = excluded.policy,
        rehearsal = excluded.rehearsal, fingerprint = excluded.fingerprint,
        number = excluded.number, ca = excluded.ca, crl = excluded.crl,
        recipient = excluded.recipient, profile = excluded.profile
"""
_GET_TRUST = f"SELECT {_TRUST_COLUMNS} FROM trusted_office WHERE code = ?"
_ALL_TRUST = f"SELECT {_TRUST_COLUMNS} FROM trusted_office ORDER BY code"


class CredentialStore:
    """Fulfils `app.ports.CredentialStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, kind: CredentialKind) -> Credential | None:
        """Return the credential of a kind."""
        return self._connection.one(_credential, _GET_CREDENTIAL, (kind,))

    def set(self, credential: Credential) -> None:
        """Keep a credential in place of an earlier one of its kind."""
        self._connection.execute(
            _SET_CREDENTIAL,
            (
                credential.kind,
                credential.certificate,
                credential.sealed_key,
                credential.sealed_age,
                credential.compact,
            ),
        )


class TrustStore:
    """Fulfils `app.ports.TrustStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set(self, office: TrustedOffice) -> None:
        """Trust an office, or renew its profile."""
        self._connection.execute(
            _SET_TRUST,
            (
                office.office.name.code,
                office.office.name.name,
                office.office.level,
                hundredths(office.office.rules.step),
                office.office.rules.policy,
                int(office.rehearsal),
                office.fingerprint,
                office.number,
                office.ca,
                office.crl,
                office.recipient,
                office.profile,
            ),
        )

    def get(self, code: str) -> TrustedOffice | None:
        """Return a trusted office by its code."""
        return self._connection.one(_trusted, _GET_TRUST, (code,))

    def all(self) -> tuple[TrustedOffice, ...]:
        """Return all trusted offices by code."""
        return self._connection.each(_trusted, _ALL_TRUST)


def _credential(row: Row) -> Credential:
    return Credential(
        kind=CredentialKind(str(row["kind"])),
        certificate=blob(row["certificate"]),
        sealed_key=blob(row["sealed_key"]),
        sealed_age=blob(row["sealed_age"]),
        compact=blob(row["compact"]),
    )


def _trusted(row: Row) -> TrustedOffice:
    return TrustedOffice(
        office=Office(
            name=OfficeName(code=str(row["code"]), name=str(row["name"])),
            level=Level(str(row["level"])),
            rules=Rules(step=points_of(row["step_hundredths"]), policy=Policy(str(row["policy"]))),
        ),
        rehearsal=bool(row["rehearsal"]),
        fingerprint=str(row["fingerprint"]),
        number=whole(row["number"]),
        ca=blob(row["ca"]),
        crl=blob(row["crl"]),
        recipient=str(row["recipient"]),
        profile=blob(row["profile"]),
    )
