"""任务文件 on the laptop: taken in once, in any order, and nothing entered there is lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from app.crypto.identity import SigningIdentity
from app.crypto.revocation import Revocation, issue_crl
from app.domain.assignment import Assignment
from app.domain.card import Person, Policy
from app.domain.delivery import Outcome
from app.domain.keyring import CredentialKind
from app.errors import AppError, Code
from app.exchange.assignment import assignment_bytes, assignment_counts
from app.exchange.naming import ASSIGNMENT, PROFILE
from app.exchange.writer import Entry, write_package
from app.services.cards.assess import new_card
from app.services.desk.desk import Noun
from app.services.keys.trust import add_trust, use_identity
from app.services.keys.unlock import unlock, unlock_authority
from app.services.office.authority import enroll, revoke, set_rules
from app.services.office.decide import accept_cards
from app.services.office.issue import Dispatch
from app.services.packages.assigned import TaskCounts
from app.services.packages.gate import open_gate
from app.services.packages.receive import prepare
from app.services.packages.take_in import take_in
from app.services.units.register import set_facts
from app.services.verify.audit import audit
from app.services.verify.verify_package import verify_package
from tests.app.services.assigning import DUE, assigned, order, withdrawn
from tests.app.services.field import (
    INSPECTOR_PASSPHRASE,
    OFFICE_NAME,
    OFFICE_PASSPHRASE,
    Field,
    Founded,
    Seat,
    actions,
    contents,
    fresh_copy,
)
from tests.db.contract.workspaces import CHANGE
from tests.forms import SYNTHETIC_CODES
from tests.refusals import refused

LATER = date(2020, 12, 15)


def tasks(seat: Seat) -> tuple[Assignment, ...]:
    return seat.desk.workspace.assignments.all()


def forged(
    field: Field,
    dispatch: Dispatch,
    signer: SigningIdentity,
    *,
    given: Sequence[Assignment] | None = None,
    profile: bytes = b"",
) -> Path:
    """Write an assignment with another signer, other tasks or another profile."""
    consignment = dispatch.consignment
    written = dispatch.tasks if given is None else given
    entry = next(each for each in consignment.entries if each.name == PROFILE)
    assert isinstance(entry, Entry)
    path = field.folder / "forged.akp"
    write_package(
        path,
        head=replace(consignment.head, counts=assignment_counts(written)),
        entries=[
            Entry(name=ASSIGNMENT, content=assignment_bytes(written)),
            Entry(name=PROFILE, content=profile or entry.content),
        ],
        identity=signer,
        recipients=consignment.recipients,
    )
    return path


def test_an_assignment_brings_units_and_tasks(field: Field) -> None:
    path, dispatch = assigned(field, order(field, 1, 0))
    imported, changes = take_in(field.first.desk, path, field.first.keys)
    assert (imported.kind, imported.sender) == ("assignment", OFFICE_NAME)
    assert imported.tasks == TaskCounts(added=2)
    assert {Noun.ASSIGNMENTS, Noun.UNITS} <= changes.nouns
    assert tasks(field.first) == dispatch.tasks
    assert field.first.desk.workspace.units.all() == field.office.desk.workspace.units.all()
    assert (
        field.first.desk.workspace.assignments.of(dispatch.tasks[0].unit.key)
        == tasks(field.first)[0]
    )
    assert actions(field.first.desk)[-1] == "package.import"


def test_the_same_assignment_again_changes_nothing(field: Field) -> None:
    path, _ = assigned(field, order(field, 0, 1))
    field.take(path, field.first)
    before = contents(field.first.desk)
    imported, changes = take_in(field.first.desk, path, field.first.keys)
    assert imported.tasks == TaskCounts(unchanged=2)
    assert changes.nouns == frozenset()
    assert contents(field.first.desk) == before


def test_assignments_give_the_same_whatever_their_order(
    field: Field, founded: Founded, tmp_path: Path
) -> None:
    """Given, given again with another day and facts, taken back: two units, three packages."""
    paths = [assigned(field, order(field, 0, 1))[0]]
    field.pass_days(1)
    set_facts(field.office.desk, code=SYNTHETIC_CODES[0], sub_unit="", typed={"workers": "150"})
    paths.append(assigned(field, order(field, 0, due=LATER))[0])
    field.pass_days(1)
    paths.append(withdrawn(field, field.office.unit(1)))
    worlds = []
    for number, sequence in enumerate(permutations(paths)):
        with fresh_copy(founded, "first", tmp_path / f"world-{number}") as seat:
            missing = [field.take(path, seat).missing for path in sequence][-1]
            assert missing == ()
            worlds.append((tasks(seat), seat.desk.workspace.units.all()))
    assert all(world == worlds[0] for world in worlds[1:])
    first, second = sorted(worlds[0][0], key=lambda task: task.unit.key.code)
    assert (first.due, first.unit.facts.workers, first.withdrawn) == (LATER, 150, False)
    assert (second.due, second.withdrawn) == (DUE, True)


def test_what_an_older_one_says_is_heard_no_more(field: Field) -> None:
    old, _ = assigned(field, order(field, 0))
    new, _ = assigned(field, order(field, 0, due=LATER))
    assert field.take(new, field.first).missing == (1,)
    imported = field.take(old, field.first)
    assert (imported.tasks, imported.missing) == (TaskCounts(unchanged=1), ())
    assert [task.due for task in tasks(field.first)] == [LATER]


def test_what_the_inspector_corrected_stays(field: Field) -> None:
    field.take(assigned(field, order(field, 0))[0], field.first)
    code = SYNTHETIC_CODES[0]
    set_facts(field.first.desk, code=code, sub_unit="", typed={"workers": "99", "women": "9"})
    typed = {"workers": "150", "migrant": "61", "name": "测试改名工厂"}
    set_facts(field.office.desk, code=code, sub_unit="", typed=typed)
    imported = field.take(assigned(field, order(field, 0))[0], field.first)
    assert imported.tasks == TaskCounts(renewed=1)
    (unit,) = field.first.desk.workspace.units.all()
    assert (unit.facts.workers, unit.facts.women, unit.facts.migrant) == (99, 9, 61)
    assert unit.name == "测试改名工厂"


def test_a_unit_whose_card_is_open_does_not_follow_the_office(field: Field) -> None:
    field.take(assigned(field, order(field, 0))[0], field.first)
    card = field.first.open_card()
    field.first.score(card)
    field.first.sign(card)
    set_facts(field.office.desk, code=SYNTHETIC_CODES[0], sub_unit="", typed={"workers": "150"})
    field.take(assigned(field, order(field, 0, due=LATER))[0], field.first)
    draft = field.first.desk.workspace.cards.get(card)
    assert draft is not None
    assert (draft.unit.facts.workers, len(draft.signatures)) == (130, 2)
    assert field.first.desk.workspace.units.all() == (draft.unit,)
    assert tasks(field.first)[0].due == LATER


def test_the_rules_of_the_office_travel_with_it(field: Field) -> None:
    set_rules(field.office.desk, {"na": "zero", "step": "0.5"})
    old, _ = assigned(field, order(field, 0))
    set_rules(field.office.desk, {"na": "rescale"})
    new, _ = assigned(field, order(field, 0))
    for path in (new, old):
        field.take(path, field.first)
    (office,) = field.first.desk.workspace.trust.all()
    assert office.office.rules.policy is Policy.RESCALE
    card, _ = new_card(field.first.desk, field.first.unit(0))
    assert card.terms.policy is Policy.RESCALE


def test_a_revocation_reaches_the_laptop_with_it(field: Field) -> None:
    revoke(
        field.office.desk, serial=field.second.serial, reason="离职", passphrase=OFFICE_PASSPHRASE
    )
    before = field.first.desk.workspace.trust.all()[0].crl
    field.take(assigned(field, order(field, 0))[0], field.first)
    assert field.first.desk.workspace.trust.all()[0].crl != before


def test_the_first_card_of_a_unit_is_the_one_assigned(field: Field) -> None:
    path, dispatch = assigned(field, order(field, 0, team=["测试乙", "测试戊"]))
    field.take(path, field.first)
    card, _ = new_card(field.first.desk, dispatch.tasks[0].unit)
    assert card.id == dispatch.tasks[0].card
    assert card.assessors == (
        Person(name="测试乙", post="监督检查员"),
        Person(name="测试戊"),
        Person(name="测试甲", post="监督检查员"),
    )
    another, _ = new_card(field.first.desk, dispatch.tasks[0].unit)
    assert another.id != card.id


def test_a_unit_taken_back_is_like_one_of_our_own(field: Field) -> None:
    path, dispatch = assigned(field, order(field, 0, team=["测试乙"]))
    field.take(path, field.first)
    unit = dispatch.tasks[0].unit
    assert field.take(withdrawn(field, unit), field.first).tasks == TaskCounts(withdrawn=1)
    (task,) = tasks(field.first)
    assert (task.withdrawn, field.first.desk.workspace.units.get(unit.key)) == (True, unit)
    card, _ = new_card(field.first.desk, unit)
    assert card.id != task.card
    assert [person.name for person in card.assessors] == ["测试甲"]


def test_the_office_takes_an_assigned_card_and_two_of_them_are_a_conflict(field: Field) -> None:
    """Both inspectors filled the card of a unit by themselves: a person decides by its hash."""
    for seat in (field.first, field.second):
        field.take(assigned(field, order(field, 0), seat)[0], seat)
    first = field.received(0)
    second = field.second.sealed_card(0, S1_R1_C1="1")
    assert first.index.id == second.index.id == tasks(field.first)[0].card
    imported = field.take(field.submit(field.second))
    assert [item.outcome for item in imported.items] == [Outcome.CONFLICT]
    with refused(Code.CARD_CONFLICT, card=first.index.id):
        accept_cards(field.office.desk, [first.index.id])
    accept_cards(field.office.desk, [second.index.hash])
    assert audit(field.office.desk).ok


def test_an_office_that_assesses_itself_hears_its_own_assignment_once(field: Field) -> None:
    """Inspector and office in one workspace: the package is known, but not yet heard."""
    desk = field.office.desk
    enrolled, _ = enroll(
        desk,
        name="测试己",
        post="",
        passphrase=OFFICE_PASSPHRASE,
        identity_passphrase=INSPECTOR_PASSPHRASE,
    )
    use_identity(desk, enrolled.credential, INSPECTOR_PASSPHRASE)
    keys = unlock(desk, CredentialKind.INSPECTOR, INSPECTOR_PASSPHRASE)
    both = Seat(desk=desk, keys=keys)
    path, _ = assigned(field, order(field, 0), both)
    assert field.take(path, both).tasks == TaskCounts(added=1)
    before = contents(desk)
    assert field.take(path, both).tasks == TaskCounts(unchanged=1)
    assert contents(desk) == before


def test_it_can_be_verified_by_sender_and_recipient(field: Field) -> None:
    path, _ = assigned(field, order(field, 0))
    for seat in (field.office, field.first):
        assert verify_package(seat.desk, path, seat.keys).ok


def test_preparing_stores_nothing(field: Field) -> None:
    path, _ = assigned(field, order(field, 0))
    desk = field.first.desk
    before = contents(desk)
    with desk.workspace.staging() as staging:
        prepare(
            path,
            open_gate(desk),
            field.first.keys,
            evidence=desk.workspace.evidence,
            staging=staging,
        )
    assert contents(desk) == before


def test_what_is_for_somebody_else_or_from_nobody_of_ours_is_refused(
    field: Field, elsewhere: Field
) -> None:
    path, dispatch = assigned(field, order(field, 0))
    consignment = dispatch.consignment
    practice = replace(consignment, head=replace(consignment.head, rehearsal=True))
    (stranger,) = elsewhere.office.desk.workspace.trust.all()
    before = contents(field.first.desk)
    with refused(Code.PACKAGE_NOT_FOR_US):
        field.take(path, field.second)
    with refused(Code.PACKAGE_FOR_OTHER_OFFICE):
        field.take(path, field.office)
    with refused(Code.SIGNER_ROLE_WRONG):
        field.take(forged(field, dispatch, field.second.keys.identity), field.first)
    with refused(Code.SIGNER_UNKNOWN):
        field.take(forged(field, dispatch, elsewhere.office.keys.identity), field.first)
    own = field.office.keys.identity
    with refused(Code.PACKAGE_REHEARSAL_MIXED):
        field.take(forged(field, replace(dispatch, consignment=practice), own), field.first)
    with refused(Code.FINGERPRINT_DIFFERS):
        field.take(forged(field, dispatch, own, profile=stranger.profile), field.first)
    assert contents(field.first.desk) == before
    add_trust(field.first.desk, stranger.profile, fingerprint=stranger.fingerprint)
    with refused(Code.SIGNER_OFFICE_WRONG):
        field.take(forged(field, dispatch, elsewhere.office.keys.identity), field.first)


def test_an_office_whose_certificate_was_taken_back_is_not_heard(field: Field) -> None:
    path, _ = assigned(field, order(field, 0))
    revocation = Revocation(serial=field.office.serial, at=field.clock.now())
    authority = unlock_authority(field.office.desk, OFFICE_PASSPHRASE)
    crl = issue_crl(authority, [revocation], number=9, moment=field.clock.now())
    trust = field.first.desk.workspace.trust
    with field.first.desk.workspace.change(CHANGE):
        trust.set(replace(trust.all()[0], crl=crl))
    with refused(Code.CERTIFICATE_REVOKED):
        field.take(path, field.first)
    assert tasks(field.first) == ()


def test_practice_stays_practice(practice: Field) -> None:
    path, dispatch = assigned(practice, order(practice, 0))
    assert practice.take(path, practice.first).tasks == TaskCounts(added=1)
    assert dispatch.consignment.head.rehearsal


@pytest.mark.parametrize("place", [60, -40])
def test_a_changed_byte_is_refused(field: Field, place: int) -> None:
    path, _ = assigned(field, order(field, 0))
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    before = contents(field.first.desk)
    with pytest.raises(AppError) as refusal:
        field.take(path, field.first)
    assert refusal.value.code in {Code.PACKAGE_DAMAGED, Code.PACKAGE_NOT_FOR_US}
    assert contents(field.first.desk) == before
