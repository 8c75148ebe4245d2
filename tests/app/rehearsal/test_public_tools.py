"""What the demo made opens with public tools alone: pdfsig, openssl, age, unzip, bagit.py."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.rehearsal.conftest import Played

BAGIT = str(Path(sys.executable).with_name("bagit.py"))


def run(folder: Path, *command: str | Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def verify_cms(folder: Path, *, signature: str, content: str, ca: Path) -> str:
    return run(
        folder,
        *("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", signature),
        *("-content", content, "-CAfile", ca, "-purpose", "any", "-out", "signed"),
    )


def cut(folder: Path, pdf: bytes) -> None:
    """Write the bytes a PDF's signature covers, and its CMS, as /ByteRange and /Contents say."""
    found = re.search(rb"/ByteRange\s*\[\s*0 (\d+) (\d+) (\d+)\s*\]", pdf)
    assert found
    before, after, length = map(int, found.groups())
    assert after + length == len(pdf)
    (folder / "covered").write_bytes(pdf[:before] + pdf[after:])
    (folder / "seal.der").write_bytes(bytes.fromhex(pdf[before + 1 : after - 1].decode()))


@pytest.fixture(scope="module")
def nss(played: Played, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Trust the demo's CA the way a PDF reader does."""
    folder = tmp_path_factory.mktemp("nss")
    run(folder, "certutil", "-N", "-d", "sql:.", "--empty-password")
    ca = played.folder / "keys" / "ca.pem"
    run(folder, "certutil", "-A", "-d", "sql:.", "-n", "office", "-t", ",C,", "-i", ca)
    return folder


@pytest.fixture(scope="module")
def bag(played: Played, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Open the largest package of the demo; return the folder its bag lies in."""
    package = max(played.made["package"], key=lambda path: path.stat().st_size)
    folder = tmp_path_factory.mktemp("package")
    key = played.folder / "keys" / "age.key"
    run(folder, "age", "-d", "-i", key, "-o", "x.zip", package)
    assert "No errors detected" in run(folder, "unzip", "-tq", "x.zip")
    run(folder, "unzip", "-q", "x.zip")
    return folder


def test_pdfsig_finds_every_print_valid_and_trusted(played: Played, nss: Path) -> None:
    for pdf in played.made["pdf"]:
        verdict = run(nss, "pdfsig", "-nssdir", f"sql:{nss}", pdf)
        assert "Signature is Valid." in verdict
        assert "Certificate is Trusted." in verdict
        assert "Total document signed" in verdict
        assert "OU=练习" in verdict


def test_pdfsig_sees_a_changed_print(played: Played, nss: Path, tmp_path: Path) -> None:
    content = bytearray(played.made["pdf"][0].read_bytes())
    content[len(content) // 3] ^= 1
    (tmp_path / "changed.pdf").write_bytes(content)
    verdict = run(nss, "pdfsig", "-nssdir", f"sql:{nss}", tmp_path / "changed.pdf")
    assert "Digest Mismatch" in verdict


def test_openssl_verifies_the_seal_of_a_print(played: Played, tmp_path: Path) -> None:
    ca = played.folder / "keys" / "ca.pem"
    for pdf in played.made["pdf"]:
        cut(tmp_path, pdf.read_bytes())
        assert "successful" in verify_cms(tmp_path, signature="seal.der", content="covered", ca=ca)


def test_openssl_refuses_a_print_that_was_changed(played: Played, tmp_path: Path) -> None:
    cut(tmp_path, played.made["pdf"][0].read_bytes())
    with (tmp_path / "covered").open("ab") as stream:
        stream.write(b"\n")
    with pytest.raises(subprocess.CalledProcessError):
        verify_cms(
            tmp_path,
            signature="seal.der",
            content="covered",
            ca=played.folder / "keys" / "ca.pem",
        )


def test_a_package_is_a_valid_bag_under_the_inspectors_signature(
    played: Played, bag: Path
) -> None:
    assert "bag is valid" in run(bag, BAGIT, "--validate", "bag")
    said = verify_cms(
        bag,
        signature="bag/tagmanifest-sha256.txt.p7s",
        content="bag/tagmanifest-sha256.txt",
        ca=played.folder / "keys" / "ca.pem",
    )
    assert "successful" in said


def test_each_card_in_a_package_stands_under_a_signature_of_its_own(
    played: Played, bag: Path
) -> None:
    documents = sorted((bag / "bag" / "data" / "cards").glob("*.json"))
    assert len(documents) == 5
    for document in documents:
        said = verify_cms(
            bag,
            signature=f"{document}.p7s",
            content=str(document),
            ca=played.folder / "keys" / "ca.pem",
        )
        assert "successful" in said


def test_the_offices_chain_is_sound(played: Played) -> None:
    said = run(played.folder / "keys", "openssl", "verify", "-CAfile", "ca.pem", "chain.pem")
    assert said.strip() == "chain.pem: OK"
