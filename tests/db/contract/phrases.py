"""What a memory for reasons must do."""

from datetime import timedelta

from app.domain.form import ClauseId
from app.domain.phrase import Phrase
from app.ports import Workspace
from tests.db.contract.workspaces import CHANGE, WorkspaceContract
from tests.fakes import START

CLAUSE, OTHER = ClauseId("S1-R1-C1"), ClauseId("S2-R1-C1")
LATER = START + timedelta(days=1)


class PhraseStoreContract(WorkspaceContract):
    def test_a_reason_is_counted_for_each_clause(self, workspace: Workspace) -> None:
        with workspace.change(CHANGE):
            workspace.phrases.keep(CLAUSE, "没有记录", at=START, most=5)
            workspace.phrases.keep(CLAUSE, "没有记录", at=LATER, most=5)
            workspace.phrases.keep(OTHER, "没有记录", at=START, most=5)
        assert workspace.phrases.all() == (
            Phrase(clause=CLAUSE, text="没有记录", used=2, last_used=LATER),
            Phrase(clause=OTHER, text="没有记录", used=1, last_used=START),
        )

    def test_of_a_clause_only_the_last_used_stay(self, workspace: Workspace) -> None:
        with workspace.change(CHANGE):
            workspace.phrases.keep(OTHER, "别的", at=START, most=2)
            for day in (3, 1, 2):
                at = START + timedelta(days=day)
                workspace.phrases.keep(CLAUSE, f"理由{day}", at=at, most=2)
        kept = [phrase.text for phrase in workspace.phrases.all()]
        assert kept == ["理由2", "理由3", "别的"]

    def test_a_reason_can_be_forgotten(self, workspace: Workspace) -> None:
        with workspace.change(CHANGE):
            workspace.phrases.keep(CLAUSE, "没有记录", at=START, most=5)
            workspace.phrases.keep(OTHER, "没有记录", at=START, most=5)
            workspace.phrases.remove(CLAUSE, "没有记录")
            workspace.phrases.remove(CLAUSE, "从未写过")
        assert [phrase.clause for phrase in workspace.phrases.all()] == [OTHER]
