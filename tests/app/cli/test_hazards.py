"""`hazard`: what is not put right yet, as scripts read it, and answers that come back."""

import re

import pytest

from app.domain.card import CardId
from app.domain.hazard import Act, Field
from app.domain.unit import UnitKey
from app.services.units.hazards import draft_hazard, step_hazard, write_hazard
from tests.app.cli.shell import CODE, ROOT, Shell
from tests.app.services.field import closing_desk
from tests.fakes import FakeClock
from tests.forms import SYNTHETIC_CODES
from tests.returned import returned_page

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


def test_a_returned_page_is_filed_at_its_hazard_and_others_are_told(shell: Shell) -> None:
    card = shell.new_card()
    with closing_desk(shell.folder / "first", clock=FakeClock(), seed=9) as desk:
        draft = draft_hazard(desk, UnitKey(code=CODE), card_id=CardId(card))
        write_hazard(desk, draft, Field.TEXT, TEXT)
        page = returned_page(desk, card, shell.folder)
    one = shell.json("hazard", "answer", page, home="first")
    assert one.rows == [{"path": str(page), "hazards": [draft.id], "error": None}]
    assert TEXT in shell.text("hazard", "answer", page, home="first")
    other = shell.file("other.jpg", b"no picture")
    assert shell.refused("hazard", "answer", other, home="first") == "hazard_code_missing"
    both = shell("hazard", "answer", other, page, "--json", home="first")
    assert (both.status, both.code) == (1, "hazard_code_missing")
    assert [row["error"] for row in both.rows] == ["hazard_code_missing", None]
