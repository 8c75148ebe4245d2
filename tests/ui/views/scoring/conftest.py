"""A new card in front of a presenter."""

import pytest

from app.services.desk.desk import Desk
from tests.ui.views.scoring.stage import Stage, begin, set_stage
from ui.labels import Labels


@pytest.fixture
def stage(desk: Desk, labels: Labels) -> Stage:
    return set_stage(desk, labels, begin(desk, women="0", hazard_exposed="12"))
