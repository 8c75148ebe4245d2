"""Damage inside the file: found or harmless, never a crash; and what a key adds to that."""

from contextlib import closing
from pathlib import Path

import pytest

from app.domain.card import sign
from app.errors import AppError, Code
from app.ports import Workspace
from db.copies import DATABASE
from db.engine import Connection
from db.workspace import open_workspace
from tests.db.contract.assignments import task
from tests.db.contract.cards import SIGNATURE
from tests.db.contract.offices import ISSUED, OFFICE
from tests.db.contract.packages import PACKAGE
from tests.db.contract.sealing import receive
from tests.db.contract.workspaces import CHANGE, KEY, add_card
from tests.fakes import FakeClock, FakeIds
from tests.forms import complete_card, open_card, synthetic_unit
from tests.refusals import refused

DRAFT = open_card(card_id="01930000-0000-7000-8000-00000000000d", unit=synthetic_unit(1))


def opened(home: Path, key: str | None = None, *, writing: bool = False) -> Workspace:
    return open_workspace(home, clock=FakeClock(), ids=FakeIds(), writing=writing, key=key)


def fill(home: Path, key: str | None = None) -> Path:
    """Make a workspace with something in most tables and return the file of its database."""
    with closing(opened(home, key, writing=True)) as workspace:
        add_card(workspace, sign(DRAFT, SIGNATURE))
        receive(workspace, complete_card(open_card()))
        with workspace.change(CHANGE):
            workspace.units.add(synthetic_unit())
            workspace.office.set(OFFICE)
            workspace.office.add_issued(ISSUED)
            workspace.packages.add(PACKAGE)
            workspace.assignments.put(task())
    return home / DATABASE


def read_everything(workspace: Workspace) -> None:
    """Read what `fill` wrote."""
    workspace.units.all()
    workspace.cards.drafts()
    for line in workspace.cards.lines():
        workspace.cards.get(line.id)
    for index in workspace.cards.all_sealed():
        workspace.cards.sealed(index.hash)
    workspace.office.get()
    workspace.office.issued()
    workspace.packages.all(outgoing=False)
    workspace.assignments.all()
    list(workspace.audit.lines())
    workspace.audit.first_broken()


def verdict(home: Path, key: str | None = None) -> Code | None:
    """Return why a workspace cannot be read from end to end, if so."""
    try:
        with closing(opened(home, key)) as workspace:
            read_everything(workspace)
            return Code.DATABASE_DAMAGED if workspace.problems() else None
    except AppError as refusal:
        return refusal.code


def verdicts(path: Path, key: str | None = None) -> list[Code | None]:
    """Return the verdict on each of a hundred copies with one byte changed."""
    sound = path.read_bytes()
    found = []
    for place in range(50, len(sound), len(sound) // 100):
        changed = bytearray(sound)
        changed[place] ^= 0x5A
        path.write_bytes(changed)
        found.append(verdict(path.parent, key))
    path.write_bytes(sound)
    assert verdict(path.parent, key) is None
    return found


def test_a_changed_byte_of_a_plain_file_is_either_harmless_or_told(tmp_path: Path) -> None:
    """It has no checksums: a changed letter of a text or of a step's name is read as it is."""
    found = set(verdicts(fill(tmp_path))) - {Code.DATABASE_NEWER}
    assert found == {None, Code.DATABASE_DAMAGED}


def test_a_changed_byte_of_an_encrypted_file_is_always_told(tmp_path: Path) -> None:
    """Each page carries a MAC."""
    assert set(verdicts(fill(tmp_path, KEY), KEY)) == {Code.DATABASE_DAMAGED}


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("card", "policy", "'anything'"),
        ("card", "date_from", "'yesterday'"),
        ("card", "assessors", "'[['"),
        ("clause_mark", "source", "'hearsay'"),
        ("card_signature", "manner", "'{'"),
        ("card_signature", "manner", """'{"type":"refused","why":"","witness":"a"}'"""),
        ("sealed_card", "sealed_at", "'noon'"),
        ("office", "level", "'galaxy'"),
        ("package_item", "outcome", "'lost'"),
        ("issued_certificate", "issued_at", "''"),
        ("issued_certificate", "issued_at", "'2020-11-06T02:00:00'"),
        ("assignment", "team", "'[['"),
        ("assignment", "due", "'soon'"),
        ("assignment", "open_hazards", "'{}'"),
    ],
)
def test_a_value_no_program_of_ours_wrote_is_damage(
    tmp_path: Path, table: str, column: str, value: str
) -> None:
    path = fill(tmp_path)
    with closing(Connection(path)) as connection:
        assert connection.execute(f"UPDATE {table} SET {column} = {value}") > 0  # noqa: S608
    assert verdict(tmp_path) is Code.DATABASE_DAMAGED


def test_a_table_that_is_gone_is_damage(tmp_path: Path) -> None:
    with closing(Connection(fill(tmp_path))) as connection:
        connection.execute("DROP TABLE unit")
    assert verdict(tmp_path) is Code.DATABASE_DAMAGED


def test_an_encrypted_database_is_noise_without_its_key(tmp_path: Path) -> None:
    with closing(opened(tmp_path, KEY, writing=True)) as workspace:
        with workspace.change(CHANGE):
            workspace.units.add(synthetic_unit())
        log = (tmp_path / f"{DATABASE}-wal").read_bytes()
    content = (tmp_path / DATABASE).read_bytes()
    for known in (b"SQLite format 3", b"CREATE TABLE", synthetic_unit().name.encode()):
        assert known not in content + log
    for key in (None, "another's key"):
        with refused(Code.DATABASE_DAMAGED):
            opened(tmp_path, key)
    with closing(opened(tmp_path, KEY)) as workspace:
        assert workspace.units.all() == (synthetic_unit(),)
