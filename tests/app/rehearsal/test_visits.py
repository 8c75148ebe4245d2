"""Visits that never took place: in season, by teams, signed in every way."""

from datetime import date

import pytest

from app.domain.card import Scored
from app.rehearsal.chance import SEED
from app.rehearsal.units import Size, units
from app.rehearsal.visits import Visit, Way, teams, visits
from app.reports.typeset.fonts import Style, covers, load_fonts
from tests.forms import RESOURCES, national_form, national_guide


def all_visits(size: Size, seed: int = SEED) -> tuple[Visit, ...]:
    return tuple(visits(size, national_form(), national_guide(), seed=seed))


@pytest.fixture(scope="module")
def district() -> tuple[Visit, ...]:
    return all_visits(Size.DISTRICT)


def test_the_same_seed_makes_the_same_visits() -> None:
    assert all_visits(Size.DEMO) == all_visits(Size.DEMO)
    assert all_visits(Size.DEMO) != all_visits(Size.DEMO, seed=SEED + 1)


def test_visits_to_twenty_thousand_units_are_made_one_by_one() -> None:
    many = visits(Size.STRESS, national_form(), national_guide(), seed=SEED)
    assert next(many).unit == next(units(Size.STRESS, seed=SEED))


def test_every_visit_falls_into_the_months_of_the_contest(district: tuple[Visit, ...]) -> None:
    days = [visit.begun.date() for visit in district]
    assert {day.year for day in days} == {2020, 2021}
    assert {day.month for day in days} == set(range(6, 12))
    assert sum(day.year == 2021 for day in days) < len(days) * 0.04


def test_the_week_before_the_deadline_is_crowded(district: tuple[Visit, ...]) -> None:
    late = [v for v in district if date(v.begun.year, 11, 24) <= v.begun.date()]
    assert len(late) > len(district) * 0.15


def test_the_unit_signs_in_every_way_even_in_a_demo() -> None:
    assert {visit.way for visit in all_visits(Size.DEMO)[:10]} == set(Way)


def test_teams_have_two_to_four_people() -> None:
    assert len(teams(Size.DEMO, seed=SEED)) == 2
    crews = teams(Size.DISTRICT, seed=SEED)
    assert len(crews) == 8
    assert {len(set(crew)) for crew in crews} <= {2, 3, 4}


def test_photographs_stand_behind_points_that_are_seen_on_site(
    district: tuple[Visit, ...],
) -> None:
    for visit in district:
        assert 1 <= len(visit.photographed) <= 3
        assert all(isinstance(visit.marks[clause], Scored) for clause in visit.photographed)


def test_all_that_is_said_can_be_printed(district: tuple[Visit, ...]) -> None:
    song = load_fonts(RESOURCES / "fonts").faces[Style.SONG]
    for visit in district:
        said = [mark.reason for mark in visit.marks.values()]
        assert covers(song, "".join((*visit.team, visit.representative, visit.witness, *said)))
