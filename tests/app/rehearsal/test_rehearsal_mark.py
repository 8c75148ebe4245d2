"""练习 and earnest never mix: the mark stands in all that is signed or printed, and is obeyed."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from app.crypto.facts import REHEARSAL_UNIT, describe, read_ca
from app.crypto.passphrase import passphrase_of_file
from app.domain.keyring import CredentialKind
from app.domain.trail import AuditEntry
from app.errors import Code
from app.services.desk.desk import Desk, open_desk
from app.services.keys.unlock import Unlocked, unlock
from app.services.packages.gate import open_at_gate, open_gate
from app.services.packages.take_in import take_in
from db.workspace import open_workspace
from tests.app.rehearsal.conftest import Played
from tests.app.services.field import Field, Founded, found, opened_field
from tests.forms import RESOURCES
from tests.refusals import refused


@pytest.fixture
def practice(played: Played, tmp_path: Path) -> Iterator[tuple[Desk, Unlocked]]:
    """Open a copy of the demo's office with its keys."""
    shutil.copytree(played.folder / "office", tmp_path / "practice")
    word = passphrase_of_file((played.folder / "passphrase-office.txt").read_bytes())
    desk = open_desk(open_workspace, tmp_path / "practice", resources=RESOURCES)
    with closing(desk.workspace):
        yield desk, unlock(desk, CredentialKind.OFFICE, word)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """Found a real office; only its people are made up."""
    return found(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def earnest(founded: Founded, tmp_path: Path) -> Iterator[Field]:
    with opened_field(founded, tmp_path) as field:
        yield field


def pretend(desk: Desk, *, rehearsal: bool) -> None:
    """Let an office change sides, which no command does: it has the keys and takes nothing."""
    with desk.workspace.change(AuditEntry(action="test")):
        desk.workspace.set_rehearsal(rehearsal=rehearsal)


def test_a_real_office_cannot_even_read_a_rehearsal_package(
    played: Played, earnest: Field
) -> None:
    for package in played.made["package"]:
        with refused(Code.PACKAGE_NOT_FOR_US):
            earnest.take(package)


def test_a_rehearsal_office_cannot_even_read_a_real_package(
    practice: tuple[Desk, Unlocked], earnest: Field
) -> None:
    desk, unlocked = practice
    earnest.first.sealed_card()
    with refused(Code.PACKAGE_NOT_FOR_US):
        take_in(desk, earnest.submit(), unlocked)


def test_a_real_office_with_all_the_keys_refuses_a_rehearsal_package(
    played: Played, practice: tuple[Desk, Unlocked]
) -> None:
    desk, unlocked = practice
    pretend(desk, rehearsal=False)
    with refused(Code.PACKAGE_IS_REHEARSAL):
        take_in(desk, played.made["package"][0], unlocked)


def test_a_rehearsal_office_with_all_the_keys_refuses_a_real_package(earnest: Field) -> None:
    earnest.first.sealed_card()
    package = earnest.submit()
    pretend(earnest.office.desk, rehearsal=True)
    with refused(Code.PACKAGE_IS_NOT_REHEARSAL):
        earnest.take(package)


def test_the_mark_stands_in_every_certificate(practice: tuple[Desk, Unlocked]) -> None:
    desk, unlocked = practice
    ca = unlocked.identity.chain[0]
    assert read_ca(ca).rehearsal
    assert REHEARSAL_UNIT.encode() in ca
    issued = [unlocked.identity.certificate]
    issued += [each.certificate for each in desk.workspace.office.issued()]
    assert len(issued) == 3
    assert all(describe(certificate).rehearsal for certificate in issued)


def test_the_mark_stands_in_every_signed_card_and_head(
    played: Played, practice: tuple[Desk, Unlocked], tmp_path: Path
) -> None:
    desk, unlocked = practice
    gate = open_gate(desk)
    for path in played.made["package"]:
        package = open_at_gate(path, gate, unlocked, staging=tmp_path)
        assert package.head.rehearsal
        cards = [name for name in package.files if name.endswith(".json") and "/cards/" in name]
        assert cards
        for name in cards:
            assert json.loads(package.read(name))["header"]["rehearsal"] is True


def test_the_mark_stands_on_every_page(played: Played) -> None:
    for path in played.made["pdf"]:
        with PdfDocument(path) as document:
            assert len(document) >= 2
            for page in document:
                with closing(page), closing(page.get_textpage()) as text:
                    assert "练习样表 无效" in text.get_text_range()
