"""Units that do not exist: the same each time, plausible as a crowd, awkward in known places."""

from statistics import median

import pytest

from app.domain.credit_code import parse_credit_code
from app.domain.names import clean_name
from app.domain.unit import Unit
from app.rehearsal.chance import SEED
from app.rehearsal.codes import MOST
from app.rehearsal.units import Size, unit_at, units
from app.reports.typeset.fonts import Style, covers, load_fonts
from tests.forms import RESOURCES


@pytest.fixture(scope="module")
def crowd() -> tuple[Unit, ...]:
    return tuple(units(Size.CITY, seed=SEED))


def share(crowd: tuple[Unit, ...], **facts: int) -> float:
    """Return the share of the units whose facts are these."""
    having = [
        unit
        for unit in crowd
        if all(getattr(unit.facts, fact) == value for fact, value in facts.items())
    ]
    return len(having) / len(crowd)


def test_the_same_seed_makes_the_same_units() -> None:
    assert list(units(Size.DISTRICT, seed=1)) == list(units(Size.DISTRICT, seed=1))
    assert list(units(Size.DEMO, seed=1)) != list(units(Size.DEMO, seed=2))


def test_a_smaller_size_is_the_beginning_of_a_larger_one() -> None:
    larger = units(Size.STRESS, seed=SEED)
    assert [next(larger) for _ in range(Size.DEMO)] == list(units(Size.DEMO, seed=SEED))


def test_the_last_unit_of_the_largest_size_is_had_without_the_others() -> None:
    assert Size.STRESS <= MOST
    assert parse_credit_code(unit_at(Size.STRESS - 1, seed=SEED).key.code).body_checks


def test_every_code_passes_both_checks_and_every_key_is_its_own(crowd: tuple[Unit, ...]) -> None:
    assert all(parse_credit_code(unit.key.code).body_checks for unit in crowd)
    assert len({unit.key for unit in crowd}) == len(crowd)


def test_no_code_has_a_serial_that_is_known_to_be_given_out(crowd: tuple[Unit, ...]) -> None:
    assert {unit.key.code[8:13] for unit in crowd} == {"MA00T", "MB00T", "MJ00T"}


def test_every_name_says_that_it_is_made_up(crowd: tuple[Unit, ...]) -> None:
    assert all("拟" in unit.name[:4] for unit in crowd)


def test_names_are_as_a_person_would_have_typed_them_cleanly(crowd: tuple[Unit, ...]) -> None:
    assert all(clean_name(unit.name) == unit.name for unit in crowd)


def test_names_are_in_the_faces_that_are_shipped(crowd: tuple[Unit, ...]) -> None:
    faces = load_fonts(RESOURCES / "fonts").faces
    used = "".join({unit.name + unit.key.sub_unit for unit in crowd})
    assert covers(faces[Style.SONG], used)
    assert covers(faces[Style.HEI], used)


def test_even_a_demo_has_the_awkward_ones() -> None:
    demo = tuple(units(Size.DEMO, seed=SEED))
    names = [unit.name for unit in demo]
    assert min(map(len, names)) == 4
    assert max(map(len, names)) > 45
    assert all(any(sign in name for name in names) for sign in "·&（")
    assert len({unit.key.code for unit in demo}) == len(demo) - 1
    assert share(demo, women=0) > 0
    assert 0 < share(demo, hazard_exposed=0) < 1


def test_a_branch_shares_code_and_name_with_its_parent(crowd: tuple[Unit, ...]) -> None:
    branches = [place for place, unit in enumerate(crowd) if unit.key.sub_unit]
    assert len(branches) > len(crowd) * 0.05
    for place in branches:
        parent = crowd[place - 1]
        assert (crowd[place].key.code, crowd[place].name) == (parent.key.code, parent.name)


def test_facts_are_spread_as_in_the_city(crowd: tuple[Unit, ...]) -> None:
    workers = [unit.facts.workers or 0 for unit in crowd]
    assert 115 < median(workers) < 145
    assert min(workers) >= 1
    assert 3_000 < max(workers) <= 30_000
    assert 0.025 < share(crowd, women=0) < 0.035
    assert 0.3 < share(crowd, hazard_exposed=0) < 0.5
    assert 0.17 < share(crowd, high_risk=True) < 0.27


def test_no_part_of_the_workers_exceeds_the_whole(crowd: tuple[Unit, ...]) -> None:
    for unit in crowd:
        facts = unit.facts
        for part in (facts.women, facts.migrant, facts.hazard_exposed):
            assert 0 <= (part or 0) <= (facts.workers or 0)
