"""Phrases learn from what is kept, and can be forgotten."""

from app.domain.form import ClauseId
from app.errors import Code
from app.services.cards.phrases import forget_phrase, learn_phrase, suggestions
from tests.app.services.field import Field
from tests.refusals import refused

CLAUSE, OTHER = ClauseId("S1-R1-C1"), ClauseId("S1-R2-C1")


def offered(field: Field, clause: ClauseId = CLAUSE) -> tuple[str, ...]:
    return suggestions(field.first.desk, [clause])[clause]


def test_a_reason_kept_twice_is_offered_before_what_the_program_brings(field: Field) -> None:
    brought = offered(field)
    assert len(brought) == 5
    for text in ("未设专职人员", "机构不健全", " 机构不健全 "):
        learn_phrase(field.first.desk, CLAUSE, text)
    assert offered(field) == ("机构不健全", "未设专职人员", *brought[:3])
    assert offered(field, OTHER) == brought


def test_a_reason_can_be_forgotten(field: Field) -> None:
    learn_phrase(field.first.desk, CLAUSE, "机构不健全")
    forget_phrase(field.first.desk, CLAUSE, "机构不健全")
    assert "机构不健全" not in offered(field)


def test_an_empty_reason_is_not_learned_and_one_that_cannot_be_kept_is_refused(
    field: Field,
) -> None:
    before = offered(field)
    learn_phrase(field.first.desk, CLAUSE, "  ")
    with refused(Code.TEXT_NOT_PRINTABLE):
        learn_phrase(field.first.desk, CLAUSE, "\x00")
    assert offered(field) == before
