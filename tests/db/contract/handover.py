"""What a store of handovers must do."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.card import CardId
from app.domain.handover import Handover, HandoverId, HandoverManner, HandoverNote
from app.ports import Workspace
from db.engine import DriverError
from tests.db.contract.workspaces import CHANGE, WorkspaceContract, add_card
from tests.fakes import START
from tests.forms import open_card

MINE = open_card().id
OTHER = CardId("01930000-0000-7000-8000-000000000002")


def handover(number: int = 1, *, card: CardId = MINE) -> Handover:
    return Handover(
        id=HandoverId(f"01930000-0000-7000-8000-00000000010{number}"),
        card=card,
        revision=1,
        copy="5a" * 32,
        note=HandoverNote(recipient="测试䶮", day=date(2020, 11, 6), remark="单号 '1'; --"),
    )


def write(workspace: Workspace, *handovers: Handover) -> None:
    with workspace.change(CHANGE):
        for each in handovers:
            workspace.handovers.write(each)


class HandoverStoreContract(WorkspaceContract):
    @pytest.fixture(autouse=True)
    def _cards(self, workspace: Workspace) -> None:
        add_card(workspace, open_card())
        add_card(workspace, open_card(card_id=OTHER))

    def test_what_is_being_written_is_replaced_until_it_is_recorded(
        self, workspace: Workspace
    ) -> None:
        first = handover()
        later = replace(first, note=replace(first.note, manner=HandoverManner.POST))
        for state in (first, later):
            write(workspace, state)
            assert workspace.handovers.written(first.card) == state
            assert workspace.handovers.recorded(first.card) == ()
        done = replace(later, copy="6b" * 32, recorded_at=START)
        write(workspace, done)
        assert workspace.handovers.written(first.card) is None
        assert workspace.handovers.recorded(first.card) == (done,)

    def test_a_recorded_one_is_never_changed(self, workspace: Workspace) -> None:
        done = replace(handover(), recorded_at=START)
        write(workspace, done)
        with pytest.raises(DriverError, match="never changed"):
            write(workspace, replace(done, note=replace(done.note, recipient="另一人")))
        assert workspace.handovers.recorded(done.card) == (done,)

    def test_each_card_has_its_own_in_the_order_they_were_recorded(
        self, workspace: Workspace
    ) -> None:
        days = [timedelta(days=days) for days in (3, 1, 2)]
        mine = tuple(
            replace(handover(number), recorded_at=START + day)
            for number, day in enumerate(days, start=1)
        )
        theirs = handover(4, card=OTHER)
        write(workspace, *mine, theirs)
        assert workspace.handovers.recorded(mine[0].card) == mine
        assert workspace.handovers.written(mine[0].card) is None
        assert workspace.handovers.written(OTHER) == theirs

    def test_only_one_of_a_card_is_being_written(self, workspace: Workspace) -> None:
        write(workspace, handover(1))
        with pytest.raises(DriverError, match="UNIQUE"):
            write(workspace, handover(2))
