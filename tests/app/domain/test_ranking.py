"""名次: base, then bonus; equals share a rank; the order of arrival and the name never decide."""

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain.card import CardId
from app.domain.ranking import Entry, LeftOut, rank
from app.domain.unit import UnitKey

FIGURES = st.integers(0, 40).map(lambda tenths: Decimal(tenths) / 10)  # close, so that many tie


@st.composite
def some_entries(draw: st.DrawFn) -> list[Entry]:
    figures = draw(st.lists(st.tuples(FIGURES, FIGURES), max_size=12))
    return [entry(place, base, bonus) for place, (base, bonus) in enumerate(figures)]


def entry(place: int, base: Decimal | int, bonus: Decimal | int = 0) -> Entry:
    return Entry(
        card=CardId(f"card-{place}"),
        unit=UnitKey(code=f"{place:018d}"),
        name=f"测试{place}厂",
        base=Decimal(base),
        bonus=Decimal(bonus),
    )


def ranks(entries: Sequence[Entry]) -> list[tuple[int, str]]:
    return [(ranked.rank, ranked.entry.card) for ranked in rank(entries, ()).ranked]


def test_equals_share_a_rank_and_the_next_is_skipped() -> None:
    entries = [entry(1, 98), entry(2, 96), entry(3, 96), entry(4, 90)]
    assert [place for place, _ in ranks(entries)] == [1, 2, 2, 4]


def test_the_bonus_decides_between_equal_bases_and_never_before_them() -> None:
    entries = [entry(1, 95, 10), entry(2, 96, 0), entry(3, 95, 4)]
    assert ranks(entries) == [(1, "card-2"), (2, "card-1"), (3, "card-3")]


def test_the_same_total_is_no_tie() -> None:
    assert [place for place, _ in ranks([entry(1, 95, 5), entry(2, 100, 0)])] == [1, 2]


def test_points_written_differently_are_equal() -> None:
    entries = [entry(1, Decimal("96.0")), entry(2, Decimal(96))]
    assert [place for place, _ in ranks(entries)] == [1, 1]


def test_equals_stand_in_the_order_of_code_and_sub_unit() -> None:
    branches = [
        Entry(
            card=CardId(sub_unit),
            unit=UnitKey(code="0" * 18, sub_unit=sub_unit),
            name="测试厂",
            base=Decimal(90),
            bonus=Decimal(0),
        )
        for sub_unit in ("b", "", "a")
    ]
    assert ranks([entry(1, 90), *branches]) == [(1, ""), (1, "a"), (1, "b"), (1, "card-1")]


def test_an_entry_adds_up() -> None:
    assert entry(1, 98, 10).total == 108


def test_what_was_left_out_is_told_with_the_reason() -> None:
    left_out = ((CardId("card-9"), LeftOut.RETURNED),)
    assert rank([], left_out).left_out == left_out


def test_nothing_accepted_gives_an_empty_order() -> None:
    assert rank([], ()).ranked == ()


@given(st.data(), some_entries())
def test_the_order_of_arrival_does_not_matter(data: st.DataObject, entries: list[Entry]) -> None:
    shuffled = data.draw(st.permutations(entries))
    assert rank(shuffled, ()) == rank(entries, ())


@given(some_entries())
def test_a_rank_is_one_more_than_the_number_of_better_ones(entries: list[Entry]) -> None:
    for ranked in rank(entries, ()).ranked:
        mine = (ranked.entry.base, ranked.entry.bonus)
        better = sum((other.base, other.bonus) > mine for other in entries)
        assert ranked.rank == better + 1


@given(some_entries())
def test_everybody_stands_in_the_order_once(entries: list[Entry]) -> None:
    ranked = rank(entries, ()).ranked
    assert sorted(one.entry.card for one in ranked) == sorted(e.card for e in entries)
