CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
ON "_sqlite_migrations" ("migration_set", "name");

CREATE TABLE assignment (
    inspector TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    sub_unit TEXT NOT NULL,
    unit_name TEXT NOT NULL,
    workers INTEGER,
    women INTEGER,
    migrant INTEGER,
    hazard_exposed INTEGER,
    high_risk INTEGER CHECK (high_risk IN (0, 1)),
    card_id TEXT NOT NULL,
    season TEXT NOT NULL,
    due TEXT NOT NULL,
    team TEXT NOT NULL,
    note TEXT NOT NULL,
    last_total_hundredths INTEGER,
    last_date TEXT,
    open_hazards TEXT NOT NULL,
    withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    issued_at TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (inspector, unit_code, sub_unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_event (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE (ABORT, 'the audit trail is append-only'); END;

CREATE TRIGGER audit_event_is_never_deleted BEFORE DELETE ON audit_event
BEGIN SELECT RAISE (ABORT, 'the audit trail is append-only'); END;

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
    sealed TEXT REFERENCES sealed_card (hash), visit TEXT, opinion TEXT,
    PRIMARY KEY (id, revision)
) STRICT, WITHOUT ROWID;

CREATE INDEX card_by_unit ON card (unit_code, sub_unit);

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
) STRICT, WITHOUT ROWID;

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
) STRICT, WITHOUT ROWID;

CREATE TABLE clause_mark (
    card_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    clause TEXT NOT NULL,
    hundredths INTEGER,
    reason TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (card_id, revision, clause),
    FOREIGN KEY (card_id, revision) REFERENCES card (id, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE credential (
    kind TEXT PRIMARY KEY,
    certificate BLOB NOT NULL,
    sealed_key BLOB NOT NULL,
    sealed_age BLOB NOT NULL
, compact BLOB NOT NULL DEFAULT x'') STRICT;

CREATE TABLE decision (
    hash TEXT PRIMARY KEY,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE document (
    hash TEXT PRIMARY KEY,
    content BLOB NOT NULL
) STRICT;

CREATE TABLE handover (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    card_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    copy TEXT NOT NULL,
    manner TEXT NOT NULL,
    recipient TEXT NOT NULL,
    day TEXT NOT NULL,
    remark TEXT NOT NULL,
    recorded_at TEXT,
    FOREIGN KEY (card_id, revision) REFERENCES card (id, revision)
) STRICT;

CREATE UNIQUE INDEX handover_being_written ON handover (card_id) WHERE recorded_at IS NULL;

CREATE INDEX handover_by_card ON handover (card_id, number);

CREATE TRIGGER handover_is_never_deleted BEFORE DELETE ON handover
BEGIN SELECT RAISE (ABORT, 'a handover is never deleted'); END;

CREATE TRIGGER handover_once_recorded_is_never_changed BEFORE UPDATE ON handover
WHEN OLD.recorded_at IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'a recorded handover is never changed'); END;

CREATE TABLE hazard (
    id TEXT PRIMARY KEY,
    unit_code TEXT NOT NULL,
    sub_unit TEXT NOT NULL,
    card_id TEXT,
    clause TEXT,
    text TEXT NOT NULL,
    place TEXT NOT NULL,
    grade TEXT NOT NULL,
    measure TEXT NOT NULL,
    person_name TEXT NOT NULL,
    person_post TEXT NOT NULL,
    telephone TEXT NOT NULL,
    deadline TEXT,
    state TEXT NOT NULL
) STRICT;

CREATE INDEX hazard_by_unit ON hazard (unit_code, sub_unit);

CREATE TRIGGER hazard_is_never_deleted BEFORE DELETE ON hazard
BEGIN SELECT RAISE (ABORT, 'a hazard is withdrawn, not deleted'); END;

CREATE INDEX hazard_unsettled ON hazard (unit_code, sub_unit)
WHERE state NOT IN ('closed', 'withdrawn');

CREATE TABLE hazard_photo (
    hazard TEXT NOT NULL REFERENCES hazard (id),
    side TEXT NOT NULL,
    position INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (hazard, side, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE hazard_report (
    hazard TEXT NOT NULL REFERENCES hazard (id),
    recipient TEXT NOT NULL,
    name TEXT NOT NULL,
    day TEXT,
    how TEXT NOT NULL,
    PRIMARY KEY (hazard, recipient)
) STRICT, WITHOUT ROWID;

CREATE TABLE hazard_step (
    hazard TEXT NOT NULL REFERENCES hazard (id),
    position INTEGER NOT NULL,
    act TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    remark TEXT NOT NULL,
    PRIMARY KEY (hazard, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER hazard_step_is_never_changed BEFORE UPDATE ON hazard_step
BEGIN SELECT RAISE (ABORT, 'the history of a hazard is append-only'); END;

CREATE TRIGGER hazard_step_is_never_deleted BEFORE DELETE ON hazard_step
BEGIN SELECT RAISE (ABORT, 'the history of a hazard is append-only'); END;

CREATE TABLE issued_certificate (
    serial TEXT PRIMARY KEY,
    certificate BLOB NOT NULL,
    name TEXT NOT NULL,
    post TEXT NOT NULL,
    age_recipient TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    revoked_at TEXT,
    revocation_reason TEXT NOT NULL
) STRICT;

CREATE TABLE office (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    level TEXT NOT NULL
) STRICT;

CREATE TABLE office_rules (
    number INTEGER PRIMARY KEY,
    step_hundredths INTEGER NOT NULL,
    policy TEXT NOT NULL
) STRICT;

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
) STRICT;

CREATE INDEX package_by_stream ON package (stream, peer, outgoing, sequence);

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
) STRICT, WITHOUT ROWID;

CREATE INDEX package_item_by_card ON package_item (hash);

CREATE TABLE photo (
    sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    taken_at TEXT NOT NULL,
    time_source TEXT NOT NULL,
    arrived_at TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    orientation INTEGER NOT NULL,
    has_location INTEGER NOT NULL CHECK (has_location IN (0, 1)),
    unit_code TEXT,
    sub_unit TEXT,
    card_id TEXT,
    derived_from TEXT REFERENCES photo (sha256),
    copy TEXT,
    note TEXT NOT NULL,
    CHECK ((unit_code IS NULL) = (sub_unit IS NULL)),
    CHECK ((derived_from IS NULL) = (copy IS NULL))
) STRICT;

CREATE INDEX photo_by_name ON photo (name, size);

CREATE INDEX photo_by_original ON photo (derived_from) WHERE derived_from IS NOT NULL;

CREATE INDEX photo_by_unit ON photo (unit_code, sub_unit, taken_at);

CREATE TABLE phrase (
    clause TEXT NOT NULL,
    text TEXT NOT NULL,
    used INTEGER NOT NULL CHECK (used >= 1),
    last_used TEXT NOT NULL,
    PRIMARY KEY (clause, text)
) STRICT, WITHOUT ROWID;

CREATE TABLE revocation_list (number INTEGER PRIMARY KEY, der BLOB NOT NULL) STRICT;

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
) STRICT;

CREATE INDEX sealed_card_by_card ON sealed_card (card_id, revision);

CREATE INDEX sealed_card_by_pdf ON sealed_card (pdf_sha256);

CREATE INDEX sealed_card_by_unit ON sealed_card (unit_code, sub_unit);

CREATE TABLE supplement (
    number INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    card_hash TEXT NOT NULL REFERENCES sealed_card (hash),
    document BLOB NOT NULL,
    cms BLOB NOT NULL,
    signer TEXT NOT NULL,
    received_in TEXT NOT NULL
) STRICT;

CREATE INDEX supplement_by_card ON supplement (card_hash);

CREATE TABLE time_stamp_service (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    url TEXT NOT NULL,
    ca BLOB NOT NULL
) STRICT;

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
) STRICT;

CREATE TABLE unit (
    code TEXT NOT NULL,
    sub_unit TEXT NOT NULL,
    name TEXT NOT NULL,
    workers INTEGER,
    women INTEGER,
    migrant INTEGER,
    hazard_exposed INTEGER,
    high_risk INTEGER CHECK (high_risk IN (0, 1)), district TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (code, sub_unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE workspace (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    id TEXT NOT NULL,
    rehearsal INTEGER NOT NULL DEFAULT 0 CHECK (rehearsal IN (0, 1)),
    profile_number INTEGER NOT NULL DEFAULT 0
) STRICT;
