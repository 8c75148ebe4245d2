"""Several programs on one workspace, killed programs, and disks that take no more."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from app.errors import AppError, Code
from db.copies import DATABASE
from db.stores.columns import whole
from tests.db.contract.workspaces import CHANGE, add_card
from tests.db.programs import CLAUSE, Program, opened, save
from tests.disks import full_disk
from tests.forms import open_card
from tests.refusals import refused


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a workspace that holds one card whose clause was saved under number 0."""
    home = tmp_path / "home"
    workspace = opened(home)
    add_card(workspace, open_card())
    save(workspace, open_card().id, 0)
    workspace.close()
    return home


def saved_number(home: Path) -> int:
    """Return the number of the last save, which card and audit trail must agree on."""
    workspace = opened(home)
    card = workspace.cards.get(open_card().id)
    assert card is not None
    *_, line = workspace.audit.lines()
    assert line.entry.details == {"number": card.marks[CLAUSE].reason}
    assert workspace.audit.first_broken() is None
    assert workspace.problems() == ()
    workspace.close()
    return int(card.marks[CLAUSE].reason)


def test_a_killed_program_loses_nothing_it_said_was_saved(home: Path) -> None:
    for round_ in range(20):
        with Program("save", home, open_card().id, str(saved_number(home) + 1)) as program:
            said = [int(program.hear()) for _ in range(3 + 7 * (round_ % 5))]
            program.kill()
            said += [int(line) for line in program.output if line.endswith("\n")]
        assert saved_number(home) >= said[-1]


def test_a_second_writing_program_is_refused_and_may_read(home: Path) -> None:
    with Program("hold", home) as program:
        assert program.hear() == "open"
        with refused(Code.WORKSPACE_IN_USE, path=str(home)):
            opened(home)
        reader = opened(home, writing=False)
        card = reader.cards.get(open_card().id)
        assert card is not None
        assert card.marks[CLAUSE].reason == "0"
        reader.close()
        program.communicate(timeout=30)
    assert saved_number(home) == 0


def test_a_reader_sees_what_is_saved_beside_it(home: Path) -> None:
    reader = opened(home, writing=False)
    with Program("save", home, open_card().id, "1") as program:
        for _ in range(5):
            number = int(program.hear())
            card = reader.cards.get(open_card().id)
            assert card is not None
            assert int(card.marks[CLAUSE].reason) >= number
    reader.close()


def test_four_writers_lose_no_update(home: Path) -> None:
    with ExitStack() as stack:
        programs = [stack.enter_context(Program("number", home, "50")) for _ in range(4)]
        assert [program.hear() for program in programs] == ["ready"] * 4
        for program in programs:
            program.say("go")
        numbers = [int(line) for program in programs for line in program.output]
    assert sorted(numbers) == list(range(1, 201))


def test_a_full_disk_is_told_and_the_old_state_stands(home: Path) -> None:
    workspace = opened(home)
    number = 0
    with pytest.raises(AppError) as refusal, full_disk(at=200_000):  # noqa: PT012
        while True:
            save(workspace, open_card().id, number + 1)
            number += 1
    assert refusal.value.code in {Code.DISK_FULL, Code.FILE_NOT_WRITABLE}
    assert number > 5
    workspace.close()
    assert saved_number(home) == number


def test_a_database_that_may_not_grow_is_told_as_a_full_disk(home: Path) -> None:
    """SQLite's own word for it, which no limit of the system brings forth."""
    workspace = opened(home)
    pages = workspace.connection.scalar("PRAGMA page_count")
    workspace.connection.execute(f"PRAGMA max_page_count = {whole(pages)}")
    with refused(Code.DISK_FULL, path=str(home / DATABASE)), workspace.change(CHANGE):
        workspace.documents.keep("f" * 64, bytes(100_000))
    assert workspace.documents.get("f" * 64) is None
    workspace.close()
    assert saved_number(home) == 0
