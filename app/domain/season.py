"""竞赛年度: the years an edition of the contest covers."""

import re

_YEAR = re.compile(r"\d{4}")


def season_years(edition: str) -> tuple[int, int]:
    """Return the first and last year named in an edition ('2020—2021年度').

    Raises:
        ValueError: no year is named; the form's reader has seen to that.

    """
    years = [int(year) for year in _YEAR.findall(edition)]
    return min(years), max(years)


def season_covers(edition: str, year: int) -> bool:
    """Tell whether a year lies in an edition."""
    first, last = season_years(edition)
    return first <= year <= last
