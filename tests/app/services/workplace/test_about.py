"""What the program says of itself and of the computer."""

import tomllib
from pathlib import Path

from app.services.workplace.about import VERSION, about
from app.services.workplace.selfcheck import Check, check_computer
from tests.app.services.field import Field
from tests.disks import full_disk


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((Path(__file__).parents[4] / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == VERSION


def test_a_workspace_is_counted(field: Field) -> None:
    field.first.sealed_card(0)
    field.first.open_card(1)
    known = about(field.first.desk)
    assert (known.units, known.cards, known.sealed) == (2, 2, 1)
    assert known.holder is not None
    assert known.holder.name == "测试甲"


def test_a_disk_that_cannot_be_written_is_found(field: Field) -> None:
    with full_disk(at=0):
        found = {result.check: result for result in check_computer(field.first.desk)}
    assert not found[Check.WRITING].is_good
    assert found[Check.WRITING].detail == "disk_full"
    assert found[Check.DATABASE].is_good
