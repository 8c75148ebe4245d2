"""`card`: from a blank form to the sealed one, and the JSON that scripts rely on."""

import json

import pytest
from PIL import Image

from tests.app.cli.shell import CODE, Json, Shell
from tests.forms import SYNTHETIC_CODES, national_form, national_guide


def part(answer: Json, *names: str) -> Json:
    """Return what lies under these names."""
    for name in names:
        assert isinstance(answer, dict)
        answer = answer[name]
    return answer


def rows(value: Json) -> list[dict[str, Json]]:
    assert isinstance(value, list)
    return [row for row in value if isinstance(row, dict)]


def test_a_new_card_says_its_id(shell: Shell) -> None:
    shell("units", "add", "--name", "测试工厂", "--code", CODE, home="first")
    made = shell.json("card", "new", CODE, "--date", "2020-11-06", home="first")
    assert made.keys == {"id"}
    shown = shell.json("card", "show", str(made["id"]), home="first")
    assert (shown["date_from"], shown["date_to"]) == ("2020-11-06", "2020-11-06")


def test_a_list_names_id_state_revision_and_unit(shell: Shell) -> None:
    card = shell.new_card()
    (row,) = shell.json("card", "list", home="first").rows
    assert {"id", "state", "revision", "unit"} <= set(row)
    assert (row["id"], row["state"], row["revision"]) == (card, "draft", 1)
    assert part(row, "unit", "code") == CODE
    assert part(row, "unit", "name") == "测试工厂"


def test_a_card_shown_has_all_that_the_issue_lists(shell: Shell) -> None:
    card = shell.new_card()
    shell("card", "score", card, "S1-R1-C1=1", "--reason", "S1-R1-C1=机构不健全", home="first")
    shown = shell.json("card", "show", card, home="first")
    assert shown["id"] == card
    assert (shown["revision"], shown["state"]) == (1, "draft")
    unit = shown["unit"]
    assert isinstance(unit, dict)
    assert {"code", "sub_unit", "name"} <= set(unit)
    assert shown["form"] == {"id": national_form().id, "hash": national_form().hash}
    assert shown["guide"] == {"id": national_guide().id, "hash": national_guide().hash}
    assert (shown["base"], shown["bonus"], shown["total"]) == ("1", "0", "1")
    assert len(rows(shown["sections"])) == 7
    assert len(rows(shown["rows"])) == 24
    clauses = rows(shown["clauses"])
    assert len(clauses) == 32
    assert clauses[0] == {
        "id": "S1-R1-C1",
        "max": "3",
        "awarded": "1",
        "status": "scored",
        "reason": "机构不健全",
        "source": "on_site",
        "evidence": [],
    }
    assert clauses[1] == {
        "id": "S1-R1-C2",
        "max": "2",
        "awarded": None,
        "status": "open",
        "reason": "",
        "source": None,
        "evidence": [],
    }
    assert shown["signatures"] == []


def test_not_applicable_is_shown_with_what_it_counts(shell: Shell) -> None:
    card = shell.new_card()
    shell("units", "set", CODE, "women=0", home="first")
    shell.json("card", "score", card, "--na", "S5-R5-C1=无女职工", home="first")
    clauses = {
        clause["id"]: clause
        for clause in rows(shell.json("card", "show", card, home="first")["clauses"])
    }
    clause = clauses["S5-R5-C1"]
    assert (clause["status"], clause["awarded"], clause["reason"]) == (
        "not_applicable",
        clause["max"],
        "无女职工",
    )


def test_the_whole_way_shows_in_the_state(shell: Shell) -> None:
    def state(home: str = "first") -> Json:
        return shell.json("card", "show", card, home=home)["state"]

    card = shell.new_card()
    assert state() == "draft"
    shell.json("card", "score", card, "--full", home="first")
    assert state() == "complete"
    for role in ("lead", "unit"):
        shell.json(
            "card", "sign", card, "--role", role, "--name", "测试甲", "--pending", home="first"
        )
    shell.json("card", "finalize", card, home="first")
    assert state() == "signed"
    package = shell.folder / "s.akp"
    shell.json("submit", "-o", package, home="first")
    assert state() == "exported"
    shell.json("import", package)
    assert state("office") == "received"
    shell.json("office", "return", card, "--reason", "缺照片")
    assert state("office") == "returned"
    receipts = shell.folder / "receipts"
    (receipt,) = shell.json("receipts", "-o", receipts).rows
    shell.json("import", str(receipt["path"]), home="first")
    assert state() == "returned"
    assert shell.json("card", "show", card, home="first")["returned_for"] == "缺照片"
    shell.json("office", "accept", card)
    (receipt,) = shell.json("receipts", "-o", receipts).rows
    shell.json("import", str(receipt["path"]), home="first")
    assert state() == "adopted"


def test_a_batch_with_one_bad_clause_scores_nothing(shell: Shell) -> None:
    card = shell.new_card()
    bad = ("S1-R1-C1=1", "S1-R2-C1=99", "--reason", "S1-R1-C1=x", "--full")
    assert shell.refused("card", "score", card, *bad, home="first") == "points_above_maximum"
    assert shell.json("card", "show", card, home="first")["base"] == "0"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("S1-R1-C1",), "argument_malformed"),
        (("=1",), "argument_malformed"),
        (("S1-R1-C1=1", "S1-R1-C1=2"), "argument_malformed"),
        (("S1-R1-C1=1", "--na", "S1-R1-C1=x"), "argument_malformed"),
        (("--reason", "x"), "argument_malformed"),
        (("--reason=S5-R5-C1=x", "--na=S5-R5-C1=x"), "argument_malformed"),
        (("S9-R9-C9=1",), "clause_unknown"),
        (("S1-R1-C1=1.5", "--reason", "S1-R1-C1=x"), "points_off_step"),
        (("S1-R1-C1=1",), "reason_missing"),
        (("S1-R1-C1=-1",), "points_below_zero"),
        (("S1-R1-C1=三",), "points_not_a_number"),
        (("S1-R1-C1=1e0",), "points_not_a_number"),
        (("S6-R1-C1=24", "--reason", "S6-R1-C1=x"), "points_all_or_nothing"),
        (("--na", "S1-R1-C1=x"), "na_not_allowed"),
        (("--na", "S5-R5-C1=x"), "na_fact_unknown"),
    ],
)
def test_malformed_points_are_refused(shell: Shell, arguments: tuple[str, ...], code: str) -> None:
    card = shell.new_card()
    assert shell.refused("card", "score", card, *arguments, home="first") == code


def test_where_points_come_from_is_said_for_each_clause(shell: Shell) -> None:
    card = shell.new_card()
    shell("units", "set", CODE, "women=0", home="first")
    line = ("S6-R1-C1=25", "--source=S6-R1-C1=department", "--na=S5-R5-C1=无女职工")
    shell.json("card", "score", card, *line, "--source=S5-R5-C1=pledged", home="first")
    shell.json("card", "score", card, "--source=S6-R1-C1=on_site", home="first")
    shown = shell.json("card", "show", card, home="first")
    sources = {each["id"]: each["source"] for each in rows(shown["clauses"]) if each["source"]}
    assert sources == {"S6-R1-C1": "on_site", "S5-R5-C1": "pledged"}
    hearsay = ("card", "score", card, "--source=S6-R1-C1=hearsay")
    assert shell.refused(*hearsay, home="first") == "argument_malformed"


def test_evidence_is_listed_by_its_hash(shell: Shell) -> None:
    card = shell.new_card()
    path = shell.folder / "a.png"
    Image.new("RGB", (4, 4)).save(path)
    added = shell.json("card", "evidence", card, "S1-R1-C1", path, path, home="first")
    held = added["evidence"]
    assert isinstance(held, list)
    assert len(held) == 1
    clauses = rows(shell.json("card", "show", card, home="first")["clauses"])
    assert clauses[0]["evidence"] == held


def test_a_change_after_signing_says_that_signatures_fell(shell: Shell) -> None:
    card = shell.signed_card()
    change = ("card", "score", card, "S1-R1-C1=1", "--reason", "S1-R1-C1=机构不健全")
    answer = shell.json(*change, home="first")
    assert answer["signatures_removed"] == [card]
    assert card in answer.err
    assert shell.json("card", "show", card, home="first")["signatures"] == []


def test_facts_set_on_a_signed_draft_say_so_too(shell: Shell) -> None:
    card = shell.signed_card()
    answer = shell.json("units", "set", CODE, "women=0", "workers=9", home="first")
    assert answer["signatures_removed"] == [card]


def test_signatures_are_shown_in_their_manner(shell: Shell) -> None:
    card = shell.new_card()
    shell.json("card", "score", card, "--full", home="first")
    scan = shell.folder / "scan.png"
    Image.new("RGB", (4, 4)).save(scan)
    sign = ("card", "sign", card)
    shell.json(*sign, "--role=lead", "--name=测试甲", "--paper", scan, home="first")
    shell.json(
        *sign, "--role=member", "--name=测试乙", "--absent=出差", "--witness=测试丁", home="first"
    )
    shell.json(
        *sign, "--role=unit", "--name=测试丙", "--refused=不认可", "--witness=测试丁", home="first"
    )
    shown = shell.json("card", "show", card, home="first")
    assert [(s["role"], s["name"], s["kind"]) for s in rows(shown["signatures"])] == [
        ("lead", "测试甲", "paper"),
        ("member", "测试乙", "absent"),
        ("unit", "测试丙", "refused"),
    ]
    assert rows(shown["signatures"])[2]["why"] == "不认可"
    text = shell.text("card", "show", card, home="first")
    assert "拒签" in text
    assert "纸质签字" in text


@pytest.mark.parametrize(
    "manner",
    [
        (),
        ("--pending", "--refused=x"),
        ("--ink", "ink.json", "--pending"),
        ("--refused=x", "--witness=乙", "--by=2099-12-01"),
    ],
)
def test_a_signature_has_exactly_one_manner(shell: Shell, manner: tuple[str, ...]) -> None:
    card = shell.new_card()
    shell.json("card", "score", card, "--full", home="first")
    answer = shell("card", "sign", card, "--role=lead", "--name=甲", *manner, home="first")
    assert answer.status == 2
    assert answer.out == ""


@pytest.mark.parametrize(
    ("manner", "code"),
    [
        (("--refused=x",), "witness_missing"),
        (("--refused=x", "--witness=测试甲"), "witness_missing"),
        (("--refused= ", "--witness=乙"), "reason_missing"),
        (("--ink=nowhere.json",), "file_missing"),
        (("--paper=nowhere.png",), "file_missing"),
        (("--pending", "--by=soon"), "date_malformed"),
        (("--pending", "--by=2020-01-01"), "date_past"),
    ],
)
def test_a_manner_that_lacks_something_is_refused(
    shell: Shell, manner: tuple[str, ...], code: str
) -> None:
    card = shell.new_card()
    shell.json("card", "score", card, "--full", home="first")
    sign = ("card", "sign", card, "--role=lead", "--name=测试甲", *manner)
    assert shell.refused(*sign, home="first") == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "ink_malformed"),
        ("{}", "ink_malformed"),
        ('{"strokes": [], "width": 300, "height": 100}', "ink_empty"),
        ('{"strokes": [[[1, 1, 0, 0.5]]], "width": 300, "height": 100}', "ink_empty"),
        ('{"strokes": [[[1, 1]]], "width": 300, "height": 100}', "ink_malformed"),
        ('{"strokes": [], "width": 0, "height": 100}', "ink_malformed"),
        (json.dumps({"strokes": [[[0, 0, -1, 2]]], "width": 3, "height": 1}), "ink_malformed"),
        ('{"strokes": [[[NaN, 1, 0, 1]]], "width": 300, "height": 100}', "ink_malformed"),
        (b"\xff\xfe", "ink_malformed"),
    ],
)
def test_malformed_ink_is_refused(shell: Shell, content: str | bytes, code: str) -> None:
    card = shell.new_card()
    shell.json("card", "score", card, "--full", home="first")
    ink = shell.file("ink.json", content)
    sign = ("card", "sign", card, "--role=lead", "--name=测试甲", "--ink", ink)
    assert shell.refused(*sign, home="first") == code
    assert shell.json("card", "show", card, home="first")["signatures"] == []


def test_finalize_says_the_hash_and_the_pdf_is_the_same_for_ever(shell: Shell) -> None:
    card = shell.signed_card()
    sealed = shell.json("card", "finalize", card, home="first")
    assert sealed.keys == {"id", "revision", "hash", "pdf_sha256", "time_stamp_missed"}
    assert sealed["time_stamp_missed"] is None
    paths = [shell.folder / "1.pdf", shell.folder / "2.pdf"]
    for path in paths:
        written = shell.json("card", "pdf", card, "-o", path, home="first")
        assert written["sha256"] == sealed["pdf_sha256"]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert shell.refused("card", "finalize", card, home="first") == "card_sealed"


def test_a_wrong_passphrase_finalizes_nothing(shell: Shell) -> None:
    card = shell.signed_card()
    finalize = ("card", "finalize", card, "--passphrase-file", shell.folder / "wrong", "--json")
    answer = shell.bare("--home", shell.folder / "first", *finalize)
    assert (answer.status, answer.code) == (1, "passphrase_wrong")
    assert shell.json("card", "show", card, home="first")["state"] == "complete"


def test_an_unfinished_card_names_what_is_open(shell: Shell) -> None:
    card = shell.new_card()
    answer = shell("card", "finalize", card, home="first")
    assert (answer.status, answer.code) == (1, "card_unfinished")
    assert "S1-R1-C1" in answer.err


def test_a_revision_is_numbered(shell: Shell) -> None:
    card = shell.sealed_card()
    assert shell.json("card", "revise", card, "--reason", "复核", home="first").document == {
        "id": card,
        "revision": 2,
    }
    assert shell.json("card", "show", card, home="first")["revision"] == 2


def test_a_check_names_hint_and_clause(shell: Shell) -> None:
    card = shell.new_card()
    findings = shell.json("card", "check", card, home="first").rows
    assert findings[0] == {"hint": "open", "clause": "S1-R1-C1", "blocks": True}
    assert "S1-R1-C1" in shell.text("card", "check", card, home="first")


def test_what_comes_after_sealing_is_a_supplement(shell: Shell) -> None:
    card = shell.sealed_card()
    scan = shell.folder / "scan.png"
    Image.new("RGB", (4, 4)).save(scan)
    late = ("card", "supplement", "sign", card, "--role=unit", "--name=测试丙", "--paper", scan)
    made = shell.json(*late, home="first")
    assert made.keys == {"id", "supplement"}
    assert shell.refused(*late, home="first") == "card_sealed"
    added = shell.json("card", "supplement", "evidence", card, "S1-R1-C1", scan, home="first")
    assert added["id"] == card


@pytest.mark.parametrize(
    "command",
    [
        ("show",),
        ("check",),
        ("score", "--full"),
        ("finalize",),
        ("revise", "--reason", "x"),
        ("pdf", "-o", "x.pdf"),
        ("sign", "--role=lead", "--name=甲", "--pending"),
    ],
)
def test_an_unknown_card_is_refused_everywhere(shell: Shell, command: tuple[str, ...]) -> None:
    verb, *rest = command
    assert shell.refused("card", verb, "nothing", *rest, home="first") == "card_unknown"


def test_a_card_needs_a_unit_that_is_registered(shell: Shell) -> None:
    assert shell.refused("card", "new", SYNTHETIC_CODES[3], home="first") == "unit_unknown"
    assert shell.refused("card", "new", "123", home="first") == "credit_code_format"
    shell("units", "add", "--name", "测试工厂", "--code", CODE, home="first")
    assert (
        shell.refused("card", "new", CODE, "--date", "6.11.2020", home="first") == "date_malformed"
    )
