"""The district of the tests: founded once for a run, an hour ago by the real clock."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.app.cli.shell import Shell, sit_down
from tests.app.services.field import Founded, found


@pytest.fixture(scope="session")
def founded_today(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    an_hour_ago = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    return found(tmp_path_factory.mktemp("today"), moment=an_hour_ago)


@pytest.fixture
def shell(founded_today: Founded, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return sit_down(founded_today, tmp_path, capsys)
