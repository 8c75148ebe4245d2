"""Evidence is listed clause after clause, each file once, photos and papers numbered apart."""

from app.domain.card import add_evidence
from app.domain.evidence import Evidence, Sha256
from app.domain.evidence_list import listed_evidence, photos_of
from tests.forms import national_form, open_card

FORM = national_form()
FIRST, SECOND, THIRD = FORM.clauses[0], FORM.clauses[1], FORM.clauses[2]


def file(digit: str, media_type: str = "image/jpeg") -> Evidence:
    return Evidence(sha256=Sha256(digit * 64), name="a", media_type=media_type, size=1)


def test_a_file_behind_several_clauses_is_shown_at_the_first_of_the_form() -> None:
    card = open_card()
    for clause, kept in (
        (THIRD, file("a")),
        (SECOND, file("b")),
        (THIRD, file("b")),
        (FIRST, file("c", "application/pdf")),
        (SECOND, file("d", "image/svg+xml")),
    ):
        card = add_evidence(card, clause, kept)
    groups = listed_evidence(card, FORM)
    assert [group.clause for group in groups] == [FIRST, SECOND, THIRD]
    shown = [[(each.file.sha256[0], each.number) for each in group.shown] for group in groups]
    assert shown == [[("c", 1)], [("b", 1), ("d", 2)], [("a", 2)]]
    assert [each.file.sha256[0] for each in groups[2].earlier] == ["b"]
    assert groups[1].shown[0].clauses == (SECOND.id, THIRD.id)
    assert [each.number for each in photos_of(card, FORM)] == [1, 2]


def test_a_card_without_evidence_lists_nothing() -> None:
    assert listed_evidence(open_card(), FORM) == ()
