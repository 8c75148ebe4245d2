"""A dishonest inspector signs everything anew: his card is set aside, the others are taken in."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PIL import Image

from app.crypto.certificates import Holder
from app.crypto.facts import Role
from app.crypto.identity import SigningIdentity, new_identity
from app.crypto.keys import new_signing_key
from app.domain.card import Card, NotApplicable, OfficeName, Policy, Scored
from app.domain.delivery import Outcome
from app.domain.form import ClauseId, FormHash, GuideHash
from app.domain.keyring import CredentialKind
from app.domain.unit import UnitKey
from app.errors import Code
from app.services.cards.assess import attach
from app.services.desk.standing import holder_of
from app.services.keys.unlock import unlock_authority
from app.services.office.authority import publish_profile, revoke, set_rules
from app.services.office.receipts import write_receipts
from tests.app.services.field import OFFICE_PASSPHRASE, Field, contents, rows_of
from tests.app.services.forgery import (
    Piece,
    Wire,
    honest,
    packed,
    print_of,
    redrawn,
    resigned,
    rewritten,
)
from tests.forms import SYNTHETIC_CODES, national_form
from tests.pki import make_inspector, make_office
from tests.refusals import refused

Forge = Callable[[Field, Piece], Piece]
FIRST = national_form().clauses[0].id


def drawn(change: Callable[[Card], Card]) -> Forge:
    """Return a forgery whose card was changed, then signed and printed anew."""

    def forge(field: Field, piece: Piece) -> Piece:
        return redrawn(field, change(piece.card), field.first.keys.identity)

    return forge


def written(change: Callable[[Wire], None]) -> Forge:
    """Return a forgery whose JSON was changed by hand and signed; the PDF is the honest one."""

    def forge(field: Field, piece: Piece) -> Piece:
        return rewritten(piece, change, field.first.keys.identity)

    return forge


def marked(points: str, reason: str = "x", clause: ClauseId = FIRST) -> Callable[[Card], Card]:
    mark = Scored(points=Decimal(points), reason=reason)
    return lambda card: replace(card, marks={**card.marks, clause: mark})


def named(name: str) -> Callable[[Card], Card]:
    return lambda card: replace(card, unit=replace(card.unit, name=name))


def coded(code: str, sub_unit: str = "") -> Callable[[Card], Card]:
    key = UnitKey(code=code, sub_unit=sub_unit)
    return lambda card: replace(card, unit=replace(card.unit, key=key))


def without_a_clause(card: Card) -> Card:
    marks = {clause: mark for clause, mark in card.marks.items() if clause != FIRST}
    return replace(card, marks=marks)


def with_women(card: Card) -> Card:
    clause = ClauseId("S5-R5-C1")
    marks = {**card.marks, clause: NotApplicable(reason="无女职工")}
    return replace(card, marks=marks)


def under(policy: Policy = Policy.FULL, step: str = "1") -> Callable[[Card], Card]:
    return lambda card: replace(card, terms=replace(card.terms, policy=policy, step=Decimal(step)))


def with_total(wire: Wire) -> None:
    scores = wire["scores"]
    assert isinstance(scores, dict)
    scores["totals"] = {"base": "100", "bonus": "0", "total": "100", "converted": "100"}


def with_form(wire: Wire) -> None:
    scores = wire["scores"]
    assert isinstance(scores, dict)
    scores["form"] = FormHash("a" * 64)


def with_stray_field(wire: Wire) -> None:
    wire["remark"] = "x"


def of_another_card(field: Field, piece: Piece) -> Piece:
    other = honest(field, field.first.sealed_card(7))
    return replace(piece, pdf=other.pdf)


def printing_another_name(field: Field, piece: Piece) -> Piece:
    pdf = print_of(
        field,
        named("测试另一家工厂")(piece.card),
        piece.document,
        piece.cms,
        field.first.keys.identity,
    )
    return replace(piece, pdf=pdf)


def printed_by_a_colleague(field: Field, piece: Piece) -> Piece:
    identity = field.second.keys.identity
    other = resigned(piece, piece.document, identity)
    return replace(piece, pdf=print_of(field, piece.card, piece.document, other.cms, identity))


def with_no_pdf(_: Field, piece: Piece) -> Piece:
    return replace(piece, pdf=b"%PDF-1.7 nothing")


def signed_for_other_bytes(field: Field, piece: Piece) -> Piece:
    other = resigned(piece, b"other", field.first.keys.identity)
    return replace(piece, cms=other.cms)


def signed_by_nobody_known(_: Field, piece: Piece) -> Piece:
    return resigned(piece, piece.document, make_inspector(make_office("440306")))


def signed_by_the_office(field: Field, piece: Piece) -> Piece:
    return resigned(piece, piece.document, field.office.keys.identity)


def listed_as_another_id(_: Field, piece: Piece) -> Piece:
    other = piece.card.id[:-1] + ("0" if piece.card.id[-1] != "0" else "1")
    return replace(piece, card=replace(piece.card, id=type(piece.card.id)(other)))


def listed_with_more_points(_: Field, piece: Piece) -> Piece:
    return replace(piece, base="100")


def listed_with_a_bonus(_: Field, piece: Piece) -> Piece:
    return replace(piece, bonus="10")


FORGERIES: dict[str, tuple[Forge, Code]] = {
    "points_above_the_maximum": (drawn(marked("99")), Code.POINTS_ABOVE_MAXIMUM),
    "points_off_the_step": (drawn(marked("1.5")), Code.POINTS_OFF_STEP),
    "no_reason": (drawn(marked("1", reason="")), Code.REASON_MISSING),
    "part_of_all_or_nothing": (
        drawn(marked("20", clause=ClauseId("S6-R1-C1"))),
        Code.POINTS_ALL_OR_NOTHING,
    ),
    "unfinished": (drawn(without_a_clause), Code.CARD_UNFINISHED),
    "unsigned": (drawn(lambda card: replace(card, signatures=())), Code.CARD_UNSIGNED),
    "women_there": (drawn(with_women), Code.NA_FACT_CONTRADICTS),
    "totals_wrong": (written(with_total), Code.CARD_DOCUMENT_DAMAGED),
    "another_form": (written(with_form), Code.FORM_UNKNOWN),
    "a_stray_field": (written(with_stray_field), Code.CARD_DOCUMENT_DAMAGED),
    "another_guide": (
        drawn(lambda card: replace(card, terms=replace(card.terms, guide=GuideHash("b" * 64)))),
        Code.GUIDE_UNKNOWN,
    ),
    "a_policy_never_set": (drawn(under(Policy.ZERO)), Code.CARD_RULES_WRONG),
    "a_step_never_set": (drawn(under(step="0.5")), Code.CARD_RULES_WRONG),
    "practice_inside": (
        drawn(lambda card: replace(card, rehearsal=True)),
        Code.CARD_DOCUMENT_DAMAGED,
    ),
    "another_office": (
        drawn(lambda card: replace(card, office=OfficeName(code="440307", name="别区竞赛办"))),
        Code.SIGNER_OFFICE_WRONG,
    ),
    "a_made_up_code": (drawn(coded("914403030000000000")), Code.CREDIT_CODE_CHECK),
    "a_code_in_small_letters": (
        drawn(coded(SYNTHETIC_CODES[0].lower())),
        Code.CARD_DOCUMENT_DAMAGED,
    ),
    "a_name_nobody_could_type": (drawn(named("测试　　工厂 ")), Code.CARD_DOCUMENT_DAMAGED),
    "the_pdf_of_another_card": (of_another_card, Code.PDF_RECORD_ALTERED),
    "another_name_printed": (printing_another_name, Code.PDF_TEXT_DIFFERS),
    "printed_by_a_colleague": (printed_by_a_colleague, Code.PDF_SIGNERS_DIFFER),
    "no_pdf": (with_no_pdf, Code.PDF_DAMAGED),
    "a_signature_over_other_bytes": (signed_for_other_bytes, Code.SIGNATURE_INVALID),
    "a_stranger": (signed_by_nobody_known, Code.SIGNER_UNKNOWN),
    "the_office_as_inspector": (signed_by_the_office, Code.SIGNER_ROLE_WRONG),
    "another_id": (listed_as_another_id, Code.CARD_DOCUMENT_DAMAGED),
    "more_points_in_the_list": (listed_with_more_points, Code.CARD_DOCUMENT_DAMAGED),
    "a_bonus_in_the_list": (listed_with_a_bonus, Code.CARD_DOCUMENT_DAMAGED),
}


@pytest.mark.parametrize("kind", FORGERIES)
def test_a_forged_card_is_set_aside_and_the_others_go_on(field: Field, kind: str) -> None:
    forge, code = FORGERIES[kind]
    forged = forge(field, honest(field, field.first.sealed_card(S1_R1_C1="1")))
    good = honest(field, field.first.sealed_card(1))
    imported = field.take(packed(field, forged, good))
    assert [(aside.id, aside.code) for aside in imported.set_aside] == [(forged.card.id, code)]
    assert [item.card for item in imported.with_outcome(Outcome.ACCEPTED)] == [good.card.id]
    office = field.office.desk.workspace
    assert [index.id for index in office.cards.all_sealed()] == [good.card.id]
    assert [unit.key for unit in office.units.all()] == [good.card.unit.key]


def test_an_honest_card_packed_by_hand_is_taken_in(field: Field) -> None:
    """Without this the forgeries above might be refused for what they have in common."""
    piece = honest(field, field.first.sealed_card(S1_R1_C1="1"))
    again = redrawn(
        field,
        honest(field, field.first.sealed_card(2)).card,
        field.first.keys.identity,
    )
    assert field.take(packed(field, piece, again)).set_aside == ()


def test_a_photo_left_out_of_the_list_is_missed(field: Field) -> None:
    photo = field.folder / "a.png"
    Image.new("RGB", (8, 8)).save(photo)
    card_id = field.first.open_card()
    field.first.score(card_id)
    attach(field.first.desk, card_id, "S1-R1-C1", [photo])
    field.first.sign(card_id)
    piece = honest(field, field.first.seal(card_id))
    (aside,) = field.take(packed(field, replace(piece, evidence=()))).set_aside
    assert (aside.code, aside.refusal.facts["where"]) == (Code.CARD_DOCUMENT_DAMAGED, "evidence")


def test_a_card_set_aside_comes_in_once_the_cause_is_gone(field: Field) -> None:
    piece = drawn(under(Policy.ZERO))(field, honest(field, field.first.sealed_card()))
    path = packed(field, piece)
    assert len(field.take(path).set_aside) == 1
    set_rules(field.office.desk, {"na": "zero"})
    imported = field.take(path)
    assert [item.outcome for item in imported.items] == [Outcome.ACCEPTED]
    before = contents(field.office.desk)
    field.take(path)
    assert contents(field.office.desk) == before


def test_a_card_set_aside_leaves_no_file(field: Field) -> None:
    piece = drawn(marked("99"))(field, honest(field, field.first.sealed_card()))
    field.take(packed(field, piece))
    assert field.office.desk.workspace.evidence.all() == ()


@pytest.mark.parametrize(
    ("signer", "code"),
    [("office", Code.SIGNER_ROLE_WRONG), ("ca", Code.SIGNER_IS_CA)],
)
def test_only_an_inspector_submits(field: Field, signer: str, code: Code) -> None:
    piece = honest(field, field.first.sealed_card())
    authority = unlock_authority(field.office.desk, OFFICE_PASSPHRASE)
    identities = {
        "office": field.office.keys.identity,
        "ca": SigningIdentity(
            key=authority.key, certificate=authority.certificate, chain=(authority.certificate,)
        ),
    }
    path = packed(field, piece, identity=identities[signer])
    before = contents(field.office.desk)
    with refused(code):
        field.take(path)
    assert contents(field.office.desk) == before


def test_a_submission_to_another_office_is_not_ours(field: Field) -> None:
    piece = honest(field, field.first.sealed_card())
    with refused(Code.SIGNER_OFFICE_WRONG, office="440306", expected="440307"):
        field.take(packed(field, piece, recipient="440307"))


def test_practice_does_not_pass_for_real(field: Field) -> None:
    piece = honest(field, field.first.sealed_card())
    with refused(Code.PACKAGE_REHEARSAL_MIXED):
        field.take(packed(field, piece, rehearsal=True))


def test_a_key_that_no_certificate_names_signs_nothing(field: Field) -> None:
    piece = honest(field, field.first.sealed_card())
    held = field.first.keys.identity
    thief = SigningIdentity(key=new_signing_key(), certificate=held.certificate, chain=held.chain)
    with refused(Code.SIGNATURE_INVALID):
        field.take(packed(field, piece, identity=thief))


def test_an_inspector_revoked_before_we_received_is_refused(field: Field) -> None:
    field.first.sealed_card()
    path = field.submit()
    revoke(
        field.office.desk, serial=field.first.serial, reason="离职", passphrase=OFFICE_PASSPHRASE
    )
    before = contents(field.office.desk)
    with refused(Code.CERTIFICATE_REVOKED, name="测试甲"):
        field.take(path)
    assert contents(field.office.desk) == before


def test_what_was_received_before_a_revocation_stands(field: Field) -> None:
    """The inspector's clock is a claim; our own receipt is the proof."""
    field.first.sealed_card()
    path = field.submit()
    field.take(path)
    field.pass_days(1)
    revoke(
        field.office.desk, serial=field.first.serial, reason="离职", passphrase=OFFICE_PASSPHRASE
    )
    field.pass_days(1)
    assert [item.outcome for item in field.take(path).items] == [Outcome.DUPLICATE]


def test_a_revoked_inspector_cannot_backdate_a_card(field: Field) -> None:
    field.received()
    field.first.sealed_card(1)
    late = field.submit()
    field.pass_days(1)
    revoke(
        field.office.desk, serial=field.first.serial, reason="离职", passphrase=OFFICE_PASSPHRASE
    )
    with refused(Code.CERTIFICATE_REVOKED):
        field.take(late)


def test_a_colleague_cannot_bring_in_a_revoked_inspectors_card(field: Field) -> None:
    piece = honest(field, field.first.sealed_card())
    revoke(
        field.office.desk, serial=field.first.serial, reason="离职", passphrase=OFFICE_PASSPHRASE
    )
    path = packed(field, piece, seat=field.second)
    assert [aside.code for aside in field.take(path).set_aside] == [Code.CERTIFICATE_REVOKED]


def test_a_list_out_of_date_stops_the_office_until_it_publishes_a_new_one(field: Field) -> None:
    field.first.sealed_card()
    path = field.submit()
    field.pass_days(401)
    before = contents(field.office.desk)
    with refused(Code.REVOCATION_STALE):
        field.take(path)
    assert contents(field.office.desk) == before
    publish_profile(field.office.desk, OFFICE_PASSPHRASE)
    assert [item.outcome for item in field.take(path).items] == [Outcome.ACCEPTED]


def test_a_certificate_that_ran_out_before_we_received_is_refused(field: Field) -> None:
    field.first.sealed_card()
    path = field.submit()
    field.pass_days(3 * 366)
    with refused(Code.REVOCATION_STALE):
        field.take(path)


def test_a_practice_office_takes_in_nothing_real(field: Field) -> None:
    field.first.sealed_card()
    path = field.submit()
    with rows_of(field.office.desk) as rows:
        rows.execute("UPDATE workspace SET rehearsal = 1")
    with refused(Code.PACKAGE_IS_NOT_REHEARSAL):
        field.take(path)


def test_a_real_office_takes_in_no_practice(practice: Field) -> None:
    practice.first.sealed_card()
    path = practice.submit()
    with rows_of(practice.office.desk) as rows:
        rows.execute("UPDATE workspace SET rehearsal = 0")
    with refused(Code.PACKAGE_IS_REHEARSAL):
        practice.take(path)


def test_practice_among_itself_goes_all_the_way(practice: Field) -> None:
    practice.accepted()
    assert practice.take(practice.receipt(), practice.first).set_aside == ()


def test_an_inspector_certified_twice_is_two_signers(field: Field) -> None:
    authority = unlock_authority(field.office.desk, OFFICE_PASSPHRASE)
    holder = Holder(common_name="测试甲", post="", role=Role.INSPECTOR)
    again = new_identity(authority, holder, moment=field.clock.now())
    piece = honest(field, field.first.sealed_card())
    twice = resigned(piece, piece.document, again)
    (aside,) = field.take(packed(field, twice)).set_aside
    assert aside.code is Code.PDF_SIGNERS_DIFFER
    assert holder_of(field.first.desk, CredentialKind.INSPECTOR) is not None
    assert write_receipts(field.office.desk, field.folder / "r", field.office.keys)[0]
