"""What stores must do with sealed revisions and supplements; CMS and PDF are only bytes here."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app.domain.card import Card, CardHash, CardId
from app.domain.delivery import Decision, Delivery, Verdict
from app.domain.evidence import Evidence, Sha256
from app.domain.sealed import SealedCard, SealedIndex
from app.domain.signature import Absent, Signatory, Signature
from app.domain.supplement import LateSignature, SealedSupplement, Supplement
from app.exchange.card_document import card_hash, part_hashes, write_card
from app.exchange.supplement_document import supplement_hash, write_supplement
from app.ports import Workspace
from tests.db.contract.workspaces import CHANGE, WorkspaceContract, add_card, keep_documents
from tests.fakes import START
from tests.forms import complete_card, national_form, open_card, synthetic_unit

ELSEWHERE = "9" * 64


def sealed_from(card: Card, *, received_in: str = "") -> SealedCard:
    """Return a card sealed, with stand-ins for CMS and PDF."""
    document = write_card(card, national_form())
    return SealedCard(
        index=SealedIndex(
            hash=card_hash(document),
            id=card.id,
            revision=card.revision,
            unit=card.unit.key,
            unit_name=card.unit.name,
            terms=card.terms,
            base=Decimal("98.75"),
            bonus=Decimal(3),
            sealed_at=START + timedelta(microseconds=1),
            signer="1f",
            received_in=received_in,
        ),
        document=document,
        cms=b"\x30\x00" + document[:9],
        pdf=Evidence(
            sha256=Sha256("c" * 64), name="评分表.pdf", media_type="application/pdf", size=112_000
        ),
    )


def receive(workspace: Workspace, card: Card) -> SealedCard:
    """Take in a card sealed elsewhere."""
    sealed = sealed_from(card, received_in=ELSEWHERE)
    with workspace.change(CHANGE):
        keep_documents(workspace, card)
        workspace.cards.add_received(sealed, card)
    return sealed


class SealedContract(WorkspaceContract):
    def test_sealed_bytes_come_back_as_they_were_sealed(self, workspace: Workspace) -> None:
        card = complete_card(open_card())
        sealed = sealed_from(card)
        add_card(workspace, card)
        with workspace.change(CHANGE):
            workspace.cards.seal(sealed)
        assert workspace.cards.sealed(sealed.index.hash) == sealed
        assert workspace.cards.sealed_revisions(card.id) == (sealed.index,)
        assert workspace.cards.get(card.id) == card

    def test_a_card_that_came_in_has_rows_and_bytes(self, workspace: Workspace) -> None:
        card = complete_card(open_card())
        sealed = receive(workspace, card)
        assert workspace.cards.sealed(sealed.index.hash) == sealed
        assert workspace.cards.get(card.id) == card
        assert workspace.cards.drafts() == ()
        (line,) = workspace.cards.lines()
        assert line.sealed == sealed.index.hash

    def test_a_sealed_card_is_found_by_the_first_digits_of_its_hash(
        self, workspace: Workspace
    ) -> None:
        index = receive(workspace, complete_card(open_card())).index
        for digits in (index.hash[:12], index.hash):
            assert workspace.cards.sealed_beginning(digits) == (index,)
        last = "0" if index.hash[11] != "0" else "1"
        for digits in (index.hash[:11] + last, index.hash + "0"):
            assert workspace.cards.sealed_beginning(digits) == ()

    def test_a_sealed_card_is_found_by_its_pdf(self, workspace: Workspace) -> None:
        sealed = receive(workspace, complete_card(open_card()))
        assert workspace.cards.sealed_as(sealed.pdf.sha256) == sealed
        assert workspace.cards.sealed_as(Sha256("0" * 64)) is None

    def test_all_that_begin_alike_are_found(self, workspace: Workspace) -> None:
        sealed = sealed_from(complete_card(open_card()))
        twins = [CardHash("abc" + digit * 61) for digit in "0f"]
        with workspace.change(CHANGE):
            keep_documents(workspace, complete_card(open_card()))
            for twin in twins:
                workspace.cards.add_received(
                    replace(sealed, index=replace(sealed.index, hash=twin)),
                    complete_card(open_card()),
                )
        found = workspace.cards.sealed_beginning("abc")
        assert [index.hash for index in found] == twins
        assert workspace.cards.sealed_beginning("abd") == ()

    def test_of_two_documents_of_one_revision_both_are_kept(self, workspace: Workspace) -> None:
        """A conflict: the rows stay those of the first, a person decides."""
        ours = complete_card(open_card())
        theirs = complete_card(open_card(), points={"S1-R1-C1": "1"})
        first, second = receive(workspace, ours), receive(workspace, theirs)
        assert workspace.cards.get(ours.id) == ours
        assert workspace.cards.sealed_revisions(ours.id) == (first.index, second.index)
        assert workspace.cards.sealed(second.index.hash) == second
        (line,) = workspace.cards.lines()
        assert line.sealed == first.index.hash

    def test_a_line_tells_what_is_proven_of_the_document_that_counts(
        self, workspace: Workspace
    ) -> None:
        card = complete_card(open_card())
        first = receive(workspace, card)
        (line,) = workspace.cards.lines()
        assert line.delivery == Delivery(verdict=Verdict.RECEIVED)
        second = receive(workspace, complete_card(open_card(), points={"S1-R1-C1": "1"}))
        for sealed, verdict in ((first, Verdict.RETURNED), (second, Verdict.ADOPTED)):
            decision = Decision(hash=sealed.index.hash, verdict=verdict, reason="", at=START)
            with workspace.change(CHANGE):
                workspace.decisions.set(decision)
            (line,) = workspace.cards.lines()
            assert line.delivery == Delivery(verdict=verdict)
            assert line.sealed == first.index.hash

    def test_a_draft_stays_a_draft_when_its_revision_comes_in(self, workspace: Workspace) -> None:
        ours = open_card()
        theirs = complete_card(open_card())
        add_card(workspace, ours)
        sealed = receive(workspace, theirs)
        assert workspace.cards.drafts() == (ours,)
        assert workspace.cards.sealed(sealed.index.hash) == sealed

    def test_an_older_revision_may_come_later(self, workspace: Workspace) -> None:
        first = complete_card(open_card())
        second = replace(first, revision=2)
        newer, older = receive(workspace, second), receive(workspace, first)
        assert workspace.cards.get(first.id) == second
        assert workspace.cards.revision(first.id, 1) == first
        assert workspace.cards.sealed_revisions(first.id) == (older.index, newer.index)

    def test_only_a_draft_that_stands_here_is_sealed(self, workspace: Workspace) -> None:
        card = complete_card(open_card())
        with pytest.raises(LookupError), workspace.change(CHANGE):
            workspace.cards.seal(sealed_from(card))
        assert workspace.cards.all_sealed() == ()
        add_card(workspace, card)
        with workspace.change(CHANGE):
            workspace.cards.seal(sealed_from(card))
        other = sealed_from(complete_card(open_card(), points={"S1-R1-C1": "1"}))
        with pytest.raises(LookupError), workspace.change(CHANGE):
            workspace.cards.seal(other)
        assert workspace.cards.all_sealed() == (sealed_from(card).index,)

    def test_sealed_cards_are_found_by_unit_and_all_together(self, workspace: Workspace) -> None:
        ids = [CardId(f"01930000-0000-7000-8000-00000000000{n}") for n in (1, 2, 3)]
        here, branch = synthetic_unit(), synthetic_unit(sub_unit="分公司")
        indexes = [
            receive(workspace, complete_card(open_card(card_id=card_id, unit=unit))).index
            for card_id, unit in zip(ids, (here, branch, here), strict=True)
        ]
        assert workspace.cards.all_sealed() == tuple(indexes)
        assert workspace.cards.sealed_of_unit(here.key) == (indexes[0], indexes[2])
        assert workspace.cards.sealed_of_unit(branch.key) == (indexes[1],)
        assert workspace.cards.sealed(CardHash("0" * 64)) is None
        assert workspace.cards.sealed_revisions("nobody") == ()


def supplement_to(sealed: SealedCard, *, minutes: int) -> SealedSupplement:
    """Return a supplement to a sealed card: a signature given later."""
    hashes = part_hashes(complete_card(open_card()), national_form())
    signature = Signature(
        signatory=Signatory.UNIT,
        name="测试丙",
        at=START,
        manner=Absent(why="出差", witness="测试乙"),
        header_hash=hashes.header,
        scores_hash=hashes.scores,
    )
    supplement = Supplement(
        card=sealed.index.id,
        revision=sealed.index.revision,
        card_hash=sealed.index.hash,
        at=START + timedelta(minutes=minutes),
        addition=LateSignature(signature=signature),
    )
    document = write_supplement(supplement)
    return SealedSupplement(
        hash=supplement_hash(document),
        supplement=supplement,
        document=document,
        cms=b"\x30\x00",
        signer="1f",
        received_in=ELSEWHERE,
    )


class SupplementContract(WorkspaceContract):
    def test_supplements_stand_in_the_order_they_were_kept(self, workspace: Workspace) -> None:
        sealed = receive(workspace, complete_card(open_card()))
        supplements = [supplement_to(sealed, minutes=minutes) for minutes in (9, 1, 5)]
        with workspace.change(CHANGE):
            for each in supplements:
                workspace.supplements.add(each)
        assert workspace.supplements.of(sealed.index.hash) == tuple(supplements)
        assert workspace.supplements.get(supplements[1].hash) == supplements[1]

    def test_a_supplement_kept_twice_is_one(self, workspace: Workspace) -> None:
        supplement = supplement_to(receive(workspace, complete_card(open_card())), minutes=1)
        for _ in range(2):
            with workspace.change(CHANGE):
                workspace.supplements.add(supplement)
        assert workspace.supplements.of(supplement.supplement.card_hash) == (supplement,)

    def test_a_card_without_supplements_has_none(self, workspace: Workspace) -> None:
        assert workspace.supplements.of(CardHash("0" * 64)) == ()
        assert workspace.supplements.get("0" * 64) is None
