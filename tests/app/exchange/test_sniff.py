"""Files are known by content; their names say nothing."""

from pathlib import Path

import pytest

from app.errors import AppError, Code
from app.exchange.credential_file import CredentialFile, write_credential
from app.exchange.sniff import FileKind, sniff
from app.exchange.stored_zip import archive
from tests.packages import make_post


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", FileKind.PDF),
        (b"\n" * 900 + b"%PDF-1.7\n", FileKind.PDF),
        (write_credential(CredentialFile(identity=b"", age_key=b"", profile=b"")), "credential"),
        (archive({"profile.json": b"{}"}), FileKind.PROFILE),
        (archive({"xl/workbook.xml": b""}), FileKind.UNKNOWN),
        (b"age-encryption.org/v2\n", FileKind.UNKNOWN),
        (b"", FileKind.UNKNOWN),
    ],
)
def test_the_kind_is_known_by_content(tmp_path: Path, content: bytes, kind: FileKind) -> None:
    path = tmp_path / "报送(1).akp.pdf"
    path.write_bytes(content)
    assert sniff(path) is FileKind(kind)


def test_a_package_is_known_by_content(tmp_path: Path) -> None:
    renamed = make_post(tmp_path).write().rename(tmp_path / "mail attachment")
    assert sniff(renamed) is FileKind.PACKAGE


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AppError) as missing:
        sniff(tmp_path / "nowhere")
    with pytest.raises(AppError) as unreadable:
        sniff(tmp_path)
    assert missing.value.code is Code.FILE_MISSING
    assert unreadable.value.code is Code.FILE_UNREADABLE
