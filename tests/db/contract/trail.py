"""What a unit of work and the audit trail must do."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from app.domain.trail import AuditEntry
from app.ports import Workspace
from tests.db.contract.workspaces import CHANGE, WorkspaceContract, in_one_workspace
from tests.fakes import START
from tests.forms import synthetic_unit
from tests.strategies import TYPED


class ChangeContract(WorkspaceContract):
    def test_an_empty_trail_has_a_head_of_zeros(self, workspace: Workspace) -> None:
        assert workspace.audit.head() == "0" * 64
        assert workspace.audit.last_at() is None
        assert list(workspace.audit.lines()) == []
        assert workspace.audit.first_broken() is None

    @in_one_workspace
    @given(
        action=TYPED,
        subject=TYPED,
        details=st.dictionaries(TYPED, TYPED, max_size=4),
    )
    def test_a_unit_of_work_leaves_a_line_that_follows_the_last(
        self, workspace: Workspace, action: str, subject: str, details: dict[str, str]
    ) -> None:
        entry = AuditEntry(action=action, subject=subject, details=details)
        head = workspace.audit.head()
        with workspace.change(entry):
            pass
        *_, line = workspace.audit.lines()
        assert (line.entry, line.previous) == (entry, head)
        assert line.hash == workspace.audit.head()
        assert workspace.audit.last_at() == START
        assert workspace.audit.first_broken() is None

    def test_lines_are_numbered_without_a_gap(self, workspace: Workspace) -> None:
        for _ in range(5):
            with workspace.change(CHANGE):
                pass
        assert [line.number for line in workspace.audit.lines()] == [1, 2, 3, 4, 5]

    def test_a_unit_of_work_that_fails_leaves_nothing(self, workspace: Workspace) -> None:
        """Neither what it changed nor a line in the trail."""
        failing = synthetic_unit(1)
        with workspace.change(CHANGE):
            workspace.units.add(synthetic_unit())
        head = workspace.audit.head()
        with suppress(KeyboardInterrupt), workspace.change(CHANGE):
            workspace.units.add(failing)
            workspace.set_rehearsal(rehearsal=True)
            raise KeyboardInterrupt
        assert workspace.units.all() == (synthetic_unit(),)
        assert workspace.audit.head() == head
        assert not workspace.rehearsal
        with workspace.change(CHANGE):
            workspace.units.add(failing)
        assert len(workspace.units.all()) == 2

    def test_practice_is_said_once_and_stays(self, workspace: Workspace) -> None:
        assert not workspace.rehearsal
        with workspace.change(CHANGE):
            workspace.set_rehearsal(rehearsal=True)
        assert workspace.rehearsal

    def test_a_staging_folder_is_gone_afterwards(self, workspace: Workspace) -> None:
        with suppress(KeyboardInterrupt), workspace.staging() as folder:
            (folder / "half").write_bytes(b"x")
            assert folder.is_relative_to(workspace.home)
            raise KeyboardInterrupt
        assert not folder.exists()

    def test_a_sound_workspace_has_no_problems(self, workspace: Workspace) -> None:
        with workspace.change(CHANGE):
            workspace.units.add(synthetic_unit())
        assert workspace.problems() == ()
