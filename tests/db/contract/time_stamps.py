"""What the place for the time stamp service must do."""

from app.domain.time_stamp import StampService
from app.ports import Workspace
from tests.db.contract.workspaces import CHANGE, WorkspaceContract

FIRST = StampService(url="http://tsa.test/", ca=b"\x30\x00")
OTHER = StampService(url="https://tsa.test/2", ca=b"\x30\x01\xff")


class StampServiceStoreContract(WorkspaceContract):
    def test_there_is_none_until_one_is_set_and_only_the_last_one_stays(
        self, workspace: Workspace
    ) -> None:
        assert workspace.stamp_service.get() is None
        with workspace.change(CHANGE):
            workspace.stamp_service.set(FIRST)
            workspace.stamp_service.set(OTHER)
        assert workspace.stamp_service.get() == OTHER

    def test_it_can_be_forgotten(self, workspace: Workspace) -> None:
        with workspace.change(CHANGE):
            workspace.stamp_service.clear()
            workspace.stamp_service.set(FIRST)
            workspace.stamp_service.clear()
        assert workspace.stamp_service.get() is None
