"""Opens a workspace: the database, the evidence folder and the lock, as one frozen dataclass."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.domain.trail import AuditEntry
from app.files import (
    WorkspaceLock,
    make_private_folder,
    staging_folder,
    sweep_staging,
    write_whole,
)
from app.ports import Clock, Ids
from db.copies import BACKUPS, DATABASE, EVIDENCE, Copies
from db.engine import Connection, integrity_problems, open_for_reading, open_for_writing
from db.stores.assignments import AssignmentStore
from db.stores.audit import AuditTrail
from db.stores.documents import DocumentStore
from db.stores.evidence import EvidenceStore
from db.stores.handover import HandoverStore
from db.stores.hazards import HazardStore
from db.stores.keys import CredentialStore, TrustStore
from db.stores.office import OfficeStore
from db.stores.packages import DecisionStore, PackageStore
from db.stores.photos import PhotoStore
from db.stores.phrases import PhraseStore
from db.stores.sealed import CardStore
from db.stores.supplements import SupplementStore
from db.stores.time_stamps import StampServiceStore
from db.stores.units import UnitStore

_IDENTIFY = "INSERT INTO workspace (only_one, id) VALUES (1, ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Fulfils `app.ports.Workspace`. Belongs to the thread that opened it."""

    home: Path
    copies: Copies
    units: UnitStore
    cards: CardStore
    supplements: SupplementStore
    documents: DocumentStore
    evidence: EvidenceStore
    office: OfficeStore
    credentials: CredentialStore
    trust: TrustStore
    packages: PackageStore
    decisions: DecisionStore
    assignments: AssignmentStore
    photos: PhotoStore
    phrases: PhraseStore
    hazards: HazardStore
    handovers: HandoverStore
    stamp_service: StampServiceStore
    audit: AuditTrail
    connection: Connection
    lock: WorkspaceLock
    clock: Clock

    @property
    def id(self) -> str:
        """Return the random id of this workspace: the stream of its packages."""
        return str(self.connection.scalar("SELECT id FROM workspace"))

    @property
    def rehearsal(self) -> bool:
        """Tell whether everything made here is 练习."""
        return bool(self.connection.scalar("SELECT rehearsal FROM workspace"))

    def set_rehearsal(self, *, rehearsal: bool) -> None:
        """Fix whether this workspace is for practice (inside `change`)."""
        self.connection.execute("UPDATE workspace SET rehearsal = ?", (int(rehearsal),))

    @contextmanager
    def change(self, entry: AuditEntry) -> Iterator[None]:
        """Make what happens inside one durable unit of work with its line in the audit trail."""
        with self.connection.transaction():
            yield
            self.audit.append(entry, self.clock.now())

    def staging(self) -> AbstractContextManager[Path]:
        """Give an empty folder on the workspace's own disk; it is gone afterwards."""
        return staging_folder(self.home)

    def problems(self) -> tuple[str, ...]:
        """Return what SQLite's own integrity and foreign key checks find."""
        return integrity_problems(self.connection)

    def close(self) -> None:
        """Close the database and give the lock back."""
        self.connection.close()
        self.lock.release()


def open_workspace(
    home: Path, *, clock: Clock, ids: Ids, writing: bool = True, key: str | None = None
) -> Workspace:
    """Open the workspace in a folder, making it when there is none.

    `writing` takes the lock that keeps a second writing program out; without it the workspace may
    be read while the window is open, unless it must first be made or migrated.

    Raises:
        AppError: WORKSPACE_IN_USE, FILE_NOT_WRITABLE, and all that `open_for_writing` raises.

    """
    make_private_folder(home)
    path = home / DATABASE
    lock = WorkspaceLock(home)
    connection = None if writing else open_for_reading(path, key=key)
    if connection is None:
        lock.acquire()
        try:
            connection = _open_for_writing(home, ids=ids, key=key)
        except BaseException:
            lock.release()
            raise
    evidence = EvidenceStore(home / EVIDENCE)
    return Workspace(
        copies=Copies(connection, home, evidence, key=key),
        home=home,
        units=UnitStore(connection),
        cards=CardStore(connection),
        supplements=SupplementStore(connection),
        documents=DocumentStore(connection),
        evidence=evidence,
        office=OfficeStore(connection),
        credentials=CredentialStore(connection),
        trust=TrustStore(connection),
        packages=PackageStore(connection),
        decisions=DecisionStore(connection),
        assignments=AssignmentStore(connection),
        photos=PhotoStore(connection),
        phrases=PhraseStore(connection),
        hazards=HazardStore(connection),
        handovers=HandoverStore(connection),
        stamp_service=StampServiceStore(connection),
        audit=AuditTrail(connection),
        connection=connection,
        lock=lock,
        clock=clock,
    )


def _open_for_writing(home: Path, *, ids: Ids, key: str | None) -> Connection:
    sweep_staging(home)
    if not (home / DATABASE).exists():
        _make_database(home, ids=ids, key=key)
    return open_for_writing(home / DATABASE, backups=home / BACKUPS, key=key)


def _make_database(home: Path, *, ids: Ids, key: str | None) -> None:
    """Make a database with its identity aside, so that nobody ever meets half of one."""
    with staging_folder(home) as folder:
        path = folder / DATABASE
        with closing(open_for_writing(path, backups=folder, key=key)) as connection:
            connection.execute(_IDENTIFY, (ids.new(),))
            connection.scalar("PRAGMA wal_checkpoint (TRUNCATE)")  # closing hides its failure
        write_whole(home / DATABASE, path.read_bytes(), private=True)
