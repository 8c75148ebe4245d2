"""A founded office for the window's 签字确认."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.services.field import Founded
from tests.ui.views.signing.stage import Stage, staged
from ui.labels import Labels


@pytest.fixture
def stage(founded: Founded, labels: Labels, tmp_path: Path) -> Iterator[Stage]:
    with staged(founded, labels, tmp_path) as made:
        yield made
