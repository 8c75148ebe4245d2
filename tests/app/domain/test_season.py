"""竞赛年度: an edition names the years it covers."""

import pytest

from app.domain.season import season_covers, season_years
from tests.forms import national_form


@pytest.mark.parametrize(
    ("edition", "years"),
    [
        ("2020—2021年度", (2020, 2021)),
        ("2020-2021年度", (2020, 2021)),
        ("2022年度", (2022, 2022)),
        ("2021、2020", (2020, 2021)),
    ],
)
def test_the_years_are_those_named(edition: str, years: tuple[int, int]) -> None:
    assert season_years(edition) == years


def test_the_national_form_covers_its_two_years() -> None:
    edition = national_form().edition
    assert [year for year in range(2018, 2024) if season_covers(edition, year)] == [2020, 2021]


def test_an_edition_without_a_year_is_a_bug() -> None:
    """`read_form` refuses such a form."""
    with pytest.raises(ValueError, match="empty"):
        season_years("本年度")
