"""Which reasons are offered, and in what order."""

from datetime import timedelta

from app.domain.form import ClauseId
from app.domain.phrase import Phrase, suggest
from tests.fakes import START

HERE, THERE, ELSEWHERE = ClauseId("S1-R1-C1"), ClauseId("S2-R1-C1"), ClauseId("S3-R1-C1")


def phrase(text: str, *, clause: ClauseId = HERE, used: int = 1, days: int = 0) -> Phrase:
    return Phrase(clause=clause, text=text, used=used, last_used=START + timedelta(days=days))


def test_the_most_used_come_first_and_of_those_the_latest() -> None:
    phrases = [phrase("一次"), phrase("三次", used=3), phrase("后来", days=1)]
    assert suggest(phrases, [HERE], general=())[HERE] == ("三次", "后来", "一次")


def test_a_reason_of_one_other_clause_is_not_offered_but_of_two_it_is() -> None:
    phrases = [
        phrase("只在那里", clause=THERE),
        phrase("到处", clause=THERE),
        phrase("到处", clause=ELSEWHERE),
    ]
    offered = suggest(phrases, [HERE, THERE], general=("随带",))
    assert offered[HERE] == ("到处", "随带")
    assert set(offered[THERE]) == {"只在那里", "到处", "随带"}


def test_at_most_five_are_offered_each_once() -> None:
    phrases = [phrase(f"理由{place}", used=9 - place) for place in range(6)]
    offered = suggest(phrases, [HERE], general=("理由0",))[HERE]
    assert offered == tuple(f"理由{place}" for place in range(5))
