"""A check code leads to the card where it is kept, and nowhere else."""

from app.errors import AppError, Code
from app.reports.card.wording import check_code
from app.services.cards.view import view_card
from app.services.prints.card_prints import print_hash
from app.services.verify.check_codes import bearing_code
from app.services.verify.exhibit import check_code as typed_code
from app.services.verify.verdict import CheckName, Report
from app.services.verify.verify import verify
from tests.app.services.field import Field, Seat, ready
from tests.refusals import refused


def looked_up(seat: Seat, typed: str) -> Report:
    return verify(seat.desk, typed_code(typed))


def refusal_of(report: Report) -> AppError:
    """Return why no record was found."""
    (check,) = (each for each in report.checks if each.name is CheckName.RECORD)
    (refusal,) = check.refusals
    return refusal


def test_the_code_of_a_sealed_card_finds_it_however_it_is_typed(field: Field) -> None:
    index = field.first.seal(ready(field)).index
    code = check_code(index.hash)
    full_width = code.translate({number: number + 0xFEE0 for number in range(0x21, 0x7F)})
    misread = code.replace("0", "O").replace("1", "l")
    assert bearing_code(field.first.desk, typed_code(misread).code) == (index,)
    for typed in (code, code.lower(), f" {code[:4]}-{code[5:]} ", full_width):
        report = looked_up(field.first, typed)
        assert report.hash == index.hash
        assert report.ok


def test_the_code_of_a_paper_printed_before_the_seal_finds_the_draft(field: Field) -> None:
    card_id = ready(field)
    view = view_card(field.first.desk, card_id)
    code = check_code(print_hash(view))
    assert bearing_code(field.first.desk, typed_code(code).code) == (view.card,)
    refusal = refusal_of(looked_up(field.first, code))
    assert (refusal.code, refusal.facts) == (Code.CARD_NOT_SEALED, {"card": card_id})
    field.first.seal(card_id)
    assert refusal_of(looked_up(field.first, code)).code is Code.CHECK_CODE_UNKNOWN


def test_a_code_is_unknown_where_the_card_is_not_kept(field: Field) -> None:
    code = check_code(field.first.seal(ready(field)).index.hash)
    report = looked_up(field.office, code)
    assert not report.ok
    assert refusal_of(report).code is Code.CHECK_CODE_UNKNOWN
    assert refusal_of(report).facts == {"code": code}


def test_what_is_no_code_is_refused() -> None:
    for typed in ("", "1234", "G" * 12, "0" * 13, "测试"):
        with refused(Code.CHECK_CODE_MALFORMED, typed=typed):
            typed_code(typed)
