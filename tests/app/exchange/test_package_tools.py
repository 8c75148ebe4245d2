"""A package opens with public tools alone, by the commands of docs/package-format.md."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.crypto.pem import certificate_pem
from app.crypto.revocation import Revocation, issue_crl
from app.domain.office import new_office
from app.errors import Code
from app.exchange.head import bag_info, read_bag_info
from app.exchange.profile import Profile, write_profile
from tests.packages import ENTRIES, Post, make_head, serial
from tests.pki import make_inspector, make_office

DOCUMENT = (Path(__file__).parents[3] / "docs" / "package-format.md").read_text(encoding="utf-8")
OPEN, ASK_REVOCATION = re.findall(r"^```sh\n(.*?)^```", DOCUMENT, flags=re.DOTALL | re.MULTILINE)


def run(folder: Path, commands: str) -> str:
    """Run the commands of the document, bagit.py from the virtual environment."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-ec", commands],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout + done.stderr


@pytest.fixture
def post(tmp_path: Path) -> Post:
    """Write a package, valid today, beside the files `office keys` and `office profile` give."""
    now = datetime.now(UTC)
    office = make_office(moment=now)
    post = Post(folder=tmp_path, office=office, inspector=make_inspector(office, moment=now))
    post.write()
    (tmp_path / "age.key").write_text(office.age.text + "\n")
    (tmp_path / "ca.pem").write_bytes(certificate_pem(office.authority.certificate))
    (tmp_path / "office.akprofile").write_bytes(profile(post, office.crl))
    return post


def profile(post: Post, crl: bytes) -> bytes:
    """Return the office's profile with this revocation list."""
    office = post.office
    shown = Profile(
        office=new_office(name="练习区总工会竞赛办", code="440304", level="district"),
        rehearsal=False,
        number=1,
        created=datetime.now(UTC),
        ca=office.authority.certificate,
        certificate=office.identity.certificate,
        issued=(),
        crl=crl,
        recipient=office.age.recipient,
    )
    return write_profile(shown, office.identity)


def test_the_documented_commands_open_a_package(post: Post) -> None:
    said = run(post.folder, OPEN)
    assert "bag is valid" in said
    assert "successful" in said
    for entry in ENTRIES:
        assert (post.folder / "bag" / entry.name).read_bytes() == entry.content
    run(post.folder, "unzip -tqq x.zip")
    assert "successful" in run(post.folder, ASK_REVOCATION)


def test_the_documented_commands_refuse_what_was_changed(post: Post) -> None:
    run(post.folder, OPEN)
    with (post.folder / "bag" / "tagmanifest-sha256.txt").open("ab") as stream:
        stream.write(b"\n")
    with pytest.raises(subprocess.CalledProcessError):
        run(post.folder, OPEN.splitlines()[-1])


def test_the_documented_commands_refuse_a_revoked_signer(post: Post) -> None:
    now = datetime.now(UTC)
    revoked = Revocation(serial=serial(post.inspector), at=now)
    crl = issue_crl(post.office.authority, [revoked], number=2, moment=now)
    (post.folder / "office.akprofile").write_bytes(profile(post, crl))
    run(post.folder, OPEN)
    with pytest.raises(subprocess.CalledProcessError) as refused:
        run(post.folder, ASK_REVOCATION)
    assert "certificate revoked" in refused.value.stderr


def test_the_documented_head_is_one_we_read() -> None:
    (example,) = re.findall(r"^```text\n(.*?)^```", DOCUMENT, flags=re.DOTALL | re.MULTILINE)
    head, oxum = read_bag_info(example.encode())
    assert (head.sequence, oxum) == (7, "62914560.51")


def test_every_label_of_a_head_is_documented() -> None:
    written = bag_info(make_head(), oxum="1.1").decode()
    labels = {re.sub(r"^(Count|Total)-.*", r"\1-*Word*", line) for line in written.split("\n")}
    labels = {label.partition(":")[0] for label in labels if label}
    assert {label for label in labels if f"\n| {label} |" not in DOCUMENT} == set()


def test_every_refusal_of_a_package_is_documented() -> None:
    codes = {code for code in Code if code.startswith("package_")}
    assert {code for code in codes if code not in DOCUMENT} == set()
