"""Make, change and open packages between an inspector and his office; all names are synthetic."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from app.crypto.age import AgeSecret, decrypt_stream, encrypt_stream, new_age_secret
from app.crypto.facts import describe
from app.crypto.identity import SigningIdentity
from app.crypto.trust import TrustAnchors
from app.errors import AppError
from app.exchange.canonical import content_hash
from app.exchange.head import NO_PREVIOUS, Head, Kind
from app.exchange.opened import OpenPackage
from app.exchange.reader import Reader, open_package
from app.exchange.writer import Entry, FileEntry, write_package
from app.ports.progress import Progress
from tests.pki import MOMENT, Office, make_inspector, make_office, trusting

WORKSPACE = "0175a4f4-0000-7000-8000-00000000000a"
ENTRIES = (
    Entry(name="data/cards/a.json", content=b"a card, or nearly"),
    Entry(name="data/evidence/b", content=bytes(range(256)) * 40),
)


def make_head() -> Head:
    """Return the head of an inspector's seventh submission to office 440304."""
    return Head(
        package_id="0175a4f4-0000-7000-8000-000000000007",
        kind=Kind.SUBMISSION,
        rehearsal=False,
        stream=WORKSPACE,
        sequence=7,
        previous=NO_PREVIOUS,
        recipient="440304",
        created=MOMENT,
        audit_head="a" * 64,
        counts={"cards": 1, "evidence": 1},
        totals={"base": Decimal("98.5"), "bonus": Decimal(0)},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An office, its inspector, and a folder their packages lie in."""

    folder: Path
    office: Office = field(default_factory=make_office)
    inspector: SigningIdentity
    sender: AgeSecret = field(default_factory=new_age_secret)

    @property
    def trust(self) -> TrustAnchors:
        """What the office trusts: itself."""
        return trusting(self.office)

    @property
    def reader(self) -> Reader:
        """The office as a reader."""
        return Reader(office="440304", serials=frozenset())

    def write(
        self,
        head: Head | None = None,
        entries: Iterable[Entry | FileEntry] = ENTRIES,
        *,
        identity: SigningIdentity | None = None,
    ) -> Path:
        """Write a package from the inspector, or another, to the office."""
        path = self.folder / "x.akp"
        write_package(
            path,
            head=head or make_head(),
            entries=entries,
            identity=identity or self.inspector,
            recipients=[self.office.age.recipient, self.sender.recipient],
        )
        return path

    def open(
        self,
        path: Path,
        *,
        reader: Reader | None = None,
        trust: TrustAnchors | None = None,
        secrets: Iterable[AgeSecret] | None = None,
        now: datetime = MOMENT,
        received: datetime | None = None,
        progress: Progress | None = None,
    ) -> OpenPackage:
        """Open a package as the office does; `received` is the time of its receipt."""
        staging = self.folder / "staging"
        staging.mkdir(exist_ok=True)
        return open_package(
            path,
            reader=reader or self.reader,
            secrets=secrets or [self.office.age],
            trust=trust or self.trust,
            now=now,
            moment_of=lambda _: received or now,
            staging=staging,
            progress=progress,
        )

    def refusal(self, path: Path) -> AppError:
        """Return why the office refuses a package."""
        try:
            self.open(path)
        except AppError as refusal:
            return refusal
        raise AssertionError("the package was taken")

    def plain(self, path: Path) -> bytes:
        """Return the archive inside a package."""
        archive = BytesIO()
        with path.open("rb") as stream:
            decrypt_stream(stream, archive, [self.office.age])
        return archive.getvalue()

    def reseal(self, archive: bytes) -> Path:
        """Put an archive behind age again, as any courier can."""
        path = self.folder / "resealed.akp"
        with path.open("wb") as stream:
            encrypt_stream(BytesIO(archive), stream, [self.office.age.recipient])
        return path


def make_post(folder: Path) -> Post:
    """Make an office and its inspector."""
    office = make_office()
    return Post(folder=folder, office=office, inspector=make_inspector(office))


def file_entry(path: Path, name: str, content: bytes) -> FileEntry:
    """Write a file and return it as an entry."""
    path.write_bytes(content)
    return FileEntry(name=name, path=path, size=len(content), sha256=content_hash(content))


def serial(identity: SigningIdentity) -> str:
    """Return the serial of an identity's certificate."""
    return describe(identity.certificate).serial
