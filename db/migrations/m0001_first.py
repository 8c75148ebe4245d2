"""The first schema: workspace, units, cards, evidence, office, keys, packages, audit trail.

Points are kept as integer hundredths, times as ISO 8601 UTC, booleans as 0 and 1.
"""

from sqlite_utils import Database

from db.migrations.registry import MIGRATIONS

_STATEMENTS = (
    """
    CREATE TABLE workspace (
        only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
        id TEXT NOT NULL,
        rehearsal INTEGER NOT NULL DEFAULT 0 CHECK (rehearsal IN (0, 1)),
        profile_number INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE unit (
        code TEXT NOT NULL,
        sub_unit TEXT NOT NULL,
        name TEXT NOT NULL,
        workers INTEGER,
        women INTEGER,
        migrant INTEGER,
        hazard_exposed INTEGER,
        high_risk INTEGER CHECK (high_risk IN (0, 1)),
        PRIMARY KEY (code, sub_unit)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE document (
        hash TEXT PRIMARY KEY,
        content BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE card (
        id TEXT NOT NULL,
        revision INTEGER NOT NULL CHECK (revision >= 1),
        rehearsal INTEGER NOT NULL CHECK (rehearsal IN (0, 1)),
        office_code TEXT NOT NULL,
        office_name TEXT NOT NULL,
        season TEXT NOT NULL,
        form TEXT NOT NULL REFERENCES document (hash),
        guide TEXT NOT NULL REFERENCES document (hash),
        step_hundredths INTEGER NOT NULL,
        policy TEXT NOT NULL,
        unit_code TEXT NOT NULL,
        sub_unit TEXT NOT NULL,
        unit_name TEXT NOT NULL,
        workers INTEGER,
        women INTEGER,
        migrant INTEGER,
        hazard_exposed INTEGER,
        high_risk INTEGER CHECK (high_risk IN (0, 1)),
        date_from TEXT NOT NULL,
        date_to TEXT NOT NULL,
        assessors TEXT NOT NULL,
        previous_hash TEXT,
        previous_scores_hash TEXT,
        previous_reason TEXT,
        sealed TEXT REFERENCES sealed_card (hash),
        PRIMARY KEY (id, revision)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX card_by_unit ON card (unit_code, sub_unit)",
    """
    CREATE TABLE clause_mark (
        card_id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        clause TEXT NOT NULL,
        hundredths INTEGER,
        reason TEXT NOT NULL,
        source TEXT NOT NULL,
        PRIMARY KEY (card_id, revision, clause),
        FOREIGN KEY (card_id, revision) REFERENCES card (id, revision)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE clause_evidence (
        card_id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        clause TEXT NOT NULL,
        position INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        PRIMARY KEY (card_id, revision, clause, position),
        FOREIGN KEY (card_id, revision) REFERENCES card (id, revision)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE card_signature (
        card_id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        position INTEGER NOT NULL,
        signatory TEXT NOT NULL,
        name TEXT NOT NULL,
        at TEXT NOT NULL,
        manner TEXT NOT NULL,
        header_hash TEXT NOT NULL,
        scores_hash TEXT NOT NULL,
        PRIMARY KEY (card_id, revision, position),
        FOREIGN KEY (card_id, revision) REFERENCES card (id, revision)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE sealed_card (
        hash TEXT PRIMARY KEY,
        card_id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        unit_code TEXT NOT NULL,
        sub_unit TEXT NOT NULL,
        unit_name TEXT NOT NULL,
        form TEXT NOT NULL,
        guide TEXT NOT NULL,
        step_hundredths INTEGER NOT NULL,
        policy TEXT NOT NULL,
        document BLOB NOT NULL,
        cms BLOB NOT NULL,
        pdf_sha256 TEXT NOT NULL,
        pdf_name TEXT NOT NULL,
        pdf_size INTEGER NOT NULL,
        base_hundredths INTEGER NOT NULL,
        bonus_hundredths INTEGER NOT NULL,
        sealed_at TEXT NOT NULL,
        signer TEXT NOT NULL,
        received_in TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX sealed_card_by_card ON sealed_card (card_id, revision)",
    "CREATE INDEX sealed_card_by_unit ON sealed_card (unit_code, sub_unit)",
    """
    CREATE TABLE supplement (
        number INTEGER PRIMARY KEY,
        hash TEXT NOT NULL UNIQUE,
        card_hash TEXT NOT NULL REFERENCES sealed_card (hash),
        document BLOB NOT NULL,
        cms BLOB NOT NULL,
        signer TEXT NOT NULL,
        received_in TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX supplement_by_card ON supplement (card_hash)",
    """
    CREATE TABLE office (
        only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
        code TEXT NOT NULL,
        name TEXT NOT NULL,
        level TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE office_rules (
        number INTEGER PRIMARY KEY,
        step_hundredths INTEGER NOT NULL,
        policy TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE issued_certificate (
        serial TEXT PRIMARY KEY,
        certificate BLOB NOT NULL,
        name TEXT NOT NULL,
        post TEXT NOT NULL,
        age_recipient TEXT NOT NULL,
        issued_at TEXT NOT NULL,
        revoked_at TEXT,
        revocation_reason TEXT NOT NULL
    ) STRICT
    """,
    "CREATE TABLE revocation_list (number INTEGER PRIMARY KEY, der BLOB NOT NULL) STRICT",
    """
    CREATE TABLE credential (
        kind TEXT PRIMARY KEY,
        certificate BLOB NOT NULL,
        sealed_key BLOB NOT NULL,
        sealed_age BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE trusted_office (
        code TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        level TEXT NOT NULL,
        step_hundredths INTEGER NOT NULL,
        policy TEXT NOT NULL,
        rehearsal INTEGER NOT NULL CHECK (rehearsal IN (0, 1)),
        fingerprint TEXT NOT NULL,
        number INTEGER NOT NULL,
        ca BLOB NOT NULL,
        crl BLOB NOT NULL,
        recipient TEXT NOT NULL,
        profile BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE package (
        handled INTEGER PRIMARY KEY,
        digest TEXT NOT NULL UNIQUE,
        package_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        outgoing INTEGER NOT NULL CHECK (outgoing IN (0, 1)),
        stream TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        previous TEXT NOT NULL,
        peer TEXT NOT NULL,
        created_at TEXT NOT NULL,
        handled_at TEXT NOT NULL,
        audit_head TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX package_by_stream ON package (stream, peer, outgoing, sequence)",
    """
    CREATE TABLE package_item (
        package INTEGER NOT NULL REFERENCES package (handled),
        position INTEGER NOT NULL,
        card_id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        hash TEXT NOT NULL,
        outcome TEXT NOT NULL,
        reason TEXT NOT NULL,
        verdict TEXT,
        PRIMARY KEY (package, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX package_item_by_card ON package_item (hash)",
    """
    CREATE TABLE decision (
        hash TEXT PRIMARY KEY,
        verdict TEXT NOT NULL,
        reason TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE audit_event (
        number INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        details TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE ON audit_event
    BEGIN SELECT RAISE (ABORT, 'the audit trail is append-only'); END
    """,
    """
    CREATE TRIGGER audit_event_is_never_deleted BEFORE DELETE ON audit_event
    BEGIN SELECT RAISE (ABORT, 'the audit trail is append-only'); END
    """,
)


@MIGRATIONS()
def m0001_first(db: Database) -> None:
    """Create every table of the first release."""
    for statement in _STATEMENTS:
        db.execute(statement)
