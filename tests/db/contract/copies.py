"""What copies of a workspace must do: nothing is lost by making, damaging or taking back one."""

from dataclasses import replace
from pathlib import Path

from app.domain.evidence import Evidence
from app.domain.visit import Transcript, Visit
from app.errors import Code
from app.ports import Workspace
from tests.db.contract.workspaces import CHANGE, WorkspaceContract, add_card
from tests.disks import full_disk
from tests.forms import complete_card, synthetic_unit
from tests.refusals import refused

NEW_ID = "0175a4f4-ffff-7000-8000-000000000001"


class Heard:
    """Remembers how far it came."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []

    def advance(self, done: int, total: int) -> None:
        self.steps.append((done, total))


def file_of(workspace: Workspace, content: bytes) -> Evidence:
    return workspace.evidence.put(content, name="测试.jpg", media_type="image/jpeg")


def add_unit(workspace: Workspace, place: int) -> None:
    with workspace.change(CHANGE):
        workspace.units.add(synthetic_unit(place))


def back_up(workspace: Workspace, folder: Path) -> None:
    workspace.copies.write(workspace.copies.snapshot(), folder, progress=Heard())


class CopiesContract(WorkspaceContract):
    def test_a_copy_opens_and_counts_as_the_workspace_did(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        add_unit(workspace, 0)
        file_of(workspace, b"picture")
        heard = Heard()
        written = workspace.copies.write(
            workspace.copies.snapshot(), tmp_path / "stick", progress=heard
        )
        assert (written.workspace, written.units, written.missing) == (workspace.id, 1, 0)
        assert heard.steps == [(0, 1), (1, 1)]
        assert workspace.copies.inspect(tmp_path / "stick") == written

    def test_only_what_is_missing_is_copied_again_and_older_databases_stay(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        stick = tmp_path / "stick"
        for place in range(7):
            add_unit(workspace, place)
            file_of(workspace, bytes([place]))
            heard = Heard()
            workspace.copies.write(workspace.copies.snapshot(), stick, progress=heard)
            assert heard.steps[-1] == (1, 1)
        assert len(list((stick / "backups").glob("*.db"))) == 5
        assert workspace.copies.inspect(stick).units == 7

    def test_a_copy_is_taken_back_under_a_new_id_and_what_stood_here_is_kept(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        add_unit(workspace, 0)
        picture = file_of(workspace, b"picture")
        back_up(workspace, tmp_path / "stick")
        before = workspace.id
        add_unit(workspace, 1)
        workspace.evidence.path(picture.sha256).unlink()
        staged = workspace.copies.fetch(tmp_path / "stick", progress=Heard())
        kept = workspace.copies.adopt(staged, new_id=NEW_ID)
        assert workspace.units.all() == (synthetic_unit(0),)
        assert workspace.evidence.is_intact(picture.sha256)
        assert workspace.id == NEW_ID != before
        assert kept.exists()
        add_unit(workspace, 2)
        assert workspace.audit.first_broken() is None
        assert workspace.problems() == ()

    def test_a_scan_of_the_paper_that_is_gone_is_counted(self, workspace: Workspace) -> None:
        scan = file_of(workspace, b"paper")
        transcript = Transcript(typed_by="测试甲", scan=scan)
        add_card(workspace, replace(complete_card(), visit=Visit(transcript=transcript)))
        workspace.evidence.path(scan.sha256).unlink()
        snapshot = workspace.copies.snapshot()
        assert (snapshot.contents.files, snapshot.contents.missing) == (1, 1)

    def test_a_folder_without_a_copy_is_refused(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        with refused(Code.BACKUP_UNKNOWN):
            workspace.copies.inspect(tmp_path)

    def test_a_damaged_file_of_a_copy_is_refused_and_nothing_here_changes(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        picture = file_of(workspace, b"picture")
        back_up(workspace, tmp_path / "stick")
        workspace.evidence.path(picture.sha256).unlink()
        damaged = tmp_path / "stick" / "evidence" / picture.sha256[:2] / picture.sha256
        damaged.write_bytes(b"forged.")
        with refused(Code.EVIDENCE_DAMAGED):
            workspace.copies.fetch(tmp_path / "stick", progress=Heard())
        assert not workspace.evidence.holds(picture.sha256)

    def test_a_full_stick_leaves_the_copy_that_was_there(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        stick = tmp_path / "stick"
        back_up(workspace, stick)
        file_of(workspace, bytes(1 << 16))
        snapshot = workspace.copies.snapshot()
        with full_disk(at=1 << 12), refused(Code.DISK_FULL):
            workspace.copies.write(snapshot, stick, progress=Heard())
        assert workspace.copies.inspect(stick).units == 0
