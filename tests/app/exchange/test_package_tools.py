"""A package opens with public tools alone: age, unzip, a BagIt validator, openssl."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.crypto.pem import certificate_pem
from tests.packages import ENTRIES, Post, make_post


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


@pytest.fixture
def post(tmp_path: Path) -> Post:
    """A package, the office's age key and its CA certificate, as `office keys` gives them."""
    post = make_post(tmp_path)
    post.write()
    (tmp_path / "age.key").write_text(post.office.age.text + "\n")
    (tmp_path / "ca.pem").write_bytes(certificate_pem(post.office.authority.certificate))
    return post


def verify(folder: Path) -> str:
    return run(
        folder,
        *("openssl", "cms", "-verify", "-binary", "-inform", "DER"),
        *("-in", "bag/tagmanifest-sha256.txt.p7s", "-content", "bag/tagmanifest-sha256.txt"),
        *("-CAfile", "ca.pem", "-purpose", "any", "-attime", "1622509200", "-out", "signed.txt"),
    )


def test_the_four_commands_open_a_package(post: Post) -> None:
    folder = post.folder
    run(folder, "age", "-d", "-i", "age.key", "-o", "x.zip", "x.akp")
    assert "No errors detected" in run(folder, "unzip", "-tq", "x.zip")
    run(folder, "unzip", "-q", "x.zip")
    bagit = str(Path(sys.executable).with_name("bagit.py"))
    assert "bag is valid" in run(folder, bagit, "--validate", "bag")
    assert "successful" in verify(folder)
    for entry in ENTRIES:
        assert (folder / "bag" / entry.name).read_bytes() == entry.content


def test_openssl_refuses_what_was_changed(post: Post) -> None:
    folder = post.folder
    run(folder, "age", "-d", "-i", "age.key", "-o", "x.zip", "x.akp")
    run(folder, "unzip", "-q", "x.zip")
    with (folder / "bag" / "tagmanifest-sha256.txt").open("ab") as stream:
        stream.write(b"\n")
    with pytest.raises(subprocess.CalledProcessError):
        verify(folder)
