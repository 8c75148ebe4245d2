"""What a store of cards must do with drafts."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

from hypothesis import given

from app.domain.card import (
    Card,
    CardHash,
    CardId,
    NotApplicable,
    Person,
    Policy,
    Previous,
    Scored,
    clear_mark,
    revise,
    sign,
)
from app.domain.evidence import Evidence, Sha256
from app.domain.form import ClauseId
from app.domain.signature import Pending, Signatory, Signature
from app.ports import Workspace
from tests.db.contract.sealing import sealed_from
from tests.db.contract.workspaces import (
    CHANGE,
    WorkspaceContract,
    add_card,
    in_one_workspace,
    keep_documents,
)
from tests.fakes import START
from tests.forms import complete_card, national_form, open_card, synthetic_unit
from tests.strategies import cards

FIRST = CardId("01930000-0000-7000-8000-000000000001")
SECOND = CardId("01930000-0000-7000-8000-000000000002")
PREVIOUS = Previous(hash=CardHash("a" * 64), scores_hash="b" * 64, reason="更正单位名称")
SIGNATURE = Signature(
    signatory=Signatory.UNIT,
    name="测试甲",
    at=START,
    manner=Pending(),
    header_hash="c" * 64,
    scores_hash="d" * 64,
)


class DraftContract(WorkspaceContract):
    @in_one_workspace
    @given(card=cards())
    def test_a_card_comes_back_as_it_was_added(self, workspace: Workspace, card: Card) -> None:
        card = replace(card, id=CardId(str(uuid4())))
        add_card(workspace, card)
        assert workspace.cards.get(card.id) == card
        assert workspace.cards.revision(card.id, card.revision) == card

    @in_one_workspace
    @given(before=cards(), after=cards())
    def test_a_card_comes_back_as_it_was_saved(
        self, workspace: Workspace, before: Card, after: Card
    ) -> None:
        before = replace(before, id=CardId(str(uuid4())))
        after = replace(after, id=before.id, revision=before.revision)
        add_card(workspace, before)
        with workspace.change(CHANGE):
            workspace.cards.save(before, after)
        assert workspace.cards.get(before.id) == after

    def test_saving_writes_only_the_difference(self, workspace: Workspace) -> None:
        """Two people's saves from the same state meet in the card when they touch other parts."""
        photo = Evidence(sha256=Sha256("e" * 64), name="照片.jpg", media_type="image/jpeg", size=9)
        card = complete_card(open_card())
        clause = ClauseId("S1-R1-C1")
        other = ClauseId("S1-R2-C1")
        add_card(workspace, card)
        changes = (
            replace(card, marks={**card.marks, clause: Scored(points=Decimal(0), reason="无")}),
            replace(card, marks={**card.marks, other: NotApplicable(reason="无")}),
            replace(card, evidence={clause: (photo,)}),
            replace(card, unit=replace(card.unit, name="新名称")),
            sign(card, SIGNATURE),
            clear_mark(card, national_form().clause("S2-R1-C1")),
        )
        for after in changes:
            with workspace.change(CHANGE):
                workspace.cards.save(card, after)
        marks = {**changes[5].marks, clause: changes[0].marks[clause]}
        assert workspace.cards.get(card.id) == replace(
            card,
            unit=changes[3].unit,
            marks={**marks, other: changes[1].marks[other]},
            evidence=changes[2].evidence,
            signatures=(SIGNATURE,),
        )

    def test_the_newest_revision_is_the_card(self, workspace: Workspace) -> None:
        first = complete_card(open_card())
        second = revise(first, previous=PREVIOUS)
        add_card(workspace, first)
        add_card(workspace, second)
        assert workspace.cards.get(first.id) == second
        assert workspace.cards.revision(first.id, 1) == first
        assert workspace.cards.revision(first.id, 3) is None

    def test_no_card_is_found_where_none_is(self, workspace: Workspace) -> None:
        assert workspace.cards.get(FIRST) is None
        assert workspace.cards.drafts() == ()
        assert workspace.cards.lines() == ()

    def test_drafts_are_the_cards_not_sealed(self, workspace: Workspace) -> None:
        sealed = complete_card(open_card(card_id=FIRST))
        draft = open_card(card_id=SECOND, unit=synthetic_unit(1))
        add_card(workspace, draft)
        add_card(workspace, sealed)
        with workspace.change(CHANGE):
            workspace.cards.seal(sealed_from(sealed))
        assert workspace.cards.drafts() == (draft,)
        assert workspace.cards.drafts_of(draft.unit.key) == (draft,)
        assert workspace.cards.drafts_of(sealed.unit.key) == ()

    def test_a_line_tells_of_the_newest_revision(self, workspace: Workspace) -> None:
        first = complete_card(open_card(card_id=SECOND))
        second = revise(first, previous=PREVIOUS)
        untouched = open_card(card_id=FIRST, unit=synthetic_unit(2, sub_unit="二分厂"))
        add_card(workspace, first)
        with workspace.change(CHANGE):
            workspace.cards.seal(sealed_from(first))
        (line,) = workspace.cards.lines()
        assert (line.revision, line.sealed) == (1, sealed_from(first).index.hash)
        add_card(workspace, second)
        add_card(workspace, untouched)
        one, two = workspace.cards.lines()
        assert (one.id, one.unit, one.marked) == (FIRST, untouched.unit, frozenset())
        assert (two.id, two.revision, two.sealed) == (SECOND, 2, None)
        assert (two.form, two.date_to) == (second.terms.form, second.date_to)
        assert two.marked == set(second.marks)

    def test_a_line_tells_what_was_given_and_what_does_not_apply(
        self, workspace: Workspace
    ) -> None:
        card = replace(
            open_card(policy=Policy.RESCALE),
            marks={
                ClauseId("S1-R1-C1"): Scored(points=Decimal("1.5"), reason="无"),
                ClauseId("S1-R2-C1"): Scored(points=Decimal("0.25"), reason="无"),
                ClauseId("S5-R5-C1"): NotApplicable(reason="无"),
            },
        )
        add_card(workspace, card)
        (line,) = workspace.cards.lines()
        assert line.given == Decimal("1.75")
        assert line.not_applicable == {"S5-R5-C1"}
        assert line.marked == set(card.marks)
        assert (line.season, line.policy, line.delivery) == (card.season, Policy.RESCALE, None)

    def test_lines_come_in_pieces_that_follow_each_other(self, workspace: Workspace) -> None:
        ids = [CardId(f"01930000-0000-7000-8000-00000000000{n}") for n in range(5)]
        for card_id in ids:
            add_card(workspace, open_card(card_id=card_id))
        pieces = [
            workspace.cards.some_lines(after=after, most=2) for after in ("", ids[1], ids[4])
        ]
        assert [[line.id for line in piece] for piece in pieces] == [ids[:2], ids[2:4], []]
        assert [line.id for line in workspace.cards.lines()] == ids

    def test_who_assessed_last_is_named_first(self, workspace: Workspace) -> None:
        lead, member, rare = (Person(name=name) for name in ("测试甲", "测试乙", "䶮㛃𬭎"))
        add_card(workspace, replace(open_card(card_id=FIRST), assessors=(lead, member)))
        add_card(workspace, replace(open_card(card_id=SECOND), assessors=(rare, member)))
        assert set(workspace.cards.assessors()[:2]) == {rare, member}
        assert workspace.cards.assessors()[2:] == (lead,)

    def test_a_card_needs_its_form_and_guide(self, workspace: Workspace) -> None:
        """The rows point at them: a card whose form is lost could not be printed."""
        card = open_card()
        keep_documents(workspace, card)
        add_card(workspace, card)
        assert workspace.documents.get(card.terms.form) is not None
        assert workspace.documents.get(card.terms.guide) is not None
        assert workspace.documents.get("0" * 64) is None

    def test_a_document_kept_twice_is_one(self, workspace: Workspace) -> None:
        with workspace.change(CHANGE):
            workspace.documents.keep("f" * 64, b"{}")
            workspace.documents.keep("f" * 64, b"{}")
        assert workspace.documents.get("f" * 64) == b"{}"
