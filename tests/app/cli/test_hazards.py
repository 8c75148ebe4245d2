"""`hazard list`: what scripts and offices read of what is not put right yet."""

import re

import pytest

from app.domain.hazard import Act, Field
from app.domain.unit import UnitKey
from app.services.hazards import draft_hazard, step_hazard, write_hazard
from tests.app.cli.shell import CODE, ROOT, Shell
from tests.app.services.field import closing_desk
from tests.fakes import FakeClock
from tests.forms import SYNTHETIC_CODES

TEXT = "测试：通道堵塞"
LONG_AGO = "2020-01-31"
PAGE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


@pytest.fixture
def office(shell: Shell) -> Shell:
    """Leave an overdue hazard, one in time and a withdrawn one in the office's workspace."""
    shell.json("units", "add", "--name", "测试工厂", "--code", CODE)
    key = UnitKey(code=CODE)
    with closing_desk(shell.folder / "office", clock=FakeClock(), seed=9) as desk:
        late, in_time, mistaken = (draft_hazard(desk, key) for _ in range(3))
        for draft in (late, in_time, mistaken):
            write_hazard(desk, draft, Field.TEXT, TEXT)
            write_hazard(desk, draft, Field.TELEPHONE, "0755-12345678")
        write_hazard(desk, late, Field.DEADLINE, LONG_AGO)
        write_hazard(desk, in_time, Field.DEADLINE, "2199-12-31")
        step_hazard(desk, mistaken.id, Act.WITHDRAW, remark="测试：误建")
    return shell


def test_hazards_left_open_are_listed_overdue_ones_first(office: Shell) -> None:
    late, in_time = office.json("hazard", "list").rows
    assert (late["deadline"], late["name"], late["text"]) == (LONG_AGO, "测试工厂", TEXT)
    assert isinstance(late["days_overdue"], int)
    assert late["days_overdue"] > 0
    assert in_time["days_overdue"] == 0
    assert TEXT in office.text("hazard", "list")


def test_only_overdue_ones_are_listed_when_asked_for(office: Shell) -> None:
    (late,) = office.json("hazard", "list", "--overdue").rows
    assert late["deadline"] == LONG_AGO


def test_of_one_unit_the_settled_ones_come_too(office: Shell) -> None:
    rows = office.json("hazard", "list", "--unit", CODE).rows
    assert [row["state"] for row in rows] == ["open", "open", "withdrawn"]
    assert office.refused("hazard", "list", "--unit", SYNTHETIC_CODES[1]) == "unit_unknown"


def test_no_telephone_is_passed_around_and_every_field_is_told(office: Shell) -> None:
    answer = office.json("hazard", "list")
    assert "12345678" not in answer.out
    (section,) = re.findall(r"^### hazard list$(.*?)^##", PAGE, re.MULTILINE | re.DOTALL)
    assert [key for key in answer.rows[0] if f"`{key}`" not in section] == []


def test_a_fresh_workspace_lists_nothing(shell: Shell) -> None:
    assert shell.json("hazard", "list", home="fresh").document == []
