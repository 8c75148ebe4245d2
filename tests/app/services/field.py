"""A district in a folder: an office and two inspectors, real SQLite, real keys, made-up names.

Deriving a key from a passphrase takes a fifth of a second: the three workspaces are founded once
for a run and copied for each test, and their opened keys are shared.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import sqlcipher3

from app.crypto.facts import describe
from app.crypto.passphrase import passphrase_of_text
from app.domain.card import CardId
from app.domain.delivery import Outcome, PackageRecord
from app.domain.keyring import CredentialKind
from app.domain.sealed import SealedCard
from app.domain.signature import Manner, Pending, Signatory
from app.domain.unit import Fact, Unit
from app.services.cards.assess import Entry, Inapplicable, Points, new_card, record
from app.services.desk.desk import Changes, Desk
from app.services.keys.trust import use_identity
from app.services.keys.unlock import Unlocked, unlock
from app.services.office.authority import enroll, found_office
from app.services.office.decide import accept_cards
from app.services.office.receipts import write_receipts
from app.services.packages.submit import submit
from app.services.packages.take_in import Imported, take_in
from app.services.seal.seal import keep_sealed, plan_seal, seal
from app.services.seal.sign import sign_card
from app.services.units.register import add_unit, set_facts
from db.workspace import open_workspace
from tests.fakes import START, FakeClock, FakeIds
from tests.forms import RESOURCES, SYNTHETIC_CODES
from tests.scorecards import synthetic_ink

OFFICE_NAME, OFFICE_CODE = "测试区总工会竞赛办", "440306"
OFFICE_WORDS, INSPECTOR_WORDS = "机构口令 not a secret", "个人口令 not a secret"
OFFICE_PASSPHRASE = passphrase_of_text(OFFICE_WORDS)
INSPECTOR_PASSPHRASE = passphrase_of_text(INSPECTOR_WORDS)
WRONG_PASSPHRASE = passphrase_of_text("wrong")
INSPECTORS = {"first": "测试甲", "second": "测试乙"}
_SEEDS = {"office": 0xA, "first": 0xB, "second": 0xC}
_KNOWN: Mapping[str, str] = {
    Fact.WORKERS: "130",
    Fact.WOMEN: "40",
    Fact.MIGRANT: "60",
    Fact.HAZARD_EXPOSED: "12",
    Fact.HIGH_RISK: "no",
}


def desk_in(home: Path, *, clock: FakeClock, seed: int) -> Desk:
    """Open a workspace under a clock and ids of the test."""
    ids = FakeIds(seed=seed)
    workspace = open_workspace(home, clock=clock, ids=ids, writing=True)
    return Desk(workspace=workspace, clock=clock, ids=ids, resources=RESOURCES)


@dataclass(frozen=True, kw_only=True)
class Founded:
    """The three workspaces as founded, to be copied, and their opened keys."""

    folder: Path
    moment: datetime
    keys: Mapping[str, Unlocked]


def found(
    folder: Path,
    *,
    code: str = OFFICE_CODE,
    rehearsal: bool = False,
    moment: datetime = START,
) -> Founded:
    """Found the office and enrol its two inspectors."""
    clock = FakeClock(moment=moment)
    keys: dict[str, Unlocked] = {}
    with closing_desk(folder / "office", clock=clock, seed=1) as office:
        found_office(
            office,
            name=OFFICE_NAME,
            code=code,
            level="district",
            rehearsal=rehearsal,
            passphrase=OFFICE_PASSPHRASE,
        )
        keys["office"] = unlock(office, CredentialKind.OFFICE, OFFICE_PASSPHRASE)
        for seed, (seat, name) in enumerate(INSPECTORS.items(), start=2):
            enrolled, _ = enroll(
                office,
                name=name,
                post="监督检查员",
                passphrase=OFFICE_PASSPHRASE,
                identity_passphrase=INSPECTOR_PASSPHRASE,
            )
            with closing_desk(folder / seat, clock=clock, seed=seed) as desk:
                use_identity(desk, enrolled.credential, INSPECTOR_PASSPHRASE)
                keys[seat] = unlock(desk, CredentialKind.INSPECTOR, INSPECTOR_PASSPHRASE)
    return Founded(folder=folder, moment=moment, keys=keys)


@contextmanager
def closing_desk(home: Path, *, clock: FakeClock, seed: int) -> Iterator[Desk]:
    """Open a desk for a while."""
    desk = desk_in(home, clock=clock, seed=seed)
    with closing(desk.workspace):
        yield desk


@dataclass(kw_only=True)
class Seat:
    """One workspace with its opened keys."""

    desk: Desk
    keys: Unlocked

    @property
    def serial(self) -> str:
        """Return the serial of the certificate this seat signs with."""
        return describe(self.keys.identity.certificate).serial

    def unit(self, place: int = 0, *, sub_unit: str = "", **facts: str) -> Unit:
        """Register a unit, or return it; facts left out are such that every clause applies."""
        code = SYNTHETIC_CODES[place]
        made = next(
            (
                unit
                for unit in self.desk.workspace.units.with_code(code)
                if unit.key.sub_unit == sub_unit
            ),
            None,
        )
        if made is None:
            add_unit(self.desk, name=f"测试{place + 1}号工厂", code=code, sub_unit=sub_unit)
            typed: dict[str, str] = {**_KNOWN, **facts}
            made, _ = set_facts(self.desk, code=code, sub_unit=sub_unit, typed=typed)
        return made

    def open_card(self, place: int = 0, *, sub_unit: str = "", **facts: str) -> CardId:
        """Begin a card for a unit."""
        card, _ = new_card(self.desk, self.unit(place, sub_unit=sub_unit, **facts))
        return card.id

    def score(self, card_id: str, *entries: Entry, **points: str) -> Changes:
        """Give points (S1_R1_C1="1") with a reason; whatever is still open gets full points."""
        typed = [
            Points(clause=clause.replace("_", "-"), points=given, reason="现场未见资料")
            for clause, given in points.items()
        ]
        return record(self.desk, card_id, [*typed, *entries], fill=True)[1]

    def sign(self, card_id: str, manner: Manner | None = None) -> None:
        """Have lead and unit sign a card: in ink, or the unit in this manner."""
        sign_card(
            self.desk,
            card_id,
            signatory=Signatory.LEAD,
            name="测试甲",
            manner=synthetic_ink(),
        )
        sign_card(
            self.desk,
            card_id,
            signatory=Signatory.UNIT,
            name="测试丙",
            manner=manner or synthetic_ink(2),
        )

    def seal(self, card_id: str) -> SealedCard:
        """Seal a signed card with the opened key."""
        plan = plan_seal(self.desk, card_id)
        return keep_sealed(self.desk, plan, seal(plan, self.keys.identity))[0]

    def sealed_card(self, place: int = 0, *, sub_unit: str = "", **points: str) -> SealedCard:
        """Take a unit's card from blank to sealed."""
        card_id = self.open_card(place, sub_unit=sub_unit)
        self.score(card_id, **points)
        self.sign(card_id, Pending())
        return self.seal(card_id)

    def inapplicable(self, clause: str = "S5-R5-C1") -> Inapplicable:
        """Return 不涉及 for the clause of women workers, or another."""
        return Inapplicable(clause=clause, reason="单位无此类职工")


@dataclass(kw_only=True)
class Field:
    """An office and its two inspectors at their desks."""

    folder: Path
    clock: FakeClock
    office: Seat
    first: Seat
    second: Seat
    _sent: int = field(default=0, init=False)

    def submit(
        self, seat: Seat | None = None, *, card_ids: Sequence[str] = (), photos: bool = True
    ) -> Path:
        """Write what an inspector has into a package."""
        self._sent += 1
        path = self.folder / f"{self._sent}.akp"
        sender = seat or self.first
        submit(sender.desk, path, sender.keys, card_ids=card_ids, photos=photos)
        return path

    def take(self, path: Path, seat: Seat | None = None) -> Imported:
        """Take a package in at the office, or at another desk."""
        reader = seat or self.office
        return take_in(reader.desk, path, reader.keys)[0]

    def received(self, place: int = 0, *, seat: Seat | None = None, **points: str) -> SealedCard:
        """Seal a card and bring it to the office."""
        sealed = (seat or self.first).sealed_card(place, **points)
        self.take(self.submit(seat))
        return sealed

    def accepted(self, place: int = 0, *, seat: Seat | None = None, **points: str) -> SealedCard:
        """Seal a card, bring it to the office and have it accepted there."""
        sealed = self.received(place, seat=seat, **points)
        accept_cards(self.office.desk, [sealed.index.id])
        return sealed

    def receipt(self) -> Path:
        """Write the receipts and return the first one."""
        written, _ = write_receipts(self.office.desk, self.folder / "receipts", self.office.keys)
        return written[0].path

    def pass_days(self, days: float) -> None:
        """Let time pass everywhere."""
        self.clock.pass_time(timedelta(days=days))


def ready(field: Field, seat: Seat | None = None) -> str:
    """Return a complete card that both sides have signed."""
    one = seat or field.first
    card_id = one.open_card()
    one.score(card_id, S1_R1_C1="1")
    one.sign(card_id)
    return card_id


@contextmanager
def opened_field(founded: Founded, folder: Path) -> Iterator[Field]:
    """Copy what was founded and sit down at the three desks."""
    clock = FakeClock(moment=founded.moment)
    with ExitStack() as desks:
        seats = {}
        for name, keys in founded.keys.items():
            shutil.copytree(founded.folder / name, folder / name)
            desk = desks.enter_context(closing_desk(folder / name, clock=clock, seed=_SEEDS[name]))
            seats[name] = Seat(desk=desk, keys=keys)
        yield Field(
            folder=folder,
            clock=clock,
            office=seats["office"],
            first=seats["first"],
            second=seats["second"],
        )


@contextmanager
def fresh_copy(founded: Founded, name: str, home: Path) -> Iterator[Seat]:
    """Sit down at one of the workspaces as it was when it was founded."""
    shutil.copytree(founded.folder / name, home)
    clock = FakeClock(moment=founded.moment)
    with closing_desk(home, clock=clock, seed=_SEEDS[name]) as desk:
        yield Seat(desk=desk, keys=founded.keys[name])


@contextmanager
def rows_of(desk: Desk) -> Iterator[sqlcipher3.dbapi2.Connection]:
    """Lend the database of a workspace to somebody else than the program."""
    database = desk.workspace.home / "workspace.db"
    with closing(sqlcipher3.connect(str(database), isolation_level=None)) as connection:
        yield connection


def contents(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of a workspace's database, the audit trail included."""
    with rows_of(desk) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            str(name): connection.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 - a table's own name
            for (name,) in names.fetchall()
        }


def actions(desk: Desk) -> list[str]:
    """Return what the audit trail says was done, oldest first."""
    return [line.entry.action for line in desk.workspace.audit.lines()]


def hashes_with(record: PackageRecord | Imported, outcome: Outcome) -> list[str]:
    """Return the hashes of a package's records of one outcome."""
    return [item.hash for item in record.items if item.outcome is outcome]
