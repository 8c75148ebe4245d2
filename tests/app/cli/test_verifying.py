"""`verify` as a stranger uses it: a picture, a code, an expectation, whatever it is given."""

from pathlib import Path

import pytest
from PIL import Image

from app.reports.file.raster import render_page
from tests.app.cli.shell import Answer, Json, Shell


def pdf_of(shell: Shell, *points: str) -> Path:
    path = shell.folder / "c.pdf"
    card = shell.sealed_card("91440303MA00T0013G", "first", *points)
    shell.json("card", "pdf", card, "-o", path, home="first")
    return path


def photo_of(shell: Shell, pdf: Path) -> Path:
    page = render_page(pdf.read_bytes(), 1, width=1240)
    picture = Image.frombuffer("RGB", (page.width, page.height), page.pixels, "raw", "BGRX", 0, 1)
    picture.rotate(4, expand=True, fillcolor="white").save(shell.folder / "photo.jpg", quality=75)
    return shell.folder / "photo.jpg"


def figures(answer: Answer) -> dict[str, Json]:
    found = answer["figures"]
    assert isinstance(found, dict)
    return found


def outcomes(answer: Answer) -> dict[str, str]:
    checks = answer["checks"]
    assert isinstance(checks, list)
    rows = [check for check in checks if isinstance(check, dict)]
    return {str(row["name"]): str(row["outcome"]) for row in rows}


def test_a_pdf_and_its_photo_show_the_same_figures(shell: Shell) -> None:
    pdf = pdf_of(shell, "S1-R1-C1=1")
    whole, photo = shell.json("verify", pdf), shell.json("verify", photo_of(shell, pdf))
    assert figures(whole) == figures(photo)
    assert (figures(whole)["total"], whole["outcome"]) == ("98", "passed")
    assert (photo["kind"], photo["outcome"], photo["signer"]) == ("image", "warned", "测试甲")
    assert outcomes(photo)["text"] == "warned"


def test_a_figure_that_is_not_the_signed_one_is_refused_for_both(shell: Shell) -> None:
    pdf = pdf_of(shell, "S1-R1-C1=1")
    for path in (pdf, photo_of(shell, pdf)):
        assert shell("verify", path, "--expect", "total=98", "--expect", "base=98").status == 0
        answer = shell("verify", path, "--expect", "total=97")
        assert (answer.status, answer.code) == (1, "figure_differs")
        assert "97" in answer.err
        assert "98" in answer.err


def test_an_expectation_nobody_can_meet_is_refused(shell: Shell) -> None:
    assert shell.refused("verify", pdf_of(shell), "--expect", "total") == "argument_malformed"


def test_a_check_code_is_looked_up_where_there_is_no_such_file(shell: Shell) -> None:
    code = str(figures(shell.json("verify", pdf_of(shell)))["code"])
    found = shell.json("verify", code.lower(), home="first")
    assert (found["kind"], figures(found)["code"]) == ("code", code)
    elsewhere = shell("verify", code)
    assert (elsewhere.status, elsewhere.code) == (1, "check_code_unknown")


def test_any_of_several_offices_may_be_the_trusted_one(shell: Shell) -> None:
    pdf, profile = pdf_of(shell), shell.folder / "o.akprofile"
    shell.json("office", "profile", "-o", profile)
    shell.json("office", "keys", "-o", shell.folder / "keys")
    ca = next((shell.folder / "keys").glob("*.pem"))
    stranger = ("--home", shell.folder / "stranger", "verify", pdf, "--json")
    assert shell.bare(*stranger, "--trust", profile, "--trust", ca).status == 0
    alone = shell.bare(*stranger, "--trust", ca)
    assert (alone.status, alone["outcome"]) == (0, "warned")
    assert outcomes(alone)["revocation"] == "warned"


def test_the_first_line_is_the_verdict(shell: Shell) -> None:
    first, *others = shell.text("verify", pdf_of(shell)).splitlines()
    assert first.startswith("校验通过")
    assert any(line.strip().startswith("√") for line in others)


@pytest.mark.parametrize("content", [b"", b"noise", b"\xff\xd8\xff\xe0 no picture"])
def test_another_file_gets_one_refusal(shell: Shell, content: bytes) -> None:
    answer = shell("verify", shell.file("x", content), "--json")
    assert (answer.status, answer["ok"]) == (1, False)
    assert answer.code in {"file_kind_unknown", "picture_unreadable", "proof_missing"}
