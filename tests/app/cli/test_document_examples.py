"""The examples of docs/cli.md are what the program prints, and its script of a day runs."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.app.cli.shell import CODE, INK, ROOT, Json, Shell

PAGE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
INTRODUCTION = "For every command"


def examples() -> dict[str, Json]:
    """Return the first JSON example of each section that has one."""
    sections = re.findall(r"^##+ (.+?)$(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    found = {}
    for title, body in sections:
        block = re.search(r"^```json\n(.+?)^```", body, re.MULTILINE | re.DOTALL)
        if block:
            found[title.strip()] = json.loads(block[1])
    return found


def printed(shell: Shell, section: str) -> Json:
    """Return what the program prints where the document shows an example."""
    if section == INTRODUCTION:
        return shell("card", "show", "x", "--json", "--lang", "en").document
    shell.json("units", "add", "--name", "测试工厂", "--code", CODE, home="first")
    facts = ("workers=120", "women=0", "migrant=60", "high_risk=no")
    shell.json("units", "set", CODE, *facts, home="first")
    if section == "units list":
        return shell.json("units", "list", home="first").document
    card = shell.sealed_card(CODE, "first", "S1-R1-C1=1")
    if section in {"card show", "card list"}:
        named = (card,) if section == "card show" else ()
        return shell.json(*section.split(), *named, home="first").document
    if section == "verify":
        pdf = shell.folder / "card.pdf"
        shell.json("card", "pdf", card, "-o", pdf, home="first")
        return shell.json("verify", pdf).document
    path = shell.folder / "post.akp"
    shell.json("submit", "-o", path, home="first")
    imported = shell.json("import", path)
    if section == "import":
        return imported.document
    shell.json("office", "accept", card)
    return shell.json("rank").document


def differences(example: Json, actual: Json, where: str = "$") -> list[str]:
    """Return where two documents differ in their fields or kinds of values."""
    match example, actual:
        case dict(), dict():
            keys = [f"{where}.{key}" for key in set(example) ^ set(actual)]
            both = sorted(set(example) & set(actual))
            return keys + [
                fault
                for key in both
                for fault in differences(example[key], actual[key], f"{where}.{key}")
            ]
        case list(), list():
            pairs = zip(example, actual, strict=False)
            return [
                fault
                for place, (one, other) in enumerate(pairs)
                for fault in differences(one, other, f"{where}[{place}]")
            ]
        case (None, _) | (_, None):
            return []
        case _:
            return [] if type(example) is type(actual) else [where]


def test_what_scripts_rely_on_has_an_example() -> None:
    assert {"card show", "card list", "rank", "import", "verify", "units list"} <= set(examples())


@pytest.mark.parametrize("section", [name for name in examples() if name != "card sign"])
def test_an_example_is_what_the_program_prints(shell: Shell, section: str) -> None:
    assert differences(examples()[section], printed(shell, section)) == []


def test_a_difference_is_seen() -> None:
    example: Json = {"a": [{"b": "1"}], "c": None}
    assert differences(example, {"a": [{"b": 1}], "c": 2}) == ["$.a[0].b"]
    assert differences(example, {"a": [], "d": None}) in (["$.c", "$.d"], ["$.d", "$.c"])


def test_the_ink_file_of_the_document_is_taken(shell: Shell) -> None:
    card = shell.new_card()
    shell.json("card", "score", card, "--full", home="first")
    ink = shell.file("ink.json", json.dumps(examples()["card sign"]))
    sign = ("card", "sign", card, "--role=lead", "--name=测试甲", "--ink", ink)
    assert shell.json(*sign, home="first")["signatures"] == 1


def test_the_script_of_a_day_runs(tmp_path: Path) -> None:
    block = re.search(
        r"^## A day as a script$.*?^```sh\n(.+?)^```", PAGE, re.MULTILINE | re.DOTALL
    )
    assert block
    for name, words in (("op", "机构口令"), ("ip", "个人口令")):
        (tmp_path / name).write_text(words, encoding="utf-8")
    (tmp_path / "lead.json").write_text(json.dumps(INK), encoding="utf-8")
    Image.new("RGB", (8, 8)).save(tmp_path / "scan.jpg")
    program = f'ankang() {{ "{sys.executable}" "{ROOT / "main.py"}" "$@"; }}\n'
    done = subprocess.run(
        ["sh", "-eu", "-c", program + block[1]],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        text=True,
        timeout=110,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "summary.xlsx").is_file()
    assert len(list((tmp_path / "receipts").iterdir())) == 1
