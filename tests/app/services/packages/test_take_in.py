"""接收报送: packages come in whole, once, in any order, and never half."""

from io import BytesIO
from itertools import permutations
from pathlib import Path

import pytest
from PIL import Image

from app.crypto.age import AgeRecipient, decrypt_stream, encrypt_stream
from app.domain.delivery import Outcome, State
from app.domain.keyring import CredentialKind
from app.domain.trail import AuditEntry
from app.domain.unit import UnitFacts
from app.errors import AppError, Code
from app.services.cards.assess import attach
from app.services.cards.view import list_cards, view_card
from app.services.desk.desk import Desk
from app.services.desk.standing import inspectors_office
from app.services.keys.trust import add_trust
from app.services.office.decide import accept_cards
from app.services.office.rank import ranking
from app.services.packages.take_in import take_in
from app.services.seal.seal import revise_card
from app.services.units.register import add_unit, set_facts
from app.services.verify.audit import audit
from tests.app.services.field import (
    Field,
    Founded,
    Seat,
    contents,
    fresh_copy,
)
from tests.app.services.forgery import honest, packed, redated
from tests.forms import SYNTHETIC_CODES
from tests.refusals import refused

CODE = SYNTHETIC_CODES[0]


def files(desk: Desk) -> set[Path]:
    return {path for path in desk.workspace.home.rglob("*") if path.is_file()}


def test_a_package_brings_cards_units_and_files(field: Field) -> None:
    photo = field.folder / "a.png"
    Image.new("RGB", (8, 8)).save(photo)
    card_id = field.first.open_card()
    field.first.score(card_id)
    attach(field.first.desk, card_id, "S1-R1-C1", [photo])
    field.first.sign(card_id)
    sealed = field.first.seal(card_id)
    imported = field.take(field.submit())
    assert imported.sender == "测试甲"
    assert [(item.card, item.outcome) for item in imported.items] == [(card_id, Outcome.ACCEPTED)]
    office = field.office.desk.workspace
    kept = office.cards.sealed(sealed.index.hash)
    assert kept is not None
    assert (kept.document, kept.cms, kept.pdf) == (sealed.document, sealed.cms, sealed.pdf)
    assert [unit.key.code for unit in office.units.all()] == [CODE]
    assert view_card(field.office.desk, card_id).state is State.RECEIVED
    assert photo.read_bytes() in {
        office.evidence.path(each).read_bytes() for each in office.evidence.all()
    }


def test_the_same_package_twice_changes_nothing_at_all(field: Field) -> None:
    field.first.sealed_card()
    path = field.submit()
    field.take(path)
    before, disk = contents(field.office.desk), files(field.office.desk)
    field.pass_days(1)
    imported, changes = take_in(field.office.desk, path, field.office.keys)
    assert [item.outcome for item in imported.items] == [Outcome.DUPLICATE]
    assert changes.nouns == frozenset()
    assert contents(field.office.desk) == before
    assert files(field.office.desk) == disk


def test_a_decision_made_meanwhile_is_not_undone_by_the_same_package(field: Field) -> None:
    sealed = field.first.sealed_card()
    path = field.submit()
    field.take(path)
    accept_cards(field.office.desk, [sealed.index.id])
    before = contents(field.office.desk)
    field.take(path)
    assert contents(field.office.desk) == before


def test_a_renamed_package_is_the_same_package(field: Field) -> None:
    field.first.sealed_card()
    path = field.submit()
    field.take(path)
    before = contents(field.office.desk)
    other = path.rename(field.folder / "报送(1).zip")
    assert field.take(other).items[0].outcome is Outcome.DUPLICATE
    assert contents(field.office.desk) == before


def test_a_card_sent_again_is_a_duplicate(field: Field) -> None:
    sealed = field.received()
    imported = field.take(field.submit(card_ids=[sealed.index.id]))
    assert [item.outcome for item in imported.items] == [Outcome.DUPLICATE]
    assert len(field.office.desk.workspace.packages.all(outgoing=False)) == 2


def test_photos_that_follow_complete_a_card(field: Field) -> None:
    photo = field.folder / "a.png"
    Image.new("RGB", (8, 8)).save(photo)
    card_id = field.first.open_card()
    field.first.score(card_id)
    after, _ = attach(field.first.desk, card_id, "S1-R1-C1", [photo])
    (kept,) = next(iter(after.evidence.values()))
    field.first.sign(card_id)
    field.first.seal(card_id)
    field.take(field.submit(photos=False))
    evidence = field.office.desk.workspace.evidence
    assert not evidence.holds(kept.sha256)
    assert audit(field.office.desk).ok  # what is still to come is no flaw
    field.take(field.submit(card_ids=[card_id]))
    assert evidence.is_intact(kept.sha256)


def test_a_package_taken_in_again_mends_a_rotten_file(field: Field) -> None:
    sealed = field.first.sealed_card()
    path = field.submit()
    field.take(path)
    evidence = field.office.desk.workspace.evidence
    evidence.path(sealed.pdf.sha256).write_bytes(b"rotten")
    field.take(path)
    assert evidence.is_intact(sealed.pdf.sha256)


def test_missing_numbers_are_seen_and_filled(field: Field) -> None:
    paths = []
    for place in range(4):
        field.first.sealed_card(place)
        paths.append(field.submit())
    assert field.take(paths[3]).missing == (1, 2, 3)
    assert field.take(paths[1]).missing == (1, 3)
    assert field.take(paths[0]).missing == (3,)
    assert field.take(paths[2]).missing == ()


def test_numbers_are_counted_for_each_sender(field: Field) -> None:
    field.first.sealed_card(0)
    field.second.sealed_card(1)
    first, second = field.submit(), field.submit(field.second)
    assert (field.take(first).missing, field.take(second).missing) == ((), ())


def test_two_cards_of_one_unit_are_both_kept_and_pointed_out(field: Field) -> None:
    one = field.received()
    two = field.second.sealed_card()
    imported = field.take(field.submit(field.second))
    assert imported.twice == (two.index.id,)
    assert {line.line.id for line in list_cards(field.office.desk)} == {one.index.id, two.index.id}


def test_branches_of_one_code_are_not_one_unit(field: Field) -> None:
    field.first.sealed_card(sub_unit="东厂")
    field.take(field.submit())
    field.second.sealed_card(sub_unit="西厂")
    assert field.take(field.submit(field.second)).twice == ()


def test_the_same_revision_with_another_content_is_a_conflict(field: Field) -> None:
    sealed = field.received()
    imported = field.take(packed(field, redated(field, sealed)))
    assert [item.outcome for item in imported.items] == [Outcome.CONFLICT]
    revisions = field.office.desk.workspace.cards.sealed_revisions(sealed.index.id)
    assert len({index.hash for index in revisions}) == 2
    assert view_card(field.office.desk, sealed.index.id).sealed == revisions[0]
    assert audit(field.office.desk).ok


def test_packages_give_the_same_whatever_their_order(
    field: Field, founded: Founded, tmp_path: Path
) -> None:
    """A card, its correction, a rival of the first revision, a card of a colleague."""
    first = field.first.sealed_card(S1_R1_C1="1")
    paths = [field.submit()]
    revise_card(field.first.desk, first.index.id, reason="名称有误")
    typed = {"name": "测试改名工厂", "women": "41"}
    set_facts(field.first.desk, code=CODE, sub_unit="", typed=typed)
    field.first.sign(first.index.id)
    field.first.seal(first.index.id)
    field.first.sealed_card(1)
    paths.append(field.submit())
    paths.append(packed(field, redated(field, first)))
    field.second.sealed_card(2)
    paths.append(field.submit(field.second))
    worlds = []
    for number, order in enumerate(permutations(paths[:3])):
        with fresh_copy(founded, "office", tmp_path / f"world-{number}") as office:
            for path in (*order[:2], paths[3], order[2]):
                field.take(path, office)
            worlds.append(world(office.desk))
    assert all(each == worlds[0] for each in worlds[1:])
    assert worlds[0]["names"] == ["测试改名工厂", "测试2号工厂", "测试3号工厂"]


def world(desk: Desk) -> dict[str, object]:
    """Return what must not depend on the order of packages."""
    workspace = desk.workspace
    return {
        "names": [unit.name for unit in workspace.units.all()],
        "units": workspace.units.all(),
        "cards": {index.hash for index in workspace.cards.all_sealed()},
        "states": [(listed.line.id, listed.state) for listed in list_cards(desk)],
        "files": workspace.evidence.all(),
        "ranking": ranking(desk),
        "decisions": workspace.decisions.all(),
        "ok": audit(desk).ok,
    }


def folder_in(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir()
    return made


def test_a_unit_entered_at_the_office_is_not_overwritten(field: Field) -> None:
    add_unit(field.office.desk, name="竞赛办登记的名称", code=CODE, sub_unit="")
    field.received()
    (unit,) = field.office.desk.workspace.units.all()
    assert (unit.name, unit.facts) == ("竞赛办登记的名称", UnitFacts())


def test_a_unit_changed_at_the_office_is_not_overwritten(field: Field) -> None:
    sealed = field.received()
    set_facts(field.office.desk, code=CODE, sub_unit="", typed={"name": "竞赛办更正的名称"})
    revise_card(field.first.desk, sealed.index.id, reason="人数有误")
    set_facts(field.first.desk, code=CODE, sub_unit="", typed={"women": "39"})
    field.first.sign(sealed.index.id)
    field.first.seal(sealed.index.id)
    field.take(field.submit())
    (unit,) = field.office.desk.workspace.units.all()
    assert (unit.name, unit.facts.women) == ("竞赛办更正的名称", 40)


def test_a_changed_byte_leaves_everything_as_it_was(field: Field) -> None:
    """Any courier can put a package behind age again: what is inside must hold by itself."""
    field.first.sealed_card()
    path = field.submit()
    plain = BytesIO()
    with path.open("rb") as stream:
        decrypt_stream(stream, plain, [field.office.keys.age])
    whole, before = plain.getvalue(), contents(field.office.desk)
    disk = files(field.office.desk)
    recipient = AgeRecipient(inspectors_office(field.first.desk).recipient)
    for place in range(7, len(whole), len(whole) // 40):
        changed = BytesIO(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        damaged = field.folder / "damaged.akp"
        with damaged.open("wb") as stream:
            encrypt_stream(changed, stream, [recipient])
        with pytest.raises(AppError):
            field.take(damaged)
        assert contents(field.office.desk) == before
        assert files(field.office.desk) == disk


@pytest.mark.parametrize("length", [0, 1, 30, 200, 5000, -1])
def test_a_package_cut_short_leaves_everything_as_it_was(field: Field, length: int) -> None:
    field.first.sealed_card()
    path = field.submit()
    path.write_bytes(path.read_bytes()[:length])
    before, disk = contents(field.office.desk), files(field.office.desk)
    with pytest.raises(AppError) as refusal:
        field.take(path)
    assert refusal.value.code in {Code.FILE_KIND_UNKNOWN, Code.PACKAGE_DAMAGED}
    assert contents(field.office.desk) == before
    assert files(field.office.desk) == disk


def test_what_is_no_package_is_refused(field: Field) -> None:
    with refused(Code.FILE_MISSING):
        field.take(field.folder / "none.akp")
    other = field.folder / "other.akp"
    other.write_bytes(b"%PDF-1.7")
    with refused(Code.FILE_KIND_UNKNOWN):
        field.take(other)
    with refused(Code.FILE_UNREADABLE):
        field.take(field.folder)


def test_an_inspector_who_takes_in_his_own_package_loses_nothing(field: Field) -> None:
    sealed = field.first.sealed_card()
    path = field.submit()
    before = contents(field.first.desk)
    with refused(Code.PACKAGE_FOR_OTHER_OFFICE, recipient="440306"):
        field.take(path, field.first)
    assert contents(field.first.desk) == before
    assert view_card(field.first.desk, sealed.index.id).state is State.EXPORTED


def test_an_office_that_assesses_itself_keeps_the_record_of_what_it_sent(field: Field) -> None:
    """One workspace, both credentials: its own package brings nothing new."""
    credential = field.first.desk.workspace.credentials.get(CredentialKind.INSPECTOR)
    assert credential is not None
    desk = field.office.desk
    with desk.workspace.change(AuditEntry(action="test")):
        desk.workspace.credentials.set(credential)
    both = Seat(desk=desk, keys=field.first.keys)
    sealed = both.sealed_card()
    path = field.submit(both)
    before = contents(desk)
    imported = field.take(path)
    assert [item.outcome for item in imported.items] == [Outcome.DUPLICATE]
    assert contents(desk) == before
    assert view_card(desk, sealed.index.id).state is State.EXPORTED


def test_an_office_does_not_take_in_its_own_receipts(field: Field) -> None:
    field.accepted()
    receipt = field.receipt()
    before = contents(field.office.desk)
    with refused(Code.PACKAGE_FOR_OTHER_OFFICE):
        field.take(receipt)
    assert contents(field.office.desk) == before


def test_a_package_for_a_colleague_cannot_even_be_opened(field: Field) -> None:
    field.first.sealed_card()
    with refused(Code.PACKAGE_NOT_FOR_US):
        field.take(field.submit(), field.second)


def test_a_stranger_is_refused(field: Field, elsewhere: Field) -> None:
    elsewhere.first.sealed_card()
    path = sent_on(field, elsewhere.submit(), elsewhere)
    before = contents(field.office.desk)
    with refused(Code.SIGNER_UNKNOWN):
        field.take(path)
    assert contents(field.office.desk) == before


def test_what_was_meant_for_another_office_is_refused_though_we_trust_it(
    field: Field, elsewhere: Field
) -> None:
    trust(field.office.desk, elsewhere.office.desk)
    elsewhere.first.sealed_card()
    path = sent_on(field, elsewhere.submit(), elsewhere)
    with refused(Code.PACKAGE_FOR_OTHER_OFFICE, recipient="440307"):
        field.take(path)


def test_another_offices_inspector_does_not_report_to_us(field: Field, elsewhere: Field) -> None:
    trust(field.office.desk, elsewhere.office.desk)
    piece = honest(field, field.first.sealed_card())
    path = packed(field, piece, identity=elsewhere.first.keys.identity)
    with refused(Code.SIGNER_OFFICE_WRONG, office="440307"):
        field.take(path)


def trust(ours: Desk, theirs: Desk) -> None:
    """Trust another office, its fingerprint compared."""
    (known,) = theirs.workspace.trust.all()
    add_trust(ours, known.profile, fingerprint=known.fingerprint)


def sent_on(field: Field, path: Path, other: Field) -> Path:
    """Have a courier open another office's package and seal it to ours."""
    plain = BytesIO()
    with path.open("rb") as stream:
        decrypt_stream(stream, plain, [other.office.keys.age])
    resealed = field.folder / "resealed.akp"
    recipient = AgeRecipient(inspectors_office(field.first.desk).recipient)
    with resealed.open("wb") as stream:
        encrypt_stream(BytesIO(plain.getvalue()), stream, [recipient])
    return resealed
