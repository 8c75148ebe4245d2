"""Bad files never crash a command: each is refused by a code and changes nothing."""

import json
import random
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.app.cli.shell import INK, Answer, Shell

SEED = 20201106


def zipped(**entries: bytes) -> bytes:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in entries.items():
            written.writestr(name.replace("_", "."), content)
    return archive.getvalue()


def garbage() -> dict[str, bytes]:
    chance = random.Random(SEED)  # noqa: S311 - only noise
    return {
        "empty": b"",
        "a byte": b"\x00",
        "noise": chance.randbytes(4000),
        "text": "不是文件\n".encode() * 50,
        "gbk": "测试".encode("gbk"),
        "json": b'{"strokes": 1}',
        "deep json": b"[" * 100_000,
        "wide number": b'{"strokes": [], "width": 1e999, "height": 1}',
        "pdf head": b"%PDF-1.7\n%%EOF",
        "age head": b"age-encryption.org/v1\n-> X25519 x\n",
        "zip": zipped(x_txt=b"x"),
        "our name in a strange zip": zipped(profile_json=b"{}"),
        "half a zip": zipped(x_txt=b"x" * 500)[:60],
        "a der of endless length": b"\x30\x84\xff\xff\xff\xff",
        "png head": b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\xff" * 20,
    }


COMMANDS: dict[str, tuple[str, ...]] = {
    "units import": ("units", "import", "FILE"),
    "trust add": ("trust", "add", "FILE", "--fingerprint", "AB12"),
    "identity use": ("identity", "use", "FILE"),
    "import": ("import", "FILE"),
    "verify": ("verify", "FILE"),
    "verify --trust": ("verify", "PDF", "--trust", "FILE"),
    "sign --ink": ("card", "sign", "CARD", "--role=lead", "--name=测试甲", "--ink", "FILE"),
    "sign --paper": ("card", "sign", "CARD", "--role=lead", "--name=测试甲", "--paper", "FILE"),
    "finalize": ("card", "finalize", "CARD", "--passphrase-file", "FILE"),
}


def placed(shell: Shell, command: tuple[str, ...], path: Path, card: str) -> list[str]:
    known = {"FILE": str(path), "CARD": card, "PDF": str(shell.folder / "c.pdf")}
    return [known.get(part, part) for part in command]


def on_first(shell: Shell, command: list[str]) -> Answer:
    """Run a command at the inspector's desk, his passphrase named unless it is the garbage."""
    named = (
        [] if "--passphrase-file" in command else ["--passphrase-file", str(shell.folder / "ip")]
    )
    return shell.bare("--home", shell.folder / "first", *command, *named, "--json")


def one_refusal(answer: Answer) -> str:
    """Return the code of a refusal that was told as it must be."""
    assert answer.status == 1
    assert isinstance(answer.document, dict)
    return answer.code


@pytest.fixture
def card(shell: Shell) -> str:
    """Make a complete card and a sealed one's PDF at the inspector's desk."""
    card = shell.new_card()
    shell.json("card", "score", card, "--full", home="first")
    shell.file("c.pdf", b"%PDF-1.7")
    return card


def state(shell: Shell) -> list[object]:
    asked = (("card", "list"), ("units", "list"), ("trust", "list"))
    return [shell.json(*command, home="first").document for command in asked]


@pytest.mark.parametrize("name", COMMANDS)
def test_garbage_is_refused_and_changes_nothing(shell: Shell, card: str, name: str) -> None:
    before = state(shell)
    for kind, content in garbage().items():
        if (name, kind) == ("sign --paper", "pdf head"):
            continue  # a scan is kept as it is; nobody draws it
        answer = on_first(
            shell, placed(shell, COMMANDS[name], shell.file("garbage", content), card)
        )
        assert one_refusal(answer), kind
    assert state(shell) == before


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("where", ["nowhere", "."])
def test_no_file_and_a_folder_are_refused(shell: Shell, card: str, name: str, where: str) -> None:
    answer = on_first(shell, placed(shell, COMMANDS[name], shell.folder / where, card))
    assert one_refusal(answer) in {"file_missing", "file_unreadable"}


def flipped(content: bytes, times: int) -> Iterator[bytes]:
    step = max(1, len(content) // times)
    for place in range(0, len(content), step):
        yield content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]


def test_a_profile_with_a_changed_byte_is_refused(shell: Shell) -> None:
    path = shell.folder / "o.akprofile"
    fingerprint = str(shell.json("office", "profile", "-o", path)["fingerprint"])
    for damaged in flipped(path.read_bytes(), 60):
        add = ("trust", "add", shell.file("x.akprofile", damaged), "--fingerprint", fingerprint)
        assert shell.refused(*add, home="new") in {"profile_damaged", "fingerprint_differs"}
    assert shell.json("trust", "list", home="new").document == []


def test_a_credential_with_a_changed_byte_is_refused(shell: Shell) -> None:
    path = shell.folder / "x.akid"
    enrol = ("office", "enroll", "--name", "测试新人", "--identity-passphrase-file")
    shell.json(*enrol, shell.folder / "ip", "-o", path)
    codes = {
        shell.refused("identity", "use", shell.file("y.akid", damaged), home="new")
        for damaged in flipped(path.read_bytes(), 15)
    }
    assert codes <= {"credential_damaged", "passphrase_wrong", "profile_damaged"}


def test_a_workbook_with_a_changed_byte_never_crashes(shell: Shell) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(("单位名称", "统一社会信用代码"))
    book.active.append(("测试甲厂", "914"))
    path = shell.folder / "u.xlsx"
    book.save(path)
    for damaged in flipped(path.read_bytes(), 60):
        answer = shell("units", "import", shell.file("v.xlsx", damaged), "--json")
        assert answer.status == 1
        assert answer.code.startswith("sheet_")


def test_ink_with_a_changed_byte_never_crashes(shell: Shell, card: str) -> None:
    for damaged in flipped(json.dumps(INK).encode(), 100):
        ink = shell.file("ink.json", damaged)
        sign = ("card", "sign", card, "--role=lead", "--name=测试甲", "--ink", ink, "--json")
        answer = shell(*sign, home="first")
        assert answer.status == 0 or answer.code in {"ink_malformed", "ink_empty"}


WORDS = ("", " ", "=", "x=", "=x", "\x00", "\x1b[31m", "😀", "字" * 3000, "-", "../..", "%s{x}")


@pytest.mark.parametrize(
    "command",
    [
        ("card", "show", "WORD"),
        ("card", "score", "CARD", "WORD"),
        ("card", "score", "CARD", "--reason", "WORD"),
        ("card", "score", "CARD", "--na", "WORD"),
        ("card", "evidence", "CARD", "WORD", "FILE"),
        ("card", "sign", "CARD", "--role", "unit", "--name", "WORD", "--pending"),
        ("card", "new", "WORD"),
        ("card", "revise", "WORD", "--reason", "x"),
        ("units", "add", "--name", "x", "--code", "WORD"),
        ("units", "set", "WORD", "women=1"),
        ("submit", "--cards", "WORD", "-o", "OUT"),
    ],
)
def test_odd_words_are_answered_by_a_code(
    shell: Shell, card: str, command: tuple[str, ...]
) -> None:
    known = {
        "CARD": card,
        "FILE": str(shell.folder / "c.pdf"),
        "OUT": str(shell.folder / "x.akp"),
    }
    for word in WORDS:
        parts = [word if part == "WORD" else known.get(part, part) for part in command]
        answer = shell(*parts, "--json", home="first")
        assert answer.status in {0, 1, 2}
        assert "Traceback" not in answer.out + answer.err
        if answer.status == 1:
            assert one_refusal(answer)
            assert "\x1b" not in answer.err


@pytest.mark.parametrize(
    "command",
    [
        ("card", "show", "\udcff"),
        ("card", "score", "\udcff", "--full"),
        ("card", "new", "\udcff"),
        ("office", "accept", "\udcff"),
        ("submit", "--cards", "\udcff", "-o", "x.akp"),
        ("units", "add", "--name", "\udcff", "--code", "1"),
        ("units", "set", "\udcff", "women=1"),
        ("office", "revoke", "\udcff", "--reason", "x"),
    ],
)
def test_bytes_that_are_no_text_are_refused(shell: Shell, command: tuple[str, ...]) -> None:
    """As a terminal in another encoding hands them over."""
    home = "first" if command[0] != "office" else "office"
    assert shell.refused(*command, home=home) == "argument_malformed"


def test_a_path_may_hold_bytes_that_are_no_text(shell: Shell, card: str) -> None:
    path = shell.folder / "\udcd5\udcd5.pdf"
    path.write_bytes(b"%PDF-1.7 synthetic")
    shell.json("card", "evidence", card, "S1-R1-C1", path, home="first")
    assert shell.refused("verify", shell.folder / "\udcff.pdf") == "file_missing"
    answer = shell("verify", shell.folder / "\udcff.pdf", "--json")
    error = answer["error"]
    assert isinstance(error, dict)
    assert error["facts"] == {"path": str(shell.folder / "\udcff.pdf")}
