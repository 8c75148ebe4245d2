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
