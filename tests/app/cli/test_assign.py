"""`office assign`, `office withdraw` and what `import` says of them; a clock that is behind."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.services.units.register import add_unit
from tests.app.cli.shell import CODE, Shell
from tests.app.services.field import closing_desk
from tests.fakes import FakeClock
from tests.forms import SYNTHETIC_CODES

OTHER, BRANCHED = SYNTHETIC_CODES[1], SYNTHETIC_CODES[2]


@pytest.fixture
def office(shell: Shell) -> Shell:
    """Register two units and two branches at the office."""
    for code, sub_unit in ((CODE, ""), (OTHER, ""), (BRANCHED, "东厂"), (BRANCHED, "西厂")):
        named = ("--code", code, "--sub-unit", sub_unit)
        shell.json("units", "add", "--name", f"测试{code[-3:]}厂{sub_unit}", *named)
    return shell


def assigned(shell: Shell, *options: str, name: str = "t.akp") -> Path:
    path = shell.folder / name
    due = ("--to", "测试甲", "--due", "2030-11-30")
    shell.json("office", "assign", *due, *options, "-o", path)
    return path


def test_an_assignment_says_what_it_gives(office: Shell) -> None:
    path = office.folder / "t.akp"
    chosen = f"{OTHER},{BRANCHED}/西厂"
    options = ("--to", "测试甲", "--due", "2030-11-30", "--team", "测试乙, 测试甲", "-o", path)
    answer = office.json("office", "assign", "--units", chosen, *options)
    assert answer.keys == {
        "path",
        "package_id",
        "digest",
        "sequence",
        "person",
        "serial",
        "units",
    }
    assert (answer["person"], answer["sequence"], answer["path"]) == ("测试甲", 1, str(path))
    units = answer["units"]
    assert isinstance(units, list)
    first, second = (unit for unit in units if isinstance(unit, dict))
    assert (first["code"], second["sub_unit"]) == (OTHER, "西厂")
    assert first.keys() == {"code", "sub_unit", "name", "card", "due", "withdrawn"}
    assert office.json("verify", path)["ok"] is True


def test_the_laptop_takes_it_in_and_begins_the_card_assigned(office: Shell) -> None:
    path = assigned(office, "--all", "--team", "测试乙")
    imported = office.json("import", path, home="first")
    assert (imported["kind"], imported["accepted"], imported["missing"]) == ("assignment", 0, [])
    assert imported["tasks"] == {"added": 4, "renewed": 0, "withdrawn": 0, "unchanged": 0}
    assert office.json("import", path, home="first")["tasks"] == {
        "added": 0,
        "renewed": 0,
        "withdrawn": 0,
        "unchanged": 4,
    }
    listed = office.json("units", "list", home="first").rows
    assert [row["due"] for row in listed] == ["2030-11-30"] * 4
    again = office.json(
        "office",
        "assign",
        "--to",
        "测试乙",
        "--due",
        "2030-12-01",
        "--units",
        CODE,
        "-o",
        office.folder / "u.akp",
    )
    units = again["units"]
    assert isinstance(units, list)
    assert isinstance(units[0], dict)
    assert office.json("card", "new", CODE, home="first")["id"] == units[0]["card"]


def test_a_unit_taken_back_is_no_longer_due(office: Shell) -> None:
    office.json("import", assigned(office, "--all"), home="first")
    path = office.folder / "w.akp"
    answer = office.json("office", "withdraw", "--to", "测试甲", "--units", CODE, "-o", path)
    assert (answer["sequence"], answer["person"]) == (2, "测试甲")
    assert "收回 1 家" in office.text("import", path, home="first")
    due = {row["code"]: row["due"] for row in office.json("units", "list", home="first").rows}
    assert (due[CODE], due[OTHER]) == (None, "2030-11-30")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--to", "测试某", "--all"), "inspector_unknown"),
        (("--to", "测试甲", "--units", SYNTHETIC_CODES[5]), "unit_unknown"),
        (("--to", "测试甲", "--units", BRANCHED), "unit_code_ambiguous"),
        (("--to", "测试甲", "--all", "--due", "2030-02-30"), "date_malformed"),
    ],
)
def test_a_bad_assignment_is_refused(office: Shell, options: tuple[str, ...], code: str) -> None:
    path = office.folder / "t.akp"
    due = () if "--due" in options else ("--due", "2030-11-30")
    assert office.refused("office", "assign", *options, *due, "-o", path) == code
    assert not path.exists()


@pytest.mark.parametrize("options", [(), ("--all", "--units", CODE)])
def test_either_units_or_all_must_be_given(office: Shell, options: tuple[str, ...]) -> None:
    given = ("--to", "测试甲", "--due", "2030-11-30", "-o", office.folder / "t.akp")
    assert office("office", "assign", *given, *options).status == 2


def test_a_clock_behind_the_last_use_is_told_beside_the_answer(shell: Shell) -> None:
    ahead = FakeClock(moment=datetime.now(UTC) + timedelta(days=400))
    with closing_desk(shell.folder / "office", clock=ahead, seed=9) as desk:
        add_unit(desk, name="测试工厂", code=CODE, sub_unit="")
    answer = shell("units", "set", CODE, "women=3", "--json")
    assert (answer.status, answer["name"]) == (0, "测试工厂")
    assert answer.err.startswith("warning: clock_behind: 电脑时间 ")
    assert shell("units", "list").err == ""
