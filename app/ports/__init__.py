"""What the services need from storage, clock and ids. `db` and `main` fulfil these Protocols.

Reading methods may be called at any time; writing ones only inside `Workspace.change`, which makes
them one unit of work with its line in the audit trail.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from app.domain.card import Card, CardHash, Person
from app.domain.delivery import Decision, PackageRecord
from app.domain.evidence import Evidence, Sha256
from app.domain.keyring import (
    Credential,
    CredentialKind,
    IssuedCertificate,
    RevocationList,
    TrustedOffice,
)
from app.domain.office import Office, Rules
from app.domain.sealed import CardLine, SealedCard, SealedIndex
from app.domain.supplement import SealedSupplement, SupplementHash
from app.domain.trail import AuditEntry, AuditLine
from app.domain.unit import Unit, UnitKey
from app.ports.assignments import AssignmentStore
from app.ports.copies import Copies
from app.ports.handover import HandoverStore
from app.ports.hazards import HazardStore
from app.ports.photos import PhotoStore
from app.ports.phrases import PhraseStore
from app.ports.time_stamps import StampServiceStore


class Clock(Protocol):
    """Tells the moment."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""


class Ids(Protocol):
    """Makes identifiers."""

    def new(self) -> str:
        """Return a new UUIDv7 in its usual text form."""


class UnitStore(Protocol):
    """Participating units."""

    def add(self, unit: Unit) -> None:
        """Keep a new unit; AppError UNIT_EXISTS when the key is taken."""

    def save(self, unit: Unit) -> None:
        """Replace the name and facts of a unit."""

    def get(self, key: UnitKey) -> Unit | None:
        """Return the unit of this key."""

    def with_code(self, code: str) -> tuple[Unit, ...]:
        """Return the units that share a code, by sub-unit."""

    def all(self) -> tuple[Unit, ...]:
        """Return every unit, by code and sub-unit."""

    def some(self, *, after: UnitKey | None, most: int) -> tuple[Unit, ...]:
        """Return the next units behind a key (None for the first ones)."""


class CardStore(Protocol):
    """Cards: drafts as rows, sealed revisions as signed bytes with rows as their index."""

    def add(self, card: Card) -> None:
        """Keep a new revision."""

    def save(self, before: Card, after: Card) -> None:
        """Keep what differs between two states of the same revision."""

    def get(self, card_id: str) -> Card | None:
        """Return the newest revision."""

    def revision(self, card_id: str, revision: int) -> Card | None:
        """Return one revision, as its rows have it."""

    def drafts_of(self, key: UnitKey) -> tuple[Card, ...]:
        """Return the unsealed cards of a unit."""

    def drafts(self) -> tuple[Card, ...]:
        """Return all unsealed cards."""

    def lines(self) -> tuple[CardLine, ...]:
        """Return every card's newest revision, oldest card first."""

    def some_lines(self, *, after: str, most: int) -> tuple[CardLine, ...]:
        """Return the next of these lines behind a card ('' for the first ones)."""

    def assessors(self) -> tuple[Person, ...]:
        """Return who assessed before, at most 50, those of the newest cards first."""

    def seal(self, sealed: SealedCard) -> None:
        """Keep the sealed bytes of a revision that stands here as a draft."""

    def add_received(self, sealed: SealedCard, card: Card) -> None:
        """Keep a sealed revision that came in.

        Its rows are made too, unless another document already has them (a conflict).
        """

    def sealed(self, card_hash: CardHash) -> SealedCard | None:
        """Return a sealed revision by its hash."""

    def sealed_as(self, pdf: Sha256) -> SealedCard | None:
        """Return the sealed revision whose PDF has this hash."""

    def sealed_beginning(self, digits: str) -> tuple[SealedIndex, ...]:
        """Return the sealed revisions whose hash begins with these lower-case digits."""

    def sealed_revisions(self, card_id: str) -> tuple[SealedIndex, ...]:
        """Return the sealed revisions of a card, oldest first: two of a number are a conflict."""

    def sealed_of_unit(self, key: UnitKey) -> tuple[SealedIndex, ...]:
        """Return the sealed revisions of a unit's cards."""

    def all_sealed(self) -> tuple[SealedIndex, ...]:
        """Return every sealed revision, by card and revision."""


class SupplementStore(Protocol):
    """What came after cards were sealed."""

    def add(self, sealed: SealedSupplement) -> None:
        """Keep a supplement; the same one twice is one."""

    def get(self, supplement_hash: str) -> SealedSupplement | None:
        """Return a supplement by its hash."""

    def of(self, card_hash: CardHash) -> tuple[SealedSupplement, ...]:
        """Return the supplements of a sealed revision, in the order they were kept."""


class DocumentStore(Protocol):
    """Forms and guides under their hash, for as long as a card needs them."""

    def keep(self, content_hash: str, document: bytes) -> None:
        """Keep a document; the same hash twice is one."""

    def get(self, content_hash: str) -> bytes | None:
        """Return a document by its hash."""


class EvidenceStore(Protocol):
    """Files under the SHA-256 of their content; originals are never altered."""

    def take(self, source: Path, *, name: str, media_type: str) -> Evidence:
        """Copy a file in, fsynced.

        Raises:
            AppError: FILE_MISSING, FILE_UNREADABLE, EVIDENCE_EMPTY, DISK_FULL.

        """

    def put(self, content: bytes, *, name: str, media_type: str) -> Evidence:
        """Keep bytes as a file; AppError DISK_FULL."""

    def path(self, sha256: Sha256) -> Path:
        """Return where a kept file lies; AppError EVIDENCE_MISSING."""

    def open(self, sha256: Sha256) -> BinaryIO:
        """Open a kept file for reading; AppError EVIDENCE_MISSING."""

    def holds(self, sha256: Sha256) -> bool:
        """Tell whether the file is there."""

    def is_intact(self, sha256: Sha256) -> bool:
        """Tell whether the file is there and still has its hash."""

    def all(self) -> tuple[Sha256, ...]:
        """Return the hashes of all files, sorted."""


class OfficeStore(Protocol):
    """The office's own affairs: who it is, its rules, its certificates."""

    def get(self) -> Office | None:
        """Return the office of this workspace, if it is one."""

    def set(self, office: Office) -> None:
        """Keep the office; its rules are remembered as a new line of their history."""

    def past_rules(self) -> tuple[Rules, ...]:
        """Return every pair of rules ever set, oldest first."""

    def add_issued(self, issued: IssuedCertificate) -> None:
        """Keep a certificate just made."""

    def save_issued(self, issued: IssuedCertificate) -> None:
        """Replace the revocation of a certificate."""

    def issued(self) -> tuple[IssuedCertificate, ...]:
        """Return all certificates made, oldest first."""

    def add_revocation_list(self, revocations: RevocationList) -> None:
        """Keep a new CRL."""

    def revocation_list(self) -> RevocationList | None:
        """Return the newest CRL."""

    def next_profile_number(self) -> int:
        """Return the number for the next profile, one above the last; counts it as used."""


class CredentialStore(Protocol):
    """Keys at rest."""

    def get(self, kind: CredentialKind) -> Credential | None:
        """Return the credential of a kind."""

    def set(self, credential: Credential) -> None:
        """Keep a credential in place of an earlier one of its kind."""


class TrustStore(Protocol):
    """Offices trusted by fingerprint."""

    def set(self, office: TrustedOffice) -> None:
        """Trust an office, or renew its profile."""

    def get(self, code: str) -> TrustedOffice | None:
        """Return a trusted office by its code."""

    def all(self) -> tuple[TrustedOffice, ...]:
        """Return all trusted offices by code."""


class PackageStore(Protocol):
    """Packages written and taken in, and what they prove."""

    def add(self, record: PackageRecord) -> None:
        """Keep a package with its items; of a package known already, renew the items."""

    def get(self, digest: str) -> PackageRecord | None:
        """Return a package by its digest."""

    def last(self, *, stream: str, peer: str, outgoing: bool) -> PackageRecord | None:
        """Return the package with the highest sequence of a stream to a peer."""

    def all(self, *, outgoing: bool) -> tuple[PackageRecord, ...]:
        """Return packages in the order they were handled."""

    def is_exported(self, record: CardHash | SupplementHash) -> bool:
        """Tell whether a package holding the card or supplement was written and read back."""


class DecisionStore(Protocol):
    """The last word on each sealed card."""

    def set(self, decision: Decision) -> None:
        """Keep a decision in place of an earlier one."""

    def get(self, record: CardHash | SupplementHash) -> Decision | None:
        """Return the decision on a card."""

    def all(self) -> Mapping[str, Decision]:
        """Return all decisions."""


class AuditTrail(Protocol):
    """The hash-chained trail; written by `Workspace.change` alone."""

    def head(self) -> str:
        """Return the hash of the last line; 64 zeros when there is none."""

    def last_at(self) -> datetime | None:
        """Return the moment of the last line."""

    def lines(self) -> Iterable[AuditLine]:
        """Yield all lines, oldest first."""

    def first_broken(self) -> int | None:
        """Return the number of the first line that does not follow from the one before it."""


class Workspace(Protocol):
    """An opened workspace: all stores over one database and one folder."""

    @property
    def id(self) -> str:
        """Return the random id of this workspace: the stream of its packages."""

    @property
    def home(self) -> Path:
        """Return the folder of the workspace."""

    @property
    def rehearsal(self) -> bool:
        """Tell whether everything made here is 练习."""

    def set_rehearsal(self, *, rehearsal: bool) -> None:
        """Fix whether this workspace is for practice (inside `change`)."""

    @property
    def units(self) -> UnitStore:
        """Return the participating units."""

    @property
    def cards(self) -> CardStore:
        """Return the cards."""

    @property
    def supplements(self) -> SupplementStore:
        """Return what came after cards were sealed."""

    @property
    def documents(self) -> DocumentStore:
        """Return the forms and guides."""

    @property
    def evidence(self) -> EvidenceStore:
        """Return the kept files."""

    @property
    def office(self) -> OfficeStore:
        """Return the office's own affairs."""

    @property
    def credentials(self) -> CredentialStore:
        """Return the keys at rest."""

    @property
    def trust(self) -> TrustStore:
        """Return the trusted offices."""

    @property
    def packages(self) -> PackageStore:
        """Return the packages written and taken in."""

    @property
    def decisions(self) -> DecisionStore:
        """Return the last word on each card."""

    @property
    def assignments(self) -> AssignmentStore:
        """Return the units given to the inspector here, or given out by the office."""

    @property
    def photos(self) -> PhotoStore:
        """Return the photos in the trays, and the copies made of them."""

    @property
    def phrases(self) -> PhraseStore:
        """Return the reasons written before."""

    @property
    def hazards(self) -> HazardStore:
        """Return the hazards of all units."""

    @property
    def handovers(self) -> HandoverStore:
        """Return how copies of cards were handed over."""

    @property
    def stamp_service(self) -> StampServiceStore:
        """Return the time stamp service that is set."""

    @property
    def copies(self) -> Copies:
        """Return what makes copies of the whole workspace and takes them back."""

    @property
    def audit(self) -> AuditTrail:
        """Return the audit trail."""

    def change(self, entry: AuditEntry) -> AbstractContextManager[None]:
        """Make what happens inside one durable unit of work with its line in the audit trail."""

    def staging(self) -> AbstractContextManager[Path]:
        """Give an empty folder on the workspace's own disk; it is gone afterwards."""

    def problems(self) -> tuple[str, ...]:
        """Return what SQLite's own integrity and foreign key checks find."""

    def close(self) -> None:
        """Close the database and give the lock back."""


class OpenWorkspace(Protocol):
    """Opens the workspace in a folder; `db.workspace.open_workspace` is the one there is."""

    def __call__(self, home: Path, *, clock: Clock, ids: Ids, writing: bool) -> Workspace:
        """Open, making it when there is none.

        Raises:
            AppError: WORKSPACE_IN_USE, DATABASE_NEWER, DATABASE_DAMAGED, FILE_NOT_WRITABLE ...

        """
