"""签字确认: who may sign what, in which manner, and what a signature stands over."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from app.domain.signature import Paper, Pending, Refused, Signatory, absent, pending
from app.domain.signature import refused as refusal
from app.errors import AppError, Code
from app.exchange.card_document import part_hashes
from app.services.cards.assess import Inapplicable, record
from app.services.cards.view import view_card
from app.services.desk.intake import take_scan
from app.services.seal.sign import (
    Given,
    keep_signatures,
    plan_signatures,
    refuse_unprintable,
    sign_card,
)
from app.services.units.register import set_facts
from tests.app.services.field import Field, contents
from tests.forms import SYNTHETIC_CODES, national_form
from tests.refusals import refused
from tests.scorecards import synthetic_ink

NO_GLYPH = "\U0001f600"


def complete(field: Field) -> str:
    card_id = field.first.open_card()
    field.first.score(card_id)
    return card_id


def test_a_signature_stands_over_the_card_of_that_moment(field: Field) -> None:
    card_id = complete(field)
    hashes = part_hashes(view_card(field.first.desk, card_id).card, national_form())
    field.first.sign(card_id)
    lead, unit = view_card(field.first.desk, card_id).card.signatures
    assert (lead.signatory, unit.signatory) == (Signatory.LEAD, Signatory.UNIT)
    assert {(s.header_hash, s.scores_hash) for s in (lead, unit)} == {
        (hashes.header, hashes.scores)
    }
    assert lead.at == field.clock.now()


def test_an_unfinished_card_is_not_signed(field: Field) -> None:
    card_id = field.first.open_card()
    before = contents(field.first.desk)
    with refused(Code.CARD_UNFINISHED, count=31):
        field.first.sign(card_id)
    assert contents(field.first.desk) == before


def test_a_newer_signature_of_the_same_person_replaces_the_older(field: Field) -> None:
    card_id = complete(field)
    field.first.sign(card_id, Pending())
    field.first.sign(card_id)
    signatures = view_card(field.first.desk, card_id).card.signatures
    assert [type(s.manner) for s in signatures if s.signatory is Signatory.UNIT] == [
        type(synthetic_ink())
    ]


def test_members_sign_side_by_side(field: Field) -> None:
    card_id = complete(field)
    for name in ("测试甲", "测试乙", "测试甲"):
        sign_card(
            field.first.desk, card_id, signatory=Signatory.MEMBER, name=name, manner=Pending()
        )
    signatures = view_card(field.first.desk, card_id).card.signatures
    assert [signature.name for signature in signatures] == ["测试乙", "测试甲"]


@pytest.mark.parametrize("name", ["", "  ", "字" * 101, "\x00"])
def test_a_signature_needs_a_name_that_can_be_written(field: Field, name: str) -> None:
    card_id = complete(field)
    codes = {"": Code.NAME_EMPTY, "字": Code.NAME_TOO_LONG, "\x00": Code.TEXT_NOT_PRINTABLE}
    with refused(codes[name.strip(" ")[:1]]):
        sign_card(field.first.desk, card_id, signatory=Signatory.LEAD, name=name, manner=Pending())
    assert view_card(field.first.desk, card_id).card.signatures == ()


def test_nobody_signs_what_could_not_be_printed_and_sealed_afterwards(field: Field) -> None:
    card_id = complete(field)
    set_facts(
        field.first.desk,
        code=SYNTHETIC_CODES[0],
        sub_unit="",
        typed={"name": f"测试{NO_GLYPH}工厂"},
    )
    with refused(Code.GLYPH_MISSING, character=NO_GLYPH, codepoint="U+1F600"):
        field.first.sign(card_id)
    assert view_card(field.first.desk, card_id).card.signatures == ()


def test_a_signer_whose_name_cannot_be_printed_is_told_before_signing(field: Field) -> None:
    card_id = complete(field)
    with refused(Code.GLYPH_MISSING, character=NO_GLYPH):
        sign_card(
            field.first.desk,
            card_id,
            signatory=Signatory.UNIT,
            name=f"李{NO_GLYPH}",
            manner=Pending(),
        )


def test_a_refusal_is_a_manner_of_its_own(field: Field) -> None:
    card_id = complete(field)
    manner = refusal(why="不认可扣分", witness="测试丁", signer="测试丙")
    field.first.sign(card_id, manner)
    unit = view_card(field.first.desk, card_id).card.signatures[1]
    assert unit.manner == Refused(why="不认可扣分", witness="测试丁")


def test_an_absence_too(field: Field) -> None:
    card_id = complete(field)
    field.first.sign(card_id, absent(why="出差", witness="测试丁", signer="测试丙"))
    assert field.first.seal(card_id).index.revision == 1


def test_a_scan_of_the_paper_is_kept_like_evidence(field: Field) -> None:
    path = field.folder / "扫描.png"
    Image.new("RGB", (8, 8)).save(path)
    scan = take_scan(field.first.desk, path)
    card_id = complete(field)
    field.first.sign(card_id, Paper(scan=scan))
    assert view_card(field.first.desk, card_id).card.signatures[1].manner == Paper(scan=scan)
    assert field.first.desk.workspace.evidence.path(scan.sha256).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    "content",
    [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"GIF89a", b"II*\0" + b"\xff" * 60],
)
def test_what_is_no_picture_is_no_scan(field: Field, content: bytes) -> None:
    path = field.folder / "scan.png"
    path.write_bytes(content)
    with refused(Code.SCAN_UNREADABLE):
        take_scan(field.first.desk, path)
    assert field.first.desk.workspace.evidence.all() == ()


def test_a_damaged_picture_is_an_answer_never_a_crash(field: Field) -> None:
    """Bytes of small pictures flipped: each is taken or refused by its code."""
    for kind in ("PNG", "TIFF", "JPEG", "GIF", "WEBP", "BMP"):
        path = field.folder / f"whole.{kind}"
        Image.new("RGB", (3, 3), "red").save(path, kind)
        whole = path.read_bytes()
        for place in range(0, len(whole), max(1, len(whole) // 60)):
            damaged = field.folder / "damaged"
            damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
            with suppress(AppError):
                take_scan(field.first.desk, damaged)


def test_a_pdf_is_a_scan(field: Field) -> None:
    path = field.folder / "x"
    path.write_bytes(b"%PDF-1.4 synthetic")
    assert take_scan(field.first.desk, path).media_type == "application/pdf"


def test_a_missing_scan_is_refused(field: Field) -> None:
    with refused(Code.FILE_MISSING):
        take_scan(field.first.desk, Path("nowhere.png"))


def test_signing_a_sealed_card_is_refused(field: Field) -> None:
    sealed = field.first.sealed_card()
    with refused(Code.CARD_SEALED):
        field.first.sign(sealed.index.id)


def test_a_fact_that_now_contradicts_keeps_a_card_from_being_signed(field: Field) -> None:
    card_id = field.first.open_card(women="0")
    record(
        field.first.desk,
        card_id,
        [Inapplicable(clause="S5-R5-C1", reason="无女职工")],
        fill=True,
    )
    set_facts(field.first.desk, code=SYNTHETIC_CODES[0], sub_unit="", typed={"women": "2"})
    with refused(Code.NA_FACT_CONTRADICTS, value=2):
        field.first.sign(card_id)


def test_one_paper_carries_several_signatures_in_one_step(field: Field) -> None:
    desk, card_id = field.first.desk, complete(field)
    given = [
        Given(signatory=signatory, name=name, manner=Pending())
        for signatory, name in ((Signatory.LEAD, "测试甲"), (Signatory.MEMBER, "测试乙"))
    ]
    before = len(list(desk.workspace.audit.lines()))
    keep_signatures(desk, plan_signatures(desk, card_id, given))
    assert [held.name for held in view_card(desk, card_id).card.signatures] == ["测试甲", "测试乙"]
    assert len(list(desk.workspace.audit.lines())) == before + 1


def test_a_card_changed_while_its_print_was_drawn_is_not_signed(field: Field) -> None:
    desk, card_id = field.first.desk, complete(field)
    given = Given(signatory=Signatory.LEAD, name="测试甲", manner=Pending())
    plan = plan_signatures(desk, card_id, [given])
    refuse_unprintable(plan)
    field.first.score(card_id, S1_R1_C1="0")
    with refused(Code.CARD_CONFLICT):
        keep_signatures(desk, plan)
    assert view_card(desk, card_id).card.signatures == ()


def test_a_signature_follows_by_a_day_that_is_still_to_come(field: Field) -> None:
    card_id = complete(field)
    today = date(2020, 11, 6)
    with refused(Code.DATE_PAST, date="2020-11-05"):
        pending(by=date(2020, 11, 5), today=today)
    field.first.sign(card_id, pending(by=today, today=today))
    sealed = field.first.seal(card_id)
    assert b'"manner":{"by":"2020-11-06","type":"pending"}' in sealed.document
    assert field.take(field.submit()).set_aside == ()
