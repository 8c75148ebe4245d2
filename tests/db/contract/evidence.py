"""What a store of evidence must do."""

from hashlib import sha256
from pathlib import Path

import pytest

from app.domain.evidence import Sha256
from app.errors import Code
from app.ports import Workspace
from tests.db.contract.workspaces import WorkspaceContract
from tests.refusals import refused

PHOTO = bytes(range(256)) * 9000  # more than one block
HASH = Sha256(sha256(PHOTO).hexdigest())
ABSENT = Sha256("0" * 64)


def files_of(workspace: Workspace) -> list[Path]:
    """Return every file of evidence, unfinished ones too."""
    return [path for path in (workspace.home / "evidence").rglob("*") if path.is_file()]


class EvidenceStoreContract(WorkspaceContract):
    @pytest.fixture
    def photo(self, tmp_path: Path) -> Path:
        """Lay a photo outside the workspace."""
        path = tmp_path / "IMG_0001.jpg"
        path.write_bytes(PHOTO)
        return path

    def test_a_file_is_copied_under_its_hash_once(self, workspace: Workspace, photo: Path) -> None:
        taken = workspace.evidence.take(photo, name="现场.jpg", media_type="image/jpeg")
        again = workspace.evidence.take(photo, name="另一张.jpg", media_type="image/jpeg")
        put = workspace.evidence.put(PHOTO, name="现场.jpg", media_type="image/jpeg")
        assert (taken.sha256, taken.name, taken.size) == (HASH, "现场.jpg", len(PHOTO))
        assert (again.name, again.sha256) == ("另一张.jpg", HASH)
        assert put == taken
        assert photo.read_bytes() == PHOTO
        assert [path.read_bytes() for path in files_of(workspace)] == [PHOTO]
        assert workspace.evidence.all() == (HASH,)

    def test_a_kept_file_is_read_back(self, workspace: Workspace, photo: Path) -> None:
        workspace.evidence.take(photo, name="a", media_type="image/jpeg")
        with workspace.evidence.open(HASH) as stream:
            assert stream.read() == PHOTO
        assert workspace.evidence.path(HASH).read_bytes() == PHOTO
        assert workspace.evidence.holds(HASH)
        assert workspace.evidence.is_intact(HASH)

    def test_hashes_are_sorted_and_strange_files_no_evidence(self, workspace: Workspace) -> None:
        kept = [workspace.evidence.put(bytes([n]), name="a", media_type="a/b") for n in range(20)]
        (workspace.evidence.path(kept[0].sha256).parent / "Thumbs.db").write_bytes(b"x")
        assert workspace.evidence.all() == tuple(sorted(each.sha256 for each in kept))

    def test_an_empty_file_is_no_evidence(self, workspace: Workspace, tmp_path: Path) -> None:
        (tmp_path / "empty.jpg").touch()
        with refused(Code.EVIDENCE_EMPTY, name="空.jpg"):
            workspace.evidence.take(tmp_path / "empty.jpg", name="空.jpg", media_type="image/jpeg")
        assert files_of(workspace) == []

    def test_a_missing_file_and_a_folder_are_refused(
        self, workspace: Workspace, tmp_path: Path
    ) -> None:
        with refused(Code.FILE_MISSING, path=str(tmp_path / "none")):
            workspace.evidence.take(tmp_path / "none", name="a", media_type="a/b")
        with refused(Code.FILE_UNREADABLE, path=str(tmp_path)):
            workspace.evidence.take(tmp_path, name="a", media_type="a/b")

    def test_a_file_that_changes_while_it_is_read_is_refused(self, workspace: Workspace) -> None:
        """Each reading of this file of the kernel gives other bytes."""
        with refused(Code.FILE_UNREADABLE):
            workspace.evidence.take(
                Path("/proc/sys/kernel/random/uuid"), name="a", media_type="a/b"
            )
        assert files_of(workspace) == []

    def test_evidence_that_is_not_here_is_told(self, workspace: Workspace) -> None:
        with refused(Code.EVIDENCE_MISSING, sha256=ABSENT):
            workspace.evidence.path(ABSENT)
        with refused(Code.EVIDENCE_MISSING, sha256=ABSENT):
            workspace.evidence.open(ABSENT)
        assert not workspace.evidence.holds(ABSENT)
        assert not workspace.evidence.is_intact(ABSENT)

    def test_one_changed_byte_is_seen_and_a_new_copy_mends_it(
        self, workspace: Workspace, photo: Path
    ) -> None:
        workspace.evidence.take(photo, name="a", media_type="image/jpeg")
        path = workspace.evidence.path(HASH)
        path.write_bytes(PHOTO[:-1] + b"\x00")
        assert not workspace.evidence.is_intact(HASH)
        workspace.evidence.take(photo, name="a", media_type="image/jpeg")
        assert workspace.evidence.is_intact(HASH)

    def test_only_its_owner_may_read_evidence(self, workspace: Workspace, photo: Path) -> None:
        workspace.evidence.take(photo, name="a", media_type="image/jpeg")
        assert workspace.evidence.path(HASH).stat().st_mode & 0o077 == 0
        assert workspace.home.stat().st_mode & 0o077 == 0
