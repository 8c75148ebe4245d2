"""Packages, receipts, ranking, summary, verification, audit: what scripts read of them."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.files import WorkspaceLock
from tests.app.cli.shell import CODE, Json, Shell
from tests.app.services.field import OFFICE_NAME, Founded, opened_field
from tests.app.services.forgery import honest, packed, redated
from tests.forms import SYNTHETIC_CODES

OTHER = SYNTHETIC_CODES[1]


def sent(shell: Shell, code: str = CODE, home: str = "first") -> tuple[str, Path]:
    """Return a sealed card and the package it is in."""
    card = shell.sealed_card(code, home)
    path = shell.folder / f"{code}-{home}.akp"
    shell.json("submit", "-o", path, home=home)
    return card, path


def test_a_package_says_what_it_holds(shell: Shell) -> None:
    card = shell.sealed_card()
    path = shell.folder / "s.akp"
    answer = shell.json("submit", "-o", path, home="first")
    assert answer.keys == {"path", "package_id", "digest", "sequence", "cards"}
    assert (answer["path"], answer["sequence"], answer["cards"]) == (str(path), 1, [card])
    assert shell.refused("submit", "-o", path, home="first") == "nothing_to_submit"
    again = shell.json("submit", "-o", path, "--cards", card, "--no-photos", home="first")
    assert again["sequence"] == 2


def test_an_import_says_what_became_of_each_record(shell: Shell) -> None:
    card, path = sent(shell)
    answer = shell.json("import", path)
    assert {
        "package_id",
        "kind",
        "accepted",
        "duplicates",
        "set_aside",
        "conflicts",
    } <= answer.keys
    assert (answer["kind"], answer["accepted"], answer["duplicates"]) == ("submission", 1, 0)
    assert (answer["set_aside"], answer["conflicts"]) == ([], 0)
    assert (answer["cards"], answer["sender"], answer["missing"]) == ([card], "测试甲", [])
    again = shell.json("import", path)
    assert (again["accepted"], again["duplicates"]) == (0, 1)


def test_of_several_packages_a_bad_one_does_not_keep_out_the_others(shell: Shell) -> None:
    _, good = sent(shell)
    bad = shell.file("bad.akp", good.read_bytes()[:300])
    answer = shell("import", bad, good, shell.folder / "none.akp", "--json")
    assert answer.status == 1
    first, second, third = answer.rows
    assert (first["error"], third["error"]) == ("package_damaged", "file_missing")
    assert second["accepted"] == 1
    assert [line.split(": ")[1:3] for line in answer.err.splitlines()] == [
        ["package_damaged", "bad.akp"],
        ["file_missing", "none.akp"],
    ]


def test_a_person_reads_why_a_card_was_set_aside(founded_today: Founded, shell: Shell) -> None:
    """A colleague brings the card of one whose certificate was taken back."""
    with opened_field(founded_today, folder_in(shell)) as field:
        piece = honest(field, field.first.sealed_card())
        path = packed(field, piece, seat=field.second)
    shell.json("office", "revoke", serial_of(shell, "测试甲"), "--reason", "离职")
    answer = shell("import", path, "--lang", "en")
    assert answer.status == 0
    assert f"  {piece.card.id}  certificate_revoked  The certificate of 测试甲 was" in answer.out
    document = shell.json("import", path)
    assert document["set_aside"] == [{"id": piece.card.id, "code": "certificate_revoked"}]


def test_two_contents_of_one_revision_are_decided_by_hash(
    founded_today: Founded, shell: Shell
) -> None:
    with opened_field(founded_today, folder_in(shell)) as field:
        sealed = field.first.sealed_card()
        one, two = field.submit(), packed(field, redated(field, sealed))
    shell.json("import", one)
    answer = shell.json("import", two)
    assert answer["conflicts"] == 1
    (rival,) = rows(answer["in_conflict"])
    assert rival["id"] == sealed.index.id
    assert shell.refused("office", "accept", sealed.index.id) == "card_conflict"
    shell.json("office", "accept", str(rival["hash"]))
    assert [row["id"] for row in rows(shell.json("rank")["ranking"])] == [sealed.index.id]
    shown = shell.json("card", "show", sealed.index.id)
    assert (shown["state"], shown["hash"]) == ("adopted", rival["hash"])
    assert [row["state"] for row in shell.json("card", "list").rows] == ["adopted"]


def folder_in(shell: Shell) -> Path:
    folder = shell.folder / "field"
    folder.mkdir()
    return folder


def rows(value: Json) -> list[dict[str, Json]]:
    assert isinstance(value, list)
    return [row for row in value if isinstance(row, dict)]


def serial_of(shell: Shell, name: str) -> str:
    (row,) = [row for row in shell.json("office", "list").rows if row["name"] == name]
    return str(row["serial"])


def test_receipts_are_written_once(shell: Shell) -> None:
    shell.received_card()
    folder = shell.folder / "r"
    (row,) = shell.json("receipts", "-o", folder).rows
    assert set(row) == {"path", "person", "cards"}
    assert (row["person"], row["cards"]) == ("测试甲", 1)
    assert shell.json("receipts", "-o", folder).document == []
    assert len(list(folder.iterdir())) == 1


def test_a_receipt_is_imported_like_any_package(shell: Shell) -> None:
    card = shell.received_card()
    (row,) = shell.json("receipts", "-o", shell.folder / "r").rows
    answer = shell.json("import", str(row["path"]), home="first")
    assert (answer["kind"], answer["accepted"], answer["sender"]) == ("receipt", 1, OFFICE_NAME)
    assert shell.json("card", "show", card, home="first")["state"] == "received"


def test_a_ranking_has_all_that_the_issue_lists(shell: Shell) -> None:
    best = shell.received_card(CODE)
    next_best = shell.received_card(OTHER, "first", "S1-R1-C1=1")
    pending = shell.received_card(SYNTHETIC_CODES[2])
    shell.json("office", "accept", best, next_best)
    answer = shell.json("rank")
    assert answer.keys == {"ranking", "left_out"}
    ranking = answer["ranking"]
    assert isinstance(ranking, list)
    assert ranking[1] == {
        "rank": 2,
        "id": next_best,
        "unit_code": OTHER,
        "sub_unit": "",
        "unit": "测试工厂",
        "base": "98",
        "bonus": "0",
        "total": "98",
    }
    assert answer["left_out"] == [{"id": pending, "why": "not_decided"}]
    assert "测试工厂" in shell.text("rank")


def test_a_summary_is_a_workbook(shell: Shell) -> None:
    shell.json("office", "accept", shell.received_card())
    path = shell.folder / "s.xlsx"
    answer = shell.json("summary", "-o", path, "--by", "测试员")
    assert answer.document == {"path": str(path), "rows": 1}
    sheet = load_workbook(path).active
    assert sheet is not None
    text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert "测试员" in text
    assert OFFICE_NAME in text


def test_a_good_pdf_is_verified(shell: Shell) -> None:
    card = shell.sealed_card()
    pdf = shell.folder / "c.pdf"
    shell.json("card", "pdf", card, "-o", pdf, home="first")
    answer = shell.json("verify", pdf)
    assert {"ok", "kind", "signer", "problems"} <= answer.keys
    assert (answer["ok"], answer["kind"], answer["signer"]) == (True, "pdf", "测试甲")
    assert answer["problems"] == []
    assert "测试甲" in shell.text("verify", pdf)


def test_a_changed_pdf_is_told_by_code_and_sentence(shell: Shell) -> None:
    card = shell.sealed_card()
    pdf = shell.folder / "c.pdf"
    shell.json("card", "pdf", card, "-o", pdf, home="first")
    content = bytearray(pdf.read_bytes())
    content[len(content) // 2] ^= 1
    pdf.write_bytes(bytes(content))
    answer = shell("verify", pdf, "--json")
    assert (answer.status, answer["ok"]) == (1, False)
    (problem,) = rows(answer["problems"])
    assert set(problem) == {"code", "where"}
    assert answer.code == problem["code"]


def test_a_pdf_is_verified_by_a_stranger_with_the_profile_alone(shell: Shell) -> None:
    card = shell.sealed_card()
    pdf, profile = shell.folder / "c.pdf", shell.folder / "o.akprofile"
    shell.json("card", "pdf", card, "-o", pdf, home="first")
    shell.json("office", "profile", "-o", profile)
    verify = ("--home", shell.folder / "stranger", "verify", pdf, "--json")
    unknown = shell.bare(*verify)
    assert (unknown.status, unknown.code) == (1, "signer_unknown")
    known = shell.bare(*verify, "--trust", profile)
    assert (known.status, known["ok"]) == (0, True)


def test_a_package_is_verified_without_being_taken_in(shell: Shell) -> None:
    _, path = sent(shell)
    answer = shell.json("verify", path)
    assert (answer["ok"], answer["kind"], answer["signer"]) == (True, "package", "测试甲")
    assert shell.json("card", "list").document == []
    sender = shell.json("verify", path, home="first")
    assert sender["ok"] is True


def test_verification_needs_no_lock(shell: Shell) -> None:
    """The window may be open."""
    _, path = sent(shell)
    lock = WorkspaceLock(shell.folder / "office")
    lock.acquire()
    try:
        assert shell.json("verify", path)["ok"] is True
        assert shell.json("audit", "verify")["ok"] is True
    finally:
        lock.release()


def test_an_audit_tells_what_it_checked(shell: Shell) -> None:
    shell.received_card()
    answer = shell.json("audit", "verify")
    assert answer.keys == {"ok", "lines", "head", "cards", "files", "problems"}
    assert (answer["ok"], answer["cards"], answer["problems"]) == (True, 1, [])


def test_an_audit_that_fails_is_told_on_both_streams(shell: Shell) -> None:
    shell.sealed_card()
    (kept,) = [path for path in (shell.folder / "first" / "evidence").rglob("*") if path.is_file()]
    kept.write_bytes(b"rotten")
    answer = shell("audit", "verify", "--json", home="first")
    assert (answer.status, answer["ok"], answer.code) == (1, False, "audit_broken")


@pytest.mark.parametrize("option", ["--cards=nothing", "--cards=nothing,"])
def test_an_unknown_card_is_not_sent(shell: Shell, option: str) -> None:
    path = shell.folder / "x.akp"
    assert shell.refused("submit", "-o", path, option, home="first") == "card_unknown"
    assert not path.exists()


def test_practice_is_called_practice(shell: Shell) -> None:
    init = ("office", "init", "--name", "练习竞赛办", "--code", "440398", "--level", "district")
    assert shell.json(*init, "--rehearsal", home="practice")["rehearsal"] is True
