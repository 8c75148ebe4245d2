"""Databases of every released schema are brought to the newest one, and nothing in them is lost.

Each was made by the program of its day as a rehearsal of one inspector: a sealed card that was
sent and received, a draft with marks and a file, a unit without a card. All of it is synthetic.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3

from app.domain.card import NotApplicable, Scored
from app.domain.form import ClauseId
from app.exchange.card_document import card_hash
from db.copies import DATABASE
from db.workspace import open_workspace
from tests.db.schema import newest_schema, schema_of
from tests.fakes import FakeClock, FakeIds

RELEASED = sorted((Path(__file__).parents[1] / "corpus" / "databases").glob("*.db"))
Rows = dict[str, list[dict[str, object]]]


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Put a released database where a workspace has it."""
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copy(request.param, folder / DATABASE)
    return folder


def rows(path: Path) -> Rows:
    """Return every row of a database by table, without this program."""
    with closing(sqlcipher3.connect(str(path))) as connection:
        connection.row_factory = sqlcipher3.dbapi2.Row
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            str(name): [
                dict(zip(row.keys(), row, strict=True))
                for row in connection.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - a table's own name
            ]
            for (name,) in names.fetchall()
        }


def lost(before: Rows, after: Rows) -> Iterator[str]:
    """Yield the tables with a row whose old columns are nowhere to be found afterwards."""
    for table, held in before.items():
        for row in held:
            if not any(row.items() <= other.items() for other in after.get(table, [])):
                yield table


def test_there_is_a_database_of_every_released_schema() -> None:
    assert [path.stem for path in RELEASED] == ["m0001"]


def test_nothing_is_lost_and_a_copy_is_kept(home: Path) -> None:
    before = rows(home / DATABASE)
    with closing(open_workspace(home, clock=FakeClock(), ids=FakeIds())) as workspace:
        assert schema_of(workspace.connection) == newest_schema()
        assert workspace.problems() == ()
        assert workspace.audit.first_broken() is None
    assert list(lost(before, rows(home / DATABASE))) == []
    (copy,) = (home / "backups").iterdir()
    assert rows(copy) == before


def test_what_was_done_then_is_still_to_be_read(home: Path) -> None:
    with closing(open_workspace(home, clock=FakeClock(), ids=FakeIds())) as workspace:
        assert workspace.rehearsal
        assert len(workspace.units.all()) == 3
        (index,) = workspace.cards.all_sealed()
        sealed = workspace.cards.sealed(index.hash)
        assert sealed is not None
        assert card_hash(sealed.document) == index.hash
        (draft,) = workspace.cards.drafts()
        kinds = {clause: type(mark) for clause, mark in draft.marks.items()}
        assert kinds[ClauseId("S1-R1-C1")] is Scored
        assert NotApplicable in kinds.values()
        assert [file.name for file in draft.evidence[ClauseId("S1-R1-C1")]] == ["测试照片.txt"]
        assert workspace.assignments.all() == ()


def test_a_lost_row_is_seen() -> None:
    before: Rows = {"a": [{"x": 1}, {"x": 2}], "b": [{"y": 1}]}
    assert list(lost(before, {"a": [{"x": 1, "new": 0}]})) == ["a", "b"]
