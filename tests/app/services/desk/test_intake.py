"""Scans for the window: read without the workspace, then kept like evidence."""

from pathlib import Path

import pytest
from PIL import Image

from app.errors import Code
from app.services.desk.intake import keep_scan, read_scan
from tests.app.services.field import Field
from tests.refusals import refused


def test_a_scan_is_read_as_it_is_and_kept_under_its_hash(field: Field) -> None:
    path = field.folder / "签字页.png"
    Image.new("RGB", (8, 8), "#f4f0e0").save(path)
    scan = read_scan(path)
    assert (scan.name, scan.media_type) == ("签字页.png", "image/png")
    kept = keep_scan(field.first.desk, scan)
    assert field.first.desk.workspace.evidence.path(kept.sha256).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("content", [b"", b"no picture", b"PK\x03\x04"])
def test_what_is_no_picture_and_no_pdf_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scan.jpg"
    path.write_bytes(content)
    with refused(Code.SCAN_UNREADABLE):
        read_scan(path)


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with refused(Code.FILE_MISSING):
        read_scan(tmp_path / "nowhere.pdf")
