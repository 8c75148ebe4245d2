"""`office`, `trust`, `identity`: keys, people, rules and decisions on the command line."""

import stat

import pytest

from tests.app.cli.shell import Shell
from tests.forms import SYNTHETIC_CODES


def test_an_office_is_founded_once(shell: Shell) -> None:
    init = ("office", "init", "--name", "新竞赛办", "--code", "440399-dp", "--level", "district")
    made = shell.json(*init, home="new")
    assert made["code"] == "440399-DP"
    assert str(made["fingerprint"]).count(" ") == 15
    assert shell.refused(*init, home="new") == "office_exists"


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [(" ", "440399", "name_empty"), ("甲", "44", "office_code_format")],
)
def test_a_malformed_office_is_not_founded(shell: Shell, name: str, code: str, told: str) -> None:
    init = ("office", "init", "--name", name, "--code", code, "--level", "city")
    assert shell.refused(*init, home="new") == told
    assert shell.refused("rank", home="new") == "office_missing"


def test_an_unknown_level_is_wrong_usage(shell: Shell) -> None:
    init = ("office", "init", "--name", "甲", "--code", "440399", "--level", "village")
    assert shell(*init, home="new").status == 2


def test_an_inspector_is_enrolled_and_sits_down(shell: Shell) -> None:
    credential = shell.folder / "new.akid"
    words = shell.file("new-words", "新人口令")
    enrol = ("office", "enroll", "--name", "测试新人", "--post", "检查员")
    made = shell.json(*enrol, "--identity-passphrase-file", words, "-o", credential)
    assert made["name"] == "测试新人"
    assert stat.S_IMODE(credential.stat().st_mode) == 0o600
    use = ("--home", shell.folder / "new", "identity", "use", credential, "--json")
    used = shell.bare(*use, "--passphrase-file", words)
    assert (used["serial"], used["name"], used["office"]) == (
        made["serial"],
        "测试新人",
        "440306",
    )
    assert shell.bare(*use, "--passphrase-file", shell.folder / "wrong").code == "passphrase_wrong"


def test_a_credential_that_cannot_be_written_is_not_issued(shell: Shell) -> None:
    before = shell.json("office", "list").document
    enrol = ("office", "enroll", "--name", "测试新人", "--identity-passphrase-file")
    out = shell.file("file") / "x.akid"
    assert shell.refused(*enrol, shell.folder / "ip", "-o", out) == "file_not_writable"
    assert shell.json("office", "list").document == before


def test_a_name_that_no_font_can_print_is_not_enrolled(shell: Shell) -> None:
    enrol = ("office", "enroll", "--name", "测\U0001f600", "--identity-passphrase-file")
    out = shell.folder / "x.akid"
    assert shell.refused(*enrol, shell.folder / "ip", "-o", out) == "glyph_missing"
    assert not out.exists()


@pytest.mark.parametrize("length", [0, 10, 200, 3000])
def test_a_truncated_credential_is_refused(shell: Shell, length: int) -> None:
    credential = shell.folder / "x.akid"
    enrol = ("office", "enroll", "--name", "测试新人", "--identity-passphrase-file")
    shell.json(*enrol, shell.folder / "ip", "-o", credential)
    credential.write_bytes(credential.read_bytes()[:length])
    assert shell.refused("identity", "use", credential, home="new") == "credential_damaged"
    assert shell.refused("submit", "-o", "x.akp", home="new") == "identity_missing"


def test_rules_are_set_and_travel_in_the_profile(shell: Shell) -> None:
    assert shell.json("office", "set", "step=0.5", "na=rescale").document == {
        "step": "0.5",
        "na": "rescale",
    }
    profile = shell.folder / "o.akprofile"
    written = shell.json("office", "profile", "-o", profile)
    trusted = shell.json(
        "trust", "add", profile, "--fingerprint", str(written["fingerprint"]), home="first"
    )
    assert trusted["code"] == "440306"
    card = shell.new_card()
    shown = shell.json("card", "show", card, home="first")
    assert (shown["step"], shown["policy"]) == ("0.5", "rescale")


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("step=0.3", "setting_value"),
        ("step=x", "points_not_a_number"),
        ("na=half", "setting_value"),
        ("colour=red", "setting_unknown"),
        ("step", "argument_malformed"),
    ],
)
def test_a_bad_setting_is_refused(shell: Shell, setting: str, code: str) -> None:
    assert shell.refused("office", "set", setting) == code


def test_a_fingerprint_must_be_the_files_own(shell: Shell) -> None:
    profile = shell.folder / "o.akprofile"
    fingerprint = str(shell.json("office", "profile", "-o", profile)["fingerprint"])
    add = ("trust", "add", profile, "--fingerprint")
    assert shell.refused(*add, fingerprint[:-1] + "0", home="new") == "fingerprint_differs"
    assert shell.json("trust", "list", home="new").document == []
    shell.json(*add, fingerprint.lower().replace(" ", ":"), home="new")
    (row,) = shell.json("trust", "list", home="new").rows
    assert (row["code"], row["fingerprint"]) == ("440306", fingerprint)


def test_an_older_profile_is_refused(shell: Shell) -> None:
    old, new = shell.folder / "1.akprofile", shell.folder / "2.akprofile"
    fingerprint = str(shell.json("office", "profile", "-o", old)["fingerprint"])
    shell.json("office", "profile", "-o", new)
    shell.json("trust", "add", new, "--fingerprint", fingerprint, home="new")
    add = ("trust", "add", old, "--fingerprint", fingerprint)
    assert shell.refused(*add, home="new") == "profile_older"


def test_a_certificate_is_taken_back_once(shell: Shell) -> None:
    issued = shell.json("office", "list").rows
    serial = str(issued[0]["serial"])
    assert shell.json("office", "revoke", serial.upper(), "--reason", "离职")["serial"] == serial
    assert shell.refused("office", "revoke", serial, "--reason", "离职") == "already_revoked"
    assert shell.refused("office", "revoke", "ff", "--reason", "离职") == "certificate_unknown"
    rows = {str(row["serial"]): row["revoked"] for row in shell.json("office", "list").rows}
    assert rows[serial] is True


def test_keys_are_written_for_their_owner_alone(shell: Shell) -> None:
    folder = shell.folder / "keys"
    answer = shell.json("office", "keys", "-o", folder)
    assert answer["files"] == ["age.key", "ca.pem", "chain.pem", "ca.key.pem"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert (folder / "age.key").read_text().startswith("AGE-SECRET-KEY-1")
    assert (folder / "ca.key.pem").read_text().startswith("-----BEGIN ENCRYPTED PRIVATE KEY-----")


def test_accepting_and_returning_name_the_card(shell: Shell) -> None:
    card = shell.received_card()
    assert shell.json("office", "accept", card).document == {"accepted": [card]}
    assert shell.json("office", "return", card, "--reason", "缺照片").document == {
        "returned": card
    }
    assert shell.refused("office", "return", card, "--reason", " ") == "reason_missing"
    assert shell.refused("office", "accept", "nothing") == "card_unknown"


def test_a_second_card_of_a_unit_is_not_accepted(shell: Shell) -> None:
    one = shell.received_card()
    shell.json("office", "accept", one)
    two = shell.received_card(home="second")
    other = shell.received_card(SYNTHETIC_CODES[1])
    assert shell.refused("office", "accept", other, two) == "unit_already_accepted"
    assert shell.json("card", "show", other)["state"] == "received"


@pytest.mark.parametrize(
    "command",
    [
        ("office", "enroll", "--name=甲", "--identity-passphrase-file=ip", "-o", "x.akid"),
        ("office", "profile", "-o", "x"),
        ("office", "keys", "-o", "x"),
        ("office", "set", "step=1"),
        ("office", "revoke", "1", "--reason=x"),
        ("office", "accept", "1"),
        ("office", "return", "1", "--reason=x"),
        ("receipts", "-o", "x"),
        ("rank",),
        ("summary", "-o", "x.xlsx"),
    ],
)
def test_an_inspectors_workspace_is_no_office(shell: Shell, command: tuple[str, ...]) -> None:
    words = f"={shell.folder / 'ip'}"
    placed = [part.replace("=ip", words) for part in command]
    assert shell.refused(*placed, home="first") == "office_missing"
