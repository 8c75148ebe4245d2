"""The district of the tests: founded once for a run, copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.services.field import Field, Founded, found, opened_field


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    return found(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def field(founded: Founded, tmp_path: Path) -> Iterator[Field]:
    with opened_field(founded, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def founded_for_practice(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    return found(tmp_path_factory.mktemp("practice"), rehearsal=True)


@pytest.fixture
def practice(founded_for_practice: Founded, tmp_path: Path) -> Iterator[Field]:
    """Give a field where everything is 练习."""
    with opened_field(founded_for_practice, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def founded_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """Found another office with inspectors of its own."""
    return found(tmp_path_factory.mktemp("elsewhere"), code="440307")


@pytest.fixture
def elsewhere(founded_elsewhere: Founded, tmp_path: Path) -> Iterator[Field]:
    (tmp_path / "elsewhere").mkdir()
    with opened_field(founded_elsewhere, tmp_path / "elsewhere") as opened:
        yield opened
