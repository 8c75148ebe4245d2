"""What the stores of packages and decisions must do."""

from dataclasses import replace
from datetime import timedelta

from app.domain.card import CardHash, CardId
from app.domain.delivery import Decision, Outcome, PackageItem, PackageRecord, Verdict
from app.ports import Workspace
from tests.db.contract.workspaces import CHANGE, WorkspaceContract
from tests.fakes import START

HASHES = [CardHash(f"{n:x}" * 64) for n in range(4)]
ITEMS = (
    PackageItem(card=CardId("one"), revision=1, hash=HASHES[1], outcome=Outcome.ACCEPTED),
    PackageItem(
        card=CardId("two"),
        revision=2,
        hash=HASHES[2],
        outcome=Outcome.SET_ASIDE,
        reason="form_unknown",
    ),
    PackageItem(
        card=CardId("one"),
        revision=1,
        hash=HASHES[1],
        outcome=Outcome.DUPLICATE,
        verdict=Verdict.RETURNED,
    ),
)
PACKAGE = PackageRecord(
    digest="d" * 64,
    package_id="0175a4f4-0000-7000-8000-000000000007",
    kind="submission",
    outgoing=False,
    stream="0175a4f4-0000-7000-8000-00000000000a",
    sequence=7,
    previous="",
    peer="1f",
    created_at=START,
    handled_at=START + timedelta(seconds=2, microseconds=5),
    audit_head="a" * 64,
    items=ITEMS,
)


def keep(workspace: Workspace, *records: PackageRecord) -> None:
    """Keep packages in one unit of work."""
    with workspace.change(CHANGE):
        for record in records:
            workspace.packages.add(record)


class PackageStoreContract(WorkspaceContract):
    def test_a_package_comes_back_with_its_items_in_order(self, workspace: Workspace) -> None:
        keep(workspace, PACKAGE)
        assert workspace.packages.get(PACKAGE.digest) == PACKAGE
        assert workspace.packages.get("0" * 64) is None

    def test_of_a_package_known_already_the_items_are_renewed(self, workspace: Workspace) -> None:
        keep(workspace, PACKAGE)
        keep(workspace, replace(PACKAGE, items=ITEMS[:1]))
        assert workspace.packages.get(PACKAGE.digest) == replace(PACKAGE, items=ITEMS[:1])
        assert len(workspace.packages.all(outgoing=False)) == 1

    def test_packages_stand_in_the_order_they_were_handled(self, workspace: Workspace) -> None:
        records = [
            replace(PACKAGE, digest=digit * 64, outgoing=outgoing, items=())
            for digit, outgoing in (("f", False), ("e", True), ("1", False))
        ]
        keep(workspace, *records)
        assert workspace.packages.all(outgoing=False) == (records[0], records[2])
        assert workspace.packages.all(outgoing=True) == (records[1],)

    def test_the_last_of_a_stream_has_the_highest_number(self, workspace: Workspace) -> None:
        ours = replace(PACKAGE, outgoing=True, items=())
        numbered = [
            replace(ours, digest=f"{number:064d}", sequence=number) for number in (2, 11, 3)
        ]
        others = (
            replace(ours, digest="e" * 64, peer="2a", sequence=12),
            replace(ours, digest="f" * 64, stream="another", sequence=13),
            replace(ours, digest="1" * 64, outgoing=False, sequence=14),
        )
        keep(workspace, *numbered, *others)
        found = workspace.packages.last(stream=ours.stream, peer=ours.peer, outgoing=True)
        assert found == numbered[1]
        assert workspace.packages.last(stream="none", peer="1f", outgoing=True) is None

    def test_only_what_was_sent_is_exported(self, workspace: Workspace) -> None:
        sent = replace(ITEMS[0], outcome=Outcome.SENT, hash=HASHES[3])
        keep(workspace, replace(PACKAGE, items=(*ITEMS, sent)))
        assert workspace.packages.is_exported(HASHES[3])
        assert not workspace.packages.is_exported(HASHES[1])


class DecisionStoreContract(WorkspaceContract):
    def test_the_last_word_counts(self, workspace: Workspace) -> None:
        returned = Decision(
            hash=HASHES[1], verdict=Verdict.RETURNED, reason="缺整改照片", at=START
        )
        adopted = Decision(
            hash=HASHES[1], verdict=Verdict.ADOPTED, reason="", at=START + timedelta(days=2)
        )
        other = Decision(hash=HASHES[2], verdict=Verdict.RECEIVED, reason="", at=START)
        with workspace.change(CHANGE):
            for each in (returned, other, adopted):
                workspace.decisions.set(each)
        assert workspace.decisions.get(HASHES[1]) == adopted
        assert workspace.decisions.get(HASHES[3]) is None
        assert workspace.decisions.all() == {HASHES[1]: adopted, HASHES[2]: other}
