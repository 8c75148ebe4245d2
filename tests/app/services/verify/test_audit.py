"""「校验」: whatever is changed behind the program's back is found."""

from collections.abc import Callable

import pytest
from PIL import Image

from app.domain.evidence import Sha256
from app.services.cards.assess import attach
from app.services.office.authority import publish_profile, revoke
from app.services.office.decide import accept_cards
from app.services.seal.supplement import attach_late
from app.services.verify.audit import Audit, audit
from tests.app.services.field import OFFICE_PASSPHRASE, Field, Seat, rows_of
from tests.app.services.forgery import packed, redated


def found(seat: Seat) -> set[str]:
    return {flaw.code for flaw in audit(seat.desk).flaws}


def filled(field: Field) -> None:
    """Have cards in every state at both ends, with a photo behind one."""
    photo = field.folder / "a.png"
    Image.new("RGB", (8, 8)).save(photo)
    card = field.first.open_card()
    field.first.score(card)
    attach(field.first.desk, card, "S1-R1-C1", [photo])
    field.first.sign(card)
    field.first.seal(card)
    field.take(field.submit())
    accept_cards(field.office.desk, [card])
    draft = field.first.open_card(1)
    Image.new("RGB", (9, 9)).save(photo)
    attach(field.first.desk, draft, "S1-R1-C1", [photo])


def test_nothing_is_found_where_nothing_was_touched(field: Field) -> None:
    filled(field)
    at_first, at_office = audit(field.first.desk), audit(field.office.desk)
    assert (at_first.flaws, at_office.flaws) == ((), ())
    assert (at_first.ok, at_first.cards, at_first.files) == (True, 1, 3)
    assert (at_office.cards, at_office.files) == (1, 2)
    assert at_first.head == field.first.desk.workspace.audit.head()
    assert at_first.lines == len(list(field.first.desk.workspace.audit.lines()))


def test_an_empty_workspace_is_sound(field: Field) -> None:
    assert audit(field.second.desk).ok


ALTERATIONS = {
    "points of a sealed card": (
        "UPDATE clause_mark SET hundredths = 100 WHERE clause = 'S1-R1-C1'",
        "card_rows",
    ),
    "a reason": ("UPDATE clause_mark SET reason = 'x'", "card_rows"),
    "a mark taken away": (
        "DELETE FROM clause_mark WHERE clause = 'S1-R2-C1'",
        "card_rows",
    ),
    "the unit's name": ("UPDATE card SET unit_name = 'x' WHERE sealed <> ''", "card_rows"),
    "a signature taken away": ("DELETE FROM card_signature", "card_rows"),
    "who signed": ("UPDATE card_signature SET name = 'x'", "card_rows"),
    "a word of a column": (
        "UPDATE clause_mark SET source = 'hearsay'",
        "database_damaged",
    ),
    "figures of the ranking": ("UPDATE sealed_card SET base_hundredths = 1", "card_index"),
    "the bonus": ("UPDATE sealed_card SET bonus_hundredths = 1000", "card_index"),
    "the unit ranked": ("UPDATE sealed_card SET unit_name = 'x'", "card_index"),
    "the signer": ("UPDATE sealed_card SET signer = 'ff'", "card_index"),
    "the document": (
        "UPDATE sealed_card SET document = CAST(replace(document, '3', '2') AS BLOB)",
        "card_bytes",
    ),
    "the signature over the document": (
        (
            "UPDATE sealed_card SET cms = CAST(substr(cms, 1, length(cms) - 1)"
            " || iif(substr(cms, -1) = x'00', x'01', x'00') AS BLOB)"
        ),
        "signature_invalid",
    ),
    "no signature at all": ("UPDATE sealed_card SET cms = x''", "signature_invalid"),
    "the pdf exchanged": ("UPDATE sealed_card SET pdf_sha256 = 'aa'", "pdf"),
    "the form": ("UPDATE sealed_card SET form = 'aa'", "form_unknown"),
    "a line of the trail": (
        """DROP TRIGGER audit_event_is_never_changed;
        UPDATE audit_event SET subject = 'x' WHERE number = 2""",
        "audit_chain",
    ),
    "a line cut out of the trail": (
        """DROP TRIGGER audit_event_is_never_deleted;
        DELETE FROM audit_event WHERE number = 2""",
        "audit_chain",
    ),
    "a reference": ("UPDATE card SET form = 'aa' WHERE sealed <> ''", "database"),
}


@pytest.mark.parametrize("name", ALTERATIONS)
@pytest.mark.parametrize("seat", ["first", "office"])
def test_an_alteration_behind_the_programs_back_is_found(
    field: Field, name: str, seat: str
) -> None:
    filled(field)
    sql, code = ALTERATIONS[name]
    where = field.first if seat == "first" else field.office
    with rows_of(where.desk) as rows:
        rows.executescript(sql)
    assert code in found(where)


def rot(field: Field, pick: Callable[[Field], str], seat: Seat) -> None:
    path = seat.desk.workspace.evidence.path(Sha256(pick(field)))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def photo_behind(field: Field) -> str:
    (sealed,) = field.first.desk.workspace.cards.all_sealed()
    card = field.first.desk.workspace.cards.revision(sealed.id, sealed.revision)
    assert card is not None
    ((kept,),) = card.evidence.values()
    return kept.sha256


def photo_of_the_draft(field: Field) -> str:
    (draft,) = field.first.desk.workspace.cards.drafts()
    ((kept,),) = draft.evidence.values()
    return kept.sha256


def pdf_of_the_card(field: Field) -> str:
    (index,) = field.first.desk.workspace.cards.all_sealed()
    sealed = field.first.desk.workspace.cards.sealed(index.hash)
    assert sealed is not None
    return sealed.pdf.sha256


@pytest.mark.parametrize(
    ("pick", "seats", "code"),
    [
        (photo_behind, ("first", "office"), "evidence"),
        (photo_of_the_draft, ("first",), "evidence"),
        (pdf_of_the_card, ("first", "office"), "pdf"),
    ],
)
def test_a_changed_byte_of_a_kept_file_is_found(
    field: Field, pick: Callable[[Field], str], seats: tuple[str, ...], code: str
) -> None:
    filled(field)
    for name in seats:
        seat = field.first if name == "first" else field.office
        rot(field, pick, seat)
        assert found(seat) == {code}


def test_a_file_that_is_gone_is_missed_where_it_was_made(field: Field) -> None:
    filled(field)
    sha256 = Sha256(photo_behind(field))
    field.first.desk.workspace.evidence.path(sha256).unlink()
    assert [(flaw.code, flaw.where) for flaw in audit(field.first.desk).flaws] == [
        ("evidence", sha256)
    ]


def test_certificates_run_out_or_taken_back_since_are_no_flaw(field: Field) -> None:
    filled(field)
    field.pass_days(1)
    revoke(
        field.office.desk, serial=field.first.serial, reason="离职", passphrase=OFFICE_PASSPHRASE
    )
    field.pass_days(5 * 366)
    assert audit(field.office.desk).ok
    assert audit(field.first.desk).ok
    publish_profile(field.office.desk, OFFICE_PASSPHRASE)


def test_a_conflict_is_no_flaw(field: Field) -> None:
    sealed = field.received()
    field.take(packed(field, redated(field, sealed)))
    result: Audit = audit(field.office.desk)
    assert (result.ok, result.cards) == (True, 2)


def test_a_sealed_card_that_is_gone_is_missed(field: Field) -> None:
    sealed = field.first.sealed_card()
    with rows_of(field.first.desk) as rows:
        rows.executescript(
            """DELETE FROM clause_mark; DELETE FROM card_signature; DELETE FROM card;
            DELETE FROM sealed_card"""
        )
    assert [(flaw.code, flaw.where) for flaw in audit(field.first.desk).flaws] == [
        ("card_missing", sealed.index.hash)
    ]


def test_an_altered_supplement_is_found(field: Field) -> None:
    sealed = field.first.sealed_card()
    photo = field.folder / "a.png"
    Image.new("RGB", (8, 8)).save(photo)
    attach_late(field.first.desk, sealed.index.id, "S1-R1-C1", [photo], field.first.keys)
    field.take(field.submit())
    for seat in (field.first, field.office):
        assert found(seat) == set()
        with rows_of(seat.desk) as rows:
            rows.execute(
                "UPDATE supplement SET document = CAST(replace(document, 'S1', 'S2') AS BLOB)"
            )
        assert found(seat) == {"signature_invalid", "supplement_bytes"}
