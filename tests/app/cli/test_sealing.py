"""Two seals and time stamps on the command line."""

import subprocess
import sys
from pathlib import Path

from tests.app.cli.shell import Shell
from tests.app.services.field import INSPECTOR_WORDS
from tests.tsa import make_authority, serving

NONE = {"url": None, "ca": None}


def _brought(shell: Shell, name: str) -> Path:
    """Enrol an inspector and return the credential he brings along."""
    path, words = shell.folder / f"{name}.akid", shell.file("theirs", INSPECTOR_WORDS)
    enroll = ("office", "enroll", "--name", name, "--identity-passphrase-file", words)
    shell.json(*enroll, "-o", path)
    return path


def _ready_for_two(shell: Shell) -> str:
    card = shell.signed_card()
    pending = ("--role=member", "--name=测试乙", "--pending")
    shell.json("card", "sign", card, *pending, home="first")
    return card


def _finalize(card: str, second: Path, words: Path) -> tuple[str | Path, ...]:
    return ("card", "finalize", card, "--second", second, "--second-passphrase-file", words)


def test_a_second_inspector_seals_with_the_credential_he_brought(shell: Shell) -> None:
    card, second = _ready_for_two(shell), _brought(shell, "测试乙")
    wrong = shell.file("wrong_words", "wrong")
    assert shell.refused(*_finalize(card, second, wrong), home="first") == "passphrase_wrong"
    shell.json(*_finalize(card, second, shell.folder / "theirs"), home="first")
    shown = shell.json("card", "show", card, home="first")
    assert shown["sealed_by"] == ["测试甲（监督检查员）", "测试乙"]
    shell.json("card", "pdf", card, "-o", shell.folder / "card.pdf", home="first")
    said = subprocess.run(
        ["pdfsig", "-nocert", shell.folder / "card.pdf"], capture_output=True, check=False
    )
    assert said.stdout.count(b"Signature is Valid") == 2


def test_somebody_else_does_not_seal_beside(shell: Shell) -> None:
    card, second = _ready_for_two(shell), _brought(shell, "测试己")
    words = shell.folder / "theirs"
    finalize = _finalize(card, second, words)
    assert shell.refused(*finalize, home="first") == "second_sealer_not_in_team"


def test_a_service_is_set_shown_and_cleared(shell: Shell, tmp_path: Path) -> None:
    ca = make_authority(tmp_path).folder / "ca.pem"
    assert shell.json("timestamp", "show", home="first").document == NONE
    chosen = shell.json("timestamp", "set", "http://127.0.0.1:9/", "--ca", ca, home="first")
    assert chosen.keys == {"url", "ca"}
    assert shell.json("timestamp", "show", home="first").document == chosen.document
    told = shell("timestamp", "show", "--lang=en", home="first")
    assert "http://127.0.0.1:9/" in told.out
    set_other = ("timestamp", "set", "127.0.0.1", "--ca", ca)
    assert shell.refused(*set_other, home="first") == "time_stamp_address"
    note = shell.file("ca.txt", "no certificate")
    set_other = ("timestamp", "set", "http://127.0.0.1:9/", "--ca", note)
    assert shell.refused(*set_other, home="first") == "time_stamp_certificate"
    assert shell.json("timestamp", "clear", home="first").document == NONE
    assert shell.json("timestamp", "show", home="first").document == NONE


def test_a_missing_stamp_is_only_a_warning(shell: Shell, tmp_path: Path) -> None:
    with serving(make_authority(tmp_path)) as service:
        service.status = 503
        ca = service.authority.folder / "ca.pem"
        shell.json("timestamp", "set", service.url, "--ca", ca, home="first")
        sealed = shell.json("card", "finalize", shell.signed_card(), home="first")
    assert sealed["time_stamp_missed"] == "time_stamp_unreachable"
    assert "warning: time_stamp_unreachable: " in sealed.err


def test_the_command_line_starts_without_what_seals() -> None:
    program = "import sys, app.cli.run; print('pyhanko' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
